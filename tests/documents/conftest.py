"""Documents of every kind with names in many scripts. With KEEP_DOCUMENTS=FOLDER all of them are made, and kept there
for the validators (`make validate`); without it a sample that covers each kind, language and script."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from config.machine import scripts_without_font
from tests.corridor.agreements.changes.conftest import base, draft  # noqa: F401  fixtures
from tests.corridor.agreements.conftest import (  # noqa: F401  fixtures
    host,
    incubator,
    private_files,
    programme,
    stay,
)
from tests.judging.conftest import stage  # noqa: F401  a fixture

KEPT = os.environ.get("KEEP_DOCUMENTS", "")


@pytest.fixture(scope="session", autouse=True)
def fonts():
    if missing := scripts_without_font():
        pytest.skip(f"this machine has no font for {', '.join(missing)}: make setup installs them")


@pytest.fixture
def keep() -> Callable[[str, bytes], bytes]:
    """keep(name, content): the content, kept for the validators when somebody asks for them."""

    def kept(name: str, content: bytes) -> bytes:
        if KEPT:
            folder = Path(KEPT)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.pdf").write_bytes(content)
        return content

    return kept
