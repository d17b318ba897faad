"""What jurors give other than marks, of a round as its frozen file spells it, by code."""

from typing import Any

from judging.models import Round, Scorecard
from judging.rounds.kinds.balloting import ballot_of
from judging.states import ScorecardState


def ballot_rule(round: Round) -> dict[str, Any]:
    """What the rule says beside marks: nothing for marks."""
    ballot = ballot_of(round)
    if ballot.gives_marks:
        return {}
    return {"ballot": ballot.code, ballot.part: ballot.data(round)}


def ballots_given(round: Round) -> dict[str, Any]:
    """What was handed in: {"lists": …} or {"duels": …}; an entry that has left the round is left out, and of a
    juror's own one from which they have stepped back."""
    ballot = ballot_of(round)
    if ballot.gives_marks:
        return {}
    asked: dict[str, list[str]] = {}
    counted = Scorecard.objects.filter(assignment__round=round, state=ScorecardState.SUBMITTED).taking_part()
    for juror, entry in counted.order_by("assignment__juror__code", "assignment__entry__code").values_list(
        "assignment__juror__code", "assignment__entry__code"
    ):
        asked.setdefault(juror, []).append(entry)
    return {ballot.part: ballot.given(round, asked)}
