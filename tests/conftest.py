"""The cast: one person per role, and a client logged in as each."""

import gc
import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_save
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

from config.catalogues import compile_catalogues
from network.models import Message
from tests import build, processes
from tests.mails import read_mail
from tests.pages import CheckedClient
from toolkit import reading_apart
from toolkit.throttles import CountedThrottle

# A busy machine says nothing of the code: no property fails by the clock.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")
reading_apart.PATIENCE = 600  # likewise: what a page says of a machine that is too busy is no answer about a file
# A broken function need only be noticed, the same way each time, not by its smallest example (config/mutate.py).
settings.register_profile("mutants", phases=[Phase.explicit, Phase.generate], database=None, derandomize=True)

post_save.connect(read_mail, sender=Message, dispatch_uid="mails are read")

# One file runs in one process: those that take longest begin, so that neither process ends with one of them alone.
LONGEST = [
    "ops/test_demo_headless.py",
    "journeys/",
    "test_urls_by_role.py",
    "corridor/agreements/",
    "documents/",
    "rounds/test_every_rule.py",
    "test_readable.py",
    "ops/test_supervisor.py",
    "processes.py",
    "test_query_counts.py",
]
# What the whole run asks of one database only. Tables that cross every page: of PostgreSQL, on which sites run. What
# files hold, made from the same rows: of SQLite. By hand, each runs on either.
ONLY_ON = {
    "tests/test_urls_by_role.py": "postgresql",
    "tests/test_query_counts.py": "postgresql",
    "tests/test_bad_input.py": "postgresql",
    "agreements/files/test_files.py": "sqlite",
    "agreements/files/test_seal.py": "sqlite",
    "agreements/files/test_seal_device.py": "sqlite",
}
# Who bears one of these marks, or asks for one of these fixtures, starts processes: tests/ops/test_sensitive.py finds
# the others.
FORKS = {"processes", "browser"}
ASKS_FOR_PROCESSES = {"place", "databases", "tools"}
ASKS_FOR_DATABASE = {"db", "transactional_db", "databases", "django_db_setup", "client", "admin_client"}


def pytest_configure(config):
    """French as it is written today: git keeps no compiled catalogue,
    and one older than its source would fail tests at random."""
    if not hasattr(config, "workerinput"):  # one process writes, before others start
        compile_catalogues()


def pytest_collection_modifyitems(items):
    """Marks what asks for a database (nothing else can reach it) and of which, and puts the longest files first."""
    for item in items:
        if item.get_closest_marker("django_db") or ASKS_FOR_DATABASE & set(item.fixturenames):
            item.add_marker("database")
        if FORKS & {mark.name for mark in item.iter_markers()} or ASKS_FOR_PROCESSES & set(item.fixturenames):
            item.add_marker("sensitive")
        for end, vendor in ONLY_ON.items():
            if str(item.path).endswith(end):
                item.add_marker(f"only_{vendor}")
    ranks = {path: rank_of(str(path)) for path in {item.path for item in items}}
    items.sort(key=lambda item: ranks[item.path])


def rank_of(path: str) -> int:
    return next((rank for rank, part in enumerate(LONGEST) if part in path), len(LONGEST))


def pytest_collection_finish():
    """What is loaded by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(autouse=True)
def counters_begin_anew():
    """How often somebody asked is counted for minutes; what one test asks is not another's."""
    cache.clear()


@pytest.fixture
def one_minute(monkeypatch):
    """What counts by the minute reads a clock that stands:
    a test that takes long, or begins late in one, is in no other."""
    monkeypatch.setattr(CountedThrottle, "timer", staticmethod(lambda: 1_800_000_000.0))


@pytest.fixture
def city(db):
    return build.city("clermont-ferrand", "Clermont-Ferrand", "FR", "Europe/Paris")


@pytest.fixture
def organiser(db):
    return build.person(
        "organiser@network.example", "Odile Organiser", role="organiser", organisation=build.secretariat()
    )


@pytest.fixture
def coordinator(city):
    return build.person(
        "coordinator@clermont.example", "Cora Coordinator", role="coordinator", organisation=build.city_hall(city)
    )


@pytest.fixture
def founder(city):
    return build.person(
        "founder@sensors.example",
        "Fatou Founder",
        role="founder",
        organisation=build.startup("Sensors", city).organisation,
    )


@pytest.fixture
def stranger(db):
    return build.person("stranger@elsewhere.example", "Sam Stranger")


@pytest.fixture
def enter():
    """A client logged in as the person given."""

    def as_person(person) -> Client:
        client = CheckedClient()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_person


@pytest.fixture(scope="module")
def rows_of_the_file(django_db_setup, django_db_blocker):
    """What module-scoped fixtures build after this one is there for each test of the file, as it was built,
    and then gone.

    They unblock the database themselves: `with django_db_blocker.unblock(): …`.
    """
    around = transaction.atomic()
    around._from_testcase = True  # as django.test.TestCase says of its own: no obstacle to a durable one within
    with django_db_blocker.unblock():
        around.__enter__()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="session")
def databases(django_db_setup, django_db_blocker, tmp_path_factory):
    """Empty copies of the run's database, for processes."""
    with django_db_blocker.unblock():
        made = processes.Databases(tmp_path_factory.mktemp("databases"))
        yield made
        made.remove()


@pytest.fixture
def place(databases, db, tmp_path):
    """A database, files and mail of the test's own, and processes that use them: see tests/processes.py."""
    return processes.Place(tmp_path, databases.copy(tmp_path))


@pytest.fixture(scope="session")
def tools():
    """tools("pdftotext", "apt-get install poppler-utils"): the tool's path;
    skips the test, and says so, when it is missing."""

    def need(name: str, remedy: str) -> str:
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"{Path(name).name} is missing: {remedy}")
        return found

    return need


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI=true nothing may be skipped: what CI does not run, nobody runs."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
