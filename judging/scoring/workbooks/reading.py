"""What a workbook says that came back: whose it is, and each cell that a juror fills in, or why it can't be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from judging.domain.ballots.workbook import COMMENT, ENTRY, Place, is_text, one_text
from judging.models import Criterion, Juror, Round
from judging.models.rounds import to_thousandths
from judging.scoring.forms.scorecards import NOT_APPLICABLE, MarkField, as_posted
from judging.scoring.workbooks.fields import HandedOut, Stamp, criteria_on, fields_of, is_for
from judging.scoring.workbooks.writing import CODE, FORMAT, SALT, text_limit
from toolkit.refusals import Refusal
from toolkit.workbooks import Cell, Grid, cell_name

SHOWN = 120  # characters of a refused value that are kept and shown
KNOWN = ("title", "startup", "city", "category", "state")


@dataclass(frozen=True)
class Refused:
    """A cell, row or column that isn't taken. `why` is a code: see judging.scoring.workbooks.words."""

    cell: str
    entry: str
    field: str
    value: str
    why: str


@dataclass
class Returned:
    """`base` are the traces the workbook was handed out with; `values` what can be read now, at `cells`;
    `missing` the entries whose row is gone."""

    made_at: str
    base: dict[Place, str]
    values: dict[Place, str] = field(default_factory=dict)
    cells: dict[Place, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    missing_fields: list[str] = field(default_factory=list)


def read_ballot(grids: list[Grid], round: Round, juror: Juror) -> Returned:
    """Reads a juror's ballot of the round. Raises Refusal when the whole can't be taken:
    no stamp, another round, another juror."""
    identity = _identity(grids)
    if identity["round"] != round.pk:
        raise _refusal("round", _("This workbook is of another round. Download the one of this round."))
    if not is_for(juror, round, identity):
        raise _refusal("juror", _("This is somebody else's workbook: only its own juror can upload it."))
    cards = identity["cards"]
    base = {(code, name): value for code, card in cards.items() for name, value in card["fields"].items()}
    returned = Returned(made_at=identity["made_at"], base=base)
    grid, codes_row, columns = _table(grids)
    _read_columns(grid, codes_row, columns, round, returned)
    criteria = fields_of(criteria_on(round))
    _read_rows(grid, codes_row, columns, cards, criteria, returned)
    return returned


def _refusal(code: str, sentence: str) -> Refusal:
    return Refusal(sentence, code=f"ballot.{code}", field="file", status=422)


def _identity(grids: list[Grid]) -> Stamp:
    """The stamp, if its signature is ours: below the name of the format, wherever a program has moved its column to."""
    for grid in grids:
        head = next((place for place in sorted(grid.cells) if grid.cells[place].text == FORMAT), None)
        if head:
            below = [place for place in sorted(grid.cells) if place[1] == head[1] and place > head]
            try:
                found: Stamp = signing.loads("".join(grid.cells[place].text for place in below), salt=SALT)
                return found
            except signing.BadSignature:
                raise _refusal(
                    "stamp", _("The hidden stamp of this workbook was changed. Download the workbook again.")
                ) from None
    raise _refusal(
        "no_stamp",
        _("This workbook has no stamp that says whose it is: its hidden sheet is gone, or it isn't one of ours."),
    )


def _table(grids: list[Grid]) -> tuple[Grid, int, dict[int, str]]:
    """The sheet with the marks, the hidden row that names its columns, and {column: code}."""
    for grid in grids:
        for (row, _column), cell in grid.cells.items():
            if cell.text == CODE + ENTRY:
                named = {
                    column: there.text.removeprefix(CODE)
                    for (line, column), there in grid.cells.items()
                    if line == row and there.text.startswith(CODE)
                }
                return grid, row, named
    raise _refusal(
        "no_columns",
        _("The hidden row that names the columns is gone. Download the workbook again, and copy your marks."),
    )


def _read_columns(grid: Grid, codes_row: int, columns: dict[int, str], round: Round, returned: Returned) -> None:
    """Takes columns out of `columns` that can't be read: unknown ones, and one that stands there twice."""
    takes = {COMMENT, *fields_of(criteria_on(round))}
    named = list(columns.values())
    if named.count(ENTRY) != 1:
        raise _refusal(
            "no_columns", _("The column with the entries' codes stands there twice. Download the workbook again.")
        )
    used = {column for (row, column) in grid.cells if row > codes_row}
    for column in sorted(used | set(columns)):
        code = columns.get(column, "")
        twice = named.count(code) > 1
        if code in takes and not twice or code in (ENTRY, *KNOWN):
            continue
        above = [grid.cells[place].text for place in sorted(grid.cells) if place[1] == column and place[0] < codes_row]
        title = above[-1].split("\n")[0][:SHOWN] if above else ""
        why = "column_twice" if twice and code in takes else "column"
        returned.refused.append(Refused(cell_name(codes_row - 1, column), "", code, title, why))
    for column, code in list(columns.items()):
        if code != ENTRY and (code not in takes or named.count(code) > 1):
            del columns[column]
    returned.missing_fields = sorted(takes - set(named))


def _read_rows(
    grid: Grid,
    codes_row: int,
    columns: dict[int, str],
    known: Mapping[str, HandedOut],
    criteria: dict[str, Criterion],
    returned: Returned,
) -> None:
    """`known` is {entry code: what the stamp says of it}; its `apart` are criteria that don't apply to the entry."""
    at = {code: column for column, code in columns.items()}
    rows: dict[str, list[int]] = {}
    for row in sorted({row for (row, _column) in grid.cells if row > codes_row}):
        code = grid.cells.get((row, at[ENTRY]), Cell("s", "")).text.strip()
        rows.setdefault(code, []).append(row)
    for code, lines in rows.items():
        why = "entry" if code not in known else "row_twice" if len(lines) > 1 else ""
        for row in lines:
            if why:
                _refuse_row(grid, row, code, columns, why, returned)
            else:
                fields = {name: at[name] for name in at if name not in known[code]["apart"]}
                _read_row(grid, row, code, fields, criteria, returned)
                _refuse_apart(grid, row, code, {n: at[n] for n in known[code]["apart"] if n in at}, returned)
    returned.missing = [code for code in known if code not in rows]


def _refuse_row(grid: Grid, row: int, code: str, columns: dict[int, str], why: str, returned: Returned) -> None:
    """A row of no entry of the juror's, or one of two for the same entry; an empty line below the table is nothing."""
    typed = [column for column, name in columns.items() if name != ENTRY and (row, column) in grid.cells]
    if code or typed:
        place = min(columns) if code else typed[0]
        returned.refused.append(Refused(cell_name(row, place), code[:SHOWN], "", code[:SHOWN], why))


def _refuse_apart(grid: Grid, row: int, code: str, apart: dict[str, int], returned: Returned) -> None:
    """A mark where the criterion does not apply; the words that say so stand there and are no mark."""
    for name, column in apart.items():
        cell = grid.cells.get((row, column))
        if cell and (cell.kind != "s" or is_number(cell.text)):
            returned.refused.append(Refused(cell_name(row, column), code, name, cell.text[:SHOWN], "applies_not"))


def _read_row(
    grid: Grid, row: int, code: str, at: dict[str, int], criteria: dict[str, Criterion], returned: Returned
) -> None:
    for name, column in at.items():
        if name == ENTRY:
            continue
        cell = grid.cells.get((row, column))
        value, why = "", ""
        if grid.is_merged(row, column):
            why = "merged"
        elif cell is not None:
            value, why = read_text(cell, text_limit(name)) if is_text(name) else read_mark(cell, criteria[name])
        if why:
            shown = (cell.text if cell else "")[:SHOWN]
            returned.refused.append(Refused(cell_name(row, column), code, name, shown, why))
        else:
            returned.values[code, name] = value
            returned.cells[code, name] = cell_name(row, column)


def read_mark(cell: Cell, criterion: Criterion) -> tuple[str, str]:
    """(the mark as text, why not): a number, text that is one (also with a decimal comma), “n/a”, or blank."""
    if cell.kind in "feb":
        return "", {"f": "formula", "e": "error", "b": "text"}[cell.kind]
    text = cell.text.strip()
    if text.casefold() == NOT_APPLICABLE:
        text = NOT_APPLICABLE
    try:
        mark = MarkField(criterion).clean(text)
    except ValidationError as error:
        return "", "text" if error.code == "scale" and not is_number(text) else str(error.code)
    if mark is None or mark == NOT_APPLICABLE:
        return NOT_APPLICABLE if mark else "", ""
    return as_posted(to_thousandths(mark)), ""


def is_number(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")).is_finite()
    except InvalidOperation:
        return False


def read_text(cell: Cell, limit: int) -> tuple[str, str]:
    """(the text, why not): text, whatever it begins with; a formula is not computed."""
    if cell.kind in "fe":
        return "", {"f": "formula", "e": "error"}[cell.kind]
    text = one_text(cell.text)
    return ("", "long") if len(text) > limit else (text, "")
