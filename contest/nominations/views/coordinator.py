"""A city's pages: its entries, its places, its claims."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.models import Edition, Entry, Nomination
from contest.nominations.forms import ClaimByCodeForm
from contest.nominations.services.cities import claim_entry
from contest.nominations.services.nominations import places_of, reorder_nominations
from contest.reads.entries import WAS_SENT
from contest.states import EntryState, Phase
from network.models import City
from network.permissions import city_ids_of
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals_told import told_in


@login_required
def list_editions(request: AuthedRequest) -> HttpResponse:
    """The editions of the user's cities; the only one opens at once."""
    cities = _cities(request)
    editions = Edition.objects.filter(is_public=True, is_archive=False, call_opens__lte=clock.now()).order_by(
        "-call_opens"
    )
    pairs = [(city, edition) for edition in editions for city in cities]
    current = [pair for pair in pairs if pair[1].phase in (Phase.CALL, Phase.NOMINATION)]
    if len(pairs) == 1 or (len(current) == 1 and "all" not in request.GET):
        city, edition = (current or pairs)[0]
        return redirect("city_edition", city.slug, edition.slug)
    return render(request, "contest/nominations/city.html", {"pairs": pairs})


@login_required
def show_edition(
    request: AuthedRequest, city: str, edition: str, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The city's entries to an edition, its places, and entries that have no city yet."""
    found_city, found_edition = _pair(request, city, edition)
    own = Entry.objects.filter(edition=found_edition).in_cities([found_city.pk])
    entries = list(own.filter(WAS_SENT).with_progress().order_by("pk"))
    nominations = [entry for entry in entries if entry.state == EntryState.NOMINATED and entry.city_id == found_city.pk]
    context = {
        "city": found_city,
        "edition": found_edition,
        "entries": entries,
        "kept_back": own.filter(state=EntryState.DRAFT).count(),
        "nominated": sorted(nominations, key=lambda entry: entry.nomination.slot),
        "adrift": Entry.objects.known_to(request.user)
        .filter(edition=found_edition, city__isnull=True)
        .unsettled()
        .with_people()
        .order_by("pk"),
        "places": places_of(found_edition, found_city),
        "is_open": found_edition.phase in (Phase.CALL, Phase.NOMINATION),
        "form": form or ClaimByCodeForm(),
    }
    return render(request, "contest/nominations/city_edition.html", context, status=status)


@login_required
@require_POST
def reorder(request: AuthedRequest, city: str, edition: str) -> HttpResponse:
    """Puts the nominations in order: by the numbers typed, or one step up or down."""
    found_city, found_edition = _pair(request, city, edition)
    rows = list(
        Nomination.objects.filter(edition=found_edition, city=found_city).select_related("entry").order_by("slot")
    )
    entries = [row.entry for row in rows]
    step, _sep, number = request.POST.get("move", "").partition(":")
    if step in ("up", "down"):
        entries = _moved(entries, number, step)
    else:
        typed = {
            entry.pk: _place(request.POST.get(f"place_{entry.pk}"), row.slot)
            for entry, row in zip(entries, rows, strict=True)
        }
        entries.sort(key=lambda entry: typed[entry.pk])
    reorder_nominations(by=request.user, edition=found_edition, city=found_city, entries=entries)
    messages.success(request, _("The order is saved."))
    return redirect("city_edition", found_city.slug, found_edition.slug)


@login_required
@require_POST
def claim(request: AuthedRequest, city: str, edition: str) -> HttpResponse:
    """Claims an entry by the code that its team has given."""
    found_city, found_edition = _pair(request, city, edition)
    form = ClaimByCodeForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["code"].strip().upper()
        entry = Entry.objects.filter(edition=found_edition, code=code).exclude(state=EntryState.DRAFT).first()
        if entry is None:
            form.add_error("code", _("No submitted entry of this edition has this code."))
        else:
            with told_in(form):
                claim_entry(by=request.user, entry=entry, city=found_city, reason=form.cleaned_data["reason"])
                messages.success(request, _("Your claim is recorded."))
                return redirect("city_entry", entry.pk)
    return show_edition(request, city, edition, form=form, status=422)


def _cities(request: AuthedRequest) -> list[City]:
    cities = list(City.objects.filter(pk__in=city_ids_of(request.user)))
    if not cities:
        raise Http404
    return cities


def _pair(request: AuthedRequest, city: str, edition: str) -> tuple[City, Edition]:
    """The city, which has to be the user's own, and an edition that is public."""
    return (
        get_object_or_404(City, slug=city, pk__in=city_ids_of(request.user)),
        get_object_or_404(Edition, slug=edition, is_public=True, is_archive=False),
    )


def _moved(entries: list[Entry], number: str, step: str) -> list[Entry]:
    place = next((at for at, entry in enumerate(entries) if str(entry.pk) == number), None)
    other = None if place is None else place + (-1 if step == "up" else 1)
    if place is not None and other is not None and 0 <= other < len(entries):
        entries[place], entries[other] = entries[other], entries[place]
    return entries


def _place(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else otherwise
