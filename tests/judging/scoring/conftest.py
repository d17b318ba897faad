"""A juror's desk with a workbook."""

from types import SimpleNamespace

import pytest

from judging.scoring.services.scorecards import save_scorecard


@pytest.fixture
def desk(stage):
    """The first juror with three entries; E01 is marked 4 and 3 with a comment, saved once."""
    user = stage.jurors[0].user
    innovation, market = stage.round.criteria.order_by("order")
    stage.round.criteria.filter(code="market").update(is_required=False)
    save_scorecard(
        by=user,
        scorecard=stage.cards[0][0],
        version=0,
        marks={innovation.pk: 4, market.pk: 3},
        comment="=Bold",
        private_note="Mine",
    )
    return SimpleNamespace(
        **{**vars(stage), "user": user, "innovation": innovation, "market": market, "cards": stage.cards[0]}
    )
