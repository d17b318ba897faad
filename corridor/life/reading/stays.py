"""The life of stays as rows become what the domain takes: a programme's checklist and forms,
the day where the host is, what is owed."""

from __future__ import annotations

import tomllib
import zoneinfo
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from i18nfield.strings import LazyI18nString

from corridor.domain.life.reports import GUEST_SIDE, Form, as_promised, form_of, promised_days, window
from corridor.domain.life.stages import Task, phase, task_of
from corridor.models import Programme, Report, Stay
from corridor.states import PHASES, ReportState, Side, StayState, TaskOwner
from toolkit import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@cache
def standard() -> dict[str, Any]:
    """{checklist, reports, reminders, retention} of data/stays/standard.toml,
    the figures written out in the forms that ask them."""
    read = _read("standard")
    return {
        "checklist": read["checklist"],
        "reports": _with_figures(read["reports"], read["figures"]),
        "reminders": read["reminders"],
        "retention": read["retention"],
    }


@cache
def of_persons() -> dict[str, Any]:
    """{checklist, reports} of data/stays/persons.toml: a person's stay has no company's figures."""
    read = _read("persons")
    return {"checklist": read["checklist"], "reports": _with_figures(read["reports"], {})}


def _read(name: str) -> dict[str, Any]:
    with (settings.BASE_DIR / "data" / "stays" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _with_figures(reports: list[dict[str, Any]], figures: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    asked = [{"code": code, **question} for code, question in figures.items()]
    return [
        {
            **{key: value for key, value in row.items() if key != "figures"},
            "questions": [*(asked if row.get("figures") else []), *row.get("questions", [])],
        }
        for row in reports
    ]


def usual_template(programme: Programme) -> dict[str, Any]:
    """{checklist, reports} with which a programme begins: those of a team, or of a person."""
    return of_persons() if programme.guest_is_person else standard()


def template_of(programme: Programme) -> dict[str, Any]:
    """{checklist, reports} of a programme as data: its own, or the usual ones."""
    own = getattr(programme, "stay_template", None)
    return {"checklist": own.checklist, "reports": own.reports} if own else usual_template(programme)


def tasks_of(programme: Programme) -> list[Task]:
    return [task_of(row, TaskOwner.values) for row in template_of(programme)["checklist"]]


def forms_of(programme: Programme) -> list[Form]:
    """The report forms of a programme, in their order."""
    return [form_of(row, Side.values) for row in template_of(programme)["reports"]]


def report_days(programme: Programme, starts: date, ends: date) -> dict[str, date]:
    """What an agreement of the programme says of reports: see corridor.domain.life.reports.promised_days."""
    return promised_days(forms_of(programme), starts, ends)


def forms_for(stay: Stay) -> list[Form]:
    """The report forms of a stay: those of its programme, with the days that its agreement prints."""
    return as_promised(forms_of(stay.programme), stay.promised)


def stays_bound(programme: Programme) -> dict[tuple[str, str], int]:
    """{(code, side): how many stays owe this report by their agreement and have not filed it}. Two queries."""
    stays = Stay.objects.filter(programme=programme).holding().exclude(promised=[]).prefetch_related("reports")
    owed = Counter(
        (row["code"], GUEST_SIDE)
        for stay in stays
        for row in stay.promised
        if not any(
            (one.code, one.side, one.state) == (row["code"], GUEST_SIDE, ReportState.FILED)
            for one in stay.reports.all()
        )
    )
    return dict(owed)


def zone_of(stay: Stay) -> zoneinfo.ZoneInfo:
    """The zone of the place where the stay is."""
    city = stay.incubator.city
    return zoneinfo.ZoneInfo(city.time_zone if city else stay.programme.time_zone)


def today_at(stay: Stay) -> date:
    """Which day it is where the stay's host is."""
    return clock.today(zone_of(stay))


def phase_of(stay: Stay) -> str:
    """proposed, accepted, confirmed, under_way, mid_term, completed, declined or cancelled, today where the host is."""
    return phase(stay.state, stay.starts, stay.ends, today_at(stay))


def phase_label(code: str) -> StrPromise:
    return PHASES.get(code) or StayState(code).label


@dataclass(frozen=True)
class OwedReport:
    """A report of a stay: the days from which and by which, and the versions that there are.
    `draft` and `filed` may be None."""

    stay: Stay
    form: Form
    opens: date
    due: date
    filed: Report | None
    draft: Report | None
    is_open: bool
    is_late: bool
    is_asked: bool = True  # by the programme as it is set up now

    @property
    def title(self) -> LazyI18nString:
        return LazyI18nString(dict(self.form.title))

    @property
    def is_owed(self) -> bool:
        """May be filed now, and is not."""
        return self.is_open and self.is_asked and self.filed is None


def owed_reports(stay: Stay, kept: Iterable[Any]) -> list[OwedReport]:
    """Every report that the programme asks of the stay over its life, by due day. `kept` are its Report rows.

    None unless the stay is confirmed.
    """
    if stay.state != StayState.CONFIRMED:
        return []
    found = _by_state(kept)
    return _in_order(_line(stay, form, found) for form in forms_for(stay))


def reports_of(stay: Stay, kept: Iterable[Any]) -> list[OwedReport]:
    """`owed_reports`, and what was begun by a form that the programme asks no more, or filed before the stay was ended.

    Those are never owed and never late.
    """
    found = _by_state(kept)
    lines = owed_reports(stay, found.values())
    asked = {(line.form.code, line.form.side) for line in lines}
    goes_on = stay.state == StayState.CONFIRMED
    left = {}
    for row in found.values():
        if (row.code, row.side) not in asked and (goes_on or row.state == ReportState.FILED):
            left[row.code, row.side] = form_of(row.asked, Side.values)
    over = [replace(_line(stay, form, found), is_open=goes_on, is_late=False, is_asked=False) for form in left.values()]
    return _in_order([*lines, *over])


def _by_state(kept: Iterable[Any]) -> dict[tuple[str, str, str], Any]:
    return {(row.code, row.side, row.state): row for row in sorted(kept, key=lambda row: row.version)}


def _line(stay: Stay, form: Form, found: dict[tuple[str, str, str], Any]) -> OwedReport:
    opens, due = window(form, stay.starts, stay.ends)
    filed = found.get((form.code, form.side, "filed"))
    draft = found.get((form.code, form.side, "draft"))
    today = today_at(stay)
    is_open = today >= opens or draft is not None  # what was begun goes on when the programme asks it later
    return OwedReport(stay, form, opens, due, filed, draft, is_open, filed is None and today > due)


def _in_order(lines: Iterable[OwedReport]) -> list[OwedReport]:
    return sorted(lines, key=lambda line: (line.due, line.form.code, line.form.side))
