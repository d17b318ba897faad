"""Who is told of wishes, places, stays and the waiting list."""

from typing import Any

from django.urls import reverse

from corridor.models import Candidate, PlacementPlan, Stay
from corridor.notices import host_people, organisers, team_people, tell
from corridor.placement.reading.arrivals import arrivals_of
from network.models import Event
from toolkit import clock


def tell_wishes_saved(candidate: Candidate) -> None:
    """The team: these are your wishes, version so and so."""
    wishes = list(candidate.preferences.select_related("incubator__organisation").order_by("rank", "incubator_id"))
    closes = candidate.programme.wishes_close
    tell(
        team_people(candidate),
        "corridor.wishes",
        f"{candidate.pk}:{candidate.version}",
        candidate=candidate,
        wishes=wishes,
        until=closes if closes and clock.now() < closes else None,
        path=reverse("candidate_wishes", args=[candidate.pk]),
    )


def tell_placed(stay: Stay) -> None:
    """Both sides: a stay is proposed, accept or decline it."""
    path = reverse("stay", args=[stay.pk])
    tell(team_people(stay.candidate), "corridor.placed_team", str(stay.pk), stay=stay, path=path)
    tell(host_people(stay.incubator), "corridor.placed_host", str(stay.pk), stay=stay, path=path)


def tell_accepted(stay: Stay, event: Event) -> None:
    """Both sides: both have accepted, the agreement follows.
    Again when it was moved and accepted anew, be it to where it was."""
    people = {person.pk: person for person in [*team_people(stay.candidate), *host_people(stay.incubator)]}
    mark = f"{stay.pk}:{event.pk}"
    tell(people.values(), "corridor.accepted", mark, stay=stay, path=reverse("stay", args=[stay.pk]))


def tell_ended(stay: Stay, kind: str) -> None:
    """Both sides and the organisers: the stay is declined or cancelled, with the reason. `kind` names the mail."""
    sides = [*team_people(stay.candidate), *host_people(stay.incubator), *organisers()]
    people = {person.pk: person for person in sides}
    tell(people.values(), f"corridor.{kind}", str(stay.pk), stay=stay, path=reverse("stay", args=[stay.pk]))


def tell_called(plan: PlacementPlan) -> None:
    """The organisers: what came free, and who would come. Nothing for a plan that somebody asked for."""
    every: Any = plan.calls
    calls = list(every.with_names())
    if not calls:
        return
    tell(
        organisers(),
        "corridor.waiting_list",
        str(plan.pk),
        programme=plan.programme,
        calls=calls,
        arrivals=arrivals_of([plan])[plan.pk],
        path=reverse("plan", args=[plan.pk]),
    )


def tell_moved(stay: Stay, event: Event) -> None:
    """Both sides: the organisers moved the stay, answer again."""
    people = {person.pk: person for person in [*team_people(stay.candidate), *host_people(stay.incubator)]}
    tell(people.values(), "corridor.moved", f"{stay.pk}:{event.pk}", stay=stay, path=reverse("stay", args=[stay.pk]))
