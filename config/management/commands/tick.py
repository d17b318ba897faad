"""The minute clock: does what is owed and not leased. Can be run twice, late, or at once, without harm."""

import time

from django.core.management.base import BaseCommand

from toolkit import clock
from toolkit.protocols import collect

LIMIT = 50


class Command(BaseCommand):
    help = "Does all that is owed: mails, documents, plans, reminders."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, once every so many seconds")

    def handle(self, every=None, **options):
        while True:
            for owed in collect("due", clock.now()):
                done = owed.settle(LIMIT)
                if done:
                    self.stdout.write(f"{owed.name}: {done}")
            if not every:
                return
            time.sleep(every)
