"""Whatever frees a place calls the waiting list: one plan of the least change, computed in the queue, shown,
never applied by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django_tasks import task

from corridor.models import Candidate, Incubator, Programme, Stay, WaitingCall
from corridor.placement.reading.inputs import kept_apart
from corridor.placement.services.plans import owe_plan, replace_called
from corridor.states import CallCause, CandidateState
from network.models import User
from toolkit import clock
from toolkit.locks import locked
from toolkit.plans import OPEN

if TYPE_CHECKING:
    from django.db.models import QuerySet


def call_waiting_list(
    *,
    by: User,
    programme: Programme,
    because: CallCause,
    candidate: Candidate | None = None,
    incubator: Incubator | None = None,
    starts: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> WaitingCall | None:
    """Owes the organisers a plan of the least change: [starts, ends) came free at `incubator`, where `candidate` was.

    Call it inside the transaction that frees the place (freed_by(stay) gives the last four facts). Takes no lock. The
    plan is made in the queue, from what is true then; a plan that answers calls and is not applied yet is replaced by
    it, so that one stands open. None where no start day of the programme lies ahead.
    """
    if programme.last_start <= clock.now().date():
        return None
    call = WaitingCall.objects.create(
        programme=programme,
        cause=because,
        candidate=candidate,
        incubator=incubator,
        starts=starts,
        ends=ends,
        reason=reason[:500],
        by=by,
        at=clock.now(),
    )
    transaction.on_commit(lambda: answer_calls.enqueue(programme.pk))
    return call


def freed_by(stay: Stay) -> dict[str, Any]:
    """What a stay holds now, as call_waiting_list takes it."""
    return {"candidate": stay.candidate, "incubator": stay.incubator, "starts": stay.starts, "ends": stay.ends}


def renew_call(*, by: User, programme: Programme, because: CallCause, **facts: Any) -> WaitingCall | None:
    """Something that a plan which answers calls was made from is no more: calls again where one stands open."""
    if not programme.plans.called().filter(state__in=OPEN).exists():
        return None
    return call_waiting_list(by=by, programme=programme, because=because, **facts)


def call_for_places(by: User, incubator: Incubator, because: CallCause) -> None:
    """A host offers more, or less: calls those who wait and wish it, where stays were proposed already."""
    concerned = Programme.objects.filter(
        candidates__preferences__incubator=incubator, candidates__state=CandidateState.WAITING, stays__isnull=False
    )
    call = call_waiting_list if because == CallCause.MORE_PLACES else renew_call
    for programme in concerned.distinct().order_by("pk"):
        call(by=by, programme=programme, because=because, incubator=incubator)


@task()
def answer_calls(programme_id: int) -> str:
    """Makes one plan that answers every call of a programme. Runs twice without harm: a call is answered once."""
    with transaction.atomic():
        programme = locked(Programme.objects.filter(pk=programme_id)).get()
        calls = list(locked(_owed().filter(programme=programme).order_by("id")).select_related("by"))
        if not calls:
            return "nothing owed"
        by, now = calls[-1].by, clock.now()
        plan = None
        earlier = replace_called(by, programme)
        if programme.candidates.filter(state=CandidateState.WAITING).exists():
            before = list(WaitingCall.objects.filter(plan__in=earlier))
            plan = owe_plan(by, programme, 0, change_first=True, apart=kept_apart([*before, *calls]))
            WaitingCall.objects.filter(plan__in=earlier).update(plan=plan)
        WaitingCall.objects.filter(pk__in=[call.pk for call in calls]).update(plan=plan, answered_at=now)
    return f"plan {plan.pk}" if plan else "nobody waits"


def _owed() -> QuerySet[WaitingCall]:
    return WaitingCall.objects.owed()


def answer_owed_calls(limit: int) -> int:
    """Answers calls whose task was lost. Returns for how many programmes."""
    owed = list(_owed().order_by().values_list("programme", flat=True).distinct()[:limit])
    for pk in owed:
        answer_calls.call(pk)
    return len(owed)
