"""A plan that was frozen stays what it was: read, solved again and written, it is the same bytes; one that a former
version froze is never applied."""

import json
from pathlib import Path

import pytest

from judging.domain.assignment.answer import answer_of
from judging.domain.assignment.assign import assign
from judging.jury.reading.assignment import problem_of
from judging.jury.reading.plan_file import PlanFile, PlanInputs
from judging.jury.services.assignment import PLANS, apply_plan, propose_plan
from judging.models import Assignment, Plan
from tests import build
from toolkit.canonical import digest
from toolkit.refusals import Refusal

FROZEN = json.loads((Path(__file__).parent / "frozen" / "plan.json").read_text(encoding="utf-8"))


def test_a_frozen_plan_comes_back_as_the_same_bytes_and_is_solved_again_to_them():
    """Work shared in an open round: four rules, a tie declared, a pair set by hand, and a scorecard begun."""
    inputs, file = PlanInputs.from_data(FROZEN["inputs"]), PlanFile.from_data(FROZEN["file"])
    assert digest(FROZEN["file"]) == FROZEN["sha256"]
    assert PLANS.stamp(inputs.as_data()) == FROZEN["inputs_sha256"]
    assert (inputs.as_data(), file.inputs, file.as_data()) == (FROZEN["inputs"], inputs, FROZEN["file"])
    problem = problem_of(inputs)
    assert PlanFile.of(answer_of(problem, assign(problem)), inputs).as_data() == FROZEN["file"]


@pytest.mark.django_db
def test_what_a_former_version_froze_is_shown_as_out_of_date_and_never_applied(organiser, enter):
    edition = build.edition("2027")
    build.competing(edition, 2)
    for number in range(1, 4):
        build.juror(edition, number)
    round = build.round(edition, min_scorecards=2, jurors_per_entry=2)
    plan = propose_plan(by=organiser, round=round)
    former = json.loads(plan.inputs)
    del former["relieve"]
    Plan.objects.filter(pk=plan.pk).update(inputs=json.dumps(former))
    plan.refresh_from_db()
    page = enter(organiser).get(f"/organise/rounds/{round.pk}/assignment/")
    assert "have changed since this plan was made" in page.content.decode()
    with pytest.raises(Refusal) as refused:
        apply_plan(by=organiser, plan=plan)
    assert (refused.value.code, Assignment.objects.count()) == ("plan.stale", 0)
