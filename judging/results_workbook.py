"""A round's result as a workbook that computes: marks by scorecard, and standings whose totals are formulas over them.

What a spreadsheet can't do exactly (see `reason_for_values`) is given as values, and the sheet of rules says so. Spreadsheets
count in floating point: totals are rounded to nine decimals before the declared rounding, which takes that noise away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from judging.called import Called
from judging.domain.frozen import NOT_APPLICABLE
from judging.domain.reading_rules import SCORE, is_other_ballot, kind_of
from judging.domain.scoring import number_of
from toolkit.spreadsheets import bytes_of, write_text

NOISE = 9  # decimals


@dataclass
class Layout:
    """Where things stand: columns and rows as a spreadsheet names them."""

    file: Mapping[str, Any]
    called: Called
    criteria: list[Mapping[str, Any]]  # those that a scorecard holds
    cards: list[Mapping[str, Any]]  # by entry: those of one entry stand together
    values_only: str
    first_criterion: int = 3
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)  # entry: first and last row of its scorecards

    @property
    def total_column(self) -> int:
        return self.first_criterion + len(self.criteria)


def results_workbook(
    file: Mapping[str, Any], called: Called, rule: Sequence[str], *, title: str, made_at: datetime
) -> bytes:
    """`file` as judging.domain.frozen describes it, with standings; `rule` in sentences."""
    from openpyxl import Workbook

    criteria = [row for row in file["rule"]["criteria"] if kind_of(row) != "penalty"]
    cards = sorted(file.get("scorecards", []), key=lambda card: (card["entry"], card["juror"]))
    layout = Layout(file, called, [] if is_other_ballot(file["rule"]) else criteria, cards, reason_for_values(file))
    book = Workbook()
    book.remove(book.active)
    standings, marks, jurors, rules = (
        book.create_sheet(name) for name in (_("Standings"), _("Marks"), _("Jurors"), _("Rules"))
    )
    _fill_rules(rules, layout, rule)
    _fill_marks(marks, layout, rules.title)
    _fill_jurors(jurors, layout)
    _fill_standings(standings, layout, marks.title, rules.title)
    for sheet in book.worksheets:
        _tidy(sheet)
    book.properties.title, book.properties.creator = title, "Passerelle"
    book.properties.created = book.properties.modified = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return bytes_of(book)


def reason_for_values(file: Mapping[str, Any]) -> str:
    """Why totals stand as values and not as formulas; nothing where formulas say the same."""
    rule = file["rule"]
    kinds = {kind_of(row) for row in rule["criteria"]}
    if is_other_ballot(rule):
        return _("jurors gave lists or compared pairs instead of marks")
    if (rule.get("correction") or {}).get("kind", "none") != "none":
        return _("the rule corrects for differences between jurors")
    if rule.get("groups"):
        return _("criteria stand in groups with weights of their own")
    if kinds & {"bonus", "penalty"} or file.get("penalties"):
        return _("points are added or taken off beside the marks")
    own = [row.get("ranking_weight") or row.get("categories") for row in rule["criteria"]]
    if any(own) or rule.get("blanks") == "zero" or rule.get("decimals_criterion") or rule.get("decimals_group"):
        return _("criteria have weights, categories or roundings of their own")
    return ""


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _head(sheet, names: Sequence[str]) -> None:
    from openpyxl.styles import Font

    for column, name in enumerate(names, 1):
        write_text(sheet.cell(1, column), name)
        sheet.cell(1, column).font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _fill_rules(sheet, layout: Layout, rule: Sequence[str]) -> None:
    """Criteria from row 2, by which formulas reach their weights and highest marks; below them the rule in sentences."""
    _head(sheet, [_("Criterion"), _("Weight"), _("Lowest mark"), _("Highest mark"), _("Step")])
    for row, criterion in enumerate(layout.criteria, 2):
        write_text(sheet.cell(row, 1), layout.called.criteria.get(criterion["code"], criterion["code"]))
        weight = criterion["weight"] if kind_of(criterion) == SCORE else "0"
        for column, text in enumerate(
            (weight, criterion["scale_min"], criterion["scale_max"], criterion["scale_step"]), 2
        ):
            sheet.cell(row, column).value = _float(text)
    lines = list(rule)
    if layout.values_only:
        lines.insert(
            0, _("The totals of this workbook are values, not formulas: %(reason)s.") % {"reason": layout.values_only}
        )
    else:
        lines.insert(0, _("The totals of this workbook are formulas over the marks: change a mark, and they follow."))
    for row, line in enumerate(lines, len(layout.criteria) + 3):
        write_text(sheet.cell(row, 1), line)


def _fill_marks(sheet, layout: Layout, rules: str) -> None:
    called, criteria = layout.called, layout.criteria
    names = [called.criteria.get(row["code"], row["code"]) for row in criteria]
    _head(sheet, [_("Code"), _("Juror"), *names, _("Total of the scorecard")])
    totals = {row["entry"]: row["cards"] for row in layout.file["standings"]}
    for row, card in enumerate(layout.cards, 2):
        write_text(sheet.cell(row, 1), card["entry"])
        write_text(sheet.cell(row, 2), called.jurors.get(card["juror"], card["juror"]))
        first, _last = layout.rows.get(card["entry"], (row, row))
        layout.rows[card["entry"]] = (first, row)
        for column, criterion in enumerate(criteria, layout.first_criterion):
            text = card["marks"].get(criterion["code"], "")
            if text == NOT_APPLICABLE:
                write_text(sheet.cell(row, column), _("n/a"))
            elif text:
                sheet.cell(row, column).value = _float(text)
        cell = sheet.cell(row, layout.total_column)
        if layout.values_only:
            cell.value = _float(totals.get(card["entry"], {}).get(card["juror"], ""))
        else:
            cells = [f"{_letter(layout.first_criterion + n)}{row}" for n in range(len(criteria))]
            cell.value = "=" + combined_formula(layout.file["rule"]["combine"], cells, rules)


def combined_formula(combine: str, cells: Sequence[str], rules: str) -> str:
    """The total of a row of marks (judging.domain.scoring): what is no number takes its weight out. Empty if nothing applies."""
    weights = [f"'{rules}'!$B${n}" for n in range(2, len(cells) + 2)]
    tops = [f"'{rules}'!$D${n}" for n in range(2, len(cells) + 2)]
    parts = list(zip(cells, weights, tops, strict=True))

    def summed(term: str) -> str:
        return "(" + "+".join(f"IF(ISNUMBER({m}),{term.format(m=m, w=w, x=x)},0)" for m, w, x in parts) + ")"

    weight = summed("{w}")
    if combine == "percent":
        total = f"100*{summed('{w}*{m}/{x}')}/{weight}"
    elif combine == "weighted_mean":
        total = f"{summed('{w}*{m}')}/{weight}"
    else:
        every = "(" + "+".join(f"{w}*{x}" for _m, w, x in parts) + ")"
        total = f"{summed('{w}*{m}')}*{every}/{summed('{w}*{x}')}"
    return f'IF({weight}=0,"",{total})'


def across_formula(rule: Mapping[str, Any], cells: str) -> str:
    """Several jurors as one; empty cells and text count for nothing."""
    if rule["across"] == "median":
        return f"MEDIAN({cells})"
    if rule["across"] == "trimmed_mean":
        trim = int(rule["trim"])
        drop = "".join(f"-LARGE({cells},{n})-SMALL({cells},{n})" for n in range(1, trim + 1))
        return f"(SUM({cells}){drop})/(COUNT({cells})-{2 * trim})"
    return f"AVERAGE({cells})"


def _fill_jurors(sheet, layout: Layout) -> None:
    _head(sheet, [_("Juror"), _("Code"), _("Counted"), _("Stepped back"), _("Missing")])
    given: dict[str, list[int]] = {}
    for place, rows in ((0, layout.cards), (1, layout.file["not_counted"])):
        for card in rows:
            counts = given.setdefault(card["juror"], [0, 0, 0])
            counts[0 if not place else 1 if card["state"] == "recused" else 2] += 1
    for row, (code, counts) in enumerate(
        sorted(given.items(), key=lambda item: layout.called.jurors.get(item[0], item[0])), 2
    ):
        write_text(sheet.cell(row, 1), layout.called.jurors.get(code, code))
        write_text(sheet.cell(row, 2), code)
        for column, count in enumerate(counts, 3):
            sheet.cell(row, column).value = count


def _fill_standings(sheet, layout: Layout, marks: str, rules: str) -> None:
    earlier = [row for row in layout.file["carried"] if int(row["weight"])]
    at_criterion = layout.file["rule"]["aggregate_at"] == "criterion" and not layout.values_only
    names = [layout.called.criteria.get(row["code"], row["code"]) for row in layout.criteria] if at_criterion else []
    shares = [_("Round %(order)s, per cent of the best") % {"order": row["order"]} for row in earlier]
    head = [_("Rank"), _("Code"), _("Entry"), *names, _("Total"), *shares]
    _head(sheet, [*head, _("Result"), _("Scorecards"), _("Goes on"), _("Result as published, exact"), _("Same")])
    total, result = 4 + len(names), 5 + len(names) + len(shares)
    for row, line in enumerate(layout.file["standings"], 2):
        write_text(sheet.cell(row, 2), line["entry"])
        write_text(sheet.cell(row, 3), layout.called.entries.get(line["entry"], line["entry"]))
        if line["total"]:
            _write_totals(sheet, row, line, layout, marks, rules, total, result, earlier)
        sheet.cell(row, result + 1).value = int(line["scorecards"])
        write_text(sheet.cell(row, result + 2), _("yes") if line["advances"] else _("no"))
        write_text(sheet.cell(row, result + 3), line["final"])
        last = len(layout.file["standings"]) + 1
        if line["final"]:
            cell, column = f"{_letter(result)}{row}", _letter(result)
            sheet.cell(row, 1).value = f"=RANK({cell},{column}$2:{column}${last})"
            sheet.cell(row, result + 4).value = f'=IF(ABS({cell}-{float(Fraction(line["final"]))!r})<0.000001,"✓","≠")'


def _write_totals(
    sheet, row: int, line, layout: Layout, marks: str, rules: str, total: int, result: int, earlier
) -> None:
    rule = layout.file["rule"]
    if layout.values_only:
        sheet.cell(row, total).value, sheet.cell(row, result).value = _float(line["total"]), _float(line["final"])
        for column, other in enumerate(earlier, total + 1):
            sheet.cell(row, column).value = _float(other["shares"].get(line["entry"], ""))
        return
    first, last = layout.rows[line["entry"]]
    if rule["aggregate_at"] == "criterion":
        for n in range(len(layout.criteria)):
            letter = _letter(layout.first_criterion + n)
            cells = f"'{marks}'!{letter}{first}:{letter}{last}"
            sheet.cell(row, 4 + n).value = f'=IF(COUNT({cells})=0,"",{across_formula(rule, cells)})'
        exact = combined_formula(
            rule["combine"], [f"{_letter(4 + n)}{row}" for n in range(len(layout.criteria))], rules
        )
    else:
        letter = _letter(layout.total_column)
        exact = across_formula(rule, f"'{marks}'!{letter}{first}:{letter}{last}")
    sheet.cell(row, total).value = f"={_rounded(exact, rule['decimals'])}"
    own = f"{_letter(total)}{row}"
    if not earlier:
        sheet.cell(row, result).value = f"={own}"
        return
    weights = [*(int(other["weight"]) for other in earlier), int(layout.file["round"]["weight"])]
    for column, other in enumerate(earlier, total + 1):
        sheet.cell(row, column).value = _float(other["shares"].get(line["entry"], "0") or "0")
    shares = [*(f"{_letter(total + 1 + n)}{row}" for n in range(len(earlier))), f"100*{own}/{_best(layout)!r}"]
    sum_of = "+".join(f"{weight}*{share}" for weight, share in zip(weights, shares, strict=True))
    decimals = rule.get("final_decimals") or rule["decimals"]
    sheet.cell(row, result).value = f"={_rounded(f'({sum_of})/{sum(weights)}', decimals)}"


def _best(layout: Layout) -> float:
    from judging.domain.reading_rules import rule_of

    return float(rule_of(layout.file["rule"]).best)


def _rounded(formula: str, decimals: str) -> str:
    formula = f"ROUND({formula},{NOISE})"
    return f"ROUND({formula},{decimals})" if decimals else formula


def _float(text: str) -> float | int | None:
    value = number_of(text) if text else None
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def _tidy(sheet) -> None:
    """Columns as wide as their longest text, within bounds; a page as wide as the table."""
    for column in sheet.columns:
        longest = max((len(str(c.value)) for c in column if c.value is not None and c.data_type != "f"), default=8)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 9), 48)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
