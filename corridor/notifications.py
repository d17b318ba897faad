"""Who is told what: rows in the outbox, in the reader's language and zone."""

from collections.abc import Iterable

from django.urls import reverse

from corridor.models import Candidate, Incubator, Stay
from network.models import User
from network.services import send_message
from network.states import Role


def team_people(candidate: Candidate) -> list[User]:
    """The people of a candidate: founders of its organisation, or the graduate."""
    if candidate.user_id:
        return [candidate.user]
    return list(
        User.objects.filter(
            memberships__organisation=candidate.organisation_id, memberships__role=Role.FOUNDER, is_active=True
        )
        .distinct()
        .order_by("id")
    )


def host_people(incubator: Incubator) -> list[User]:
    """The people of an incubator."""
    return list(
        User.objects.filter(
            memberships__organisation=incubator.organisation_id, memberships__role=Role.HOST, is_active=True
        )
        .distinct()
        .order_by("id")
    )


def _tell(people: Iterable[User], kind: str, mark: str, **context) -> None:
    for person in people:
        send_message(key=f"{kind}:{mark}:{person.pk}", kind=kind, to=person, context=context)


def tell_admitted(candidate: Candidate) -> None:
    """The team: you are admitted, give your wishes."""
    path = reverse("candidate_wishes", args=[candidate.pk])
    _tell(team_people(candidate), "corridor.admitted", str(candidate.pk), candidate=candidate, path=path)


def tell_wishes_saved(candidate: Candidate) -> None:
    """The team: these are your wishes, version so and so."""
    wishes = list(candidate.preferences.select_related("incubator__organisation").order_by("rank", "incubator_id"))
    _tell(
        team_people(candidate),
        "corridor.wishes",
        f"{candidate.pk}:{candidate.version}",
        candidate=candidate,
        wishes=wishes,
        path=reverse("candidate_wishes", args=[candidate.pk]),
    )


def tell_placed(stay: Stay) -> None:
    """Both sides: a stay is proposed, accept or decline it."""
    path = reverse("stay", args=[stay.pk])
    _tell(team_people(stay.candidate), "corridor.placed_team", str(stay.pk), stay=stay, path=path)
    _tell(host_people(stay.incubator), "corridor.placed_host", str(stay.pk), stay=stay, path=path)


def tell_accepted(stay: Stay) -> None:
    """Both sides: both have accepted, the agreement follows."""
    people = {person.pk: person for person in [*team_people(stay.candidate), *host_people(stay.incubator)]}
    _tell(people.values(), "corridor.accepted", str(stay.pk), stay=stay, path=reverse("stay", args=[stay.pk]))


def tell_ended(stay: Stay, kind: str) -> None:
    """Both sides and the organisers: the stay is declined or cancelled, with the reason. `kind` names the mail."""
    organisers = User.objects.filter(memberships__role=Role.ORGANISER, is_active=True).distinct().order_by("id")
    sides = [*team_people(stay.candidate), *host_people(stay.incubator), *organisers]
    people = {person.pk: person for person in sides}
    _tell(people.values(), f"corridor.{kind}", str(stay.pk), stay=stay, path=reverse("stay", args=[stay.pk]))
