"""What the contest tells pages that are composed."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from contest.entries.overview import may_begin, team_tasks
from contest.entries.services.preparing import prepare_owed_attachments
from contest.models import Edition
from contest.nominations.overview import city_tasks, edition_tasks
from network.models import City, User
from network.permissions import city_ids_of, is_coordinator, is_organiser
from toolkit.protocols import NavLink, Owed, ToDo


def to_do(user: User) -> list[ToDo]:
    """Drafts to finish, calls to enter, entries to check and nominate, cities to settle, editions to show."""
    return [*team_tasks(user), *city_tasks(user), *edition_tasks(user)]


def navigation(user: User) -> list[NavLink]:
    links = []
    if may_begin(user):
        links.append(NavLink(_("My entries"), reverse("entries"), order=10))
    if is_coordinator(user):
        # A city's own rounds and jurors stand below the organiser's addresses; for a coordinator they are part of the
        # city.
        also = () if is_organiser(user) else ("/organise/rounds/", "/organise/jurors/")
        links.append(NavLink(_("My city"), reverse("city"), order=20, also=also))
    if is_organiser(user):
        links.append(NavLink(_("Editions"), reverse("organise"), order=30))
    return links


def edition_navigation(user: User, edition: Edition) -> list[NavLink]:
    if not is_organiser(user):
        return []
    links = [NavLink(_("Overview"), reverse("organise_edition", args=[edition.slug]), order=0)]
    if edition.is_archive:
        return links
    categories = reverse("organise_edition", args=[edition.slug]) + "categories/"
    return [
        *links,
        NavLink(_("Set-up"), reverse("edition_set_up", args=[edition.slug]), order=10),
        NavLink(_("Questions"), reverse("edition_questions", args=[edition.slug]), order=12, also=(categories,)),
        NavLink(_("Entries"), reverse("organise_entries", args=[edition.slug]), order=14),
        NavLink(_("Cities"), reverse("organise_cities", args=[edition.slug]), order=16),
    ]


def city_navigation(user: User, city: City, edition: Edition) -> list[NavLink]:
    """Tabs of a city's pages in an edition: its entries, for its coordinator."""
    if city.pk not in city_ids_of(user):
        return []
    return [NavLink(_("Entries"), reverse("city_edition", args=[city.slug, edition.slug]), order=0)]


def due(now: datetime) -> list[Owed]:
    """Decks are read."""
    return [Owed("contest:decks", prepare_owed_attachments)]
