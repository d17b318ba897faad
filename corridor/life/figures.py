"""What the reports of many stays add up to: for a host, a city, a programme. Rows first;
pages and workbooks show the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from corridor.domain.life.reports import Figure, Form, Sum, add_up, is_summed, question_of, told
from corridor.life.kinds.report_answers import ANSWER_KINDS
from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind
from corridor.life.reading.stays import OwedReport, phase_label, phase_of, reports_of
from corridor.models import Report, Stay
from corridor.reads.stays import StayQuerySet
from corridor.states import Side
from toolkit.spreadsheets import Column, Kind, Sheet

PHASES_SHOWN = ("confirmed", "under_way", "mid_term", "completed", "cancelled")
PAIR = 68  # points from one pair of bars to the next
LONGEST = 78  # percent of the width: the rest is for the number


def with_reports(stays: StayQuerySet) -> StayQuerySet:
    """Fetches what the figures read: two queries, however many stays."""
    return (
        stays.with_parties()
        .select_related("programme__stay_template")
        .prefetch_related(Prefetch("reports", Report.objects.latest_filed().select_related("filed_by")))
        .order_by("starts", "pk")
    )


@dataclass(frozen=True)
class Line:
    """The sums of one report: a cell for each figure, {total, teams} or None;
    then how the companies stand, of those that said."""

    title: str
    sums: Sum
    cells: list[dict[str, object] | None]


@dataclass(frozen=True)
class Change:
    """One figure of the teams that told it both at entry and in a later report."""

    title: str
    teams: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Picture:
    """A figure at entry and in each later report, over the same teams:
    pairs of bars, beside the table with the same numbers."""

    label: str
    changes: list[Change]

    @property
    def height(self) -> int:
        return len(self.changes) * PAIR

    @property
    def pairs(self) -> list[dict[str, object]]:
        """The changes with their bars' lengths, in percent of the picture's width,
        and their place in points from the top."""
        highest = max([max(row.before, row.after) for row in self.changes]) or Decimal(1)
        return [
            {
                "change": row,
                "top": number * PAIR,
                "before": f"{LONGEST * row.before / highest:.1f}%",
                "after": f"{LONGEST * row.after / highest:.1f}%",
            }
            for number, row in enumerate(self.changes)
        ]


@dataclass(frozen=True)
class Figures:
    phases: list[tuple[str, int]]
    labels: list[str]  # of the cells of each line
    rows: list[Line]
    pictures: list[Picture]
    owed: list[OwedReport]


def label_of(figure: Figure) -> str:
    """“Revenue of the last 12 months (EUR)”."""
    words = str(FIGURE_KINDS[figure.term].name)
    return _("%(figure)s (%(unit)s)") % {"figure": words, "unit": figure.unit} if figure.unit else words


def figures_of(stays: Iterable[Stay]) -> Figures:
    """Adds up the stays' latest filed reports of the teams. `stays` come from `with_reports`."""
    stays = list(stays)
    found = [phase_of(stay) for stay in stays]
    phases = [(str(phase_label(code)), found.count(code)) for code in PHASES_SHOWN if code in found]
    lines = [line for stay in stays for line in reports_of(stay, stay.reports.all())]
    said: dict[str, dict[int, dict[Figure, Any]]] = {}  # what each report tells of each stay
    titles: dict[str, str] = {}
    for line in lines:
        if line.form.side == Side.TEAM and _has_figures(line.form):
            titles.setdefault(line.form.code, str(line.title))
            rows = said.setdefault(line.form.code, {})
            if line.filed:
                rows[line.stay.pk] = told(line.filed.asked, line.filed.answers)
    sums = []
    for code, title in titles.items():
        mine = [line for line in lines if (line.form.code, line.form.side) == (code, Side.TEAM)]
        sums.append((title, add_up(code, sum(line.is_open or bool(line.filed) for line in mine), said[code].values())))
    shown = _shown([row for _title, row in sums])
    return Figures(
        phases,
        [label_of(figure) for figure in shown],
        [Line(title, row, [_cell(row, figure) for figure in shown]) for title, row in sums],
        [Picture(label_of(figure), changes) for figure in shown if (changes := _changes(titles, said, figure))],
        [line for line in lines if line.is_owed],
    )


def _shown(sums: list[Sum]) -> list[Figure]:
    """The figures that anybody told, in the order of the terms, a unit at a time."""
    found = {figure for row in sums for figure in row.totals}
    return sorted(found, key=place_of)


def place_of(figure: Figure) -> tuple[int, str, str]:
    """Where a figure stands: by its kind, a unit at a time."""
    return FIGURE_KINDS[figure.term].order, figure.term, figure.unit


