"""Walks the whole road on the sample edition without a server and writes what it makes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = (
        "Walks one sample edition from the call to signed agreements and writes its files: demo --headless --out "
        "DIR [--seed N]"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--headless", action="store_true", help="without a server, in a database of its own")
        parser.add_argument("--out", required=True, metavar="DIR", help="where the files go")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same content")
        parser.add_argument("--here", action="store_true", help="in the database of the settings, which must be empty")

    def handle(self, headless: bool, out: str, seed: int, here: bool, **options: Any) -> None:
        if not headless and not here:
            raise CommandError("Add --headless. To see the demo in a browser: make demo")
        if not here:
            return self._in_a_database_of_its_own(out, seed)
        from config.demo.outputs import write_files
        from config.demo.walk import conclude_finished, walk_finished

        call_command("migrate", verbosity=0)
        call_command("load_network", verbosity=0)
        call_command("load_lead_times", verbosity=0)
        walk_finished(seed)
        walked = conclude_finished(seed)
        for name in write_files(walked, Path(out)):
            self.stdout.write(name)
        return None

    def _in_a_database_of_its_own(self, out: str, seed: int) -> None:
        with tempfile.TemporaryDirectory(prefix="passerelle-demo-") as folder:
            environment = {
                **os.environ,
                "LOCAL": "1",
                "VAR_DIR": folder,
                "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
                "TASKS_BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
                "EMAIL_URL": "dummymail://",
                "LOG_LEVEL": "WARNING",
            }
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo", "--here"]
            answer = subprocess.run(
                [*command, "--out", str(Path(out).resolve()), "--seed", str(seed)], env=environment, check=False
            )
        if answer.returncode:
            raise CommandError("The walk did not reach its end: see the message above.")
