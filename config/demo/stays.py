"""The life of the sample stays, from data/editions/sample-stays.toml:
what has happened by today, through the services of the pages."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction

from config.demo import people
from config.demo.corridor import founder_of, host_of
from corridor.domain.calendar.spans import add_months
from corridor.hosts.services.openings import save_opening
from corridor.life.services.checklists import LIVES, settle_item
from corridor.life.services.log import note_hours, save_incident, send_letter
from corridor.life.services.reports import file_report, save_report
from corridor.life.services.templates import remove_report_form
from corridor.models import Candidate, Incubator, Programme, Report, Stay
from corridor.programmes.services import create_programme
from corridor.states import CandidateState, StayState, TaskOwner, TaskState
from network.models import City, Organisation, User
from network.states import OrganisationKind, Role
from toolkit import clock

FIGURES = ("jobs_full_time", "jobs_part_time", "revenue", "capital_raised", "intellectual_property", "partnerships")


@cache
def told() -> dict[str, Any]:
    with (settings.BASE_DIR / "data" / "editions" / "sample-stays.toml").open("rb") as file:
        return tomllib.load(file)


def live(programme: Programme, today: date) -> None:
    """What has happened by `today` in the stays of the sample programme:
    checklists, letters, mentor hours, reports, an incident. Once."""
    stays = list(Stay.objects.filter(programme=programme, state__in=LIVES).with_parties().order_by("starts", "pk"))
    if not stays or any(stay.letters.exists() for stay in stays):
        return
    rows = {row["team"]: row for row in told()["running"]}
    with transaction.atomic():
        for stay in stays:
            row = rows.get(stay.candidate.organisation.slug if stay.candidate.organisation else "", {})
            running = stay.state == StayState.CONFIRMED
            tick_off(stay, row.get("left", ()) if running else told()["accepted"]["left"], today)
            if running:
                write_down(stay, row, today)
                report(stay, row.get("reports", ()), today)


def tick_off(stay: Stay, left: Any, today: date) -> None:
    """Each line is done two days early by whoever does it, but those in `left`."""
    who = _owners(stay)
    for item in stay.checklist.filter(state=TaskState.OPEN, due__lte=today).exclude(code__in=left):
        with clock.at(_noon(item.due - timedelta(days=2))):
            settle_item(by=who[TaskOwner(item.owner)], item=item, verb="tick")


def _owners(stay: Stay) -> dict[TaskOwner, User]:
    return {
        TaskOwner.TEAM: founder_of(stay),
        TaskOwner.HOST: host_of(stay),
        TaskOwner.CITY: people.coordinator(stay.candidate.home_city),
        TaskOwner.ORGANISER: people.organiser(),
    }


def write_down(stay: Stay, row: dict[str, Any], today: date) -> None:
    """Letters, mentor hours and incidents until `today`."""
    team, host = founder_of(stay), host_of(stay)
    for letter in row.get("letters", ()):
        if (day := _day(stay, letter)) <= today:
            with clock.at(_noon(day)):
                send_letter(by=team if letter["by"] == "team" else host, stay=stay, text=letter["text"])
    mentor = f"Sample mentor, {stay.incubator.city}"
    for number, minutes, about in row.get("hours", ()):
        day = stay.starts + timedelta(days=number)
        if day <= today:
            with clock.at(_noon(day)):
                note_hours(by=host, stay=stay, day=day, minutes=minutes, mentor=mentor, about=about)
    for incident in row.get("incidents", ()):
        if (day := _day(stay, incident)) <= today:
            with clock.at(_noon(day)):
                save_incident(by=host, stay=stay, incident=None, day=day, what=incident["what"], done=incident["done"])


def report(stay: Stay, rows: Any, today: date) -> None:
    """The reports that were filed, or begun, by `today`."""
    for row in rows:
        day = _day(stay, row)
        if day > today:
            continue
        figures = dict(zip(FIGURES, map(str, row.get("figures", ())), strict=False))
        words = {key: str(text) for key, text in row.items() if key not in ("code", "side", "day", "figures", "draft")}
        typed = {**({"survival": "operating"} if figures else {}), **figures, **words}
        by = founder_of(stay) if row["side"] == "team" else host_of(stay)
        act = save_report if row.get("draft") else file_report
        with clock.at(_noon(day)):
            act(by=by, stay=stay, code=row["code"], side=row["side"], revision=0, typed=typed)


def walk_pilot(today: date) -> Programme:
    """An earlier cohort, placed and signed before this site was in use:
    its stays are rows, its reports were filed here."""
    plan = told()["pilot"]
    starts = plan["starts"]
    ends = add_months(starts, 6)
    programme = create_programme(
        by=people.organiser(),
        slug=plan["slug"],
        edition=None,
        name=plan["name"],
        first_start=starts,
        last_start=starts,
        is_sample=True,
    )
    for version, (code, side) in enumerate(plan["not_asked"]):
        remove_report_form(by=people.organiser(), programme=programme, version=version, was=(code, side))
    for rank, row in enumerate(plan["stays"], 1):
        incubator = Incubator.objects.select_related("organisation__city").get(organisation__slug=row["host"])
        stay = _placed(programme, row, rank, incubator, starts, ends)
        report(stay, row["reports"], today)
    return programme


def _placed(
    programme: Programme, row: dict[str, Any], rank: int, incubator: Incubator, starts: date, ends: date
) -> Stay:
    """A stay of two people that was agreed on paper two months before it began."""
    home = City.objects.get(slug=row["home"])
    team = _team(row, home)
    save_opening(by=people.organiser(), incubator=incubator, opening=None, starts=starts, ends=ends, desks=2)
    candidate = Candidate.objects.create(
        programme=programme,
        organisation=team,
        name=row["team"],
        home_city=home,
        rank=rank,
        people=2,
        state=CandidateState.PLACED,
    )
    agreed = _noon(add_months(starts, -2))
    stay = Stay.objects.create(
        programme=programme,
        candidate=candidate,
        incubator=incubator,
        starts=starts,
        ends=ends,
        desks=2,
        state=StayState.CONFIRMED,
        accepted_by_host_at=agreed,
        accepted_by_team_at=agreed,
        created_at=agreed,
    )
    return Stay.objects.with_parties().get(pk=stay.pk)


def _team(row: dict[str, Any], home: City) -> Organisation:
    team = people.body(row["slug"], row["team"], OrganisationKind.STARTUP, home)
    founder = people.person(
        "founder-pilot",
        f"Sample founder of {row['team'].removeprefix('Sample ')}",
        at=row["slug"],
        time_zone=home.time_zone,
    )
    people.member(founder, team, Role.FOUNDER)
    return team


def _day(stay: Stay, row: dict[str, Any]) -> date:
    return stay.starts + timedelta(days=row["day"])


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def has_pilot() -> bool:
    return Report.objects.filter(stay__programme__slug=told()["pilot"]["slug"]).exists()
