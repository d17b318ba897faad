"""Two at once, as processes of their own on one SQLite file: one save is applied, the other is shown as stale."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings

SETTING = """
import json, os, sys, time
import django
django.setup()
from django.core.management import call_command
"""

PREPARE = (
    SETTING
    + """
call_command("migrate", verbosity=0)
from tests import build
build.person("organiser@network.example", role="organiser", organisation=build.secretariat())
edition = build.edition("2027")
round = build.round(edition, state="open")
card = build.assign(round, build.juror(edition, 1), build.competing(edition, 1)[0])
print(json.dumps({"card": card.pk, "criterion": round.criteria.first().pk}))
"""
)

SAVE = (
    SETTING
    + """
card, criterion, mark, starts = json.loads(sys.argv[1])
from judging.models import Scorecard
from judging.services import StaleScorecard, save_scorecard
card = Scorecard.objects.select_related("assignment__juror__user").get(pk=card)
by = card.assignment.juror.user
time.sleep(max(0, starts - time.time()))
try:
    saved = save_scorecard(by=by, scorecard=card, version=0, marks={criterion: mark}, comment="", private_note="")
except StaleScorecard as refused:
    print(json.dumps({"stale": refused.scorecard.version}))
else:
    print(json.dumps({"saved": saved.version, "mark": mark}))
"""
)


@pytest.mark.processes
def test_two_saves_of_one_version_one_is_applied_the_other_stale(tmp_path):
    import time

    environment = {
        **os.environ,
        "LOCAL": "1",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/judging.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "PYTHONPATH": str(settings.BASE_DIR),
    }

    def start(script, *arguments):
        return subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def answer(process):
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return json.loads(out.strip().splitlines()[-1])

    ids = answer(start(PREPARE))
    starts = time.time() + 8
    processes = [start(SAVE, json.dumps([ids["card"], ids["criterion"], mark, starts])) for mark in (1, 2, 3, 4)]
    answers = [answer(process) for process in processes]
    saved = [a for a in answers if "saved" in a]
    assert [a["saved"] for a in saved] == [1]
    assert [a for a in answers if "stale" in a] == [{"stale": 1}] * 3
    with sqlite3.connect(tmp_path / "judging.sqlite3") as database:
        assert database.execute("SELECT value FROM judging_mark").fetchall() == [(saved[0]["mark"] * 1000,)]
        assert database.execute("SELECT version FROM judging_scorecard").fetchall() == [(1,)]
