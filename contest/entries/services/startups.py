"""Start-ups and their profile."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.entries.services.following import tell_apps
from contest.models import Entry, Startup
from contest.permissions import is_founder_of
from contest.reads.entries import SENT
from contest.states import ENTRY, EntryState, Phase
from network.models import City, Membership, User
from network.services import make_organisation, record_changes, record_event
from network.states import OrganisationKind, Role
from toolkit.folding import fold
from toolkit.locks import locked
from toolkit.names import clean_name
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move

# What the eligibility check reads: frozen once a closed call has been judged on it.
CHECKED = ("city", "seat", "founded_on", "has_prototype")
STARTUPS = 5  # of one account; each enters an edition once


@transaction.atomic
def create_startup(
    *,
    by: User,
    name: str,
    city: City | None = None,
    seat: str = "",
    founded_on: date | None = None,
    description: str = "",
    has_prototype: bool = False,
    website: str = "",
    once: str = "",
) -> Startup:
    """Makes the start-up's organisation and its profile; `by` becomes its founder.
    Raises Refusal without a name or a place.

    `once` names the form it was sent from: sent twice, it is one start-up. Refuses a second one of the same name, and
    more than STARTUPS of one account.
    """
    name, seat = _checked(name, city, seat)
    locked(User.objects.filter(pk=by.pk)).get()  # the second click waits here, then finds what the first has made
    own = Startup.objects.filter(organisation__memberships__user=by, organisation__memberships__role=Role.FOUNDER)
    made = own.filter(once=once).first() if once else None
    if made is not None:
        return made
    _check_own(list(own.select_related("organisation")), name)
    organisation = make_organisation(
        name,
        fallback="startup",
        kind=OrganisationKind.STARTUP,
        city=city,
        website=website,
        is_sample=by.is_sample,
    )
    Membership.objects.create(user=by, organisation=organisation, role=Role.FOUNDER)
    by.__dict__.pop("_roles", None)  # read once per user object: the new role must count at once
    startup = Startup.objects.create(
        organisation=organisation,
        seat=seat,
        founded_on=founded_on,
        description=description.strip(),
        has_prototype=has_prototype,
        once=once or None,
    )
    record_event(by=by, verb="create", thing=startup, after=_told(startup))
    return startup


@transaction.atomic
def update_startup(
    *,
    by: User,
    startup: Startup,
    name: str,
    city: City | None = None,
    seat: str = "",
    founded_on: date | None = None,
    description: str = "",
    has_prototype: bool = False,
    website: str = "",
) -> Startup:
    """Changes the profile. Drafts follow the new city; an entry already checked is checked
    again while its call is open.

    Refuses to change what was judged once the call is closed.
    """
    startup = locked(Startup.objects.filter(pk=startup.pk)).select_related("organisation__city").get()
    if not is_founder_of(by, startup):
        raise Forbidden(_("Only the start-up's own team can do this."), code="startup.team")
    name, seat = _checked(name, city, seat)
    before = _told(startup)
    organisation = startup.organisation
    organisation.name, organisation.city, organisation.website = name, city, website
    startup.seat, startup.founded_on = seat, founded_on
    startup.description, startup.has_prototype = description.strip(), has_prototype
    after = _told(startup)
    if before == after:
        return startup
    if any(before[field] != after[field] for field in CHECKED):
        _settle_entries(by, startup, city, moved=before["city"] != after["city"])
    organisation.save()
    startup.save()
    record_changes(by=by, verb="update", thing=startup, before=before, after=after)
    return startup


def _settle_entries(by: User, startup: Startup, city: City | None, *, moved: bool) -> None:
    """What a change of the facts that are checked does to the start-up's entries."""
    for entry in locked(Entry.objects.filter(startup=startup)).select_related("edition"):
        phase = entry.edition.phase
        if entry.state in SENT and (entry.state == EntryState.NOMINATED or phase in (Phase.NOMINATION, Phase.JURY)):
            raise Refusal(
                _(
                    "Your city, founding date and prototype are part of your entry to %(edition)s, which is "
                    "being judged. To correct them, write to your city."
                )
                % {"edition": entry.edition},
                code="startup.judged",
            )
        if phase not in (Phase.UPCOMING, Phase.CALL) or entry.state == EntryState.WITHDRAWN:
            continue
        before = {"state": entry.state, "city": entry.city_id}
        if moved:
            entry.city = city
            entry.claims.all().delete()
        if entry.state in SENT:
            move(entry, "submit", ENTRY)
        entry.save()
        after = {"state": entry.state, "city": entry.city_id}
        if before != after:
            record_event(by=by, verb="follow_startup", thing=entry, before=before, after=after)
            tell_apps(entry)


def _checked(name: str, city: City | None, seat: str) -> tuple[str, str]:
    name, seat = clean_name(name), clean_name(seat)
    if not name:
        raise Refusal(_("Give the start-up's name."), code="startup.name", field="name", status=422)
    if city is not None and not city.is_member:
        raise Refusal(
            _(
                "%(city)s is not a member of the network. Choose “my city is not on the list” and say where your "
                "seat is."
            )
            % {"city": city},
            code="startup.city",
            field="city",
            status=422,
        )
    if city is None and not seat:
        raise Refusal(
            _("Choose your city, or say in which town and country your seat is."),
            code="startup.place",
            field="city",
            status=422,
        )
    return name, "" if city else seat


def _check_own(own: list[Startup], name: str) -> None:
    if any(fold(startup.name) == fold(name) for startup in own):
        raise Refusal(
            _("You have a start-up called %(name)s already: open it under “My entries”.") % {"name": name},
            code="startup.twin",
            field="name",
        )
    if len(own) >= STARTUPS:
        raise Refusal(
            ngettext(
                "One account speaks for at most %(count)s start-up. Write to the organiser if yours are more.",
                "One account speaks for at most %(count)s start-ups. Write to the organiser if yours are more.",
                STARTUPS,
            )
            % {"count": STARTUPS},
            code="startup.many",
        )


def _told(startup: Startup) -> dict[str, object]:
    organisation = startup.organisation
    return {
        "name": organisation.name,
        "city": organisation.city.slug if organisation.city else None,
        "seat": startup.seat,
        "founded_on": startup.founded_on.isoformat() if startup.founded_on else None,
        "description": startup.description,
        "has_prototype": startup.has_prototype,
        "website": organisation.website,
    }
