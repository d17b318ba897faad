"""Pages that tell the whole story are composed: each app names its providers in `apps.py`, one page collects them.

    class ContestConfig(AppConfig):
        provides = {"to_do": "contest.overview.to_do", "navigation": "contest.overview.navigation"}

Protocols: to_do(user) -> ToDo*, watch(user) -> ToDo* (what waits for others, worth a look), roles(user) -> RoleLine*,
navigation(user) -> NavLink*, public_navigation() -> NavLink* (pages for everybody), edition_navigation(user, edition)
-> NavLink* (tabs of an edition's pages), city_navigation(user, city, edition) -> NavLink* (tabs of a city's pages in an
edition), edition_road(edition) -> RoadStep*, entry_readers(user) -> Q (entries whose content the user may read; see
Entry.objects.visible_to), road(entry) -> RoadStep*, personal_data(user) -> dict, due(now) -> Owed* (what the minute
clock must do), role_ended(membership) -> None (somebody's role ends: what they hold by it alone is taken back, in the
same transaction), entry_changed(entry) -> None (its state, its city or its place changed: what others hold of it
follows, in the same transaction), edition_went_back(by, edition, reason) -> None (its call or the choice of its cities
is open anew: who can't have that says so, or takes the reason, in the same transaction), invitation kinds {kind:
accept(invitation, user)}.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from toolkit import clock


@dataclass(frozen=True)
class ToDo:
    """One thing that a person has to do."""

    title: str
    url: str
    action: str  # the button's word
    until: datetime | None = None
    detail: str = ""
    minutes: int | None = None  # how long it takes
    role: str = ""
    others_wait: bool = False  # somebody can't go on before it is done: it comes first
    is_offer: bool = False  # may be left alone: it comes after what is owed
    edition: str = ""  # slug of the edition that it is about, whose overview shows it too
    is_event: bool = False  # `until` is when it takes place

    @property
    def when(self) -> str:
        """The word before `until`: an event is on a day, what is late is so since then."""
        if self.is_event:
            return _("on")
        return _("since") if self.until and self.until <= clock.now() else _("until")


@dataclass(frozen=True)
class RoleLine:
    """What a person is, and where: “city coordinator”, “City of Braga”. `hint` says what to do when nothing waits."""

    role: str
    where: str
    hint: str = ""
    url: str = ""


@dataclass(frozen=True)
class NavLink:
    """A page; `also` are beginnings of addresses of pages that belong to it without standing below it."""

    label: str
    url: str
    order: int = 50
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoadStep:
    """A step between the call and the stay. `state` is done, now, ahead or missed; `label` has words for that state.

    `headline` is a sentence for the page of the entry itself, where the step says something that nobody should miss.
    `url` leads to the page where the entry's own team reads on, and `action` is its button's word.
    """

    label: str
    state: str
    order: int
    detail: str = ""
    url: str = ""
    action: str = ""
    headline: str = ""


@dataclass(frozen=True)
class Owed:
    """A kind of debt that stands in rows: `settle(limit)` does up to `limit` of them and returns how many it did."""

    name: str
    settle: Callable[[int], int] = field(compare=False)


def providers(protocol: str) -> Iterator[Callable[..., Any]]:
    """The providers of a protocol, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        path = getattr(config, "provides", {}).get(protocol)
        if path:
            yield import_string(path)


def collect(protocol: str, *args: Any) -> list[Any]:
    """What all providers of a protocol give, in one list."""
    return [item for provider in providers(protocol) for item in provider(*args)]


def invitation_kinds() -> dict[str, Callable[..., Any]]:
    """What accepting an invitation of each kind does: {kind: accept(invitation, user)}."""
    return _by_kind("accepts")


def invitation_farewells() -> dict[str, Callable[..., Any]]:
    """What declining an invitation does, for the kinds that keep a trace of it: {kind:
    decline(invitation, user or None)}."""
    return _by_kind("declines")


def _by_kind(name: str) -> dict[str, Callable[..., Any]]:
    kinds: dict[str, Callable[..., Any]] = {}
    for config in apps.get_app_configs():
        for kind, path in getattr(config, name, {}).items():
            kinds[kind] = import_string(path)
    return kinds
