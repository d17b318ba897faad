"""What the process from which those of tests/processes.py are forked has imported. It never opens a database."""

import os

os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOCAL="1", LOG_LEVEL="WARNING", DATABASE_URL="sqlite://")

import django  # noqa: E402

django.setup()

from pathlib import Path  # noqa: E402

import pytest  # noqa: E402, F401
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import override_settings  # noqa: E402

from config import urls  # noqa: E402, F401
from config.environment import Environment  # noqa: E402
from tests import build, processes  # noqa: E402, F401


def settle_in(environment: dict[str, str]) -> None:
    """Makes this process one of that place: its database, its files, its mail."""
    os.environ.clear()
    os.environ.update(environment)
    folder = Path(environment["VAR_DIR"])
    connections.settings = connections.configure_settings(
        {"default": Environment().database("DATABASE_URL", default="")}
    )
    if hasattr(connections._connections, "default"):
        del connections["default"]  # made by an import, never opened
    place = {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder / "files")}}
    override_settings(
        VAR_DIR=folder,
        PRIVATE_DIR=folder / "files",
        STORAGES={**settings.STORAGES, "default": place},
        SECRET_KEY=environment["SECRET_KEY"],
        CACHES={"default": Environment().cache("CACHE_URL", default="files", folder=folder / "cache")},
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        EMAIL_FILE_PATH=str(folder / "mail"),
    ).enable()
