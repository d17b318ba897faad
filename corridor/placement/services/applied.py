"""A plan becomes stays, exactly as it was shown, or is refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from corridor.domain.calendar.lead_times import latest_decision
from corridor.domain.placement.answer import Answer, Placed
from corridor.domain.placement.document import PlacementFile
from corridor.life.reading.people import people_who_go
from corridor.models import Candidate, Incubator, PlacementPlan, Programme, Stay
from corridor.models.stays import PLAN_APPLIED
from corridor.placement.notices import StayCancelled
from corridor.placement.reading.inputs import is_movable, lead_times
from corridor.placement.services.capacity import refuse_unless_fit
from corridor.states import CANDIDATE, STAY, CandidateState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.dates import date_format
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move
from toolkit.typed_data import as_data


@dataclass(frozen=True)
class World:
    """What is locked while a plan is applied, by primary key; `stays` by candidate."""

    programme: Programme
    incubators: dict[int, Incubator]
    candidates: dict[int, Candidate]
    stays: dict[int, Stay]


def make_stays(by: User, plan: PlacementPlan, world: World, answer: Answer) -> list[Stay]:
    """The stays of a plan that is being applied, exactly as it was shown; the new ones.

    Who was proposed elsewhere and answered by nobody moves as the plan says. Raises Refusal when a latest decision
    date has passed, or when a place is missing on any day.
    """
    fresh = [row for row in answer.placements if row.is_fresh]
    _refuse_late(world, fresh)
    _leave(by, plan, world, answer)
    stays = [_make_stay(plan, world, row) for row in fresh]
    for pk in sorted({stay.incubator_id for stay in stays}):
        refuse_unless_fit(world.incubators[pk], [stay for stay in stays if stay.incubator_id == pk])
    return stays


def lock_world(programme: Programme, inputs: PlacementFile) -> World:
    """Locks incubators, stays, candidates, in this order, under the lock of the programme."""
    hosts = locked(Incubator.objects.filter(pk__in=[int(row.code) for row in inputs.incubators]).order_by("pk"))
    incubators = {incubator.pk: incubator for incubator in hosts.select_related("organisation__city")}
    states = [CandidateState.WAITING, CandidateState.PLACED]
    # A stay before its candidate, as whoever ends one: a stay moved meanwhile stands at a host that is not locked here.
    held = {stay.candidate_id: stay for stay in locked(programme.stays.holding().order_by("pk")).with_parties()}
    teams = locked(programme.candidates.filter(state__in=states).order_by("pk"))
    return World(programme, incubators, {one.pk: one for one in teams}, held)


def _refuse_late(world: World, rows: Iterable[Placed]) -> None:
    """Lead times go on counting while a plan lies there."""
    table, today = lead_times(), clock.now().date()
    for row in rows:
        candidate, incubator = world.candidates[int(row.candidate)], world.incubators[int(row.incubator)]
        country = incubator.city.country if incubator.city else ""
        latest = latest_decision(people_who_go(candidate, world.stays.get(candidate.pk)), country, row.starts, table)
        if latest and today > latest:
            raise Refusal(
                _("%(name)s had to be decided by %(day)s for this start. Propose a new plan.")
                % {"name": candidate.name, "day": date_format(latest)},
                code="placement.late",
            )


def _leave(by: User, plan: PlacementPlan, world: World, answer: Answer) -> None:
    """Ends the proposals that the plan moves or gives up, before anybody takes their desks."""
    kept = {int(row.candidate) for row in answer.placements if not row.is_fresh}
    for stay in world.stays.values():
        if stay.candidate_id in kept or not is_movable(stay):
            continue
        was, is_now = move(stay, "cancel", STAY)
        stay.decline_reason = PLAN_APPLIED
        stay.save(update_fields=["state", "decline_reason"])
        candidate = world.candidates[stay.candidate_id]
        move(candidate, "unplace", CANDIDATE)
        candidate.save(update_fields=["state"])
        facts = {"state": is_now, "plan": plan.pk}
        record_event(by=by, verb="cancel", thing=stay, before={"state": was}, after=facts)
        StayCancelled.tell(stay)


def _make_stay(plan: PlacementPlan, world: World, row: Placed) -> Stay:
    candidate, incubator = world.candidates[int(row.candidate)], world.incubators[int(row.incubator)]
    move(candidate, "place", CANDIDATE)
    candidate.save(update_fields=["state"])
    return Stay.objects.create(
        programme=world.programme,
        candidate=candidate,
        incubator=incubator,
        plan=plan,
        starts=row.starts,
        ends=row.ends,
        desks=row.desks,
        reason={"wish": row.wish, "wishes": row.wishes, "better": as_data(row.better)},
        created_at=clock.now(),
    )
