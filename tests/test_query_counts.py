"""Pages whose rows are many ask the database as often for thirty rows as for three;
those not counted beside their own tests."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contest.models import Claim
from corridor.models import Candidate
from judging.jury.services.assignment import propose_plan
from judging.results.services.closing import close_round, publish_results
from tests import build


def crowd(slug: str, number: int, organiser) -> dict[str, tuple[object, str]]:
    """{page: (who reads it, address)} in an edition with `number` entries, jurors, questions, awards, stays and places.

    Its first round is published, with every juror's marks on the first entry;
    the second is a draft with a proposed plan.
    """
    edition = build.edition(slug, results_published_at=datetime(2026, 5, 6, 10, tzinfo=UTC))
    entries = build.competing(edition, number)
    jurors = [build.juror(edition, n, build.city("magog-far")) for n in range(1, number + 1)]
    first = build.round(edition, state="open", order=1)
    for juror, entry in zip(jurors, entries, strict=True):
        build.marks(build.assign(first, juror, entry), 4, 3)
        if juror != jurors[0]:
            jurors[0].conflicts.create(entry=entry, kind="declared", reason="Once.", by=organiser, at=first.opens_at)
            build.marks(build.assign(first, juror, entries[0]), 5, 2)
        edition.questions.create(code=f"q{entry.pk}", text={"en": "Why?", "fr": "Pourquoi ?"}, is_required=False)
    close_round(by=organiser, round=first)
    publish_results(by=organiser, round=first)
    second = build.round(edition, order=2)
    propose_plan(by=organiser, round=second)
    third = build.round(edition, state="open", order=0)  # waits for no other
    ballot = build.ballot_import(*[build.assign(third, jurors[1], entry) for entry in entries])
    live = build.live_session(third, *entries, opened_at=first.opens_at, chair=jurors[1])
    months = [(date(2027 + n, 1, 1), date(2028 + n, 1, 1), 40) for n in range(number)]
    house = build.incubator(f"House of {slug}", build.city(f"home-of-{slug}"), *months)
    for rank, entry in enumerate(entries, 1):
        stay = build.stay(build.award(entry, rank), house)
        build.city_hall(entry.city)
        Claim.objects.create(
            entry=entries[0],
            city=build.city(f"town-{rank}"),
            by=organiser,
            reason="Ours.",
            created_at=first.opens_at,
        )
    founder = entries[0].startup.organisation.memberships.get().user
    organise, rounds = f"/organise/editions/{slug}/", "/organise/rounds/"
    pages = {
        "proposed plan": f"{rounds}{second.pk}/assignment/",
        "why": f"{rounds}{first.pk}/standings/{entries[0].pk}/",
        "published standings": f"{rounds}{first.pk}/standings/",
        "minutes": f"{rounds}{first.pk}/minutes/",
        "versions": f"{rounds}{first.pk}/history/",
        "a version": f"{rounds}{first.pk}/history/1/",
        "feedback": f"{rounds}{first.pk}/feedback/",
        "juror": f"/organise/jurors/{jurors[0].pk}/",
        "session": f"/sessions/{live.pk}/",
        "sessions": f"{rounds}{third.pk}/sessions/",
        "running order": f"{rounds}{third.pk}/sessions/{live.pk}/",
        "exports": f"{organise}exports/",
        "questions": f"{organise}questions/",
        "entry with claims": f"{organise}entries/{entries[0].pk}/",
        "stays": f"/organise/programmes/{stay.programme_id}/stays/",
        "programme": f"/organise/programmes/{stay.programme_id}/",
        "incubator": f"/incubator/{house.pk}/",
    }
    return {
        **{name: (organiser, place) for name, place in pages.items()},
        "founder's results": (founder, f"/entries/{entries[0].pk}/results/"),
        "team's wishes": (founder, f"/candidates/{Candidate.objects.get(award__entry=entries[0]).pk}/wishes/"),
        "host's incubator": (build.host(house), f"/incubator/{house.pk}/"),
        "host's home": (build.host(house), "/home/"),
        "juror's home": (jurors[0].user, "/home/"),
        "juror's session": (jurors[1].user, f"/sessions/{live.pk}/"),
        "juror's timer": (jurors[1].user, f"/sessions/{live.pk}/timer/state/"),
        "juror's calendar": (jurors[1].user, f"/sessions/{live.pk}/calendar.ics"),
        "juror's deliberation": (jurors[1].user, f"/sessions/{live.pk}/deliberation/"),
        "juror's workbook": (jurors[1].user, f"/judging/rounds/{third.pk}/workbook/"),
        "juror's differences": (jurors[1].user, f"/judging/workbooks/{ballot.pk}/"),
        "public edition": (None, f"/editions/{slug}/"),
    }


def asked(client: Client, place: str) -> int:
    """Queries of the second look: what a process learns once is not counted."""
    client.get(place)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(place).status_code == 200, place
    return len(queries)


def test_thirty_rows_ask_as_many_queries_as_three(organiser, enter):
    counts: dict[str, list[int]] = {}
    for slug, number in (("2027", 3), ("2028", 30)):
        for name, (person, place) in crowd(slug, number, organiser).items():
            counts.setdefault(name, []).append(asked(enter(person) if person else Client(), place))
    assert {name: numbers for name, numbers in counts.items() if len(set(numbers)) > 1} == {}


@pytest.mark.parametrize("place", ["/editions/", "/laureates/", "/", "/network/"])
def test_public_pages_of_many_editions(place, db):
    def grow(numbers):
        for number in numbers:
            edition = build.edition(f"e{number}", results_published_at=datetime(2026, 5, 6, 10, tzinfo=UTC))
            home = build.city(f"town-{number}")
            entry = build.nominate(build.entry(edition, build.startup(f"Firm {number}", home), code="E01"))
            build.stay(build.award(entry), build.incubator(f"House {number}", build.city(f"far-{number}")))

    grow(range(3))
    few = asked(Client(), place)
    grow(range(3, 30))
    assert asked(Client(), place) == few
