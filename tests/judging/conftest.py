"""One open round of three entries and three jurors from elsewhere."""

from types import SimpleNamespace

import pytest

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
