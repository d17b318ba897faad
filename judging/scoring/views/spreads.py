"""Marks on a line: the picture of a spread, the same for a juror's own marks and for those of a whole jury."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import ngettext

from judging.domain.marks.spread import Spread, spread_of
from judging.models import Criterion, Mark, Round, Scorecard
from judging.models.rounds import SCALE
from judging.rounds.kinds.seeing_others import setting_of
from judging.rounds.words.figures import MARK_PLACES, decimals_of, figure
from judging.scoring.views.set_aside import in_figures
from judging.states import ScorecardState
from toolkit.templatetags.house import in_a_row


@dataclass(frozen=True)
class Dot:
    """A mark's place on the line, in per cent of its width, and how wide it is drawn: by how often it was given."""

    at: str
    size: int


@dataclass(frozen=True)
class Row:
    """One criterion: the spread in figures and as a picture.
    `own` and `reference` are marks to compare with, if any."""

    criterion: Criterion
    number: int
    lowest: str
    median: str
    highest: str
    low: str
    high: str
    dots: list[Dot]
    own: str
    own_at: str
    reference: str
    counts: str


def rows_of(
    criteria: Iterable[Criterion], marks: Iterable[Mark], own: dict[int, str], reference: Any = None
) -> list[Row]:
    """A row for each criterion. `own` {criterion pk: text} and `reference` {criterion code:
    text} are marks as texts."""
    by_criterion: dict[int, list[int]] = {}
    for mark in marks:
        if mark.value is not None:
            by_criterion.setdefault(mark.criterion_id, []).append(mark.value)
    rows = []
    for criterion in criteria:
        spread = spread_of(by_criterion.get(criterion.pk, ()))
        mine, meant = own.get(criterion.pk, ""), (reference or {}).get(criterion.code, "")
        rows.append((criterion, spread, mine, meant))
    places = decimals_in(rows)
    return [row_of(*row, places) for row in rows]


def decimals_in(rows: Iterable[tuple[Criterion, Spread | None, str, str]]) -> int:
    """How many decimals all figures of the table have, which stand under each other."""
    found: list[Fraction | None] = []
    for _criterion, spread, own, reference in rows:
        found += [mark_of(own), mark_of(reference)]
        found += [Fraction(value, SCALE) for value in (spread.lowest, spread.median, spread.highest)] if spread else []
    return decimals_of(found, MARK_PLACES)


def mark_of(text: str) -> Fraction | None:
    """None for no mark, and for what was typed but is none."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def row_of(criterion: Criterion, spread: Spread | None, own: str, reference: str, places: int) -> Row:
    def at(value: Any) -> str:
        share = Fraction(value - criterion.scale_min, criterion.scale_max - criterion.scale_min)
        return f"{float(4 + 92 * min(max(share, Fraction(0)), Fraction(1))):.2f}%"

    def words(value: Any) -> str:
        return figure(Fraction(value, SCALE), places, whole=True)

    def given(text: str) -> str:
        mark = mark_of(text)
        return in_figures(text) if mark is None else figure(mark, places, whole=True)

    mine = mark_of(own)
    own_at = "" if mine is None else at(mine * SCALE)  # “not applicable” has no place on the line
    texts = {"own": given(own), "own_at": own_at, "reference": given(reference)}
    if spread is None:
        return Row(criterion, 0, "", "", "", "", "", [], counts="", **texts)
    return Row(
        criterion=criterion,
        number=spread.number,
        lowest=words(spread.lowest),
        median=words(spread.median),
        highest=words(spread.highest),
        low=at(spread.lowest),
        high=at(spread.highest),
        dots=[Dot(at(mark), min(4 + 2 * count, 12)) for mark, count in spread.counts],
        counts=in_a_row(times(figure(Fraction(mark, SCALE), MARK_PLACES), count) for mark, count in spread.counts),
        **texts,
    )


def times(mark: str, count: int) -> str:
    return ngettext("%(mark)s once", "%(mark)s given %(count)s times", count) % {"mark": mark, "count": count}


def sees_others(scorecard: Scorecard, round: Round) -> bool:
    """Whether the scorecard's own juror may see how the others marked this entry: the round's setting, and never before
    handing in their own."""
    if scorecard.state != ScorecardState.SUBMITTED:
        return False
    return setting_of(round).shows(round)


def others_words(round: Round) -> str:
    """What the round's setting means to a juror."""
    return setting_of(round).words()


def others_of(scorecard: Scorecard, criteria: list[Criterion], reference: Any = None) -> list[Row]:
    """How all jurors who submitted marked the scorecard's entry in its round, without names. One query."""
    assignment = scorecard.assignment
    marks = Mark.objects.filter(
        scorecard__assignment__round=assignment.round_id,
        scorecard__assignment__entry=assignment.entry_id,
        scorecard__state=ScorecardState.SUBMITTED,
    )
    return rows_of(criteria, marks, own_marks(scorecard), reference)


def own_marks(scorecard: Scorecard) -> dict[int, str]:
    return {m.criterion_id: "n/a" if m.value is None else f"{Fraction(m.value, SCALE)}" for m in scorecard.marks.all()}
