"""`place`, `assign` and `rank` with `--json` print JSON alone,
whatever a library prints when it is loaded or makes its solver."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corridor.domain.placement.file import FORMATS
from toolkit.quiet import printed_elsewhere

ROOT = Path(__file__).resolve().parents[2]
# Stands before the real library, says something from Python and from C, and gives the real one, whose classes in
# TALKERS talk too.
STAND_IN = """
import ctypes, importlib, pathlib, sys

def talk(of):
    print(of, "says something from Python")
    ctypes.CDLL(None).puts((of + " says something from C").encode())

talk(__name__)
sys.path.remove(str(pathlib.Path(__file__).resolve().parents[1]))
del sys.modules[__name__]
real = importlib.import_module(__name__)
for name in {talkers!r}:
    def made(self, *args, _class=getattr(real, name), **options):
        talk(_class.__name__)
        _class.__init__(self, *args, **options)
    setattr(real, name, type(name, (getattr(real, name),), {{"__init__": made}}))
"""
JURY = {
    "format": "passerelle.assignment",
    "version": 1,
    "demand": 1,
    "load": {"most": 3},
    "entries": [{"code": "E1"}, {"code": "E2"}],
    "jurors": [{"code": "J1"}, {"code": "J2"}],
}


def a_result() -> Path:
    found = sorted((ROOT / "tests" / "judging" / "domain" / "results").glob("results-version-*/sample-round.json"))
    return found[-1]


@pytest.mark.processes
@pytest.mark.parametrize(
    ("command", "library", "talkers"),
    [("place", "highspy", ["Highs"]), ("assign", "highspy", ["Highs"]), ("rank", "numpy", [])],
)
def test_a_library_that_talks_is_not_in_the_answer(tmp_path, command, library, talkers):
    package = tmp_path / "before" / library
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(STAND_IN.format(talkers=talkers))
    jury = tmp_path / "jury.json"
    jury.write_text(json.dumps(JURY))
    file = {"place": FORMATS / "placement.example.json", "assign": jury, "rank": a_result()}[command]
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), command, str(file), "--json"],
        env={**os.environ, "PYTHONPATH": str(package.parent), "DJANGO_SETTINGS_MODULE": "config.settings_test"},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert json.loads(done.stdout)
    for speaker in [library, *talkers]:
        assert f"{speaker} says something from Python" in done.stderr
        assert f"{speaker} says something from C" in done.stderr


def test_what_is_printed_before_and_after_stays(capfd):
    print("before")  # noqa: T201
    with printed_elsewhere():
        print("aside")  # noqa: T201
        os.write(1, b"aside too\n")
    print("after")  # noqa: T201
    out, errors = capfd.readouterr()
    assert (out, sorted(errors.splitlines())) == ("before\nafter\n", ["aside", "aside too"])
