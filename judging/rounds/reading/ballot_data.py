"""What jurors give other than marks, of a round as its frozen file spells it, by code."""

from typing import Any, TypedDict

from judging.domain.results.document import GivenList, Pair
from judging.models import Round, Scorecard
from judging.rounds.kinds.balloting import ballot_of
from judging.states import ScorecardState


def ballot_rule(round: Round) -> dict[str, Any]:
    """The fields of StatedRule that say what jurors give other than marks: none for marks."""
    ballot = ballot_of(round)
    return {} if ballot.gives_marks else {"ballot": ballot.code, ballot.part: ballot.data(round)}


class Given(TypedDict, total=False):
    """What jurors gave instead of marks, as fields of the file; empty for marks."""

    lists: tuple[GivenList, ...]
    duels: tuple[Pair, ...]


def ballots_given(round: Round) -> Given:
    """What was handed in; an entry that has left the round is left out, and of a juror's own one from which they have
    stepped back."""
    ballot = ballot_of(round)
    if ballot.gives_marks:
        return {}
    asked: dict[str, list[str]] = {}
    counted = Scorecard.objects.filter(assignment__round=round, state=ScorecardState.SUBMITTED).taking_part()
    for juror, entry in counted.order_by("assignment__juror__code", "assignment__entry__code").values_list(
        "assignment__juror__code", "assignment__entry__code"
    ):
        asked.setdefault(juror, []).append(entry)
    rows: Any = {ballot.part: tuple(ballot.given(round, asked))}
    given: Given = rows
    return given
