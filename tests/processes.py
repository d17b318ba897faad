"""A database of a test's own, of the kind that the run uses, and real processes that work on it at once.

    def save(card, mark): …                                    # a plain function at the top of a test's module
    def test_…(place):
        card = place.run(prepare)                              # in one process
        told = place.at_once([(save, card, 1), (save, card, 2)])   # in as many, all let go at the same instant

What a function returns comes back; a Refusal comes back as ("refused", code);
anything else that it raises fails the test.
"""

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.utils import load_backend

from tests import postgresql

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120  # seconds
# Processes are forked from one that has imported everything and holds no connection.
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.forked"])
Job = tuple[Any, ...]  # a function and its arguments


class Databases:
    """Copies of the run's own migrated, empty database: one as the pattern, one for each test that asks."""

    def __init__(self, folder: Path):
        self.folder, self.made = folder, 0
        self.server = connection.settings_dict if connection.vendor == "postgresql" else None
        self.prefix = f"processes_{os.getpid()}"
        if self.server:
            connection.close()  # a pattern must be at rest
            self._on_server(f'CREATE DATABASE "{self.prefix}" TEMPLATE "{self.server["NAME"]}"')
        else:
            connection.ensure_connection()
            with sqlite3.connect(folder / "pattern.sqlite3") as pattern:
                connection.connection.backup(pattern)
                # As `migrate` leaves it: the change to a write-ahead log is the one lock that SQLite doesn't wait for.
                pattern.execute("PRAGMA journal_mode=WAL")
            pattern.close()

    def copy(self, folder: Path) -> dict[str, str]:
        """A new database; the environment with which a process finds it."""
        self.made += 1
        if not self.server:
            shutil.copy(self.folder / "pattern.sqlite3", folder / "place.sqlite3")
            return {"DATABASE_URL": f"sqlite:///{folder / 'place.sqlite3'}"}
        name = f"{self.prefix}_{self.made}"
        self._on_server(f'CREATE DATABASE "{name}" TEMPLATE "{self.prefix}"')
        address, _, query = os.environ["DATABASE_URL"].partition("?")
        return {"DATABASE_URL": f"{address.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")}

    def remove(self) -> None:
        """Nothing on a server that ends with the run: each database dropped is a checkpoint, a minute for all."""
        if self.server and postgresql.OURS not in os.environ:
            names = [f"{self.prefix}_{number}" for number in range(1, self.made + 1)]
            for name in [*names, self.prefix]:
                self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _on_server(self, sql: str) -> None:
        assert self.server
        backend = load_backend(self.server["ENGINE"]).DatabaseWrapper({**self.server, "NAME": "postgres"})
        try:
            with backend.cursor() as cursor:
                cursor.execute(sql)
        finally:
            backend.close()


class Place:
    """A database, files and mail of its own, and processes that use them:
    forked for functions, started for commands."""

    def __init__(self, folder: Path, database: dict[str, str]):
        self.folder = folder
        self.files, self.mail = folder / "files", folder / "mail"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("PRIVATE_DIR", "DEBUG", "DEMO")},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOCAL": "1",
            "VAR_DIR": str(folder),
            "SECRET_KEY": "a key for tests only, long enough to pass the length check of the settings",
            "EMAIL_URL": f"filemail:///{self.mail}",
            "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
            "LOG_LEVEL": "WARNING",
            **database,
        }

    def run(self, function: Callable, *arguments: Any) -> Any:
        """What the function answers in a process of its own."""
        [answer] = self.at_once([(function, *arguments)])
        return answer

    def at_once(self, jobs: Sequence[Job]) -> list[Any]:
        """What each job answers, in the order given; all are let go at the same instant,
        each in a process of its own."""
        start = SERVER.Barrier(len(jobs))
        pipes, processes = [], []
        for job in jobs:
            ours, theirs = SERVER.Pipe(duplex=False)
            process = SERVER.Process(target=work, args=(self.environment, start, theirs, job))
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        answers = [pipe.recv() if pipe.poll(PATIENCE) else ("no answer", "") for pipe in pipes]
        for process in processes:
            process.join(PATIENCE)
        broken = [text for how, text in answers if how != "answer"]
        assert not broken, "\n".join(broken) or "no answer"
        return [answer for _how, answer in answers]

    def start(self, *words: str) -> subprocess.Popen:
        """`manage.py` with these words, on its way."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def manage(self, *commands: Sequence[str]) -> None:
        """Runs these commands of `manage.py` at once, and waits for all."""
        running = [self.start(*words) for words in commands]
        for process in running:
            _out, errors = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, errors

    def mails(self) -> list[str]:
        """Who was written to, in order: one address for each mail that left."""
        lines = [line for file in self.mail.glob("*") for line in file.read_text().splitlines()]
        return sorted(line.removeprefix("To: ") for line in lines if line.startswith("To: "))


def work(environment: dict[str, str], start, pipe, job: Job) -> None:
    """In the process: takes its place, waits for the others, does its job, tells the answer."""
    from toolkit.refusals import Refusal

    try:
        from tests import forked

        forked.settle_in(environment)
        function, *arguments = job
        start.wait(PATIENCE)
        try:
            answer = function(*arguments)
        except Refusal as refusal:
            answer = ("refused", refusal.code)
        pipe.send(("answer", answer))
    except BaseException:
        pipe.send(("error", traceback.format_exc()))
