"""The life of stays as rows become what the domain takes: a programme's checklist and forms, the day where the host is, what is owed."""

import tomllib
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from i18nfield.strings import LazyI18nString

from corridor.domain.life import Task, phase, task_of
from corridor.domain.reports import Form, form_of, window
from corridor.models import Programme, Stay
from corridor.states import PHASES, Side, StayState, TaskOwner
from toolkit import clock


@cache
def standard() -> dict:
    """{checklist, reports} of data/stays/standard.toml, the figures written out in the forms that ask them."""
    with (settings.BASE_DIR / "data" / "stays" / "standard.toml").open("rb") as file:
        read = tomllib.load(file)
    figures = [{"code": code, **question} for code, question in read["figures"].items()]
    reports = []
    for row in read["reports"]:
        asked = [*(figures if row.get("figures") else []), *row.get("questions", [])]
        reports.append({**{key: value for key, value in row.items() if key != "figures"}, "questions": asked})
    return {"checklist": read["checklist"], "reports": reports}


def template_of(programme: Programme) -> dict:
    """{checklist, reports} of a programme as data: its own, or the standard ones."""
    own = getattr(programme, "stay_template", None)
    return {"checklist": own.checklist, "reports": own.reports} if own else standard()


def tasks_of(programme: Programme) -> list[Task]:
    return [task_of(row, TaskOwner.values) for row in template_of(programme)["checklist"]]


def forms_of(programme: Programme) -> list[Form]:
    """The report forms of a programme, in their order."""
    return [form_of(row, Side.values) for row in template_of(programme)["reports"]]


def zone_of(stay: Stay) -> zoneinfo.ZoneInfo:
    """The zone of the place where the stay is."""
    city = stay.incubator.city
    return zoneinfo.ZoneInfo(city.time_zone if city else stay.programme.time_zone)


def today_at(stay: Stay) -> date:
    return clock.today(zone_of(stay))


def phase_of(stay: Stay) -> str:
    """proposed, accepted, confirmed, under_way, mid_term, completed, declined or cancelled, today where the host is."""
    return phase(stay.state, stay.starts, stay.ends, today_at(stay))


def phase_label(code: str):
    return PHASES.get(code) or StayState(code).label


@dataclass(frozen=True)
class OwedReport:
    """A report of a stay: the days from which and by which, and the versions that there are. `draft` and `filed` may be None."""

    stay: Stay
    form: Form
    opens: date
    due: date
    filed: object | None
    draft: object | None
    is_open: bool
    is_late: bool

    @property
    def title(self) -> LazyI18nString:
        return LazyI18nString(dict(self.form.title))

    @property
    def is_owed(self) -> bool:
        """May be filed now, and is not."""
        return self.is_open and self.filed is None


def reports_of(stay: Stay, kept: Iterable) -> list[OwedReport]:
    """Every report that the stay owes over its life, by due day. `kept` are its Report rows; none unless it is confirmed."""
    if stay.state != StayState.CONFIRMED:
        return []
    today = today_at(stay)
    found: dict[tuple[str, str, str], object] = {}
    for report in sorted(kept, key=lambda row: row.version):
        found[report.code, report.side, report.state] = report
    lines = []
    for form in forms_of(stay.programme):
        opens, due = window(form, stay.starts, stay.ends)
        filed = found.get((form.code, form.side, "filed"))
        draft = found.get((form.code, form.side, "draft"))
        late = filed is None and today > due
        lines.append(OwedReport(stay, form, opens, due, filed, draft, today >= opens, late))
    return sorted(lines, key=lambda line: (line.due, line.form.code, line.form.side))
