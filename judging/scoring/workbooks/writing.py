"""The workbook that a juror takes away: limits in the cells, everything else protected,
a signed stamp in a hidden sheet."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.ballots.workbook import COMMENT, ENTRY, MARK, WHY, is_text
from judging.models import Criterion, Juror, Round, Scorecard
from judging.models.rounds import from_thousandths
from judging.models.scorecards import REMARK_LIMIT, TEXT_LIMIT
from judging.rounds.kinds.criterion_kinds import counting, kind_of
from judging.rounds.words.criteria import in_words, share_of
from judging.scoring.forms.scorecards import NOT_APPLICABLE, as_posted, has_remark, level
from judging.scoring.workbooks.fields import LIST_STEPS, Stamp, applies, criteria_on, fields_of, traces_of, values_of
from judging.states import ScorecardState
from toolkit import clock
from toolkit.spreadsheets import as_written, in_its_width, writable, write_text
from toolkit.templatetags.house import moment_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


SALT, FORMAT = "judging.ballot", "passerelle.ballot.1"
CODE = "passerelle:"  # begins what the hidden row says of each column
PIECE = 30_000  # characters of the stamp in one cell, which holds 32,767
HEADER, CODES, FIRST = 4, 5, 6  # rows
INK, PAPER, LINE, ACCENT = "17212E", "F1EDE4", "C9C2B4", "0B5A78"


def ballot_name(round: Round, juror: Juror) -> str:
    """A file name that tells the round and the juror's code, and nobody's name."""
    return f"{round.edition.slug}-{round.pk}-{juror.code}.xlsx"


def ballot_workbook(round: Round, juror: Juror, cards: list[Scorecard]) -> bytes:
    """The xlsx file for `cards` (see fields.cards_of), in the reader's language."""
    from openpyxl import Workbook

    made = Workbook()
    criteria = criteria_on(round)
    tab = made.worksheets[0]
    tab.title = _("Marks")
    _head(tab, round)
    columns = _columns(round, criteria)
    for number, (code, header, width) in enumerate(columns, 1):
        _header(tab, number, code, header, width)
    for row, card in enumerate(cards, FIRST):
        _row(tab, row, card, columns, criteria)
    hidden = _hidden(made, round, juror, cards, criteria)
    for number, (code, _text, _width) in enumerate(columns, 1):
        if code.startswith(MARK):
            criterion = next(c for c in criteria if MARK + c.code == code)
            _limit_marks(tab, hidden, number, criterion, len(cards))
        elif is_text(code):
            _limit_text(tab, number, len(cards), text_limit(code))
    _scales(made, criteria)
    _protect_and_print(tab, round, columns)
    made.move_sheet(hidden, offset=1)
    made.properties.title, made.properties.creator = writable(str(round)), settings.SITE_NAME
    made.properties.created = made.properties.modified = _now()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _now() -> datetime:
    return clock.now().astimezone(UTC).replace(tzinfo=None, microsecond=0)


def text_limit(field: str) -> int:
    return TEXT_LIMIT if field == COMMENT else REMARK_LIMIT


def _columns(round: Round, criteria: list[Criterion]) -> list[tuple[str, str, int]]:
    """(code, header, width) of each column. Where names are held back, neither title nor start-up nor city."""
    everything = sum(criterion.weight for criterion in counting(criteria))
    about = [(ENTRY, _("Code"), 10)]
    if round.shows_names:
        about += [("title", _("Entry"), 32), ("startup", _("Start-up"), 24), ("city", _("City"), 16)]
    about += [("category", _("Category"), 18), ("state", _("State"), 12)]
    marks = []
    for criterion in criteria:
        says = "\n".join([str(criterion.name), scale_words(criterion), _weight(criterion, everything)])
        marks.append((MARK + criterion.code, says, 18))
        if has_remark(criterion):
            marks.append((WHY + criterion.code, why_words(criterion), 40))
    return [*about, *marks, (COMMENT, _("Comment for the start-up"), 60)]


def why_words(criterion: Criterion) -> str:
    return _("Why this mark: %(criterion)s") % {"criterion": criterion}


def _weight(criterion: Criterion, everything: int) -> str:
    """Its share of the total, where the weights are a plain list; else what it does."""
    kind = kind_of(criterion)
    if not kind.counts:
        return str(kind.name)
    return "" if criterion.group_id else share_of(criterion.weight, everything)


def scale_words(criterion: Criterion) -> str:
    return _("%(low)s to %(high)s, in steps of %(step)s") % {
        "low": localize(from_thousandths(criterion.scale_min)),
        "high": localize(from_thousandths(criterion.scale_max)),
        "step": localize(from_thousandths(criterion.scale_step)),
    }


