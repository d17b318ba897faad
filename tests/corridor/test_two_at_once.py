"""Two organisers apply two plans for the same desk at the same moment: one stay, never two."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PREPARE = """
from datetime import date
from corridor.services import propose_placements, solve_plan
from tests import build
by = build.person("o@network.example", role="organiser", organisation=build.secretariat())
home = build.city("clermont-ferrand")
host = build.incubator("Host", build.city("braga"), (date(2027, 1, 1), date(2027, 7, 1), 1))
for slug in ("one", "two"):
    programme = build.programme(slug=slug, last_start=date(2027, 1, 1))
    build.candidate(programme, f"Team {slug}", home, 1, [host])
    plan = propose_placements(by=by, programme=programme)
    solve_plan.call(plan.pk)
    print("plan", plan.pk)
"""
APPLY = """
import sys
from corridor.models import PlacementPlan
from corridor.services import apply_placements
from toolkit.refusals import Refusal
plan = PlacementPlan.objects.select_related("made_by").get(pk={pk})
print("ready", flush=True)
sys.stdin.readline()
try:
    print("stays", len(apply_placements(by=plan.made_by, plan=plan)))
except Refusal as refusal:
    print("refused", refusal.code)
"""
COUNT = "from corridor.models import Stay; print('held', Stay.objects.holding().count())"


def python(code: str) -> list[str]:
    setup = "import django; django.setup()\n"
    return [sys.executable, "-c", setup + code]


@pytest.mark.processes
def test_two_plans_for_one_desk_applied_at_once(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'race.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "LOCAL": "1",
    }

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(sys.executable, "manage.py", "migrate", "-v0")
    plans = [line.split()[1] for line in run(*python(PREPARE)).splitlines() if line.startswith("plan")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(python(APPLY.format(pk=pk)), cwd=ROOT, env=environment, **pipes) for pk in plans]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = sorted(process.communicate(timeout=60)[0].strip().splitlines()[-1] for process in both)
    assert told == ["refused placement.stale", "stays 1"]
    assert "held 1" in run(*python(COUNT))
