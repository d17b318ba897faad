"""What the pages of a stay's life have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.life.notices import stays_with_duties
from corridor.life.reading.stays import OwedReport, owed_reports, phase_label, phase_of, reports_of, today_at
from corridor.life.services.checklists import LIVES
from corridor.models import ChecklistItem, Incubator, MentorHour, Stay
from corridor.permissions import can_arrange, does_task, is_team_of, takes_part, writes_report
from corridor.reads.people import since_it_hosts
from corridor.states import HOLDS_PLACES, AgreementState, TaskOwner, TaskState
from network.countries import country_name
from network.permissions import is_organiser
from toolkit.columns import with_columns

if TYPE_CHECKING:
    from network.models import User


def stay_of(request: HttpRequest, pk: int) -> Stay:
    """The stay, if the reader has a part in it; 404 otherwise."""
    stays = Stay.objects.visible_to(request.user).with_parties()
    return get_object_or_404(stays.select_related("programme__stay_template"), pk=pk)


def crumbs_of_stay(stay: Stay) -> list[tuple[str, str]]:
    return [(f"{stay.candidate.name} → {stay.incubator.name}", reverse("stay", args=[stay.pk]))]


def life_of(user: User, stay: Stay) -> dict[str, Any]:
    """What a stay's own page shows of its life, for this reader: phase, checklist, reports, who travels.
    A fixed number of queries."""
    code = phase_of(stay)
    lives = stay.state in LIVES
    arranges = can_arrange(user, stay)
    people = list(stay.travellers.all())
    for person in people:
        person.country = " / ".join(country_name(code) for code in person.nationalities)
    states = set(stay.agreements.agreements().values_list("state", flat=True)) - {AgreementState.VOID}
    agreed = bool(states)
    named = is_organiser(user) or is_team_of(user, stay.candidate)
    lines = checklist_rows(user, stay) if lives else []
    joins = takes_part(user, stay)
    return {
        "phase": code,
        "phase_label": phase_label(code),
        "checklist": lines,
        "to_do": [row for row in lines if row.item.state == TaskState.OPEN],
        "settled": [row for row in lines if row.item.state != TaskState.OPEN],
        "all_done": _("Everything is done"),
        "reports": report_rows(user, stay),
        "lives": lives,
        "arranges": arranges and lives,
        "takes_part": joins,
        "organises": is_organiser(user),
        "letters": stay.letters.visible_to(user).count() if joins else 0,
        "hours": round((stay.mentor_hours.aggregate(n=Sum("minutes"))["n"] or 0) / 60, 1),
        "incidents": stay.incidents.visible_to(user).count() if arranges else 0,
        "sees_incidents": arranges,
        "people": people,
        "people_fixed": agreed,
        "is_agreed": bool(states & {AgreementState.SIGNED, AgreementState.EXECUTED}),
        "may_name": named and not agreed and stay.state in HOLDS_PLACES,
    }


@dataclass(frozen=True)
class ChecklistRow:
    """A line of a checklist, and what this reader may do with it."""

    item: ChecklistItem
    is_late: bool
    may_tick: bool
    may_open: bool
    may_drop: bool
    may_edit: bool


def checklist_rows(user: User, stay: Stay) -> list[ChecklistRow]:
    """The lines of a checklist, each with what this reader may do with it. At most two queries."""
    today = today_at(stay)
    arranges = can_arrange(user, stay)
    allowed = {owner: does_task(user, stay, owner) for owner in TaskOwner.values}
    rows: list[ChecklistRow] = []
    item: ChecklistItem
    for item in stay.checklist.select_related("settled_by"):
        is_open = item.state == TaskState.OPEN
        rows.append(
            ChecklistRow(
                item=item,
                is_late=is_open and item.due < today,
                may_tick=is_open and allowed[item.owner],
                may_open=not is_open and (allowed[item.owner] or (arranges and item.state == TaskState.NOT_NEEDED)),
                may_drop=is_open and arranges,
                may_edit=is_open and arranges,
            )
        )
    return rows


@dataclass(frozen=True)
class ReportRow:
    """A report of a stay: whether this reader may open it, and whether there is a draft of theirs."""

    line: OwedReport
    may_read: bool
    draft: bool


def report_rows(user: User, stay: Stay) -> list[ReportRow]:
    """The reports of a stay: whether this reader may open each, and whether there is a draft of theirs. One query."""
    rows = []
    for line in reports_of(stay, stay.reports.select_related("filed_by")):
        writes = writes_report(user, stay, line.form.side)
        may_read = line.filed is not None or writes
        rows.append(ReportRow(line, may_read, writes and line.draft is not None))
    return rows


def host_rows(user: User, incubator: Incubator) -> list[dict[str, Any]]:
    """The teams of an incubator that are there or to come, by start;
    then completed ones for which the host owes a report.

    A fixed number of queries.
    """
    stays = stays_with_duties(Stay.objects.filter(incubator=incubator)).order_by("starts", "pk")
    minutes = MentorHour.objects.filter(stay=OuterRef("pk")).order_by().values("stay").annotate(n=Sum("minutes"))
    read = None if is_organiser(user) else since_it_hosts  # what the host before wrote is not this one's
    counts = with_columns(
        stays,
        minutes=Subquery(minutes.values("n")),
        lines=Count("checklist", filter=~Q(checklist__state=TaskState.NOT_NEEDED), distinct=True),
        lines_done=Count("checklist", filter=Q(checklist__state=TaskState.DONE), distinct=True),
        letters_count=Count("letters", filter=read and read("letters__at"), distinct=True),
        incidents_count=Count("incidents", filter=read and read("incidents__recorded_at"), distinct=True),
    )
    rows = []
    for stay in counts:
        code, today = phase_of(stay), today_at(stay)
        owed = [line for line in owed_reports(stay, stay.kept_reports) if line.is_owed]
        if code == "completed" and not any(line.form.side == "host" for line in owed):
            continue
        rows.append(
            {
                "stay": stay,
                "phase": phase_label(code),
                "is_over": code == "completed",
                "late": [item for item in stay.open_items if item.due < today],
                "owed": owed,
                "hours": round((stay.minutes or 0) / 60, 1),
            }
        )
    return sorted(rows, key=lambda row: row["is_over"])  # who is there or to come first
