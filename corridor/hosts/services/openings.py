"""The places that a host offers and the days on which it is closed: what frees a place calls the waiting list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.domain.calendar.capacity import breaches
from corridor.domain.calendar.spans import Span
from corridor.domain.placement.problem import Blackout as Closed
from corridor.domain.placement.problem import Incubator as Host
from corridor.models import Blackout, Incubator, Opening, Stay
from corridor.permissions import can_edit_incubator, require
from corridor.placement.reading.inputs import bookings_of, host_of, is_movable
from corridor.placement.services.capacity import held_stays, refuse_if_worse
from corridor.placement.services.stays import end_stay
from corridor.placement.services.waiting_list import call_for_places
from corridor.states import CallCause
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal


@transaction.atomic
def save_opening(
    *, by: User, incubator: Incubator, opening: Opening | None, starts: date, ends: date, desks: int, note: str = ""
) -> Opening:
    """Offers `desks` desks over [starts, ends), or changes an offer. Refused when a stay holds desks that would go."""
    incubator = _own(by, incubator)
    if ends <= starts:
        raise Refusal(_("The end lies before the start."), code="opening.window", field="ends", status=422)
    if desks < 1:
        raise Refusal(_("Offer at least one desk."), code="opening.desks", field="desks", status=422)
    opening = incubator.openings.get(pk=opening.pk) if opening else Opening(incubator=incubator)
    is_new = opening.pk is None
    before = None if is_new else _facts(opening)
    opening.starts, opening.ends, opening.desks, opening.note = starts, ends, desks, note
    if not is_new:
        refuse_if_worse(incubator, _with_openings(incubator, without=opening, more=[opening]))
    opening.save()
    after = _facts(opening)
    more = (
        before is None
        or after["starts"] < before["starts"]
        or after["ends"] > before["ends"]
        or desks > before["desks"]
    )
    call_for_places(by, incubator, CallCause.MORE_PLACES if more else CallCause.FEWER_PLACES)
    record_event(by=by, verb="offer" if is_new else "save", thing=opening, before=before, after=after)
    return opening


@transaction.atomic
def remove_opening(*, by: User, opening: Opening) -> None:
    """Takes an offer back. Refused when a stay holds its desks."""
    incubator = _own(by, opening.incubator)
    opening = incubator.openings.get(pk=opening.pk)
    refuse_if_worse(incubator, _with_openings(incubator, without=opening))
    record_event(by=by, verb="remove", thing=opening, before=_facts(opening))
    opening.delete()
    call_for_places(by, incubator, CallCause.FEWER_PLACES)


def _own(by: User, incubator: Incubator) -> Incubator:
    """The incubator, locked: whoever changes its openings or stays holds this lock."""
    incubator = locked(Incubator.objects.filter(pk=incubator.pk)).select_related("organisation__city").get()
    require(can_edit_incubator(by, incubator), _("Only the incubator’s own people change its places."))
    return incubator


def _span(row: Any) -> Span:
    return Span(row.starts, row.ends, row.desks)


class OpeningFacts(TypedDict):
    """What the log keeps of an offer; days as YYYY-MM-DD."""

    starts: str
    ends: str
    desks: int


def _facts(opening: Opening) -> OpeningFacts:
    return {"starts": opening.starts.isoformat(), "ends": opening.ends.isoformat(), "desks": opening.desks}


def _with_openings(incubator: Incubator, *, without: Opening, more: Iterable[Opening] = ()) -> Host:
    others = [row for row in incubator.openings.all() if row.pk != without.pk]
    return replace(host_of(incubator), openings=tuple(_span(row) for row in [*others, *more]))


@transaction.atomic
def cancel_opening(*, by: User, opening: Opening, reason: str) -> list[Stay]:
    """Takes an offer back although proposals count on it: those that no longer fit end, later awards first,
    with the reason.

    Returns the ended stays, whose teams wait again. Refused when a stay that one side has
    accepted would lose its desks.
    """
    incubator = _own(by, opening.incubator)
    opening = incubator.openings.get(pk=opening.pk)
    after = _with_openings(incubator, without=opening)
    stays = held_stays(incubator)
    ended = []
    movable = sorted((stay for stay in stays if is_movable(stay)), key=lambda stay: (stay.candidate.rank, stay.pk))
    for stay in reversed(movable):
        here = [one for one in stays if one not in ended]
        if any(breach.booking == stay.pk for breach in breaches(after, bookings_of(here))):
            ended.append(stay)
    for stay in ended:
        end_stay(by, stay, reason)
    refuse_if_worse(incubator, after)
    record_event(by=by, verb="cancel", thing=opening, before=_facts(opening), after={"reason": reason})
    opening.delete()
    call_for_places(by, incubator, CallCause.FEWER_PLACES)
    return ended


@transaction.atomic
def save_blackout(
    *,
    by: User,
    incubator: Incubator,
    blackout: Blackout | None,
    starts: date,
    ends: date,
    arrivals_only: bool = False,
    note: str = "",
) -> Blackout:
    """Closes the house over [starts, ends), or only to arrivals.
    Refused where a stay that holds a place would be hit."""
    incubator = _own(by, incubator)
    if ends <= starts:
        raise Refusal(_("The end lies before the start."), code="blackout.window", field="ends", status=422)
    blackout = incubator.blackouts.get(pk=blackout.pk) if blackout else Blackout(incubator=incubator)
    is_new = blackout.pk is None
    before = None if is_new else _closed_facts(blackout)
    blackout.starts, blackout.ends, blackout.arrivals_only, blackout.note = starts, ends, arrivals_only, note
    others = [Closed(row.starts, row.ends, row.arrivals_only) for row in incubator.blackouts.exclude(pk=blackout.pk)]
    after = replace(host_of(incubator), blackouts=(*others, Closed(starts, ends, arrivals_only)))
    refuse_if_worse(incubator, after, code="blackout.held", field="starts")
    blackout.save()
    facts = _closed_facts(blackout)
    more = before is not None and (
        facts["starts"] > before["starts"]
        or facts["ends"] < before["ends"]
        or (arrivals_only and not before["arrivals_only"])
    )
    call_for_places(by, incubator, CallCause.MORE_PLACES if more else CallCause.FEWER_PLACES)
    record_event(by=by, verb="close" if is_new else "save", thing=blackout, before=before, after=facts)
    return blackout


@transaction.atomic
def remove_blackout(*, by: User, blackout: Blackout) -> None:
    """Opens the house again on these days."""
    incubator = _own(by, blackout.incubator)
    blackout = incubator.blackouts.get(pk=blackout.pk)
    record_event(by=by, verb="remove", thing=blackout, before=_closed_facts(blackout))
    blackout.delete()
    call_for_places(by, incubator, CallCause.MORE_PLACES)


class ClosedFacts(TypedDict):
    """What the log keeps of closed days."""

    starts: str
    ends: str
    arrivals_only: bool


def _closed_facts(row: Blackout) -> ClosedFacts:
    return {"starts": row.starts.isoformat(), "ends": row.ends.isoformat(), "arrivals_only": row.arrivals_only}
