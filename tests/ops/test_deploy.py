"""`manage.py check --deploy`: clean with production settings, refused with what belongs to a demonstration."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "x7Zq-" * 11,
    "ALLOWED_HOSTS": "contest.example.org",
    "SITE_URL": "https://contest.example.org",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "Contest <contest@example.org>",
    "SEAL_PKCS12": "/etc/passerelle/seal.p12",
    "SECURITY_CONTACT": "mailto:security@example.org",
}
OURS = (
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DEMO",
    "LOCAL",
    "DEBUG",
    "VAR_DIR",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "BEHIND_TLS_PROXY",
    "TRUSTED_PROXIES",
    *PRODUCTION,
)


def check_deploy(tmp_path, **values) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    environment = {**kept, **PRODUCTION, "VAR_DIR": str(tmp_path), **values}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.sensitive
def test_production_settings_are_clean(tmp_path):
    done = check_deploy(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.sensitive
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"DEMO": "1"}, "passerelle.E001"),
        ({"LOCAL": "1"}, "passerelle.E002"),
        ({"DEBUG": "1"}, "passerelle.E002"),
        ({"SITE_URL": "http://contest.example.org"}, "passerelle.E003"),
        ({"ALLOWED_HOSTS": "other.example.org"}, "passerelle.W001"),
        ({"BEHIND_TLS_PROXY": "1"}, "passerelle.W003"),
        ({"TRUSTED_PROXIES": "-1"}, "passerelle.E005"),
    ],
)
def test_what_belongs_elsewhere_is_refused(tmp_path, values, code):
    done = check_deploy(tmp_path, **values)
    assert done.returncode == 1
    assert code in done.stderr


@pytest.mark.sensitive
@pytest.mark.parametrize("name", list(PRODUCTION))
def test_missing_value_is_told_by_its_name(tmp_path, name):
    """Nothing in production has a silent default (ALLOWED_HOSTS is told by Django's own check)."""
    done = check_deploy(tmp_path, **{name: ""})
    assert done.returncode == 1
    assert name in done.stderr