def _cell(row: Sum, figure: Figure) -> dict[str, object] | None:
    if figure not in row.totals:
        return None
    return {"total": row.totals[figure], "teams": row.answered[figure]}


def _changes(titles: dict[str, str], said: dict[str, dict[int, dict[Figure, Any]]], figure: Figure) -> list[Change]:
    """Each later report against the first, over the same teams only."""
    first, *later = list(titles) or [""]
    changes = []
    for code in later:
        both = [pk for pk, row in said[code].items() if figure in row and figure in said[first].get(pk, {})]
        if both:
            before, after = (
                sum((Decimal(str(said[which][pk][figure])) for pk in both), Decimal(0)) for which in (first, code)
            )
            changes.append(Change(titles[code], len(both), before, after))
    return changes


def _has_figures(form: Form) -> bool:
    return any(is_summed(question.term) for question in form.questions)


def sheets_of(stays: Iterable[Stay]) -> list[Sheet]:
    """Two tabs: the sums, and every filed report with its figures and words."""
    stays = list(stays)
    figures = figures_of(stays)
    counted = [Column(f"n{number}", _("Guests who told it"), Kind.WHOLE) for number in range(len(figures.labels))]
    totals = [Column(f"f{number}", label, Kind.NUMBER) for number, label in enumerate(figures.labels)]
    sums = [
        Column("report", _("Report")),
        Column("owed", _("Owed so far"), Kind.WHOLE),
        Column("filed", _("Filed"), Kind.WHOLE),
        *(column for pair in zip(totals, counted, strict=True) for column in pair),
        Column("alive", _("Companies that operate, merged or were bought"), Kind.WHOLE),
        Column("said", _("Companies that said so or closed"), Kind.WHOLE),
    ]
    rows = [
        {
            "report": line.title,
            "owed": line.sums.owed,
            "filed": line.sums.filed,
            **{f"f{number}": cell and cell["total"] for number, cell in enumerate(line.cells)},
            **{f"n{number}": cell and cell["teams"] for number, cell in enumerate(line.cells)},
            "alive": line.sums.alive,
            "said": line.sums.said,
        }
        for line in figures.rows
    ]
    return [Sheet(_("Sums"), sums, rows), _filed_sheet(stays)]


def _filed_sheet(stays: list[Stay]) -> Sheet:
    lines = [line for stay in stays for line in reports_of(stay, stay.reports.all()) if line.filed]
    every = {
        Figure(question.term, question.unit)
        for line in lines
        if line.filed
        for question in map(question_of, line.filed.asked["questions"])
        if is_summed(question.term)
    }
    shown = sorted(every, key=place_of)
    columns = [
        Column("team", _("Guest")),
        Column("home", _("Home city")),
        Column("host", _("Host")),
        Column("starts", _("From"), Kind.DATE),
        Column("ends", _("Until (that day not included)"), Kind.DATE),
        Column("report", _("Report")),
        Column("version", _("Version"), Kind.WHOLE),
        Column("filed_at", _("Filed"), Kind.MOMENT),
        *(Column(f"f{number}", label_of(figure), Kind.NUMBER) for number, figure in enumerate(shown)),
        *(Column(kind.code, str(kind.name)) for kind in _told_in_words()),
        Column("words", _("In words")),
    ]
    return Sheet(_("Reports"), columns, [_filed_row(line, line.filed, shown) for line in lines])


def _told_in_words() -> list[FigureKind]:
    """Figures that are not added up."""
    return [kind for kind in FIGURE_KINDS.values() if not is_summed(kind.code)]


def _filed_row(line: OwedReport, filed: Any, shown: list[Figure]) -> dict[str, object]:
    stay, said = line.stay, told(filed.asked, filed.answers)
    numbers = {f"f{number}": Decimal(str(said[f])) if f in said else None for number, f in enumerate(shown)}
    others, words = [], dict.fromkeys((kind.code for kind in _told_in_words()), "")
    for question in map(question_of, filed.asked["questions"]):
        answer = filed.answers.get(question.code)
        if answer in (None, "") or is_summed(question.term):
            continue
        answer = ANSWER_KINDS[question.kind].in_words(question, answer)
        if question.term:
            words[question.term] = answer
        else:
            others.append(f"{LazyI18nString(dict(question.label))} {answer} {question.unit}".rstrip())
    return {
        "team": stay.candidate.name,
        "home": stay.candidate.home_city.name,
        "host": stay.incubator.name,
        "starts": stay.starts,
        "ends": stay.ends,
        "report": str(line.title),
        "version": filed.version,
        "filed_at": filed.filed_at,
        **numbers,
        **{code: said or None for code, said in words.items()},
        "words": "\n".join(others) or None,
    }
