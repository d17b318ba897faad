"""Says what is not as it must be among judging's rows and files:
frozen results, kept copies, assignments, scorecards."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from judging.integrity import check_judging


class Command(BaseCommand):
    help = "Recomputes every frozen result and every kept copy, and says what differs. Ends with 1 if anything does."

    def handle(self, **options: Any) -> None:
        faults = list(check_judging())
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("All frozen results recompute, and what is kept is what the marks give.")
