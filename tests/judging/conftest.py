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
