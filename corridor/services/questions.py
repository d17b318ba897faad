"""“What would change it?”: asked of a plan, answered in the task queue by solving again, kept with the plan."""

import json
import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from corridor.models import Candidate, PlacementPlan, Question
from corridor.permissions import require
from corridor.states import QUESTION, PlanState, QuestionState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
ATTEMPTS = 3
SECONDS = 60.0


@transaction.atomic
def ask_what_would_change(*, by: User, plan: PlacementPlan, candidate: Candidate) -> Question:
    """Owes the answer for a candidate that the plan does not place. Asked again, an answer that is there stays."""
    require(is_organiser(by), _("Only an organiser asks this."))
    plan = locked(PlacementPlan.objects.filter(pk=plan.pk)).get()
    if plan.state not in (PlanState.PROPOSED, PlanState.APPLIED) or not plan.file:
        raise Refusal(_("This plan is not computed."), code="question.no_plan")
    if str(candidate.pk) not in {row["candidate"] for row in json.loads(plan.file)["unplaced"]}:
        raise Refusal(_("This plan gives %(name)s a place.") % {"name": candidate.name}, code="question.placed")
    question = plan.questions.filter(candidate=candidate).first()
    if question is None:
        question = Question.objects.create(plan=plan, candidate=candidate, asked_by=by, asked_at=clock.now())
    elif question.state == QuestionState.FAILED:
        move(question, "ask", QUESTION)
        question.attempts, question.asked_by, question.asked_at = 0, by, clock.now()
        question.save()
    else:
        return question
    record_event(by=by, verb="ask", thing=question, after={"plan": plan.pk, "candidate": candidate.pk})
    transaction.on_commit(lambda: answer_question.enqueue(question.pk))
    return question


@task()
def answer_question(question_id: int) -> str:
    """Answers one question. Runs twice without harm: the row is leased first."""
    with transaction.atomic():
        question = locked(Question.objects.owed(timezone.now()).filter(pk=question_id)).select_related("plan").first()
        if question is None:
            return "nothing owed"
        question.attempts += 1
        question.leased_until = timezone.now() + LEASE
        question.save(update_fields=["attempts", "leased_until"])
    changes = _changes(question)
    with transaction.atomic():
        question = locked(Question.objects.filter(pk=question_id)).get()
        if question.state != QuestionState.ASKED:
            return question.state
        question.leased_until = None
        if changes is not None:
            question.changes = changes
            move(question, "answer", QUESTION)
        elif question.attempts >= ATTEMPTS:
            move(question, "fail", QUESTION)
        question.save()
    return question.state


def _changes(question: Question) -> list[dict] | None:
    """The rows of the changes that help, each one tried; None when something broke."""
    from corridor.domain.placement_file import read_problem
    from corridor.domain.placement_result import chosen_of
    from corridor.domain.placement_what_if import what_would_change

    rows = Question.objects.filter(pk=question.pk)

    def tell(seconds: float, tried: int, found: int) -> None:
        rows.update(progress={"seconds": seconds, "tried": tried, "found": found})

    try:
        problem = read_problem(json.loads(question.plan.inputs))
        chosen = chosen_of(problem, json.loads(question.plan.file))
        found = what_would_change(problem, chosen, str(question.candidate_id), seconds=SECONDS, progress=tell)
        return [change.as_row() for change in found]
    except Exception:  # whatever a solver may do to us: the row says so, and the clock tries again
        logger.exception("question %s could not be answered", question.pk)
        return None


def answer_owed_questions(limit: int) -> int:
    """Answers questions whose task was lost. Returns how many it dealt with."""
    owed = list(Question.objects.owed(timezone.now()).order_by("id").values_list("pk", flat=True)[:limit])
    for pk in owed:
        answer_question.call(pk)
    return len(owed)
