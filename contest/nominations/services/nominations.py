"""A city's numbered places, taken under the lock of the city's row."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.checks import held, require_cities_choosing, require_decider, require_reason
from contest.domain.quotas import Places, lowest_free, renumbered
from contest.entries.services.following import tell_apps
from contest.models import Claim, Edition, Entry, Nomination
from contest.nominations import notices
from contest.permissions import claims_for
from contest.states import ENTRY
from network.models import City, User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import can_move, move

ASIDE = 10_000  # places while renumbering: beyond every real one


def places_of(edition: Edition, city: City) -> Places:
    """What the city has used of its quotas."""
    return _places(edition, list(Nomination.objects.filter(edition=edition, city=city)))


@dataclass(frozen=True)
class Foreseen:
    """What nominating an entry would give it: places, or the sentence that refuses.
    Of a nominated entry, the places it has."""

    slot: int | None
    competing_slot: int | None
    refusal: str = ""


def foresee_places(edition: Edition, city: City, entries: Sequence[Entry]) -> list[Foreseen]:
    """What nominating these entries in this order would do, each with a competing place while there is one. Two
    queries; nothing is locked or written, so that somebody else may be quicker. What would be refused is told in the
    row, with its sentence."""
    rows = {row.entry_id: row for row in Nomination.objects.filter(edition=edition, city=city)}
    slots, competing = {row.slot for row in rows.values()}, {row.competing_slot for row in rows.values()}
    claims = Claim.objects.filter(entry__in=entries, upheld__isnull=True)
    contested = set(claims.values_list("entry_id", flat=True))
    found = []
    for entry in entries:
        if row := rows.get(entry.pk):
            found.append(Foreseen(row.slot, row.competing_slot))
            continue
        slot = lowest_free(slots, edition.quota_sent)
        try:
            _require_nominable(entry, city, entry.pk in contested)
            if slot is None:
                raise _full(edition, city)
        except Refusal as refusal:
            found.append(Foreseen(None, None, str(refusal.message)))
            continue
        competing_slot = lowest_free([taken for taken in competing if taken is not None], edition.quota_competing)
        slots.add(slot)
        competing.add(competing_slot)
        found.append(Foreseen(slot, competing_slot))
    return found


def _require_nominable(entry: Entry, city: City | None, is_contested: bool) -> None:
    require_cities_choosing(entry.edition)
    if entry.city is None:
        raise Refusal(_("This entry has no city yet. Claim it, or ask the organiser."), code="nomination.city")
    if city is not None and entry.city_id != city.pk:
        raise Refusal(_("This entry now belongs to %(city)s.") % {"city": entry.city}, code="nomination.other_city")
    if is_contested:
        raise Refusal(
            _("Two cities claim this entry. Neither can nominate it until the organiser has settled it."),
            code="nomination.contested",
        )
    if not can_move(ENTRY, entry.state, "nominate"):
        raise Refusal(
            _("This can't be done now: the state is “%(state)s”.") % {"state": entry.get_state_display()},
            code="state.nominate",
        )


def _full(edition: Edition, city: City) -> Refusal:
    return Refusal(
        ngettext(
            "%(city)s has used its %(count)s place. Release it first.",
            "%(city)s has used all its %(count)s places. Release one first.",
            edition.quota_sent,
        )
        % {"city": city, "count": edition.quota_sent},
        code="nomination.full",
    )


@transaction.atomic
def nominate_entry(*, by: User, entry: Entry, competes: bool = True, reason: str = "") -> Nomination:
    """Gives the entry its city's lowest free place and, if it competes, the lowest free competing place.

    Refuses an entry that two cities claim, a full quota, and once cities have chosen.
    """
    entry = held(entry)
    require_decider(by, entry)
    is_contested = Claim.objects.filter(entry=entry, upheld__isnull=True).exists()
    _require_nominable(entry, entry.city, is_contested)
    assert entry.city is not None
    before, after = move(entry, "nominate", ENTRY)
    taken = _hold_city(entry.edition, entry.city)
    slot = lowest_free({nomination.slot for nomination in taken}, entry.edition.quota_sent)
    if slot is None:
        raise _full(entry.edition, entry.city)
    nomination = Nomination.objects.create(
        edition=entry.edition,
        city=entry.city,
        entry=entry,
        slot=slot,
        competing_slot=_competing_slot(entry.edition, entry.city, taken) if competes else None,
        reason=reason.strip(),
        by=by,
        at=clock.now(),
    )
    entry.save()
    event = record_event(
        by=by,
        verb="nominate",
        thing=entry,
        before={"state": before},
        after={"state": after, "slot": slot, "competing_slot": nomination.competing_slot, "reason": nomination.reason},
    )
    tell_apps(entry)
    notices.EntryNominated.tell(entry, nomination, event)
    return nomination


@transaction.atomic
def choose_competing(*, by: User, entry: Entry, competes: bool) -> Nomination:
    """Lets a nominated entry compete, or takes it out of the competition while it keeps its place."""
    entry = held(entry)
    require_decider(by, entry)
    require_cities_choosing(entry.edition)
    nomination = _nomination_of(entry)
    others = [row for row in _hold_city(entry.edition, nomination.city) if row.pk != nomination.pk]
    if competes == (nomination.competing_slot is not None):
        return nomination
    before = nomination.competing_slot
    nomination.competing_slot = _competing_slot(entry.edition, nomination.city, others) if competes else None
    nomination.save()
    event = record_event(
        by=by,
        verb="choose_competing",
        thing=entry,
        before={"competing_slot": before},
        after={"competing_slot": nomination.competing_slot},
    )
    tell_apps(entry)
    notices.EntryNominated.tell(entry, nomination, event)
    return nomination


@transaction.atomic
def reorder_nominations(*, by: User, edition: Edition, city: City, entries: Sequence[Entry]) -> list[Nomination]:
    """Puts the city's nominated entries in the order given; places count from 1 again.
    Refuses a list that is not all of them."""
    if not claims_for(by, city):
        raise Forbidden(_("Only the coordinator of %(city)s can do this.") % {"city": city}, code="nomination.city")
    require_cities_choosing(edition)
    nominations = {nomination.entry_id: nomination for nomination in _hold_city(edition, city)}
    order = [entry.pk for entry in entries]
    if sorted(order) != sorted(nominations):
        raise Refusal(
            _("The list changed since you opened the page. Look at it again, then put it in order."),
            code="nomination.order",
        )
    competing = {pk for pk, nomination in nominations.items() if nomination.competing_slot is not None}
    places = renumbered(order, competing)
    changed = [row for row in nominations.values() if (row.slot, row.competing_slot) != places[row.entry_id]]
    before = {row.entry.code: row.slot for row in changed}
    for row in changed:  # out of the way first: a place is never held twice, not even for an instant
        Nomination.objects.filter(pk=row.pk).update(
            slot=ASIDE + row.slot, competing_slot=row.competing_slot and ASIDE + row.competing_slot
        )
    for row in changed:
        row.slot, row.competing_slot = places[row.entry_id]
        row.save()
    if changed:
        after = {row.entry.code: row.slot for row in changed}
        record_event(by=by, verb="reorder", thing=city, before={"edition": edition.slug, **before}, after={**after})
    return [nominations[pk] for pk in order]


@transaction.atomic
def release_nomination(*, by: User, entry: Entry, reason: str) -> Entry:
    """Takes the nomination back and frees its place. Refuses once cities have chosen."""
    entry = held(entry)
    require_decider(by, entry)
    require_cities_choosing(entry.edition)
    reason = require_reason(reason)
    before, after = move(entry, "release", ENTRY)
    nomination = _nomination_of(entry)
    _hold_city(entry.edition, nomination.city)
    told = {"state": before, "slot": nomination.slot, "competing_slot": nomination.competing_slot}
    nomination.delete()
    entry.save()
    event = record_event(by=by, verb="release", thing=entry, before=told, after={"state": after, "reason": reason})
    tell_apps(entry)
    notices.EntryReleased.tell(entry, reason, event)
    return entry


def _hold_city(edition: Edition, city: City) -> list[Nomination]:
    """Locks the city's row, then reads its nominations: whoever counts places holds this lock."""
    locked(City.objects.filter(pk=city.pk)).get()
    return list(Nomination.objects.filter(edition=edition, city=city).select_related("entry").order_by("slot"))


def _nomination_of(entry: Entry) -> Nomination:
    nomination = Nomination.objects.filter(entry=entry).select_related("city").first()
    if nomination is None:
        raise Refusal(_("This entry is not nominated."), code="nomination.none")
    return nomination


def _competing_slot(edition: Edition, city: City, taken: list[Nomination]) -> int:
    slot = lowest_free({row.competing_slot for row in taken if row.competing_slot}, edition.quota_competing)
    if slot is None:
        raise Refusal(
            ngettext(
                "%(city)s already has %(count)s start-up that competes. Send this one without competing, or "
                "release that one.",
                "%(city)s already has %(count)s start-ups that compete. Send this one without competing, or "
                "release one.",
                edition.quota_competing,
            )
            % {"city": city, "count": edition.quota_competing},
            code="nomination.competing_full",
            field="competes",
        )
    return slot


def _places(edition: Edition, nominations: list[Nomination]) -> Places:
    return Places(
        sent=len(nominations),
        sent_limit=edition.quota_sent,
        competing=sum(row.competing_slot is not None for row in nominations),
        competing_limit=edition.quota_competing,
    )
