"""What a host answers about the candidates that wish it: its own order, or a refusal with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.models import Candidate, HostAnswer, Incubator, Programme
from corridor.permissions import can_edit_incubator, require
from corridor.states import CandidateState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from corridor.reads.programmes import CandidateQuerySet


@dataclass(frozen=True)
class Answer:
    """`place` in the host's order (equal numbers are equal), or a refusal's `reason`; neither is no answer."""

    candidate: int
    place: int | None = None
    reason: str = ""


@transaction.atomic
def answer_candidates(
    *, by: User, incubator: Incubator, programme: Programme, answers: list[Answer]
) -> list[HostAnswer]:
    """Replaces a host's answers about the candidates of a programme that wait and wish it. Raises Refusal.

    Answers about those who have a place stay as they are.
    """
    incubator = locked(Incubator.objects.filter(pk=incubator.pk)).get()
    require(can_edit_incubator(by, incubator), _("Only the incubator’s own people answer for it."))
    waiting = {one.pk: one for one in wishing(incubator).filter(programme=programme)}
    for answer in answers:
        _check(answer, waiting)
    before = _facts(incubator, waiting)
    incubator.answers.filter(candidate__in=waiting).delete()
    rows = [
        HostAnswer(
            incubator=incubator,
            candidate=waiting[answer.candidate],
            place=answer.place,
            reason=answer.reason.strip(),
            by=by,
            at=clock.now(),
        )
        for answer in answers
        if answer.place or answer.reason.strip()
    ]
    HostAnswer.objects.bulk_create(rows)
    record_event(by=by, verb="answer", thing=incubator, before=before, after=_facts(incubator, waiting))
    return rows


def wishing(incubator: Incubator) -> CandidateQuerySet:
    """The candidates that wait and wish this incubator."""
    return Candidate.objects.filter(preferences__incubator=incubator, state=CandidateState.WAITING)


def _check(answer: Answer, waiting: dict[int, Candidate]) -> None:
    if answer.candidate not in waiting:
        raise Refusal(_("This guest does not wait for a place with you any more."), code="answer.unknown")
    if answer.place is not None and answer.place < 1:
        raise Refusal(_("Places are numbered from 1."), code="answer.place", status=422)
    if answer.place and answer.reason.strip():
        name = waiting[answer.candidate].name
        sentence = _("%(name)s has both a place and a refusal: give one or the other.") % {"name": name}
        raise Refusal(sentence, code="answer.both", field=f"reason_{answer.candidate}", status=422)


def _facts(incubator: Incubator, waiting: dict[int, Candidate]) -> dict[str, Any]:
    rows = incubator.answers.filter(candidate__in=waiting).order_by("candidate_id")
    return {str(row.candidate_id): row.place or row.reason for row in rows}
