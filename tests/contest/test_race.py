"""Two clicks at once for the last place: one nomination and clear refusals, with real processes on a real file."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def runner(*words: str, environment: dict, **options) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.contest.race", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options
    )


@pytest.mark.processes
def test_the_last_place_is_given_once(tmp_path):
    database = tmp_path / "race.sqlite3"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(tmp_path),
        "LOCAL": "1",
    }
    prepared, _ = runner("prepare", environment=environment).communicate(timeout=120)
    entries = prepared.split()
    assert len(entries) == 4
    racers = [runner("nominate", entry, environment=environment) for entry in entries]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    told = sorted(racer.communicate(timeout=60)[0].strip() for racer in racers)
    sentence = "refused nomination.full Clermont-Ferrand has used all its 1 places. Release one first."
    assert told == [sentence] * 3 + ["slot 1"]
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT slot, competing_slot FROM contest_nomination").fetchall() == [(1, 1)]
        states = connection.execute(
            "SELECT state, count(*) FROM contest_entry GROUP BY state ORDER BY state"
        ).fetchall()
    assert states == [("eligible", 3), ("nominated", 1)]