def _head(tab: Worksheet, round: Round) -> None:
    from openpyxl.styles import Font

    _text(tab.cell(1, 1), f"{round} · {round.edition}")
    tab.cell(1, 1).font = Font(name="Calibri", size=16, bold=True, color=INK)
    says = _(
        "Fill in the white cells. An empty cell is not marked yet; “n/a” means not applicable. Then upload this file: "
        "you see every difference before anything is saved, and you submit on the site."
    )
    _text(tab.cell(2, 1), says)
    upload = tab.cell(3, 1)
    _text(upload, _("Upload it here (made %(moment)s)") % {"moment": moment_text(clock.now())})
    upload.hyperlink = settings.SITE_URL + reverse("ballot", args=[round.pk])
    upload.font = Font(name="Calibri", size=11, underline="single", color=ACCENT)


def _header(tab: Worksheet, number: int, code: str, header: str, width: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    cell = tab.cell(HEADER, number)
    _text(cell, header)
    cell.font = Font(name="Calibri", size=11, bold=True, color=INK)
    cell.fill = PatternFill("solid", start_color=PAPER)
    cell.border = Border(bottom=Side("medium", color=ACCENT))
    cell.alignment = Alignment(vertical="bottom", wrap_text=True)
    _text(tab.cell(CODES, number), CODE + code)
    tab.column_dimensions[get_column_letter(number)].width = width


def _row(tab: Worksheet, row: int, card: Scorecard, columns: Any, criteria: list[Criterion]) -> None:
    from openpyxl.styles import Font

    entry = card.assignment.entry
    says = {
        ENTRY: entry.code,
        "title": entry.title or entry.startup.name,
        "startup": entry.startup.name,
        "city": str(entry.city or ""),
        "category": str(entry.category or ""),
        "state": card.get_state_display(),
        **values_of(card, criteria),
    }
    for number, (code, _header, _width) in enumerate(columns, 1):
        cell = tab.cell(row, number)
        is_mark = code.startswith(MARK)
        if code not in says:
            _text(cell, _("does not apply"))
        elif is_mark and says[code] not in ("", NOT_APPLICABLE):
            cell.value = float(says[code]) if "." in says[code] else int(says[code])
        else:
            _text(cell, says[code])
        _dress(cell, is_mark, is_text(code), writes=card.state == ScorecardState.DRAFT and code in says)
    code = tab.cell(row, 1)
    code.hyperlink = settings.SITE_URL + reverse("scorecard", args=[card.pk])
    code.font = Font(name="Calibri", size=11, underline="single", color=ACCENT)
    lines = max(-(-len(says[COMMENT]) // 55), says[COMMENT].count("\n") + 1, 2)
    tab.row_dimensions[row].height = min(15 * lines, 405)


def _dress(cell: Any, is_mark: bool, is_comment: bool, writes: bool) -> None:
    """White and open to typing where the juror writes; paper and locked elsewhere.
    A comment is text, whatever it begins with."""
    from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side

    line = Side("thin", color=LINE)
    opens = writes and (is_mark or is_comment)
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    cell.fill = PatternFill("solid", start_color="FFFFFF" if opens else PAPER)
    cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if is_mark else "left")
    cell.protection = Protection(locked=not opens)
    if is_comment:
        cell.number_format = "@"


def _hidden(book: Workbook, round: Round, juror: Juror, cards: list[Scorecard], criteria: list[Criterion]) -> Worksheet:
    """The sheet that says, signed, whose ballot it is and what it held when it was handed out."""
    tab = book.create_sheet("passerelle")
    tab.sheet_state = "veryHidden"
    tab.protection.sheet = True
    identity: Stamp = {
        "round": round.pk,
        "juror": juror.code,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "cards": {
            card.assignment.entry.code: {
                "version": card.version,
                "fields": traces_of(card, criteria),
                "apart": [name for name, c in fields_of(criteria).items() if not applies(c, card.assignment.entry)],
            }
            for card in cards
        },
    }
    signed = signing.dumps(identity, salt=SALT, compress=True)
    _text(tab.cell(1, 1), FORMAT)
    for row, start in enumerate(range(0, len(signed), PIECE), 2):
        _text(tab.cell(row, 1), signed[start : start + PIECE])
    found: Worksheet = tab
    return found


def _limit_marks(tab: Worksheet, hidden: Worksheet, number: int, criterion: Criterion, rows: int) -> None:
    """A drop-down of the scale's marks (numbers, so that every language shows them its own way),
    or a rule for a fine scale."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(number)
    takes_none = not criterion.is_required
    steps = range(criterion.scale_min, criterion.scale_max + 1, criterion.scale_step)
    if len(steps) <= LIST_STEPS:
        values: list[Any] = [float(from_thousandths(step) or 0) for step in steps]
        values += [NOT_APPLICABLE] if takes_none else []
        for row, value in enumerate(values, 1):
            hidden.cell(row, number + 1).value = value
        column = get_column_letter(number + 1)
        source = f"{quote_sheetname(hidden.title)}!${column}$1:${column}${len(values)}"
        rule = DataValidation("list", formula1=source, allow_blank=True)
    else:
        low, high, step = (as_posted(x) for x in (criterion.scale_min, criterion.scale_max, criterion.scale_step))
        here = f"{letter}{FIRST}"
        on_step = f"ABS(({here}-{low})/{step}-ROUND(({here}-{low})/{step},0))<0.000001"
        number_rule = f"AND(ISNUMBER({here}),{here}>={low},{here}<={high},{on_step})"
        either = f'OR({here}="{NOT_APPLICABLE}",{number_rule})' if takes_none else number_rule
        rule = DataValidation("custom", formula1=either, allow_blank=True)
    says = scale_words(criterion) + ("" if takes_none else ". " + _("This criterion needs a mark."))
    _say(rule, str(criterion.name), says)
    tab.add_data_validation(rule)
    rule.add(f"{letter}{FIRST}:{letter}{FIRST + max(rows, 1) - 1}")


def _limit_text(tab: Worksheet, number: int, rows: int, limit: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(number)
    rule = DataValidation("textLength", operator="lessThanOrEqual", formula1=str(limit), allow_blank=True)
    says = ngettext("At most %(number)s character.", "At most %(number)s characters.", limit)
    if limit == TEXT_LIMIT:
        says = _("Sent to the team after the results are published, without your name.") + " " + says
    title = str(tab.cell(HEADER, number).value)
    _say(rule, title, says % {"number": limit})
    tab.add_data_validation(rule)
    rule.add(f"{letter}{FIRST}:{letter}{FIRST + max(rows, 1) - 1}")


def _say(rule: Any, title: str, says: str) -> None:
    """What the cell shows when it is chosen, and when it refuses: the format allows 32 and 255 characters."""
    rule.showErrorMessage = rule.showInputMessage = True
    rule.promptTitle = rule.errorTitle = as_written(title[:32])
    rule.prompt = rule.error = as_written(says[:255])


def _scales(book: Workbook, criteria: list[Criterion]) -> None:
    """What each criterion asks and what its marks mean, to read beside."""
    from openpyxl.styles import Alignment, Font

    tab = book.create_sheet(_("Scales"))
    tab.protection.sheet = True
    tab.column_dimensions["A"].width, tab.column_dimensions["B"].width = 16, 90
    row = 1
    for criterion in criteria:
        _text(tab.cell(row, 1), str(criterion.name))
        tab.cell(row, 1).font = Font(name="Calibri", size=13, bold=True, color=INK)
        lines = [(scale_words(criterion), str(criterion.guidance))]
        anchors = sorted(int(key) for key, texts in criterion.anchors.items() if in_words(texts))
        lines += [(str(level(criterion, key).label), level(criterion, key).words) for key in anchors]
        for first, second in lines:
            row += 1
            _text(tab.cell(row, 1), first)
            _text(tab.cell(row, 2), second)
            for column in (1, 2):
                tab.cell(row, column).alignment = Alignment(vertical="top", wrap_text=True)
            tab.row_dimensions[row].height = min(15 * max(-(-len(second) // 85), -(-len(first) // 15), 1), 405)
        row += 2


def _protect_and_print(tab: Worksheet, round: Round, columns: Any) -> None:
    tab.protection.sheet = True
    tab.protection.formatColumns = tab.protection.formatRows = False  # widths may be changed
    tab.row_dimensions[CODES].hidden = True
    tab.row_dimensions[HEADER].height = 62
    frozen = next(number for number, (code, _h, _w) in enumerate(columns, 1) if code == "category")
    tab.freeze_panes = tab.cell(FIRST, frozen).coordinate
    tab.print_title_rows = f"{HEADER}:{HEADER}"
    tab.page_setup.orientation, tab.page_setup.paperSize = "landscape", tab.PAPERSIZE_A4
    tab.page_setup.fitToWidth, tab.page_setup.fitToHeight = 1, 0
    in_its_width(tab)
    footer = tab.oddFooter
    assert footer is not None
    footer.left.text = as_written(str(round)).replace("&", "&&")
    footer.right.text = "&P / &N"


def _text(cell: Any, text: str) -> None:
    if text:
        write_text(cell, text)
