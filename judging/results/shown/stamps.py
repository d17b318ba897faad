"""Whether what was computed of a round still holds: one hash over everything that its standings follow from.

A closed round's stamp is taken of its file's hash. While the round is open it is taken over the rows that closing
would freeze, with one exception: marks are not read. Each submitted scorecard stands for its marks by its key and
version, which every save counts up; drafts and recused ones count for nothing in the standings, so that a juror who
types changes no stamp. That makes it cheap to ask on every page: at most seven queries, whatever the number of marks.
What an earlier version of the product computed holds no more (judging.domain.results.semantics, and the version of
judging.domain.statistics.report).
"""

import hashlib
from typing import Any

from django.db.models import F, QuerySet, Value

from judging.domain.results.semantics import PRESENT
from judging.domain.statistics.report import VERSION as REPORT
from judging.models import (
    Criterion,
    CutDecision,
    EntryFact,
    Juror,
    Penalty,
    Result,
    Round,
    Scorecard,
    TieDecision,
)
from judging.reads.rounds import entries_of
from judging.reads.taking_part import FROZEN
from judging.results.shown.outcomes import carried_data
from judging.rounds.kinds.tie_rules import TIE_RULES
from judging.rounds.reading.ballot_data import ballots_given
from judging.states import JurorKind, ScorecardState

# Fields of the round, and of its rule, that no standing follows from.
APART = {
    "id",
    "rule_id",
    "state",
    "name",
    "closes_at",
    "opened_at",
    "closed_at",
    "published_at",
    "guidance",
    "asks",
    "feedback_at",
    "feedback_told_at",
}


def stamp_of(round: Round, result: Result | None = None) -> str:
    """SHA-256 in hexadecimal. `result` is the round's latest frozen version, if it is at hand."""
    if round.state in FROZEN:
        current = Result.objects.current().filter(round=round).values_list("sha256", flat=True)
        return _hash([result.sha256 if result is not None else current.get()])
    criteria = list(round.criteria.order_by("pk").values())
    is_grouped = any(criterion["group_id"] for criterion in criteria)
    cards = Scorecard.objects.filter(assignment__round=round, state=ScorecardState.SUBMITTED).order_by("pk")
    parts: list[Any] = [
        _row_of(round),
        list(cards.values_list("pk", "version")),
        criteria,
        list(round.groups.order_by("pk").values()) if is_grouped else [],
        list(
            entries_of(round).values_list(
                "code", "city_id", "category_id", "startup__founded_on", "submitted_at", "submitted_by_id"
            )
        ),
        sorted(_decided(round)),
        ballots_given(round),
        carried_data(round) if round.order > 1 else [],
    ]
    return _hash(parts)


def _hash(parts: list[Any]) -> str:
    return hashlib.sha256(repr([PRESENT.version, REPORT, *parts]).encode("utf-8")).hexdigest()


def _row_of(round: Round) -> list[tuple[str, str]]:
    columns = [(thing, field.attname) for thing in (round, round.rule) for field in thing._meta.concrete_fields]
    return [(name, str(getattr(thing, name))) for thing, name in columns if name not in APART]


def _decided(round: Round) -> QuerySet[Any]:
    """What people recorded beside marks, and what the rules for ties read: one query for all kinds, each row by its
    kind, key and number."""

    def rows(kind: str, found: QuerySet[Any], number: Any) -> QuerySet[Any]:
        told: QuerySet[Any] = found.order_by().annotate(of=Value(kind), number=number).values_list("of", "pk", "number")
        return told

    limits = Criterion.categories.through.objects.filter(criterion__round=round)
    asked = dict.fromkeys(link["kind"] for link in round.rule.tie_chain)
    read = [(kind, found, number) for kind in asked for found, number in TIE_RULES[kind].rows(round)]
    return rows("tie", TieDecision.objects.filter(round=round), Value(0)).union(
        rows("cut", CutDecision.objects.filter(round=round), Value(0)),
        rows("penalty", Penalty.objects.filter(criterion__round=round), F("breaches")),
        rows("limit", limits, F("category_id")),
        rows("peer", Juror.objects.filter(edition=round.edition_id, kind=JurorKind.PEER), Value(0)),
        rows("fact", EntryFact.objects.filter(entry__edition=round.edition_id), F("value")),
        *(rows(f"tie:{kind}", found, number) for kind, found, number in read),
        all=True,
    )
