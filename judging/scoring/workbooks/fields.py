"""Which cells of a ballot are for the juror, and what they hold now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from contest.models import Entry
from judging.domain.ballots.workbook import COMMENT, MARK, WHY, Place, trace
from judging.models import Criterion, Juror, Round, Scorecard
from judging.rounds.kinds.criterion_kinds import marked
from judging.scoring.forms.scorecards import NOT_APPLICABLE, as_posted, has_remark
from toolkit.spreadsheets import UNWRITABLE

if TYPE_CHECKING:
    from judging.models import Mark
    from network.models import User


LIST_STEPS = 101  # a drop-down holds no more marks than this; a finer scale is checked by a formula


def criteria_on(round: Round) -> list[Criterion]:
    """The criteria that jurors mark, in the round's order, with their categories at hand:
    a penalty is nobody's to mark."""
    return list(marked(round.criteria.all()).prefetch_related("categories").order_by("order", "pk"))


def applies(criterion: Criterion, entry: Entry) -> bool:
    """Whether the entry is marked on it: a criterion may be for some categories only.
    `criterion` is one of criteria_on."""
    only = [category.pk for category in criterion.categories.all()]
    return not only or entry.category_id in only


def cards_of(user: User, round: Round) -> list[Scorecard]:
    """The juror's scorecards of the round, by entry: what they may see, no more."""
    return list(
        Scorecard.objects.of_juror(user)
        .filter(assignment__round=round)
        .select_related(
            "assignment__juror",
            "assignment__entry__startup__organisation",
            "assignment__entry__category",
            "assignment__entry__city",
        )
        .with_marks()
        .order_by("assignment__entry__code")
    )


def values_of(card: Scorecard, criteria: Iterable[Criterion]) -> dict[str, str]:
    """{field: what is kept}, a blank as empty text."""
    marks = {mark.criterion_id: mark for mark in card.marks.all()}
    values = {
        MARK + criterion.code: mark_text(marks.get(criterion.pk))
        for criterion in criteria
        if applies(criterion, card.assignment.entry)
    }
    values |= {
        WHY + criterion.code: writable(marks[criterion.pk].comment) if criterion.pk in marks else ""
        for criterion in criteria
        if has_remark(criterion) and applies(criterion, card.assignment.entry)
    }
    return {**values, COMMENT: writable(card.comment)}


def fields_of(criteria: Iterable[Criterion]) -> dict[str, Criterion]:
    """{field: criterion} of every cell that belongs to a criterion: its mark and, where words are asked, why."""
    marks = {MARK + criterion.code: criterion for criterion in criteria}
    return marks | {WHY + c.code: c for c in marks.values() if has_remark(c)}


def mark_text(mark: Mark | None) -> str:
    """A mark as the workbook spells it: “4.5”, “n/a”; empty for a blank."""
    if mark is None:
        return ""
    return NOT_APPLICABLE if mark.not_applicable else as_posted(mark.value)


def writable(text: str) -> str:
    """A text as a workbook can hold it."""
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def site_values(cards: Iterable[Scorecard], criteria: list[Criterion]) -> dict[Place, str]:
    """{(entry code, field): what is kept} of several scorecards."""
    return {
        (card.assignment.entry.code, field): value
        for card in cards
        for field, value in values_of(card, criteria).items()
    }


def traces_of(card: Scorecard, criteria: list[Criterion]) -> dict[str, str]:
    """{field: trace} of what isn't blank."""
    return {field: trace(field, value) for field, value in values_of(card, criteria).items() if value}


class HandedOut(TypedDict):
    """What a workbook held of an entry when it was handed out: {field: trace} of what was not blank, and the criteria
    that don't apply to the entry."""

    version: int
    fields: dict[str, str]
    apart: list[str]


class Stamp(TypedDict):
    """What a workbook says of itself, signed: whose ballot of which round it is; `cards` by the code of the entry."""

    round: int
    juror: str
    made_at: str
    cards: dict[str, HandedOut]


def is_for(juror: Juror, round: Round, identity: Stamp) -> bool:
    """Whether the workbook's stamp names this round and this juror."""
    return (identity["round"], identity["juror"]) == (round.pk, juror.code)
