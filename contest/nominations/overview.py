"""What nominating adds to composed pages: entries to check and choose, cities to settle, what teams and cities owe."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.editions.overview import tasks_of_an_empty_site
from contest.models import Edition, Entry
from contest.states import EntryState, Phase
from network.models import City, User
from network.permissions import city_ids_of, is_organiser
from toolkit import clock
from toolkit.protocols import ToDo


def city_tasks(user: User) -> list[ToDo]:
    """Entries that a coordinator has to check and to choose among, by edition and city. One query."""
    cities = city_ids_of(user)
    if not cities:
        return []
    waiting = Entry.objects.filter(city_id__in=cities, edition__nominations_close__gt=clock.now())
    waiting = waiting.filter(state__in=[EntryState.SUBMITTED, EntryState.ELIGIBLE]).select_related("edition", "city")
    groups: dict[tuple[Edition, City, str], int] = {}
    for entry in waiting.order_by("edition_id", "city_id", "-state"):
        assert entry.city is not None
        key = (entry.edition, entry.city, entry.state)
        groups[key] = groups.get(key, 0) + 1
    tasks = []
    for (edition, city, state), count in groups.items():
        if state == EntryState.SUBMITTED:
            title = ngettext("Check %(count)s entry of %(city)s", "Check %(count)s entries of %(city)s", count)
            action, minutes = _("Check"), 5 * count
        else:
            title = ngettext(
                "Choose whether to nominate %(count)s eligible entry of %(city)s",
                "Choose whom to nominate among %(count)s eligible entries of %(city)s",
                count,
            )
            action, minutes = _("Choose"), 10
        tasks.append(
            ToDo(
                title=title % {"count": count, "city": city},
                detail=str(edition),
                url=reverse("city_edition", args=[city.slug, edition.slug]),
                action=action,
                until=edition.nominations_close,
                minutes=minutes,
                role=_("city coordinator"),
            )
        )
    return tasks


def edition_tasks(user: User) -> list[ToDo]:
    """Editions whose cities the organiser has to settle, or that nobody sees yet. Two queries."""
    if not is_organiser(user):
        return []
    tasks = [] if Edition.objects.filter(is_archive=False).exists() else tasks_of_an_empty_site()
    for edition in Edition.objects.with_waiting().still_choosing(clock.now()).order_by("pk"):
        if edition.entries_claimed:
            title = ngettext(
                "Two cities claim %(count)s entry: say whose it is",
                "Two cities claim %(count)s entries: say whose they are",
                edition.entries_claimed,
            )
            tasks.append(_to_settle(edition, title, edition.entries_claimed))
        if edition.entries_homeless:
            title = ngettext(
                "%(count)s entry has no city yet: give it one",
                "%(count)s entries have no city yet: give them one",
                edition.entries_homeless,
            )
            tasks.append(_to_settle(edition, title, edition.entries_homeless))
        if not edition.is_public and edition.phase in (Phase.UPCOMING, Phase.CALL):
            tasks.append(
                ToDo(
                    title=_("Finish the set-up, then show the edition to the public"),
                    detail=str(edition),
                    url=reverse("edition_set_up", args=[edition.slug]),
                    action=_("Set it up"),
                    until=edition.call_opens if edition.phase == Phase.UPCOMING else None,
                    role=_("organiser"),
                    edition=edition.slug,
                )
            )
    return tasks


def _to_settle(edition: Edition, title: str, count: int) -> ToDo:
    return ToDo(
        title=title % {"count": count},
        detail=str(edition),
        url=reverse("organise_cities", args=[edition.slug]),
        action=_("Settle"),
        until=edition.nominations_close,
        minutes=5 * count,
        role=_("organiser"),
        edition=edition.slug,
    )


def entries_to_watch(user: User) -> list[ToDo]:
    """For the organiser: what teams and cities still have to do before their deadlines. One query."""
    if not is_organiser(user):
        return []
    seen = []
    for edition in Edition.objects.with_waiting().still_choosing(clock.now()).order_by("pk"):
        entries = reverse("organise_entries", args=[edition.slug])
        if edition.phase == Phase.CALL:
            counts = {"sent": edition.entries_sent, "drafts": edition.entries_drafted}
            title = ngettext(
                "Call open: %(sent)s entry sent, %(drafts)s being written",
                "Call open: %(sent)s entries sent, %(drafts)s being written",
                edition.entries_sent,
            )
            title %= counts
            seen.append(_to_watch(edition, title, entries, edition.call_closes))
        if count := edition.entries_to_check:
            title = ngettext(
                "%(count)s entry waits for its city's check", "%(count)s entries wait for their city's check", count
            )
            url = f"{entries}?state={EntryState.SUBMITTED}"
            seen.append(_to_watch(edition, title % {"count": count}, url, edition.nominations_close))
        if count := edition.entries_to_choose:
            title = ngettext(
                "%(count)s eligible entry waits for its city's choice",
                "%(count)s eligible entries wait for their city's choice",
                count,
            )
            url = f"{entries}?state={EntryState.ELIGIBLE}"
            seen.append(_to_watch(edition, title % {"count": count}, url, edition.nominations_close))
    return seen


def _to_watch(edition: Edition, title: str, url: str, until: datetime | None) -> ToDo:
    return ToDo(title=title, detail=str(edition), url=url, action=_("Look"), until=until, edition=edition.slug)
