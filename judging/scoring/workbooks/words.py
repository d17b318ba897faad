"""The preview of an uploaded ballot, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from judging.domain.ballots.workbook import COMMENT, is_text
from judging.models import Criterion
from judging.scoring.forms.scorecards import NOT_APPLICABLE
from judging.scoring.workbooks.writing import scale_words, why_words


@dataclass(frozen=True)
class Line:
    """A cell of the preview. `entry` is what the juror may call it; `key` names the cell in the form."""

    cell: str
    entry: str
    field: str
    site: str
    book: str
    base: str
    key: str


@dataclass(frozen=True)
class RefusedLine:
    cell: str
    entry: str
    field: str
    value: str
    reason: str


def field_name(field: str, criteria: dict[str, Criterion]) -> str:
    """What a column is called for people; empty for a criterion that is gone."""
    if field == COMMENT:
        return _("Comment for the start-up")
    if field not in criteria:
        return ""
    return why_words(criteria[field]) if is_text(field) else str(criteria[field].name)


def shown(value: str) -> str:
    if value == NOT_APPLICABLE:
        return _("not applicable")
    return value or _("blank")


class Changed(TypedDict):
    """A cell in which a workbook and the site differ, as an import's file has it; `base` is what was handed out."""

    cell: str
    entry: str
    field: str
    base: str
    site: str
    book: str
    key: str


class RefusedRow(TypedDict):
    """A cell that can't be taken, and a code of why_refused."""

    cell: str
    entry: str
    field: str
    value: str
    why: str


def lines(rows: Iterable[Changed], labels: dict[str, str], criteria: dict[str, Criterion]) -> list[Line]:
    return [
        Line(
            cell=row["cell"],
            entry=labels.get(row["entry"], row["entry"]),
            field=field_name(row["field"], criteria),
            site=shown(row["site"]),
            book=shown(row["book"]),
            base="" if is_text(row["field"]) else shown(row["base"]),
            key=row["key"],
        )
        for row in rows
    ]


def refused_lines(
    rows: Iterable[RefusedRow], labels: dict[str, str], criteria: dict[str, Criterion]
) -> list[RefusedLine]:
    return [
        RefusedLine(
            cell=row["cell"],
            entry=labels.get(row["entry"], row["entry"]),
            field=field_name(row["field"], criteria) or row["value"] * (not row["entry"]),
            value=row["value"],
            reason=why_refused(row["why"], criteria.get(row["field"])),
        )
        for row in rows
    ]


def why_refused(why: str, criterion: Criterion | None) -> str:
    """Why a cell is not taken, by the code of its fault."""
    if why == "scale" and criterion:
        return _("Marks go from %(scale)s.") % {"scale": scale_words(criterion)}
    return {
        "scale": _("This mark is outside its scale, or between two steps."),
        "text": _("This is text, not a number."),
        "formula": _("This is a formula. Formulas are not computed: type the value itself."),
        "error": _("This cell shows an error."),
        "required": _("This criterion needs a mark: “n/a” is not possible."),
        "merged": _("This cell is merged with others, so it is not clear what it belongs to."),
        "long": _("This text is too long: 4000 characters at most, 2000 for why a mark is given."),
        "no_mark": _("This says why a mark is given, but there is no mark."),
        "column": _("This column is no criterion of this round."),
        "column_twice": _("This column stands there twice."),
        "row_twice": _("This entry stands there twice."),
        "entry": _("This row is of no entry that was given to you in this workbook."),
        "applies_not": _("This criterion does not apply to this entry."),
        "gone": _("This entry is no longer yours to score."),
        "submitted": _("This scorecard is submitted. Reopen it on the site to change it."),
    }.get(why, _("This can't be read."))
