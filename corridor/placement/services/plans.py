"""Plans of placement: solved from a frozen file, shown, and applied as shown or refused (network.services.plans)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from corridor.domain.placement.answer import Answer
from corridor.domain.placement.document import PlacementFile
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.models import PlacementPlan, Programme, Stay
from corridor.permissions import require
from corridor.placement.notices import WaitingListCalled, tell_placed
from corridor.placement.reading.inputs import Pairs, kept_apart, placement_document
from corridor.placement.services.applied import World, lock_world, make_stays
from corridor.states import CandidateState
from network.permissions import is_organiser
from network.services import record_event
from network.services.plans import Facts, Plans, Tell, end_plan
from toolkit import clock, owed
from toolkit.locks import locked
from toolkit.plans import OPEN
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from network.models import Event, User
    from toolkit.typed_data import Data


SECONDS_PER_LEVEL = 60.0
SECONDS_IN_ALL = 120.0
ORGANISERS_ONLY = {
    "propose": gettext_lazy("Only an organiser proposes placements."),
    "apply": gettext_lazy("Only an organiser applies a plan."),
    "discard": gettext_lazy("Only an organiser discards a plan."),
}


class PlacementPlans(Plans[PlacementPlan, Programme, World, Stay, PlacementFile, Answer]):
    """Who stays where: the plan's stays are made, and whoever was proposed elsewhere and answered by nobody moves.

    Applying is refused too when a latest decision date has passed, or when a place is missing on any day.
    """

    name = "placement plans"
    model = PlacementPlan
    about = "programme"
    changed = (
        "placement.stale",
        gettext_lazy("Wishes, places or stays changed since this plan was made. Propose a new one."),
    )

    def ground(self, pk: int) -> Programme:
        return locked(Programme.objects.filter(pk=pk)).get()

    def require(self, by: User, ground: Programme, verb: str) -> None:
        require(is_organiser(by), ORGANISERS_ONLY[verb])

    def queue(self, pk: int) -> None:
        solve_plan.enqueue(pk)

    def inputs_in(self, data: Data) -> PlacementFile:
        return PlacementFile.from_data(data)

    def answer_in(self, data: Data) -> Answer:
        return Answer.from_data(data)

    def solve(self, inputs: PlacementFile, tell: Tell) -> Answer:
        from corridor.domain.placement.result import place

        def progress(seconds: float, level: str, value: float, bound: float) -> None:
            tell(seconds, level=level, value=value, bound=bound)

        return place(inputs.as_data(), seconds=SECONDS_PER_LEVEL, total=SECONDS_IN_ALL, progress=progress)

    def is_proven(self, answer: Answer) -> bool:
        return answer.is_optimal

    def solved(self, plan: PlacementPlan) -> None:
        WaitingListCalled.tell(plan)

    def inputs_now(self, ground: Programme, plan: PlacementPlan, inputs: PlacementFile) -> PlacementFile:
        return placement_document(
            ground,
            inputs.seed,
            decided_on=plan.decided_on or plan.made_at.date(),
            change_first=plan.change_first,
            apart=kept_apart(plan.calls.all()),
        )

    def lock(self, ground: Programme, inputs: PlacementFile) -> World:
        return lock_world(ground, inputs)

    def write(self, by: User, plan: PlacementPlan, world: World, answer: Answer) -> tuple[list[Stay], Facts]:
        stays = make_stays(by, plan, world, answer)
        replace_called(by, world.programme)
        return stays, {"file": plan.sha256}

    def tell(self, by: User, plan: PlacementPlan, world: World, made: list[Stay], event: Event) -> None:
        for stay in made:
            record_event(by=by, verb="place", thing=stay, after={"plan": plan.pk, "candidate": stay.candidate_id})
            tell_placed(stay)


PLANS = owed.register(PlacementPlans())
apply_placements, discard_plan = PLANS.apply, PLANS.discard


@task()
def solve_plan(plan_id: int) -> str:
    """Solves one owed plan. Runs twice without harm: the row is leased first, and a solved plan is not solved again."""
    return PLANS.settle(plan_id)


@transaction.atomic
def propose_placements(*, by: User, programme: Programme, seed: int = 0, change_first: bool = False) -> PlacementPlan:
    """Freezes the inputs and owes a plan, which the task queue solves. Raises Refusal when nobody waits for a place,
    or the programme has a rule that nobody knows.

    With `change_first`, nobody who holds a place moves without need: the proposal after a withdrawal, a decline or a
    cancelled opening.
    """
    programme = PLANS.ground(programme.pk)
    PLANS.require(by, programme, "propose")
    PLACEMENT_RULES.ask(programme.placement_rule)
    if not programme.candidates.filter(state=CandidateState.WAITING).exists():
        raise Refusal(_("Nobody waits for a place."), code="placement.nobody")
    return owe_plan(by, programme, seed, change_first=change_first)


def owe_plan(
    by: User, programme: Programme, seed: int, *, change_first: bool, apart: Pairs = frozenset()
) -> PlacementPlan:
    """Freezes the inputs of a plan inside a transaction that holds the programme's lock."""
    today = clock.now().date()
    plan = PlacementPlan(programme=programme, change_first=change_first, decided_on=today)
    document = placement_document(programme, seed, decided_on=today, change_first=change_first, apart=apart)
    return PLANS.freeze(by, plan, document, change_first=change_first)


def replace_called(by: User, programme: Programme) -> list[PlacementPlan]:
    """Ends the plans that answer calls and are not applied: a newer one takes their place.
    Under the programme's lock."""
    plans = list(locked(programme.plans.called().filter(state__in=OPEN).order_by("pk")))
    for plan in plans:
        end_plan(by, plan, "replace")
    return plans
