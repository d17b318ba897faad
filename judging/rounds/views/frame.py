"""What the pages share of whoever runs rounds: fetching what one runs, the round's tabs, and telling a refusal."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contest.models import Edition
from judging.models import Round
from network.models import City, User
from network.permissions import city_ids_of, is_organiser
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.columns import with_columns
from toolkit.protocols import NavLink


@dataclass(frozen=True)
class Ground:
    """Where rounds are run: an edition or, with a city, that city's own selection in it. The addresses of its pages."""

    edition: Edition
    city: City | None = None

    def page(self, name: str, *more: str) -> str:
        """The address named `name`; of a city's selection the one named `city_…`."""
        if self.city is None:
            return reverse(name, args=[self.edition.slug, *more])
        return reverse(f"city_{name}", args=[self.city.slug, self.edition.slug, *more])

    @property
    def rounds(self) -> str:
        return self.page("rounds")

    @property
    def round_add(self) -> str:
        return self.page("round_add")

    @property
    def presets(self) -> str:
        return self.page("presets")

    @property
    def jury(self) -> str:
        return self.page("jury")

    @property
    def juror_invite(self) -> str:
        return self.page("juror_invite")


def ground_run_by(user: User, edition: str, city: str | None = None) -> Ground:
    """An edition, for the organiser; a city's own selection in it, for the city's coordinator too.
    For anybody else it is not there."""
    if city is None:
        return Ground(edition_run_by(user, edition))
    editions, cities = Edition.objects.filter(is_archive=False), City.objects.all()
    if not is_organiser(user):
        editions, cities = editions.filter(is_public=True), cities.filter(pk__in=city_ids_of(user))
    return Ground(get_object_or_404(editions, slug=edition), get_object_or_404(cities, slug=city))


def edition_run_by(user: User, slug: str) -> Edition:
    """An edition, for the organiser; for anybody else it is not there."""
    if not is_organiser(user):
        raise Http404
    return get_object_or_404(Edition, slug=slug)


def round_run_by(user: User, pk: int, *, progress: bool = True, **more: Any) -> Round:
    """A round that the user runs, with its edition and city; with its criteria and counts of scorecards, unless
    `progress` is off. `more` is annotated."""
    rounds = with_columns(Round.objects.run_by(user), **more)
    if progress:
        return get_object_or_404(rounds.with_progress(), pk=pk)
    return get_object_or_404(rounds.select_related("edition", "city"), pk=pk)


def show(request: AuthedRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of a round, an edition or a city's selection, with the tabs of the round."""
    round = context.get("round")
    if round is not None:
        is_late = clock.now() >= round.closes_at
        ground = Ground(round.edition, round.city)
        context = {"ground": ground, "round_links": round_links(round), "is_late": is_late, **context}
    context.setdefault("ground", Ground(context["edition"]) if "edition" in context else None)
    context.setdefault("edition", context["ground"].edition if context["ground"] else None)
    context["organises"] = is_organiser(request.user)
    return render(request, template, context, status=status)


def round_links(round: Round) -> list[NavLink]:
    pages = [
        (_("Set-up"), "round"),
        (_("Assignment"), "round_assignment"),
        (_("Live sessions"), "round_sessions"),
        (_("Progress"), "round_progress"),
        (_("Decisions"), "round_decisions"),
        (_("Standings"), "round_standings"),
        (pgettext("of a jury", "Agreement"), "round_agreement"),
        (_("Stability"), "round_stability"),
        (_("Feedback"), "round_feedback"),
        (pgettext("of a jury", "Minutes"), "round_minutes"),
    ]
    if round.city_id:
        pages.append((_("Nominate"), "round_nominate"))
    if round.is_calibration:
        pages = [(_("Set-up"), "round"), (_("Samples"), "round_practice"), (_("Progress"), "round_progress")]
    else:
        pages.append((_("Practice"), "round_practice"))
    return [NavLink(label, reverse(name, args=[round.pk]), order) for order, (label, name) in enumerate(pages)]
