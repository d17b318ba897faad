"""Marks and standings as rows of a spreadsheet, for who runs the round."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from judging.models import Criterion, Round, Scorecard
from judging.models.rounds import from_thousandths
from judging.reads.taking_part import FROZEN
from judging.results.shown.outcomes import frozen_file
from judging.results.words.ties import tie_words
from judging.rounds.words.parts import part_names
from judging.states import ScorecardState
from toolkit.spreadsheets import Column, Kind, Sheet

if TYPE_CHECKING:
    from judging.models import Standing


SHOWN = Decimal("0.000001")  # a number in a cell; beside it stands the exact one as text


def marks_sheet(round: Round) -> Sheet:
    """A row for each scorecard, by entry and juror; marks and comments only of those that are submitted.
    Three queries."""
    criteria = list(round.criteria.order_by("order", "pk"))
    columns = [
        Column("entry", _("Code")),
        Column("startup", _("Start-up")),
        Column("city", _("City")),
        Column("juror", _("Juror")),
        Column("state", _("State")),
        *(Column(f"criterion_{criterion.pk}", str(criterion.name), Kind.NUMBER) for criterion in criteria),
        Column("not_applicable", _("Not applicable")),
        Column("comment", _("Comment for the start-up")),
        Column("submitted_at", _("Submitted"), Kind.MOMENT),
    ]
    cards = (
        Scorecard.objects.filter(assignment__round=round)
        .taking_part()
        .select_related("assignment__juror", "assignment__entry__startup__organisation", "assignment__entry__city")
        .with_marks()
        .order_by("assignment__entry__code", "assignment__juror__full_name", "pk")
    )
    title = _("Marks, %(round)s") % {"round": round.label}
    return Sheet(title, columns, [_mark_row(card, criteria) for card in cards])


def _mark_row(card: Scorecard, criteria: list[Criterion]) -> dict[str, object]:
    entry = card.assignment.entry
    counts = card.state == ScorecardState.SUBMITTED
    marks = {mark.criterion_id: mark for mark in card.marks.all()} if counts else {}
    return {
        "entry": entry.code,
        "startup": entry.startup.organisation.name,
        "city": entry.city.name if entry.city else None,
        "juror": card.assignment.juror.full_name,
        "state": card.get_state_display(),
        **{
            f"criterion_{criterion.pk}": from_thousandths(marks[criterion.pk].value) if criterion.pk in marks else None
            for criterion in criteria
        },
        "not_applicable": ", ".join(
            str(criterion.name)
            for criterion in criteria
            if criterion.pk in marks and marks[criterion.pk].not_applicable
        ),
        "comment": card.comment if counts else "",
        "submitted_at": card.submitted_at,
    }


def standings_sheet(round: Round) -> Sheet:
    """A row for each entry of a closed round, in the order of the list; none before it is closed. Two queries."""
    columns = [
        Column("rank", _("Rank"), Kind.WHOLE),
        Column("entry", _("Code")),
        Column("startup", _("Start-up")),
        Column("city", _("City")),
        Column("category", _("Category")),
        Column("total", _("Total of the round"), Kind.NUMBER, decimals=2),
        Column("total_exact", _("Total, exact")),
        Column("final", _("Result carried on"), Kind.NUMBER, decimals=2),
        Column("final_exact", _("Result, exact")),
        Column("scorecards", _("Scorecards"), Kind.WHOLE),
        Column("advances", _("Goes on"), Kind.YES_NO),
        Column("tie", _("Equal results")),
        Column("sample", _("Sample"), Kind.YES_NO),
    ]
    rows = list(round.standings.with_entries()) if round.state in FROZEN else []
    names = part_names(frozen_file(round).rule) if any(row.tie for row in rows) else {}
    title = _("Standings, %(round)s") % {"round": round.label}
    return Sheet(title, columns, [_standing_row(row, names) for row in rows])


def _standing_row(standing: Standing, names: Mapping[str, str]) -> dict[str, object]:
    entry = standing.entry
    return {
        "rank": standing.rank,
        "entry": entry.code,
        "startup": entry.startup.organisation.name,
        "city": entry.city.name if entry.city else None,
        "category": str(entry.category) if entry.category else None,
        "total": number(standing.total),
        "total_exact": standing.total,
        "final": number(standing.final),
        "final_exact": standing.final,
        "scorecards": standing.scorecards,
        "advances": standing.advances,
        "tie": tie_words(standing.tie, standing.reason, names),
        "sample": standing.round.edition.is_sample,
    }


def number(exact: str) -> Decimal | None:
    """An exact number as text (decimal, or a fraction such as 239/3) as a decimal of six places."""
    if not exact:
        return None
    value = Fraction(exact)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(SHOWN, ROUND_HALF_EVEN).normalize()
