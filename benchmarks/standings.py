"""The organiser's standings page of a large round, and reading a result file of a hundred thousand entries.

standings_page  250 rows of 1,000 entries × 10 scorecards × 4 criteria, from the request to the last byte, for a round
                that is open (its inputs are hashed to know that the kept standings still hold). Two baselines, and the
                worse decides: the time in pieces of plain Python, of which one takes about a tenth of a second (so that
                150 ms are one and a half), and 15 queries.
rank_file_100k  a file of 100,000 entries and 1,000,000 scorecards × 5 criteria, from bytes to
                standings (rank --standings).
"""

import json
import random
from collections.abc import Callable
from datetime import timedelta

from benchmarks.measure import figure, know_kinds, seconds
from benchmarks.pages import site
from judging.domain.results.standings import standings_in

ENTRIES, SCORECARDS, CRITERIA = 1000, 10, 4
QUERIES = 15
UNITS = 1.5
READING = 3


def large_round(organiser):
    """An open round, every scorecard submitted. Rows are written in bulk: what is measured is the reading."""
    from django.utils import timezone

    from judging.models import Criterion, Round, RoundRule
    from tests import build

    edition, now = build.edition("large"), timezone.now()
    entries = nominated(edition, organiser)
    jurors = [build.juror(edition, number, build.city("far")) for number in range(1, 101)]
    round = Round.objects.create(
        edition=edition, name={"en": "Round"}, state="open", opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1), rule=RoundRule.objects.create(decimals=2, advance_count=200),
    )  # fmt: skip
    criteria = [
        Criterion.objects.create(
            round=round, code=f"c{n}", name={"en": f"Criterion {n}"}, weight=25_000, scale_max=10_000
        )
        for n in range(CRITERIA)
    ]
    mark_all(round, entries, jurors, criteria)
    return round


def nominated(edition, organiser):
    """The round's entries: 1,000 firms of 40 cities, each nominated by its own."""
    from django.utils import timezone

    from contest.models import Entry, Nomination, Startup
    from network.models import Organisation
    from tests import build

    homes, now = [build.city(f"home-{number}") for number in range(40)], timezone.now()
    bodies = Organisation.objects.bulk_create(
        Organisation(slug=f"firm-{n}", name=f"Firm {n}", kind="startup", city=homes[n % 40]) for n in range(ENTRIES)
    )
    firms = Startup.objects.bulk_create(Startup(organisation=body) for body in bodies)
    category = edition.categories.get()
    entries = Entry.objects.bulk_create(
        Entry(
            edition=edition, startup=firm, state="nominated", city=homes[n % 40], category=category, code=f"E{n:05}",
            title=f"Firm {n} pitches", summary="What we do.", submitted_at=now,
        )
        for n, firm in enumerate(firms)
    )  # fmt: skip
    Nomination.objects.bulk_create(
        Nomination(
            edition=edition, city=homes[n % 40], entry=entry, slot=n // 40 + 1, competing_slot=n // 40 + 1,
            by=organiser, at=now,
        )
        for n, entry in enumerate(entries)
    )  # fmt: skip
    return entries


def mark_all(round, entries, jurors, criteria):
    """Ten jurors for each entry, in turn; each marks every criterion by chance, the same at every run."""
    from django.utils import timezone

    from judging.models import Assignment, Mark, Scorecard

    now = timezone.now()
    seats = Assignment.objects.bulk_create(
        Assignment(round=round, juror=jurors[(n * 7 + step) % 100], entry=entry, created_at=now)
        for n, entry in enumerate(entries)
        for step in range(SCORECARDS)
    )
    cards = Scorecard.objects.bulk_create(
        Scorecard(assignment=seat, state="submitted", version=1, submitted_at=now) for seat in seats
    )
    draw = random.Random(1)
    Mark.objects.bulk_create(
        (
            Mark(scorecard=card, criterion=criterion, value=draw.randrange(11) * 1000)
            for card in cards
            for criterion in criteria
        ),
        batch_size=5000,
    )


def page_of(organiser, round) -> tuple[Callable[[], object], int]:
    """(load it once, queries of one loading)."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")

    def once():
        answer = client.get(f"/organise/rounds/{round.pk}/standings/")
        assert answer.content.count(b'<th scope="row">') == 250
        return answer

    once()  # works the standings out and keeps them; compiles the templates
    with CaptureQueriesContext(connection) as queries:
        once()
    return once, len(queries)


def file_of(entries: int) -> bytes:
    """The file of a result: ten scorecards for each entry, five criteria, 2,000 jurors."""
    draw = random.Random(1)
    codes = "abcde"
    cards = [
        {
            "entry": f"E{n:06}",
            "juror": f"J{(n * 7 + step * 13) % 2000:04}",
            "marks": {c: str(draw.randrange(6)) for c in codes},
        }
        for n in range(entries)
        for step in range(10)
    ]
    data = {
        "format": "passerelle.result",
        "version": 2,
        "rule": {
            "criteria": [{"code": c, "weight": "20", "scale_max": "5", "scale_step": "1"} for c in codes],
            "decimals": "2",
        },
        "entries": [{"code": f"E{n:06}"} for n in range(entries)],
        "scorecards": cards,
    }
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()


def reading() -> dict:
    """The standings (`manage.py rank --standings`) of 100,000 entries and 1,000,000 scorecards, per scorecard, against
    what Python's own reader needs to make objects of a tenth of them."""
    tenth = file_of(10_000)
    plain = seconds(lambda: json.loads(tenth), times=3) / 100_000
    whole = file_of(100_000)
    taken = seconds(lambda: standings_in(whole), times=1)
    return figure(
        "rank_file_100k", taken, "s", baseline="json.loads, per card", ratio=taken / 1_000_000 / plain, limit=READING
    )


def figures(unit: float) -> list[dict]:
    know_kinds()
    with site():
        from tests import build

        organiser = build.person("organiser@network.example", "Odile", "organiser", build.secretariat())
        load, queries = page_of(organiser, large_round(organiser))
        taken = seconds(load, times=5)
    page = figure("standings_page", taken, "s", baseline="plain_python", ratio=taken / unit, limit=UNITS)
    counted = figure(
        "standings_page_queries", queries, "queries", baseline="queries", ratio=queries / QUERIES, limit=1.0
    )
    return [page, counted, reading()]
