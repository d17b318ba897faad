"""What the reports of many stays add up to: for a host, a city, a programme. Rows first; pages and workbooks show the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from corridor.domain.reports import FIGURES, SURVIVAL, Form, Sum, add_up
from corridor.life import OwedReport, phase_label, phase_of, reports_of, standard
from corridor.models import Report, Stay
from corridor.querysets import StayQuerySet
from corridor.states import Side
from toolkit.spreadsheets import Column, Kind, Sheet

PHASES_SHOWN = ("confirmed", "under_way", "mid_term", "completed", "cancelled")
BAR = 28  # points from one bar to the next


def with_reports(stays: StayQuerySet) -> StayQuerySet:
    """Fetches what the figures read: two queries, however many stays."""
    return (
        stays.with_parties()
        .select_related("programme__stay_template")
        .prefetch_related(Prefetch("reports", Report.objects.latest_filed().select_related("filed_by")))
        .order_by("starts", "pk")
    )


@dataclass(frozen=True)
class Picture:
    """A figure over the reports: bars as percentages of the highest, beside the table with the same numbers."""

    code: str
    label: str
    bars: list[dict[str, Any]]

    @property
    def height(self) -> int:
        return len(self.bars) * BAR


@dataclass(frozen=True)
class Figures:
    phases: list[tuple[str, int]]
    rows: list[tuple[str, Sum]]  # (report's title, what it adds up to)
    pictures: list[Picture]
    owed: list[OwedReport]
    labels: dict[str, str]


def labels() -> dict[str, str]:
    """{figure: its words}."""
    words: dict[str, str] = {}
    for form in standard()["reports"]:
        for question in form["questions"]:
            if question["code"] in FIGURES or question["code"] == SURVIVAL:
                words[question["code"]] = str(LazyI18nString(dict(question["label"])))
    return words


def figures_of(stays: Iterable[Stay]) -> Figures:
    """Adds up the stays' latest filed reports of the teams. `stays` come from `with_reports`."""
    stays = list(stays)
    found = [phase_of(stay) for stay in stays]
    phases = [(str(phase_label(code)), found.count(code)) for code in PHASES_SHOWN if code in found]
    lines = [line for stay in stays for line in reports_of(stay, stay.reports.all())]
    titles: dict[str, str] = {}
    for line in lines:
        if line.form.side == Side.TEAM and _has_figures(line.form):
            titles.setdefault(line.form.code, str(line.title))
    rows = []
    for code, title in titles.items():
        mine = [line for line in lines if (line.form.code, line.form.side) == (code, Side.TEAM)]
        filed = [line.filed.answers for line in mine if isinstance(line.filed, Report)]
        rows.append((title, add_up(code, sum(line.is_open for line in mine), filed)))
    words = labels()
    pictures = [Picture(code, words[code], _bars(code, rows)) for code in FIGURES]
    return Figures(phases, rows, [p for p in pictures if p.bars], [line for line in lines if line.is_owed], words)


def _has_figures(form: Form) -> bool:
    return any(question.code in FIGURES for question in form.questions)


def _bars(code: str, rows: list[tuple[str, Sum]]) -> list[dict[str, Any]]:
    said = [(title, row.totals[code], row.answered[code]) for title, row in rows if code in row.totals]
    highest = max((total for _title, total, _teams in said), default=Decimal(0)) or Decimal(1)
    return [
        {"title": title, "total": total, "teams": teams, "width": f"{100 * total / highest:.1f}%", "top": number * BAR}
        for number, (title, total, teams) in enumerate(said)
    ]


def sheets_of(stays: Iterable[Stay]) -> list[Sheet]:
    """Two tabs: the sums, and every filed report with its figures and words."""
    stays = list(stays)
    words = labels()
    sums = [
        Column("report", _("Report")),
        Column("owed", _("Owed so far"), Kind.WHOLE),
        Column("filed", _("Filed"), Kind.WHOLE),
        *(Column(code, words[code], Kind.NUMBER) for code in FIGURES),
        Column("alive", _("Companies that operate, merged or were bought"), Kind.WHOLE),
        Column("said", _("Companies that said so or closed"), Kind.WHOLE),
    ]
    rows = [
        {
            "report": title,
            "owed": row.owed,
            "filed": row.filed,
            **{code: row.totals.get(code) for code in FIGURES},
            "alive": row.alive,
            "said": row.said,
        }
        for title, row in figures_of(stays).rows
    ]
    return [Sheet(_("Sums"), sums, rows), _filed_sheet(stays, words)]


def _filed_sheet(stays: list[Stay], words: dict[str, str]) -> Sheet:
    columns = [
        Column("team", _("Team")),
        Column("home", _("Home city")),
        Column("host", _("Host")),
        Column("starts", _("From"), Kind.DATE),
        Column("ends", _("Until (that day not included)"), Kind.DATE),
        Column("report", _("Report")),
        Column("version", _("Version"), Kind.WHOLE),
        Column("filed_at", _("Filed"), Kind.MOMENT),
        *(Column(code, words[code], Kind.NUMBER) for code in FIGURES),
        Column(SURVIVAL, words[SURVIVAL]),
        Column("words", _("In words")),
    ]
    rows = [
        _filed_row(line, line.filed) for stay in stays for line in reports_of(stay, stay.reports.all()) if line.filed
    ]
    return Sheet(_("Reports"), columns, rows)


def _filed_row(line: OwedReport, filed: Any) -> dict[str, Any]:
    stay, answers = line.stay, filed.answers
    numbers = {code: None if answers.get(code) is None else Decimal(str(answers[code])) for code in FIGURES}
    others, survival = [], None
    for question in filed.asked["questions"]:
        answer = answers.get(question["code"])
        if answer is None or question["code"] in FIGURES:
            continue
        if question["kind"] == "choice":
            answer = str(LazyI18nString(dict(question["choices"][answer])))
        if question["code"] == SURVIVAL:
            survival = answer
        else:
            others.append(f"{LazyI18nString(dict(question['label']))} {answer}")
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
        SURVIVAL: survival,
        "words": "\n".join(others) or None,
    }
