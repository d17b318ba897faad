"""What anybody may read about the contest and the corridor, composed from every app.

These pages show the same to everybody: they read as a visitor does, also for a reader who is logged in, so that nothing
which a role may see slips onto a public page.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.road import edition_road, span
from contest.models import Edition
from corridor.models import ApplicationCall, Stay
from corridor.states import StayState
from judging.models import Award, Round, Standing
from judging.reads.awaiting import with_awaits
from judging.states import RoundState
from network.models import City, Organisation
from toolkit import clock
from toolkit.caching import kept_shortly
from toolkit.protocols import NavLink


def navigation() -> list[NavLink]:
    """The pages for everybody."""
    return [
        NavLink(_("Editions"), reverse("public_editions"), order=10),
        NavLink(_("Laureates"), reverse("public_laureates"), order=20),
        NavLink(_("Programmes"), reverse("public_programmes"), order=15),
        NavLink(_("Network"), reverse("public_network"), order=30),
    ]


@kept_shortly
def show_welcome(request: HttpRequest) -> HttpResponse:
    """The front page: what this is, the call that is open, how it works, and two doors."""
    now = clock.now()
    editions = public_editions()
    cities = City.objects.filter(is_member=True).values_list("country", flat=True)
    context = {
        "calls": [edition for edition in editions if _takes_entries(edition, now)],
        "coming": [edition for edition in editions if edition.call_opens and edition.call_opens > now],
        "programmes": ApplicationCall.objects.open_at(now),
        "awards": public_awards()[:3],
        "members": len(cities),
        "countries": len(set(cities)),
    }
    return render(request, "welcome.html", context)


def _takes_entries(edition: Edition, now: datetime) -> bool:
    return bool(edition.call_opens and edition.call_closes and edition.call_opens <= now < edition.call_closes)


def public_editions() -> list[Edition]:
    """Those shown to the public, the newest first: by the close of the call,
    or by the final where only that is known."""
    editions = Edition.objects.filter(is_public=True)

    def newest(edition: Edition) -> tuple[Any, ...]:
        known = edition.call_closes.date() if edition.call_closes else edition.final_from
        return (known is not None, known, edition.pk) if known else (False, edition.pk)

    return sorted(editions, key=newest, reverse=True)


@kept_shortly
def list_editions(request: HttpRequest) -> HttpResponse:
    return render(request, "public/editions.html", {"editions": public_editions(), "now": clock.now()})


@kept_shortly
def show_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """An edition's frame, dates, rules and road; an archive's facts and gaps; what is published of its results."""
    edition = get_object_or_404(Edition.objects.filter(is_public=True).prefetch_related("categories"), slug=slug)
    if edition.is_archive:
        return render(request, "public/archive.html", {"edition": edition, **archive_facts(edition)})
    context = {
        "edition": edition,
        "steps": edition_road(edition, clock.now()),
        "final": span(edition.final_from, edition.final_until),
        "rounds": published_rounds(edition),
        "selections": published_rounds(edition, of_cities=True),
        "awards": public_awards(edition),
        "early": early_rounds(edition),
        "takes_entries": _takes_entries(edition, clock.now()),
    }
    return render(request, "public/edition.html", context)


def published_rounds(edition: Edition, *, of_cities: bool = False) -> list[Round]:
    """The edition's rounds, or those of cities' own selections, whose results are published, each with `going_on`: who
    goes on, in their order. Nobody else is named; of the last round nobody, before the awards are given."""
    going_on = (
        Standing.objects.filter(advances=True)
        .select_related("entry__startup__organisation", "entry__city")
        .order_by("place")
    )
    return list(
        with_awaits(edition.rounds.filter(state=RoundState.PUBLISHED, city__isnull=not of_cities))
        .filter(Q(awaits=False))
        .select_related("city")
        .order_by("city__name", "order")
        .prefetch_related(Prefetch("standings", going_on, to_attr="going_on"))
    )


def early_rounds(edition: Edition) -> list[Round]:
    """Rounds that were opened or closed before it was settled who competes, each with the reason that was given."""
    rounds = edition.rounds.exclude(opened_early="", closed_early="").exclude(state=RoundState.DRAFT)
    return list(rounds.select_related("city").order_by("city__name", "order"))


def public_awards(edition: Edition | None = None) -> list[Award]:
    """Awards of public editions whose results are published, the newest edition first, each with `host`:
    its confirmed stay or None."""
    awards = Award.objects.filter(edition__is_public=True, edition__results_published_at__lte=clock.now())
    if edition is not None:
        awards = awards.filter(edition=edition)
    confirmed = Stay.objects.filter(state=StayState.CONFIRMED, programme__is_public=True).select_related(
        "incubator__organisation__city"
    )
    found = (
        awards.select_related("edition", "entry__startup__organisation", "entry__city", "candidate")
        .prefetch_related(Prefetch("candidate__stays", confirmed, to_attr="confirmed"))
        .order_by("-edition__results_published_at", "edition_id", "rank", "id")
    )
    return [_with_host(award) for award in found]


def _with_host(award: Award) -> Award:
    candidate = getattr(award, "candidate", None)
    host = candidate.confirmed[0] if candidate and candidate.confirmed else None
    if host:
        host.last_day = host.ends - timedelta(days=1)  # ends is the first day after the stay
    award.host = host  # type: ignore[attr-defined]  # judging knows no stays
    return award


@kept_shortly
def list_laureates(request: HttpRequest) -> HttpResponse:
    """Who was awarded, and where they are hosted once the agreement is signed."""
    return render(request, "public/laureates.html", {"awards": public_awards()})


def archive_facts(edition: Edition) -> dict[str, object]:
    """What an archive's facts say, in the reader's language, with names for the cities and bodies that they cite."""
    facts = edition.facts
    names = dict(City.objects.values_list("slug", "name"))
    organiser = Organisation.objects.filter(slug=facts.get("organiser", "")).first()
    counts = facts.get("counts", {})
    return {
        "final": span(edition.final_from, edition.final_until),
        "organiser": organiser,
        "agreed_by": [names.get(slug, slug) for slug in facts.get("agreed_by", [])],
        "agreed_at": words(facts.get("agreed_at")),
        "texts": {key: words(value) for key, value in facts.get("dates", {}).items() if key.endswith("_text")},
        "quota": words(facts.get("quotas", {}).get("text")),
        "conditions": [words(item["text"]) for item in facts.get("eligibility", {}).get("conditions", [])],
        "startups": [{**item, "city": names.get(item["city"], item["city"])} for item in facts.get("startups", [])],
        "unnamed": range(counts.get("entries_not_published", 0)),
        "counts": counts,
        "not_published": [words(item["text"]) for item in facts.get("not_published", [])],
        "sources": [{"url": item["url"], "shows": words(item["shows"])} for item in facts.get("sources", [])],
    }


def words(texts: dict[str, str] | None) -> str:
    """The text in the reader's language, else in English."""
    texts = texts or {}
    return texts.get((get_language() or "en").split("-")[0]) or texts.get("en", "")
