"""Who is told what in the life of a stay: rows in the outbox, in the reader's language and zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse

from corridor.domain.life.stages import stage
from corridor.life.reading.stays import owed_reports, standard
from corridor.models import ChecklistItem, Letter, Report, Stay
from corridor.notices import Notice, host_people, team_people
from corridor.states import StayState, TaskOwner, TaskState
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Membership, Message, User
from network.services import send_message
from network.states import Role
from toolkit.columns import fetching

if TYPE_CHECKING:
    from corridor.reads.stays import StayQuerySet


CLOCKS = timedelta(days=2)  # readers' clocks and the server's may be a day apart
FORGOTTEN = timedelta(days=30)  # what is late for longer is on the pages, and mailed no more
AFTER = timedelta(days=800)  # 24 months after the end, and the days of grace


@MAIL_KINDS.register
class StayDue(Notice):
    """Who owes a stay something: what it is, and by when."""

    code = "corridor.stay_due"


@MAIL_KINDS.register
class StayOverdue(Notice):
    """The organisers: what others owe a stay, and is late."""

    code = "corridor.stay_overdue"


# A mail that is owed: its kind, to whom, about which stay, what it lists.
Owed = tuple[str, User, Stay, list[dict[str, object]]]


@dataclass(frozen=True)
class Duty:
    """What somebody owes a stay: `owner` is a TaskOwner (a report's side has the same name)."""

    title: Any  # a text in several languages
    owner: str
    due: date
    path: str
    is_report: bool = False


def duties_of(stay: Stay) -> list[Duty]:
    """Open lines of the checklist and owed reports of a fetched stay (see `stays_with_duties`), by day."""
    page = reverse("stay", args=[stay.pk])
    duties = [Duty(item.title, item.owner, item.due, page) for item in stay.open_items]
    for line in owed_reports(stay, stay.kept_reports):
        if line.is_owed:
            path = reverse("stay_report", args=[stay.pk, line.form.code, line.form.side])
            duties.append(Duty(line.title, line.form.side, line.due, path, is_report=True))
    return sorted(duties, key=lambda duty: duty.due)


def stays_with_duties(stays: StayQuerySet) -> StayQuerySet:
    """Fetches what `duties_of` reads: three queries, however many stays."""
    items = ChecklistItem.objects.filter(state=TaskState.OPEN)
    rows = (
        stays.filter(state__in=[StayState.ACCEPTED, StayState.CONFIRMED])
        .with_parties()
        .select_related("candidate__user", "programme__stay_template")
    )
    kept = Report.objects.defer("asked", "answers")
    return fetching(
        rows, Prefetch("checklist", items, to_attr="open_items"), Prefetch("reports", kept, to_attr="kept_reports")
    )


def people_by_owner(stays: Iterable[Stay]) -> dict[tuple[int, str], list[User]]:
    """{(stay, owner): people} in one query."""
    seats: dict[tuple[Role, int | None], list[User]] = {}
    memberships = Membership.objects.filter(user__is_active=True).select_related("user", "organisation")
    for row in memberships.order_by("user_id", "pk"):
        place: int | None = row.organisation_id
        if row.role in (Role.ORGANISER, Role.COORDINATOR):
            place = row.organisation.city_id if row.role == Role.COORDINATOR else None
        seat = seats.setdefault((Role(row.role), place), [])
        if row.user not in seat:
            seat.append(row.user)
    found: dict[tuple[int, str], list[User]] = {}
    for stay in stays:
        candidate = stay.candidate
        team = [candidate.user] if candidate.user else seats.get((Role.FOUNDER, candidate.organisation_id), [])
        found[stay.pk, TaskOwner.TEAM.value] = team
        found[stay.pk, TaskOwner.HOST.value] = seats.get((Role.HOST, stay.incubator.organisation_id), [])
        found[stay.pk, TaskOwner.CITY.value] = seats.get((Role.COORDINATOR, candidate.home_city_id), [])
        found[stay.pk, TaskOwner.ORGANISER.value] = seats.get((Role.ORGANISER, None), [])
    return found


def remind(now: datetime, limit: int) -> int:
    """Writes at most `limit` reminders that are due at `now`; again writes nothing.
    Five queries when nothing is due."""
    stages = dict(standard()["reminders"])
    escalated = stages.pop("escalated")
    ahead = CLOCKS - timedelta(days=min(stages.values()))
    near = stays_with_duties(Stay.objects.filter(ends__gt=now.date() - AFTER)).order_by("pk")
    stays = [(stay, duties) for stay in near if (duties := _near(duties_of(stay), now.date(), ahead))]
    people = people_by_owner([stay for stay, _duties in stays])
    owed: dict[str, Owed] = {}
    for stay, duties in stays:
        for owner in TaskOwner.values:
            mine = [duty for duty in duties if duty.owner == owner]
            for person in people[stay.pk, owner]:
                lines, since = _lines(mine, _local(person, now), stages)
                if since is not None:
                    owed[f"{StayDue.code}:{stay.pk}:{owner}:{person.pk}:{since}"] = StayDue.code, person, stay, lines
        others = [duty for duty in duties if duty.owner != TaskOwner.ORGANISER]
        for person in people[stay.pk, TaskOwner.ORGANISER]:
            lines, since = _lines(others, _local(person, now), {"late": escalated})
            if since is not None:
                owed[f"{StayOverdue.code}:{stay.pk}:{person.pk}:{since}"] = StayOverdue.code, person, stay, lines
    return _write(owed, limit)


def _write(owed: dict[str, Owed], limit: int) -> int:
    told = set(Message.objects.filter(key__in=list(owed)).values_list("key", flat=True))
    fresh = [key for key in owed if key not in told][:limit]
    for key in fresh:
        kind, person, stay, lines = owed[key]
        path = lines[0]["path"] if len(lines) == 1 else reverse("stay", args=[stay.pk])
        send_message(key=key, kind=kind, to=person, context={"stay": stay, "lines": lines, "path": path})
    return len(fresh)


def _near(duties: list[Duty], today: date, ahead: timedelta) -> list[Duty]:
    return [duty for duty in duties if today - FORGOTTEN <= duty.due <= today + ahead]


def _local(person: User, now: datetime) -> datetime:
    return now.astimezone(zoneinfo.ZoneInfo(person.time_zone or "UTC"))


def _lines(
    duties: list[Duty], local: datetime, stages: Mapping[str, int]
) -> tuple[list[dict[str, object]], date | None]:
    """(what the mail lists, the day on which the newest of it came up) on the person's own clock."""
    lines, newest = [], None
    for duty in duties:
        now = stage(duty.due, local, stages)
        if now is not None:
            who = TaskOwner(duty.owner).label
            late = now.name == "late"
            lines.append({"title": duty.title, "due": duty.due, "is_late": late, "who": who, "path": duty.path})
            newest = now.since if newest is None else max(newest, now.since)
    return lines, newest


@MAIL_KINDS.register
class LetterWritten(Notice):
    """The other side (an organiser's: both sides): what was written."""

    code = "corridor.letter"

    @classmethod
    def tell(cls, letter: Letter) -> None:
        stay = letter.stay
        team, host = team_people(stay.candidate), host_people(stay.incubator)
        others = [*team, *host]
        if letter.author in team:
            others = host
        elif letter.author in host:
            others = team
        for person in {person.pk: person for person in others if person != letter.author}.values():
            send_message(
                key=f"{cls.code}:{letter.pk}:{person.pk}",
                kind=cls.code,
                to=person,
                context={"stay": stay, "letter": letter, "path": reverse("stay_letters", args=[stay.pk])},
            )
