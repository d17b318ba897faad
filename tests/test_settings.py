"""Settings come from the environment; nonsense is refused with a sentence that names the variable."""

import os
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.environment import Environment

ROOT = Path(__file__).resolve().parent.parent
env = Environment()


@pytest.mark.parametrize(("text", "value"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("", False)])
def test_flag(monkeypatch, text, value):
    monkeypatch.setenv("SOME_FLAG", text)
    assert env.flag("SOME_FLAG", default=not value) is value


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (lambda: env.flag("X", default=False), "maybe", "X is 'maybe'"),
        (lambda: env.integer("X", default=1), "ten", "X is 'ten'"),
        (lambda: env.address("X", default=None), "example.org", "X is 'example.org'"),
        (lambda: env.address("X", default=None), "https://example.org/path", "set it to an address"),
        (lambda: env.secret("X", local_file=None), "short", "X is too short"),
        (lambda: env.secret("X", local_file=None), "", "Set the environment variable X"),
        (lambda: env.text("X"), "", "Set the environment variable X"),
        (
            lambda: env.cache("X", default="files", folder=ROOT),
            "memory",
            "set it to files, table, or a redis:// address",
        ),
        (lambda: env.database("X", default=""), "mysql://root@localhost/x", "use a sqlite"),
    ],
)
def test_nonsense_is_refused_by_name(monkeypatch, read, text, says):
    monkeypatch.setenv("X", text)
    with pytest.raises(ImproperlyConfigured, match=re.escape(says)):
        read()


def test_local_secret_is_made_once_and_kept_private(tmp_path, monkeypatch):
    monkeypatch.delenv("X", raising=False)
    first = env.secret("X", local_file=tmp_path / "secret")
    assert len(first) >= 50
    assert env.secret("X", local_file=tmp_path / "secret") == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_sqlite_waits_for_its_turn_and_minds_keys(tmp_path, monkeypatch):
    monkeypatch.setenv("X", f"sqlite:///{tmp_path}/a.sqlite3")
    options = env.database("X", default="")["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]


def test_postgresql_tries_few_orders_of_tables_unless_its_address_says_otherwise(monkeypatch):
    monkeypatch.setenv("X", "postgres://u:p@h/n")
    assert env.database("X", default="")["OPTIONS"] == {"options": "-c join_collapse_limit=4"}
    monkeypatch.setenv("X", "postgres://u:p@h/n?options=-c%20join_collapse_limit%3D8&sslmode=require")
    assert env.database("X", default="")["OPTIONS"] == {"options": "-c join_collapse_limit=8", "sslmode": "require"}


@pytest.mark.django_db
def test_the_database_heard_it():
    asks = {"postgresql": ("SHOW join_collapse_limit", "4"), "sqlite": ("PRAGMA foreign_keys", 1)}
    question, answer = asks[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone() == (answer,)


def test_processes_of_a_run_take_no_slot_from_each_other(settings):
    assert settings.VAR_DIR.name == os.environ.get("PYTEST_XDIST_WORKER", "alone")


def test_every_variable_is_documented():
    """docs/settings.md has a row for each variable that the settings read, and for no other."""
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config/settings.py").read_text()))
    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.M))
    assert told == read | {"PORT"}
