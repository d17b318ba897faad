"""What the contest tells pages that are composed."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.entries.services.preparing import prepare_owed_attachments
from contest.models import Edition, Entry
from contest.nominations import notices
from contest.states import EntryState, Phase
from network.models import City, Message, User
from network.permissions import city_ids_of, is_coordinator, is_founder, is_organiser, roles_of
from network.states import Role
from toolkit import clock
from toolkit.protocols import NavLink, Owed, ToDo, collect


def to_do(user: User) -> list[ToDo]:
    """Drafts to finish, calls to enter, entries to check and nominate, cities to settle, editions to show."""
    return [*_of_team(user), *_of_city(user), *_of_organiser(user)]


def may_begin(user: User) -> bool:
    """Founders, and whoever has no part yet; a juror or a host is not asked to enter a call."""
    return is_founder(user) or not (roles_of(user) or collect("roles", user))


def _of_team(user: User) -> list[ToDo]:
    if not may_begin(user):
        return []
    now = clock.now()
    entries = list(Entry.objects.of_team(user).filter(edition__call_closes__gt=now).with_people())
    tasks = [
        ToDo(
            title=_("Finish and submit your entry to %(edition)s") % {"edition": entry.edition},
            detail=entry.startup.name,
            url=reverse("entry_step", args=[entry.pk, "pitch"]),
            action=_("Go on writing"),
            until=entry.edition.call_closes,
            minutes=30,
            role=_("founder"),
        )
        for entry in entries
        if entry.state == EntryState.DRAFT
    ]
    entered = {entry.edition_id for entry in entries}
    begin = [
        ToDo(
            title=_("Enter %(edition)s") % {"edition": edition},
            url=reverse("entry_start", args=[edition.slug]),
            action=_("Start an entry"),
            until=edition.call_closes,
            minutes=45,
            role=_("founder"),
            is_offer=True,
        )
        for edition in Edition.objects.with_open_call(now).exclude(pk__in=entered).order_by("call_closes")
    ]
    return tasks + begin


def _of_city(user: User) -> list[ToDo]:
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


def _of_organiser(user: User) -> list[ToDo]:
    if not is_organiser(user):
        return []
    tasks = [] if Edition.objects.filter(is_archive=False).exists() else _of_an_empty_site()
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


def _of_an_empty_site() -> list[ToDo]:
    """Where an organiser begins: nothing else can happen before."""
    return [
        ToDo(
            title=_("Prepare the first edition"),
            detail=_("Dates, quotas, categories and questions"),
            url=reverse("edition_new"),
            action=_("New edition"),
            minutes=15,
            role=_("organiser"),
        ),
        ToDo(
            title=_("Invite the cities’ coordinators, the hosts and other organisers"),
            url=reverse("people"),
            action=_("Open the list"),
            minutes=10,
            role=_("organiser"),
            is_offer=True,
        ),
    ]


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


def watch(user: User) -> list[ToDo]:
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
    """Teams that nobody nominated are told once cities have chosen; decks are read."""
    return [
        Owed("contest:not_nominated", lambda limit: tell_those_not_nominated(now, limit)),
        Owed("contest:decks", prepare_owed_attachments),
    ]


def tell_those_not_nominated(now: datetime, limit: int) -> int:
    """Writes up to `limit` of the mails owed; a second run writes none of them again."""
    key = Concat(Value("entry:"), Cast(OuterRef("pk"), CharField()), Value(":not_nominated:"))
    # What was written before the present end of the choice told of an earlier one.
    told = Message.objects.filter(
        kind="contest.entry_not_nominated", key__startswith=key, created_at__gte=OuterRef("edition__nominations_close")
    )
    rows = Entry.objects.filter(
        state__in=[EntryState.SUBMITTED, EntryState.ELIGIBLE],
        edition__is_archive=False,
        edition__nominations_close__lte=now,
        startup__organisation__memberships__user__is_active=True,
        startup__organisation__memberships__role=Role.FOUNDER,
    )
    owed = rows.exclude(Exists(told)).with_people().distinct().order_by("pk")[:limit]
    for entry in owed:
        notices.tell_not_nominated(entry)
    return len(owed)
