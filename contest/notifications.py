"""Who is told what. Each mail has a key of its own: what is told twice is one mail."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from contest.models import Claim, Edition, Entry, Nomination, Screening
from contest.querysets import SENT
from contest.states import EntryState, Phase
from network.models import City, Event, User
from network.services import send_message
from network.states import Role


def team_of(entry: Entry) -> list[User]:
    return _members(Role.FOUNDER, memberships__organisation=entry.startup.organisation)


def coordinators_of(city: City | None) -> list[User]:
    return _members(Role.COORDINATOR, memberships__organisation__city=city) if city else []


def organisers() -> list[User]:
    return _members(Role.ORGANISER)


def tell_submitted(entry: Entry) -> None:
    """A receipt to the team, for each time that it submits:
    also the same text under other rules, or after a withdrawal."""
    assert entry.submitted_at is not None
    key = f"entry:{entry.pk}:submitted:{entry.version}:{entry.submitted_at.isoformat()}"
    _tell(team_of(entry), "entry_submitted", key, entry, path=_team_path(entry))


def tell_help_asked(entry: Entry, event: Event) -> None:
    """The organisers: a team lets them read its draft."""
    path = reverse("organise_entry", args=[entry.edition.slug, entry.pk])
    _tell(organisers(), "help_asked", f"entry:{entry.pk}:help:{event.pk}", entry, path=path)


def tell_screened(entry: Entry, screening: Screening) -> None:
    key = f"entry:{entry.pk}:screened:{screening.pk}"
    _tell(team_of(entry), "entry_screened", key, entry, path=_team_path(entry), screening=screening)


def tell_nominated(entry: Entry, nomination: Nomination, event: Event) -> None:
    key = f"entry:{entry.pk}:nominated:{event.pk}"
    _tell(team_of(entry), "entry_nominated", key, entry, path=_team_path(entry), nomination=nomination)


def tell_not_nominated(entry: Entry) -> None:
    """Once for each time that cities had chosen: time given anew ends in another choice."""
    key = f"entry:{entry.pk}:not_nominated:{entry.edition.nominations_close:%Y%m%d%H%M%S}"
    _tell(team_of(entry), "entry_not_nominated", key, entry, path=_team_path(entry))


def tell_released(entry: Entry, reason: str, event: Event) -> None:
    key = f"entry:{entry.pk}:released:{event.pk}"
    _tell(team_of(entry), "entry_released", key, entry, path=_team_path(entry), reason=reason)


def tell_withdrawn(entry: Entry, reason: str, event: Event) -> None:
    """To the team as a receipt, to the city because a place may be free again."""
    key = f"entry:{entry.pk}:withdrawn:{event.pk}"
    _tell(team_of(entry), "entry_withdrawn", key, entry, path=_team_path(entry), reason=reason)
    _tell(coordinators_of(entry.city), "entry_withdrawn", key, entry, path=_city_path(entry), reason=reason)


def tell_claimed(entry: Entry, claim: Claim) -> None:
    """To the team and the other city; to the organiser when there is something to settle."""
    key = f"entry:{entry.pk}:claimed:{claim.pk}"
    _tell(team_of(entry), "city_claimed", key, entry, path=_team_path(entry), claim=claim)
    if claim.upheld is None:
        _tell(coordinators_of(entry.city), "city_claimed", key, entry, path=_city_path(entry), claim=claim)
        path = reverse("organise_cities", args=[entry.edition.slug])
        _tell(organisers(), "city_claimed", key, entry, path=path, claim=claim)


def tell_settled(entry: Entry, reason: str, event: Event) -> None:
    """To the team, the city that has it now and those that claimed it."""
    key = f"entry:{entry.pk}:settled:{event.pk}"
    _tell(team_of(entry), "city_settled", key, entry, path=_team_path(entry), reason=reason)
    claims = entry.claims.select_related("city")
    for city in dict.fromkeys([entry.city, *(claim.city for claim in claims)]):
        _tell(coordinators_of(city), "city_settled", key, entry, path=reverse("city"), reason=reason)


def tell_rules_changed(edition: Edition, what: list) -> None:
    """To every team that has sent an entry, and while the call is open to those that have begun one."""
    is_open = edition.phase == Phase.CALL
    states = [EntryState.DRAFT, *SENT] if is_open else SENT
    entries = Entry.objects.filter(edition=edition, state__in=states).select_related("startup__organisation")
    for entry in entries:
        key = f"edition:{edition.pk}:rules:{edition.rules_version}:{entry.pk}"
        _tell(team_of(entry), "rules_changed", key, entry, path=_team_path(entry), what=what, is_open=is_open)


def _team_path(entry: Entry) -> str:
    return reverse("entry", args=[entry.pk])


def _city_path(entry: Entry) -> str:
    return reverse("city_entry", args=[entry.pk])


def _members(role: str, **conditions: Any) -> list[User]:
    found = User.objects.filter(memberships__role=role, is_active=True, anonymised_at__isnull=True, **conditions)
    return list(found.distinct().order_by("pk"))


def _tell(people: Iterable[User], kind: str, key: str, entry: Entry, *, path: str, **context: Any) -> None:
    for person in people:
        send_message(
            key=f"{key}:{person.pk}",
            kind=f"contest.{kind}",
            to=person,
            context={
                "entry": entry,
                "edition": entry.edition,
                "path": path,
                **context,
            },
        )
