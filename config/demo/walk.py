"""Whole walks: a finished edition, one in mid-judging, one whose call is open."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from config.demo import contest, corridor, judging, stays
from config.demo.timeline import FINISHED, around, open_call
from contest.models import Edition
from corridor.models import Programme
from network.models import City
from toolkit import codes

FINISHED_SLUG, JUDGING_SLUG, CALL_SLUG = "sample-2026", "sample-jury", "sample-call"
NAMES = {
    FINISHED_SLUG: {
        "en": "Sample edition (rules after 2024)",
        "fr": "Édition d’exemple (règles d’après 2024)",
    },
    JUDGING_SLUG: {"en": "Sample edition, jury at work", "fr": "Édition d’exemple, jury au travail"},
    CALL_SLUG: {"en": "Sample edition, call open", "fr": "Édition d’exemple, appel ouvert"},
}


@dataclass
class Walked:
    edition: Edition
    programme: Programme | None = None


def walk_finished(seed: int) -> Walked:
    """From the call to accepted stays, at the fixed dates of 2026; conclude_finished adds the agreements."""
    with codes.seeded(seed):
        cast = contest.gather_cast()
        edition = contest.set_up_edition(cast, FINISHED_SLUG, NAMES[FINISHED_SLUG], FINISHED)
        entries = contest.enter_all(cast, edition, FINISHED)
        contest.nominate_all(cast, edition, entries, FINISHED)
        judging.seat_jury(cast, edition, FINISHED)
        first, second = judging.prepare_rounds(cast, edition, FINISHED)
        for round in (first, second):
            judging.assign_and_open(cast, round, seed)
            judging.score(round, seed)
            judging.close_and_publish(cast, round)
        judging.award(cast, edition, second)
        programme = corridor.run_corridor(cast, edition, FINISHED, seed)
    return Walked(edition, programme)


def conclude_finished(seed: int) -> Walked:
    """The agreements of the finished edition. Can be run again."""
    edition = Edition.objects.get(slug=FINISHED_SLUG)
    programme = Programme.objects.get(edition=edition)
    with codes.seeded(seed):
        corridor.conclude(contest.gather_cast(), programme, FINISHED)
    return Walked(edition, programme)


def live_stays(today: date) -> None:
    """What has happened by `today` in the stays of the finished edition, and an earlier cohort. Can be run again."""
    stays.live(Programme.objects.get(edition__slug=FINISHED_SLUG), today)
    if not stays.has_pilot():
        with transaction.atomic():
            stays.walk_pilot(today)


def walk_to_mid_judging(seed: int, today: date) -> Walked:
    """Everything until the middle of the first round, around `today`."""
    times = around(today)
    with codes.seeded(seed + 1):
        cast = contest.gather_cast()
        edition = contest.set_up_edition(cast, JUDGING_SLUG, NAMES[JUDGING_SLUG], times)
        entries = contest.enter_all(cast, edition, times)
        contest.nominate_all(cast, edition, entries, times)
        judging.seat_jury(cast, edition, times)
        first, _second = judging.prepare_rounds(cast, edition, times)
        judging.assign_and_open(cast, first, seed + 1)
        judging.score(first, seed + 1, share=0.5)
        judging.hold_session(cast, first, times)
    return Walked(edition)


def walk_to_open_call(seed: int, today: date) -> Walked:
    """A call that is open: some entries submitted, some in draft, none chosen yet."""
    with codes.seeded(seed + 2):
        cast = contest.gather_cast()
        times = open_call(today)
        edition = contest.set_up_edition(cast, CALL_SLUG, NAMES[CALL_SLUG], times)
        contest.enter_some(cast, edition, times)
        judging.prepare_selection(cast, edition, City.objects.get(slug="clermont-ferrand"), times)
    return Walked(edition)
