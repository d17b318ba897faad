"""Scenes that several files of results begin with."""

import pytest

from judging.results.services.closing import close_round
from tests import build


@pytest.fixture
def second(db):
    return build.person("second@network.example", "Second Person", "organiser", build.secretariat())


@pytest.fixture
def closed(stage, organiser):
    """E03 100, E01 80, E02 60."""
    for cards in stage.cards:
        for card, values in zip(cards, [(4, 4), (3, 3), (5, 5)], strict=True):
            build.marks(card, *values)
    stage.result = close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    return stage
