"""“What would change it?”: asked of a plan, answered in the task queue by solving again, kept with the plan."""

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import task

from corridor.domain.placement.answer import Answer
from corridor.models import Candidate, PlacementPlan, Question
from corridor.permissions import require
from corridor.states import QUESTION, QuestionState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from network.services.plans import teller
from toolkit import clock, owed
from toolkit.locks import locked
from toolkit.owed import Debt
from toolkit.plans import PlanState
from toolkit.refusals import Refusal
from toolkit.states import move

SECONDS = 60.0


@transaction.atomic
def ask_what_would_change(*, by: User, plan: PlacementPlan, candidate: Candidate) -> Question:
    """Owes the answer for a candidate that the plan does not place. Asked again, an answer that is there stays. Raises
    Refusal for a plan that is not computed, and for a candidate to whom it gives a place."""
    require(is_organiser(by), _("Only an organiser asks this."))
    plan = locked(PlacementPlan.objects.filter(pk=plan.pk)).get()
    if plan.state not in (PlanState.PROPOSED, PlanState.APPLIED) or not plan.file:
        raise Refusal(_("This plan is not computed."), code="question.no_plan")
    if str(candidate.pk) not in {one.candidate for one in Answer.from_data(json.loads(plan.file)).unplaced}:
        raise Refusal(_("This plan gives %(name)s a place.") % {"name": candidate.name}, code="question.placed")
    question = plan.questions.filter(candidate=candidate).first()
    if question is None:
        question = Question.objects.create(plan=plan, candidate=candidate, asked_by=by, asked_at=clock.now())
    elif question.state == QuestionState.FAILED:
        move(question, "ask", QUESTION)
        question.start_over()
        question.asked_by, question.asked_at = by, clock.now()
        question.save()
    else:
        return question
    record_event(by=by, verb="ask", thing=question, after={"plan": plan.pk, "candidate": candidate.pk})
    transaction.on_commit(lambda: answer_question.enqueue(question.pk))
    return question


class Questions(Debt[Question, list[dict[str, Any]]]):
    """A question is answered once, from the plan's own file: each change that may help is tried by solving again."""

    name = "questions about plans"
    model = Question
    owing = being_done = Q(state=QuestionState.ASKED)
    lease = timedelta(minutes=10)
    attempts = 3
    cut_off = "interrupted while being answered"
    related = ("plan",)

    def do(self, row: Question) -> list[dict[str, Any]]:
        from corridor.domain.placement.file import read_problem
        from corridor.domain.placement.result import chosen_of
        from corridor.domain.placement.what_if import what_would_change

        tell = teller(self.mine(row))

        def progress(seconds: float, tried: int, found: int) -> None:
            tell(seconds, tried=tried, found=found)

        problem = read_problem(json.loads(row.plan.inputs))
        chosen = chosen_of(problem, Answer.from_data(json.loads(row.plan.file)))
        found = what_would_change(problem, chosen, str(row.candidate_id), seconds=SECONDS, progress=progress)
        return [change.as_row() for change in found]

    def keep(self, row: Question, result: list[dict[str, Any]]) -> str:
        row.changes = result
        move(row, "answer", QUESTION)
        return row.state

    def try_again(self, row: Question) -> str:
        return row.state

    def give_up(self, row: Question) -> str:
        move(row, "fail", QUESTION)
        return row.state


QUESTIONS = owed.register(Questions())


@task()
def answer_question(question_id: int) -> str:
    """Answers one question. Runs twice without harm: the row is leased first."""
    return QUESTIONS.settle(question_id)
