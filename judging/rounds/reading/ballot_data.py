"""Ranked lists and duels of a round as its frozen file spells them, by code."""

from typing import Any

from judging.models import Duel, RankedBallot, Round, Scorecard
from judging.states import Ballot, ScorecardState


def ballot_rule(round: Round) -> dict[str, Any]:
    """What the rule says beside marks: nothing for marks."""
    if round.rule.ballot == Ballot.MARKS:
        return {}
    rule: dict[str, Any] = {"ballot": round.rule.ballot}
    if round.rule.ballot == Ballot.RANKING:
        rule["lists"] = {
            "counting": round.rule.counting,
            "points": [str(number) for number in round.rule.place_points],
            "least": str(round.rule.list_least),
            "most": "" if round.rule.list_most is None else str(round.rule.list_most),
        }
    else:
        rule["duels"] = {"each": str(round.rule.duels_each)}
    return rule


def ballots_given(round: Round) -> dict[str, Any]:
    """What was handed in: {"lists": …} or {"duels": …}; an entry that has left the round is left out, and of a
    juror's own one from which they have stepped back; a list that names nobody any more is none."""
    if round.rule.ballot == Ballot.MARKS:
        return {}
    asked: dict[str, list[str]] = {}
    counted = Scorecard.objects.filter(assignment__round=round, state=ScorecardState.SUBMITTED).taking_part()
    for juror, entry in counted.order_by("assignment__juror__code", "assignment__entry__code").values_list(
        "assignment__juror__code", "assignment__entry__code"
    ):
        asked.setdefault(juror, []).append(entry)
    if round.rule.ballot == Ballot.RANKING:
        orders = dict(RankedBallot.objects.filter(round=round).values_list("juror__code", "order"))
        lists = (
            {"juror": juror, "asked": entries, "order": [code for code in orders.get(juror, []) if code in entries]}
            for juror, entries in asked.items()
        )
        return {"lists": [row for row in lists if row["order"]]}
    rows = Duel.objects.filter(round=round).order_by("juror__code", "first__code", "second__code")
    codes = rows.values_list("juror__code", "first__code", "second__code", "winner__code")
    return {
        "duels": [
            {"juror": juror, "first": first, "second": second, "winner": winner or ""}
            for juror, first, second, winner in codes
            if {first, second} <= set(asked.get(juror, ()))
        ]
    }
