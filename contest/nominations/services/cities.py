"""Whose entry it is: a city claims it, and the organiser settles what two cities claim."""

from django.db import transaction
from django.utils.translation import gettext as _

from contest.checks import held, require_cities_choosing, require_organiser, require_reason
from contest.entries.services.following import tell_apps
from contest.models import Claim, Entry
from contest.nominations import notices
from contest.permissions import claims_for
from contest.reads.entries import SENT
from contest.states import EntryState
from network.models import City, User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal


@transaction.atomic
def claim_entry(*, by: User, entry: Entry, city: City, reason: str) -> Claim:
    """Says that the entry is the city's. An entry without a city becomes its own;
    a second city's claim waits for the organiser.

    Until the organiser has settled it, neither city can nominate. Refuses a city that is no member, has claimed before,
    or already has the entry, and an entry that is not sent or already nominated.
    """
    entry = held(entry)
    if not claims_for(by, city):
        raise Forbidden(_("Only the coordinator of %(city)s can do this.") % {"city": city}, code="claim.city")
    reason = require_reason(reason)
    require_cities_choosing(entry.edition)
    _require_open(entry, city)
    if entry.city_id == city.pk:
        raise Refusal(_("This entry is already yours."), code="claim.own")
    if Claim.objects.filter(entry=entry, city=city).exists():
        raise Refusal(_("%(city)s has already claimed this entry.") % {"city": city}, code="claim.twice")
    settles = entry.city_id is None
    claim = Claim.objects.create(
        entry=entry, city=city, by=by, reason=reason, created_at=clock.now(), upheld=True if settles else None
    )
    if settles:
        entry.city = city
        entry.save()
    record_event(by=by, verb="claim", thing=entry, after={"city": city.slug, "reason": reason, "settled": settles})
    tell_apps(entry)
    notices.CityClaimed.tell(entry, claim)
    return claim


@transaction.atomic
def settle_city(*, by: User, entry: Entry, city: City, reason: str) -> Entry:
    """The organiser decides which city may nominate the entry; all claims are answered with the reason."""
    require_organiser(by)
    entry = held(entry)
    reason = require_reason(reason)
    _require_open(entry, city)
    before = entry.city.slug if entry.city else None
    for claim in Claim.objects.filter(entry=entry):
        claim.upheld, claim.decided_by, claim.decision_reason = claim.city_id == city.pk, by, reason
        claim.save()
    entry.city = city
    entry.save()
    event = record_event(
        by=by, verb="settle_city", thing=entry, before={"city": before}, after={"city": city.slug, "reason": reason}
    )
    tell_apps(entry)
    notices.CitySettled.tell(entry, reason, event)
    return entry


def _require_open(entry: Entry, city: City) -> None:
    if not city.is_member:
        raise Refusal(
            _("%(city)s is not a member of the network and can't nominate.") % {"city": city},
            code="claim.member",
            field="city",
            status=422,
        )
    if entry.state == EntryState.NOMINATED:
        raise Refusal(
            _("%(city)s has nominated this entry. It has to release it first.") % {"city": entry.city},
            code="claim.nominated",
        )
    if entry.state not in SENT:
        raise Refusal(_("This entry has not been submitted."), code="claim.not_sent")
