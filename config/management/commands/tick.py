"""The minute clock: does what is owed and not leased. Can be run twice, late, or at once, without harm."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from toolkit import clock
from toolkit.protocols import collect

LIMIT = 50
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does all that is owed: mails, documents, plans, reminders."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, once every so many seconds")

    def handle(self, every: float | None = None, **options: Any) -> None:
        while True:
            failed = self.settle()
            if not every:
                if failed:
                    raise CommandError(f"Not everything that is owed could be done: {', '.join(failed)}.")
                return
            time.sleep(every)
            close_old_connections()

    def settle(self) -> list[str]:
        """One round. What fails is logged and told, and does not keep the rest waiting."""
        failed = []
        for owed in collect("due", clock.now()):
            try:
                done = owed.settle(LIMIT)
            except Exception:  # whatever one kind of debt runs into, the others are done
                logger.exception("%s failed", owed.name)
                failed.append(owed.name)
                continue
            if done:
                self.stdout.write(f"{owed.name}: {done}")
        return failed
