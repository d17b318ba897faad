"""A round's result as a workbook that computes: marks by scorecard, and standings whose totals are formulas over them.

What a spreadsheet can't do exactly (see `reason_for_values`) is given as values, and the sheet of rules says so.
Spreadsheets count in floating point: totals are rounded to nine decimals before the declared rounding, which takes that
noise away.

Beside each formula stands what it comes to, for programs that don't calculate (docs/decisions/workbooks.md).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from judging.domain.marks.scoring import Rule, Score, score_entries
from judging.domain.numbers import value_of
from judging.domain.results.document import Card, CarriedRound, FiledStanding, ResultFile
from judging.domain.results.frozen import NOT_APPLICABLE, marks_of
from judging.domain.results.semantics import semantics_of
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.rule.reading import rule_of
from judging.domain.rule.stated import StatedCriterion
from judging.results.files.values_only import reason_for_values
from judging.results.shown.called import Called
from judging.results.words.ties import tie_words
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.levels import LEVELS
from judging.rounds.words.parts import part_names
from toolkit.formula_tabs import FormulaTab
from toolkit.spreadsheets import writable
from toolkit.workbooks import cell_name

NOISE = 9  # decimals


@dataclass
class Layout:
    """Where things stand: columns and rows as a spreadsheet names them."""

    file: ResultFile
    called: Called
    criteria: list[StatedCriterion]  # those that a scorecard holds
    cards: list[Card]  # by entry: those of one entry stand together
    values_only: str
    rule: Rule
    scores: dict[str, Score]  # only where the rule aggregates at the criterion, by formulas
    first_criterion: int = 3
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)  # entry: first and last row of its scorecards

    @property
    def total_column(self) -> int:
        return self.first_criterion + len(self.criteria)


def results_workbook(file: ResultFile, called: Called, rule: Sequence[str], *, title: str, made_at: datetime) -> bytes:
    """`file` as judging.domain.results.frozen describes it, with standings; `rule` in sentences."""
    from xlsxwriter import Workbook

    layout = _layout(file, called)
    book = Workbook(out := io.BytesIO(), {"in_memory": True})
    standings, marks, jurors, rules = (
        FormulaTab(book, name) for name in (_("Standings"), _("Marks"), _("Jurors"), _("Rules"))
    )
    _fill_rules(rules, layout, rule)
    _fill_marks(marks, layout, rules.title)
    _fill_jurors(jurors, layout)
    _fill_standings(standings, layout, marks.title, rules.title)
    for sheet in (standings, marks, jurors, rules):
        sheet.tidy()
    made = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": writable(title), "author": settings.SITE_NAME, "created": made})
    book.close()
    return out.getvalue()


def _layout(file: ResultFile, called: Called) -> Layout:
    rule, why = rule_of(file.rule, semantics_of(file)), reason_for_values(file)
    criteria = [] if is_other_ballot(file.rule) else [c for c in file.rule.criteria if kind_of(c).is_marked]
    cards = sorted(file.scorecards, key=lambda card: (card["entry"], card["juror"]))
    scores: list[Score] = []
    if LEVELS.ask(file.rule.aggregate_at).of_criteria and not why:
        scores = score_entries(rule, file.codes, marks_of(rule, file))
    return Layout(file, called, criteria, cards, why, rule, {score.entry: score for score in scores})


def _letter(column: int) -> str:
    return cell_name(1, column).removesuffix("1")


def _fill_rules(sheet: Any, layout: Layout, rule: Sequence[str]) -> None:
    """Criteria from row 2, by which formulas reach their weights and highest marks;
    below them the rule in sentences."""
    sheet.head([_("Criterion"), _("Weight"), _("Lowest mark"), _("Highest mark"), _("Step")])
    for row, criterion in enumerate(layout.criteria, 2):
        sheet.text(row, 1, layout.called.criteria.get(criterion.code, criterion.code))
        weight = criterion.weight if kind_of(criterion).counts else "0"
        for column, text in enumerate(
            (weight, criterion.scale_min, criterion.scale_max or "", criterion.scale_step), 2
        ):
            sheet.number(row, column, _float(text))
    lines = list(rule)
    if layout.values_only:
        lines.insert(
            0, _("The totals of this workbook are values, not formulas: %(reason)s.") % {"reason": layout.values_only}
        )
    else:
        lines.insert(0, _("The totals of this workbook are formulas over the marks: change a mark, and they follow."))
    for row, line in enumerate(lines, len(layout.criteria) + 3):
        sheet.text(row, 1, line)


def _fill_marks(sheet: Any, layout: Layout, rules: str) -> None:
    called, criteria = layout.called, layout.criteria
    names = [called.criteria.get(row.code, row.code) for row in criteria]
    sheet.head([_("Code"), _("Juror"), *names, _("Total of the scorecard")])
    totals = {row.entry: row.cards for row in layout.file.filed}
    for row, card in enumerate(layout.cards, 2):
        sheet.text(row, 1, card["entry"])
        sheet.text(row, 2, called.jurors.get(card["juror"], card["juror"]))
        first, _last = layout.rows.get(card["entry"], (row, row))
        layout.rows[card["entry"]] = (first, row)
        for column, criterion in enumerate(criteria, layout.first_criterion):
            text = card["marks"].get(criterion.code, "")
            if text == NOT_APPLICABLE:
                sheet.text(row, column, _("n/a"))
            elif text:
                sheet.number(row, column, _float(text))
        total = _float(totals.get(card["entry"], {}).get(card["juror"], ""))
        if layout.values_only:
            sheet.number(row, layout.total_column, total)
        else:
            cells = [f"{_letter(layout.first_criterion + n)}{row}" for n in range(len(criteria))]
            formula = combined_formula(layout.file.rule.combine, cells, rules)
            sheet.formula(row, layout.total_column, f"={formula}", total)


def combined_formula(combine: str, cells: Sequence[str], rules: str) -> str:
    """The total of a row of marks (judging.domain.marks.scoring): what is no number takes its weight out.
    Empty if nothing applies."""
    weights = [f"'{rules}'!$B${n}" for n in range(2, len(cells) + 2)]
    tops = [f"'{rules}'!$D${n}" for n in range(2, len(cells) + 2)]
    parts = list(zip(cells, weights, tops, strict=True))

    def summed(term: str) -> str:
        return "(" + "+".join(f"IF(ISNUMBER({m}),{term.format(m=m, w=w, x=x)},0)" for m, w, x in parts) + ")"

    weight = summed("{w}")
    total = COMBINATIONS[combine].formula(summed, [(w, x) for _m, w, x in parts])
    return f'IF({weight}=0,"",{total})'


def across_formula(rule: Rule, cells: str) -> str:
    """Several jurors as one; empty cells and text count for nothing."""
    return AGGREGATIONS[rule.across].formula(cells, rule)


def _fill_jurors(sheet: Any, layout: Layout) -> None:
    sheet.head([_("Juror"), _("Code"), _("Counted"), _("Stepped back"), _("Missing")])
    given: dict[str, list[int]] = {}
    for card in layout.cards:
        given.setdefault(card["juror"], [0, 0, 0])[0] += 1
    for other in layout.file.not_counted:
        given.setdefault(other.juror, [0, 0, 0])[1 if other.state == "recused" else 2] += 1
    for row, (code, counts) in enumerate(
        sorted(given.items(), key=lambda item: layout.called.jurors.get(item[0], item[0])), 2
    ):
        sheet.text(row, 1, layout.called.jurors.get(code, code))
        sheet.text(row, 2, code)
        for column, count in enumerate(counts, 3):
            sheet.number(row, column, count)


def _fill_standings(sheet: Any, layout: Layout, marks: str, rules: str) -> None:
    earlier = layout.file.counting
    at_criterion = LEVELS.ask(layout.file.rule.aggregate_at).of_criteria and not layout.values_only
    names = [layout.called.criteria.get(row.code, row.code) for row in layout.criteria] if at_criterion else []
    shares = [_("Round %(order)s, per cent of the best") % {"order": row.order} for row in earlier]
    head = [_("Rank"), _("Code"), _("Entry"), *names, _("Total"), *shares]
    sheet.head(
        [
            *head,
            _("Result"),
            _("Scorecards"),
            _("Goes on"),
            _("Result as published, exact"),
            _("Same"),
            _("Equal results"),
        ]
    )
    total, result = 4 + len(names), 5 + len(names) + len(shares)
    names_of_parts = part_names(layout.file.rule)
    finals = [Fraction(line.final) for line in layout.file.filed if line.final]
    for row, line in enumerate(layout.file.filed, 2):
        sheet.text(row, 2, line.entry)
        sheet.text(row, 3, layout.called.entries.get(line.entry, line.entry))
        if line.total:
            _write_totals(sheet, row, line, layout, marks, rules, total, result, earlier)
        sheet.number(row, result + 1, int(line.scorecards))
        sheet.text(row, result + 2, _("yes") if line.advances else _("no"))
        sheet.text(row, result + 3, line.final)
        last = len(layout.file.filed) + 1
        if line.final:
            cell, column = f"{_letter(result)}{row}", _letter(result)
            _write_rank(sheet, row, line, f"=RANK({cell},{column}$2:{column}${last})", finals)
            exact = _float(line.final)
            sheet.text(row, result + 5, tie_words(line.tie, line.reason, names_of_parts))
            sheet.formula(row, result + 4, f'=IF(ABS({cell}-{exact!r})<0.000001,"✓","≠")', "✓")


def _write_rank(sheet: Any, row: int, line: FiledStanding, formula: str, finals: Sequence[Fraction]) -> None:
    """A formula, unless something else than the result settled it, such as a tie rule: then the rank as published."""
    own = Fraction(line.final)
    by_result = 1 + sum(other > own for other in finals)
    if str(by_result) == line.rank:
        sheet.formula(row, 1, formula, by_result)
    else:
        sheet.number(row, 1, _float(line.rank))


def _write_totals(
    sheet: Any,
    row: int,
    line: FiledStanding,
    layout: Layout,
    marks: str,
    rules: str,
    total: int,
    result: int,
    earlier: Sequence[CarriedRound],
) -> None:
    rule = layout.file.rule
    sums, final = _float(line.total), _float(line.final)
    for column, other in enumerate(earlier, total + 1):
        sheet.number(row, column, _float(other.shares.get(line.entry, "") or ("" if layout.values_only else "0")))
    if layout.values_only:
        sheet.number(row, total, sums)
        sheet.number(row, result, final)
        return
    first, last = layout.rows[line.entry]
    if LEVELS.ask(rule.aggregate_at).of_criteria:
        of_criteria = dict(zip(layout.rule.codes, layout.scores[line.entry].criteria, strict=True))
        for n, criterion in enumerate(layout.criteria):
            value = of_criteria[criterion.code]
            letter = _letter(layout.first_criterion + n)
            cells = f"'{marks}'!{letter}{first}:{letter}{last}"
            formula = f'=IF(COUNT({cells})=0,"",{across_formula(layout.rule, cells)})'
            sheet.formula(row, 4 + n, formula, None if value is None else _plain(value))
        exact = combined_formula(rule.combine, [f"{_letter(4 + n)}{row}" for n in range(len(layout.criteria))], rules)
    else:
        letter = _letter(layout.total_column)
        exact = across_formula(layout.rule, f"'{marks}'!{letter}{first}:{letter}{last}")
    sheet.formula(row, total, f"={_rounded(exact, rule.decimals)}", sums)
    own = f"{_letter(total)}{row}"
    if not earlier:
        sheet.formula(row, result, f"={own}", final)
        return
    weights = [*(int(other.weight) for other in earlier), int(layout.file.round.weight)]
    shares = [*(f"{_letter(total + 1 + n)}{row}" for n in range(len(earlier))), f"100*{own}/{_best(layout)!r}"]
    sum_of = "+".join(f"{weight}*{share}" for weight, share in zip(weights, shares, strict=True))
    decimals = rule.final_decimals or rule.decimals
    sheet.formula(row, result, f"={_rounded(f'({sum_of})/{sum(weights)}', decimals)}", final)


def _best(layout: Layout) -> float:
    return float(layout.rule.best)


def _rounded(formula: str, decimals: str) -> str:
    formula = f"ROUND({formula},{NOISE})"
    return f"ROUND({formula},{decimals})" if decimals else formula


def _float(text: str) -> float | int | None:
    return _plain(value_of(text)) if text else None


def _plain(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 else float(value)
