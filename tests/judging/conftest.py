"""Scenes of a jury: an open round of three entries and three jurors, a draft one, a city's own selection."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import build


@pytest.fixture
def stage(organiser):
    """edition, round (open), entries E01–E03 of Braga, Cuneo and Magog,
    jurors J01–J03 of no city, cards[juror][entry]."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    jurors = [build.juror(edition, n) for n in (1, 2, 3)]
    round = build.round(edition, min_scorecards=2, jurors_per_entry=3, state="open")
    cards = [[build.assign(round, juror, entry) for entry in entries] for juror in jurors]
    return SimpleNamespace(edition=edition, entries=entries, jurors=jurors, round=round, cards=cards)


@pytest.fixture
def seat(stage, enter):
    """The first juror's client, with the scorecards of the stage."""
    stage.client = enter(stage.jurors[0].user)
    stage.card = stage.cards[0][0]
    return stage


@pytest.fixture
def draft(organiser):
    """A draft round of two entries and two jurors, with the criteria innovation (60) and market (40)."""
    edition = build.edition("2027")
    round = build.round(edition, min_scorecards=2, jurors_per_entry=2)
    entries = build.competing(edition, 2)
    jurors = [build.juror(edition, n) for n in (1, 2)]
    cards = [[build.assign(round, juror, entry) for entry in entries] for juror in jurors]
    first, second = round.criteria.all()
    return SimpleNamespace(
        by=organiser, edition=edition, round=round, entries=entries, cards=cards, first=first, second=second
    )


@pytest.fixture
def opened(draft):
    """The same, open, everyone's marks in: E01 5 and 2 (76 %), E02 3 and 3 (60 %)."""
    draft.round.state = "open"
    draft.round.save()
    for cards in draft.cards:
        for card, values in zip(cards, [(5, 2), (3, 3)], strict=True):
            build.marks(card, *values)
    return draft


@pytest.fixture
def desk(city, coordinator, organiser, enter):
    """A call that is over, cities choosing: four eligible entries of Clermont-Ferrand, one of Cuneo;
    a juror of each jury."""
    edition = build.edition(
        "2027", quota_sent=3, quota_competing=2, call_closes=timezone.now() - timedelta(days=1), is_public=True
    )
    edition.refresh_from_db()
    entries = [
        build.entry(edition, build.startup(f"Firm {n}", city), state="eligible", code=f"E{n:02}", city=city)
        for n in range(1, 5)
    ]
    cuneo = build.city("cuneo")
    other = build.entry(edition, build.startup("Elsewhere", cuneo), state="eligible", code="E09", city=cuneo)
    juror = build.juror(edition, 1, city, for_city=city)
    network = build.juror(edition, 2, cuneo)
    return SimpleNamespace(
        edition=edition, city=city, entries=entries, other=other, juror=juror, network=network, by=coordinator,
        organiser=organiser, client=enter(coordinator), base=f"/city/{city.slug}/2027/selection/",
    )  # fmt: skip
