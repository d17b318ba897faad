"""One entry, as those who decide on it see it: the facts, the decision, the nomination, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.dossier.views.deciding import forms_of, is_decided
from contest.entries.services.facts import facts_of_entry
from contest.entries.words import facts_in_words, history_of
from contest.models import Edition, Entry
from contest.nominations.forms import CityReasonForm, NominationForm, ReasonForm, ScreeningForm
from contest.nominations.services.cities import claim_entry, settle_city
from contest.nominations.services.nominations import choose_competing, nominate_entry, places_of, release_nomination
from contest.nominations.services.screening import screen_entry
from contest.permissions import decides_for
from contest.states import EntryState, Phase
from network.gates import organisers_only
from network.models import City
from network.permissions import city_ids_of, is_organiser
from network.requests import AuthedRequest

if TYPE_CHECKING:
    from network.models import User


@login_required
def show_city_entry(request: AuthedRequest, pk: int) -> HttpResponse:
    """For the coordinator of the entry's city, of a city that claims it, or of any city while it has none."""
    cities = city_ids_of(request.user)
    if not cities:
        raise Http404
    own = Entry.objects.in_cities(cities) | Entry.objects.filter(city__isnull=True)
    known = Entry.objects.known_to(request.user).filter(pk__in=own.values("pk"))
    entry = get_object_or_404(known.with_all(), pk=pk)
    return _show(request, entry, reverse("city_entry", args=[entry.pk]), "city")


@organisers_only
def show_organiser_entry(request: AuthedRequest, slug: str, pk: int) -> HttpResponse:
    """The same for the organiser, who also settles the city. A draft is there while its team asks for help."""
    edition = get_object_or_404(Edition, slug=slug)
    entry = get_object_or_404(Entry.objects.known_to(request.user).with_all(), pk=pk, edition=edition)
    return _show(request, entry, reverse("organise_entry", args=[slug, entry.pk]), "organise")


def _show(request: AuthedRequest, entry: Entry, address: str, audience: str) -> HttpResponse:
    forms = _forms_of(request, entry)
    if is_decided(request, entry, forms, _ACTS):
        return redirect(address)
    return render(request, "contest/nominations/entry_decide.html", _context(request, entry, forms, address, audience))


def _forms_of(request: AuthedRequest, entry: Entry) -> dict[str, Form]:
    """The acts that this reader may try on the entry as it is, each with its form: {act: form}."""
    offered: dict[str, tuple[type[Form], dict[str, Any]]] = {}
    user, is_open = request.user, entry.edition.phase in (Phase.CALL, Phase.NOMINATION)
    if is_open and decides_for(user, entry):
        if entry.state in (EntryState.SUBMITTED, EntryState.ELIGIBLE, EntryState.INELIGIBLE):
            offered["screen"] = (ScreeningForm, {})
        if entry.state == EntryState.ELIGIBLE and entry.city_id and not getattr(entry, "is_contested", False):
            offered["nominate"] = (NominationForm, {})
        if entry.state == EntryState.NOMINATED:
            offered["competes"] = (NominationForm, {})
            offered["release"] = (ReasonForm, {})
    may_move = is_open and entry.was_sent and entry.state != EntryState.NOMINATED
    if may_move:
        mine = City.objects.filter(pk__in=city_ids_of(user), is_member=True).exclude(pk=entry.city_id or 0)
        mine = mine.exclude(claims__entry=entry)
        if mine.exists():
            offered["claim"] = (CityReasonForm, {"cities": mine})
        if is_organiser(user):
            offered["settle"] = (CityReasonForm, {"cities": City.objects.filter(is_member=True)})
    return forms_of(request, offered)


def _screen(user: User, entry: Entry, values: dict[str, Any]) -> str:
    screening = screen_entry(by=user, entry=entry, eligible=values["eligible"] == "yes", reason=values["reason"])
    return _("Found eligible. The team is told.") if screening.eligible else _("Found not eligible. The team is told.")


def _nominate(user: User, entry: Entry, values: dict[str, Any]) -> str:
    nomination = nominate_entry(by=user, entry=entry, competes=values["competes"], reason=values["reason"])
    return _("Nominated in place %(slot)s. The team is told.") % {"slot": nomination.slot}


def _compete(user: User, entry: Entry, values: dict[str, object]) -> str:
    nomination = choose_competing(by=user, entry=entry, competes=entry.nomination.competing_slot is None)
    return _("It goes before the jury.") if nomination.competing_slot else _("It no longer goes before the jury.")


def _release(user: User, entry: Entry, values: dict[str, Any]) -> str:
    release_nomination(by=user, entry=entry, reason=values["reason"])
    return _("The nomination is taken back, and its place is free.")


def _claim(user: User, entry: Entry, values: dict[str, Any]) -> str:
    claim = claim_entry(by=user, entry=entry, city=values["city"], reason=values["reason"])
    if claim.upheld:
        return _("The entry is now yours to check.")
    return _("Your claim is recorded. The organiser settles which city may nominate.")


def _settle(user: User, entry: Entry, values: dict[str, Any]) -> str:
    settle_city(by=user, entry=entry, city=values["city"], reason=values["reason"])
    return _("Settled: %(city)s may nominate it.") % {"city": values["city"]}


_ACTS = {
    "screen": _screen,
    "nominate": _nominate,
    "competes": _compete,
    "release": _release,
    "claim": _claim,
    "settle": _settle,
}


def _context(
    request: AuthedRequest, entry: Entry, forms: dict[str, Form], address: str, audience: str
) -> dict[str, Any]:
    return {
        "entry": entry,
        "twins": Entry.objects.known_to(request.user).twins_of(entry).with_people(),
        "edition": entry.edition,
        "forms": forms,
        "address": address,
        "audience": audience,
        "facts": facts_in_words(facts_of_entry(entry)) if entry.was_sent else [],
        "screenings": entry.screenings.all(),
        "claims": entry.claims.all(),
        "history": history_of(entry),
        "places": places_of(entry.edition, entry.city) if entry.city else None,
        "decides": decides_for(request.user, entry),
        "call_is_open": entry.edition.phase == Phase.CALL,
    }
