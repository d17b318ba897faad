"""Real processes on a real database file: numbers without gaps, and a worker that dies in the middle of a document."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[3]
PRELUDE = "import django; django.setup()\nfrom tests.corridor.agreements import cast\n"
DRAFT = """
import sys
from corridor.models import Stay
from corridor.services import draft_agreement
from network.models import User
for stay in Stay.objects.filter(pk__in=map(int, sys.argv[1:])):
    draft_agreement(by=User.objects.get(email="organiser@network.example"), stay=stay, language="en", terms=cast.terms(stay))
"""


@pytest.fixture
def place(tmp_path):
    """A migrated database, files and mail of its own; `run` and `start` give processes that use them."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOCAL": "1",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "a key for tests only, long enough to pass the length check of the settings",
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "WARNING",
    }
    for name in ("DATABASE_URL", "PRIVATE_DIR", "DEBUG", "DEMO", "TASKS_BACKEND", "EMAIL_URL"):
        environment.pop(name, None)

    class Place:
        files = tmp_path / "files"

        def start(self, *arguments: str) -> subprocess.Popen:
            return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stderr=subprocess.PIPE)

        def run(self, *arguments: str) -> None:
            process = self.start(*arguments)
            _out, errors = process.communicate(timeout=300)
            assert process.returncode == 0, errors.decode()

        def query(self, sql: str, *values) -> list[tuple]:
            with sqlite3.connect(tmp_path / "passerelle.sqlite3", timeout=20) as connection:
                return connection.execute(sql, values).fetchall()

    made = Place()
    made.run("manage.py", "migrate", "--verbosity", "0")
    return made


def test_numbers_have_no_gaps_when_processes_draft_at_once(place):
    place.run("-c", PRELUDE + "cast.stays(6)")
    stays = [str(pk) for (pk,) in place.query("SELECT id FROM corridor_stay ORDER BY id")]
    drafters = [place.start("-c", PRELUDE + DRAFT, *stays[first::3]) for first in range(3)]
    for process in drafters:
        _out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors.decode()
    numbers = place.query("SELECT number FROM corridor_agreement ORDER BY number")
    assert numbers == [(number,) for number in range(1, 7)]


def test_worker_killed_in_the_middle_leaves_one_agreement_one_number_one_file_one_mail(place):
    place.run("-c", PRELUDE + "cast.stays(1)")
    place.run("-c", PRELUDE + DRAFT, "1")
    worker = place.start("manage.py", "db_worker", "--no-startup-delay", "--interval", "0.05")
    try:
        until = time.monotonic() + 120
        while place.query("SELECT 1 FROM corridor_agreement WHERE leased_until IS NULL"):
            assert time.monotonic() < until, "the worker never took the lease"
            time.sleep(0.01)
    finally:
        os.kill(worker.pid, signal.SIGKILL)  # right after the lease: the document is being rendered
        worker.communicate(timeout=60)
    assert place.query("SELECT state, attempts FROM corridor_agreement") == [("drafted", 1)]
    assert place.query("SELECT COUNT(*) FROM network_message") == [(0,)]

    place.run("manage.py", "tick")  # the lease still stands: nothing is done twice
    assert place.query("SELECT state, attempts FROM corridor_agreement") == [("drafted", 1)]

    place.query("UPDATE corridor_agreement SET leased_until = '2000-01-01 00:00:00'")
    place.run("manage.py", "tick")
    place.run("manage.py", "tick")
    assert place.query("SELECT state, number FROM corridor_agreement") == [("issued", 1)]
    assert [path.name for path in place.files.rglob("*.pdf")] == ["CORRIDOR-2027-" + _year(place) + "-001-issued.pdf"]
    mails = place.query("SELECT kind, to_email, state FROM network_message")
    assert mails == [("corridor.agreement_to_sign", "host@braga.example", "sent")]


def _year(place) -> str:
    return str(place.query("SELECT year FROM corridor_agreement")[0][0])
