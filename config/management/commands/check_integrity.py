"""Asks the whole database whether what must always be true is true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contest.integrity import check_contest
from corridor.integrity import check_corridor
from judging.integrity import check_judging
from network.integrity import check_network


class Command(BaseCommand):
    help = (
        "Recomputes frozen results and counts the places of every incubator by day. Ends with 1 when something "
        "is wrong."
    )

    def handle(self, **options: Any) -> None:
        faults = [*check_network(), *check_contest(), *check_judging(), *check_corridor()]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Results, places, stays and plans are as they must be.")
