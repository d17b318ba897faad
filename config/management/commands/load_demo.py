"""Loads what `make demo` shows: the network, the 2024 archive, and the sample editions. Can be run again."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from config.demo import graduates, walk
from config.demo.ways import give_ways_in
from contest.models import Edition
from corridor.models import Programme
from judging.models import Round
from judging.states import RoundState
from judging.statistics.services import ask_statistics, compute_owed_statistics

SEED = 1


class Command(BaseCommand):
    help = "Loads the network, the 2024 archive and the sample editions. What is loaded already stays as it is."

    def handle(self, **options: Any) -> None:
        call_command("load_network", verbosity=0)
        call_command("load_lead_times", verbosity=0)
        call_command("load_archive", verbosity=0)
        today = timezone.localdate()
        walks: list[tuple[str, Callable[[], object]]] = [
            (walk.FINISHED_SLUG, lambda: walk.walk_finished(SEED)),
            (walk.JUDGING_SLUG, lambda: walk.walk_to_mid_judging(SEED, today)),
            (walk.CALL_SLUG, lambda: walk.walk_to_open_call(SEED, today)),
        ]
        for slug, make in walks:
            if Edition.objects.filter(slug=slug).exists():
                continue
            with transaction.atomic():  # a walk that is interrupted leaves nothing behind
                make()
            self.stdout.write(f"loaded {slug}")
        walk.conclude_finished(SEED)
        walk.live_stays(today)
        if not Programme.objects.filter(slug=graduates.SLUG).exists():
            with transaction.atomic():
                graduates.walk(today)
            self.stdout.write(f"loaded {graduates.SLUG}")
        give_ways_in()
        work_out_statistics()


def work_out_statistics() -> None:
    """Agreement and stability of the sample rounds, so that their pages have something to show at once."""
    rounds = Round.objects.filter(edition__is_sample=True).exclude(state=RoundState.DRAFT)
    for round in rounds.order_by("pk"):
        ask_statistics(round)
    compute_owed_statistics(limit=len(rounds))
