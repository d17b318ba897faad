"""What needs no site: files are ranked, verified, assigned and placed without a secret, a database or a folder to write
to; and nothing can be served that way."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from manage import needs_no_site

ROUND = b"""{"format": "passerelle.result", "version": 2, "rule": {"criteria": [{"code": "a", "scale_max": "5"}]},
"entries": [{"code": "A"}], "scorecards": [{"entry": "A", "juror": "J", "marks": {"a": "4"}}]}"""
ASSIGNMENT = b"""{"format": "passerelle.assignment", "version": 1, "demand": 1, "load": {"most": 1},
"entries": [{"code": "A"}], "jurors": [{"code": "J"}]}"""


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["rank", "round.json"], True),
        (["verify", "round.json", "--sha256", "ab"], True),
        (["verify_result", "round.json"], True),
        (["verify", "--round", "1"], False),
        (["verify", "--rou=1"], False),
        (["assign", "file.json", "--json"], True),
        (["place", "-"], True),
        (["collectstatic", "--noinput"], True),
        (["runserver"], False),
        (["migrate"], False),
        (["check_integrity"], False),
        ([], False),
    ],
)
def test_which_commands_need_no_site(arguments, answer):
    assert needs_no_site(arguments) is answer


@pytest.mark.processes
def test_commands_on_files_ask_for_nothing(tmp_path):
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
    (tmp_path / "round.json").write_bytes(ROUND)
    (tmp_path / "assignment.json").write_bytes(ASSIGNMENT)

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env={**bare, **more}, capture_output=True, text=True, timeout=300
        )

    ranked = run("manage.py", "rank", str(tmp_path / "round.json"))
    assert (ranked.returncode, ranked.stderr) == (0, "")
    assert "80" in ranked.stdout
    verified = run("manage.py", "verify", str(tmp_path / "round.json"))
    assert "holds no standings" in verified.stderr
    assigned = run("manage.py", "assign", str(tmp_path / "assignment.json"))
    assert (assigned.returncode, assigned.stderr) == (0, "")
    placed = run("manage.py", "place", "docs/formats/placement.example.json")
    assert (placed.returncode, placed.stderr) == (0, "")
    assert not (tmp_path / "var").exists()
    for served in (
        run("-c", "import config.wsgi", DJANGO_SETTINGS_MODULE="config.settings_files", ALLOWED_HOSTS="*"),
        run(
            "manage.py",
            "runserver",
            "--noreload",
            "127.0.0.1:1",
            DJANGO_SETTINGS_MODULE="config.settings_files",
            LOCAL="1",
        ),
    ):
        assert served.returncode != 0
        assert "no site can be served" in served.stderr
    signed = run(
        "-c",
        "import django; django.setup(); from django.core import signing; signing.dumps(1)",
        DJANGO_SETTINGS_MODULE="config.settings_files",
    )
    assert "The SECRET_KEY setting must not be empty" in signed.stderr
    assert run("manage.py", "verify", "--round", "1").stderr == NOT_SET


NOT_SET = (
    "Not set: SECRET_KEY, SITE_URL, EMAIL_URL and DEFAULT_FROM_EMAIL; "
    "set them as docs/settings.md says, or LOCAL=1 for a site on a machine of your own.\n"
)


@pytest.mark.processes
def test_what_is_missing_is_said_in_one_sentence(tmp_path):
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}

    def asks(*options: str, **environment: str) -> tuple[int, str]:
        command = [sys.executable, *options, "manage.py", "migrate"]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env={**bare, **environment}, capture_output=True, text=True, timeout=120
        )
        return done.returncode, done.stderr

    assert asks() == (1, NOT_SET)
    assert asks(SECRET_KEY="x7Zq-" * 11, EMAIL_URL="dummymail://", DEFAULT_FROM_EMAIL="a@example.org") == (
        1,
        NOT_SET.replace("SECRET_KEY, SITE_URL, EMAIL_URL and DEFAULT_FROM_EMAIL", "SITE_URL"),
    )
    assert asks(LOCAL="maybe") == (1, "LOCAL is 'maybe': set it to 1 or 0.\n")
    without_packages = asks("-S")
    assert without_packages[0] == 1
    assert without_packages[1].startswith(f"Django is not installed for {sys.executable}: run `make setup`")
    assert not (tmp_path / "var").exists()
