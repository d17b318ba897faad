"""Who is told of wishes, places, stays and the waiting list."""

from typing import Any

from django.urls import reverse

from corridor.models import Candidate, PlacementPlan, Stay
from corridor.notices import Notice, host_people, organisers, team_people
from corridor.placement.reading.arrivals import arrivals_of
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Event
from toolkit import clock


@MAIL_KINDS.register
class WishesSaved(Notice):
    """The team: these are your wishes, version so and so."""

    code = "corridor.wishes"

    @classmethod
    def tell(cls, candidate: Candidate) -> None:
        wishes = list(candidate.preferences.select_related("incubator__organisation").order_by("rank", "incubator_id"))
        closes = candidate.programme.wishes_close
        cls.write(
            team_people(candidate),
            f"{candidate.pk}:{candidate.version}",
            candidate=candidate,
            wishes=wishes,
            until=closes if closes and clock.now() < closes else None,
            path=reverse("candidate_wishes", args=[candidate.pk]),
        )


@MAIL_KINDS.register
class PlacedTeam(Notice):
    """The team: a stay is proposed, accept or decline it."""

    code = "corridor.placed_team"


@MAIL_KINDS.register
class PlacedHost(Notice):
    """The host: a stay is proposed, accept or decline it."""

    code = "corridor.placed_host"


def tell_placed(stay: Stay) -> None:
    """Both sides: a stay is proposed, accept or decline it."""
    path = reverse("stay", args=[stay.pk])
    PlacedTeam.write(team_people(stay.candidate), str(stay.pk), stay=stay, path=path)
    PlacedHost.write(host_people(stay.incubator), str(stay.pk), stay=stay, path=path)


@MAIL_KINDS.register
class StayAccepted(Notice):
    """Both sides: both have accepted, the agreement follows.
    Again when it was moved and accepted anew, be it to where it was."""

    code = "corridor.accepted"

    @classmethod
    def tell(cls, stay: Stay, event: Event) -> None:
        people = {person.pk: person for person in [*team_people(stay.candidate), *host_people(stay.incubator)]}
        mark = f"{stay.pk}:{event.pk}"
        cls.write(people.values(), mark, stay=stay, path=reverse("stay", args=[stay.pk]))


class StayEnded(Notice):
    """Both sides and the organisers: the stay does not take place, and why."""

    @classmethod
    def tell(cls, stay: Stay) -> None:
        sides = [*team_people(stay.candidate), *host_people(stay.incubator), *organisers()]
        people = {person.pk: person for person in sides}
        cls.write(people.values(), str(stay.pk), stay=stay, path=reverse("stay", args=[stay.pk]))


@MAIL_KINDS.register
class StayDeclined(StayEnded):
    """One side has declined it."""

    code = "corridor.declined"


@MAIL_KINDS.register
class StayCancelled(StayEnded):
    """The organisers have cancelled it."""

    code = "corridor.cancelled"


@MAIL_KINDS.register
class WaitingListCalled(Notice):
    """The organisers: what came free, and who would come. Nothing for a plan that somebody asked for."""

    code = "corridor.waiting_list"

    @classmethod
    def tell(cls, plan: PlacementPlan) -> None:
        every: Any = plan.calls
        calls = list(every.with_names())
        if not calls:
            return
        cls.write(
            organisers(),
            str(plan.pk),
            programme=plan.programme,
            calls=calls,
            arrivals=arrivals_of([plan])[plan.pk],
            path=reverse("plan", args=[plan.pk]),
        )


@MAIL_KINDS.register
class StayMoved(Notice):
    """Both sides: the organisers moved the stay, answer again."""

    code = "corridor.moved"

    @classmethod
    def tell(cls, stay: Stay, event: Event) -> None:
        people = {person.pk: person for person in [*team_people(stay.candidate), *host_people(stay.incubator)]}
        cls.write(people.values(), f"{stay.pk}:{event.pk}", stay=stay, path=reverse("stay", args=[stay.pk]))
