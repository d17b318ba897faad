#!/usr/bin/env python
"""Django's command line."""

import os
import sys

# They read a file, or the code, and need no site: no secret key, no database.
FILES_ONLY = {
    "rank",
    "assign",
    "place",
    "verify",
    "verify_agreement",
    "verify_result",
    "collectstatic",
    "compilemessages",
    "spectacular",
}


def needs_no_site(arguments: list[str]) -> bool:
    """Whether a command gets by without what makes a site.
    `verify --round` looks into the database, `verify FILE` does not."""
    command, *rest = [*arguments, ""]
    of_a_round = command.startswith("verify") and any(word.startswith("--r") for word in rest)
    return command in FILES_ONLY and not of_a_round


def main() -> None:
    settings = "config.settings_files" if needs_no_site(sys.argv[1:]) else "config.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if sys.argv[1:2] == ["demo"]:  # walks in a database of its own: no production setting is asked for
        os.environ.setdefault("LOCAL", "1")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit(
            f"Django is not installed for {sys.executable}: run `make setup`, then `.venv/bin/python manage.py …`."
        )
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as missing:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
