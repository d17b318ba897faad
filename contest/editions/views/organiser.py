"""The organiser's overview: editions, their entries, and entries whose city is not settled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from contest.models import Claim, Edition, Entry
from contest.states import EntryState
from network.gates import organisers_only
from network.models import City
from network.requests import AuthedRequest
from toolkit.protocols import ToDo, collect

if TYPE_CHECKING:
    from network.models import User


@organisers_only
def list_editions(request: AuthedRequest) -> HttpResponse:
    return render(
        request, "contest/editions/organise.html", {"editions": Edition.objects.with_counts().order_by("-pk")}
    )


@organisers_only
def show_edition(request: AuthedRequest, slug: str) -> HttpResponse:
    """Where the edition stands: its road, what waits for the organiser and for others, counts by state, dates."""
    edition = get_object_or_404(Edition, slug=slug)
    counts = dict(edition.entries.order_by().values_list("state").annotate(Count("pk")))
    cities = (
        City.objects.filter(entries__edition=edition)
        .annotate(
            sent=Count("entries", filter=~Q(entries__state__in=[EntryState.DRAFT, EntryState.WITHDRAWN])),
            nominated=Count("entries", filter=Q(entries__state=EntryState.NOMINATED)),
            competing=Count(
                "entries",
                filter=Q(entries__state=EntryState.NOMINATED, entries__nomination__competing_slot__isnull=False),
            ),
        )
        .order_by("name")
    )
    context = {
        "edition": edition,
        "states": [(state.label, counts.get(state, 0), state.value) for state in EntryState],
        "road": sorted(collect("edition_road", edition), key=lambda step: step.order),
        "tasks": _about(edition, "to_do", request.user),
        "watched": _about(edition, "watch", request.user),
        "cities": cities,
        "questions": edition.questions.count(),
        "categories": edition.categories.count(),
    }
    return render(request, "contest/editions/organise_edition.html", context)


def _about(edition: Edition, protocol: str, user: User) -> list[ToDo]:
    """What every app tells this person to do (or to watch), of this edition only, the next deadline first."""
    far = datetime.max.replace(tzinfo=UTC)
    found = [task for task in collect(protocol, user) if task.edition == edition.slug]
    return sorted(found, key=lambda task: task.until or far)


@organisers_only
def list_entries(request: AuthedRequest, slug: str) -> HttpResponse:
    """The edition's entries, filtered by state, city, category and words;
    drafts are counted, unless their team asks for help."""
    edition = get_object_or_404(Edition, slug=slug)
    chosen = {name: request.GET.get(name, "") for name in ("state", "city", "category", "words")}
    rows = Entry.objects.known_to(request.user).filter(edition=edition)
    if chosen["state"] in EntryState.values:
        rows = rows.filter(state=chosen["state"])
    if chosen["city"] == "none":
        rows = rows.filter(city__isnull=True)
    elif chosen["city"]:
        rows = rows.filter(city__slug=chosen["city"])
    if chosen["category"]:
        rows = rows.filter(category__code=chosen["category"])
    rows = rows.with_words(chosen["words"])
    context = {
        "edition": edition,
        "page": Paginator(rows.with_progress().order_by("pk"), 50).get_page(request.GET.get("page")),
        "chosen": chosen,
        "kept_back": Entry.objects.filter(edition=edition).kept_from(request.user).count(),
        "states": EntryState.choices,
        "cities": City.objects.filter(entries__edition=edition).distinct().order_by("name"),
        "categories": edition.categories.all(),
    }
    return render(request, "contest/editions/organise_entries.html", context)


@organisers_only
def show_unsettled(request: AuthedRequest, slug: str) -> HttpResponse:
    """Entries that no city has, or two cities claim; each is settled on its own page."""
    edition = get_object_or_404(Edition, slug=slug)
    entries = list(edition.entries.unsettled().with_progress().order_by("pk"))
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(entry__in=entries).select_related("city", "by").order_by("pk"):
        claims.setdefault(claim.entry_id, []).append(claim)
    rows = [(entry, claims.get(entry.pk, [])) for entry in entries]
    return render(request, "contest/editions/organise_cities.html", {"edition": edition, "rows": rows})
