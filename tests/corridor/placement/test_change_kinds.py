"""A new kind of change that would give somebody a place is one new file: it is tried by solving again, kept and told;
once it is gone, what was kept says so."""

import json

import pytest
from django.urls import reverse

from corridor.domain.placement.change import Change, with_change
from corridor.domain.placement.file import read_problem
from corridor.integrity import check_kinds
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES
from corridor.placement.services.what_if import answer_question, ask_what_would_change
from tests.corridor.placement.test_rules import solved
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

LENT_DESK = '''
"""Somebody lends the incubator a desk for the whole season."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.change import with_incubator
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES, PlacementChange


@PLACEMENT_CHANGES.register
class LentDesk(PlacementChange):
    code, order, sentence = "lent_desk", 5, _("a desk lent to %(host)s for the season")
    answers = ("taken",)

    def made(self, problem, one, host, change):
        season = Span(problem.start_days[0], problem.ends(problem.start_days[-1]), one.people)
        return with_incubator(problem, replace(host, openings=(*host.openings, season)))
'''
UNKNOWN = "What would change it: “lent_desk” is not known here."


@pytest.fixture
def lent_desk(tmp_path):
    with one_more(PLACEMENT_CHANGES, tmp_path, "lent_desk", LENT_DESK):
        yield


@pytest.fixture
def answered(lent_desk, corridor, organiser):
    """(plan, question) of somebody who finds no place, answered."""
    plan, _answer = solved(organiser, corridor.programme)
    question = ask_what_would_change(by=organiser, plan=plan, candidate=corridor.teams[1])
    assert answer_question.call(question.pk) == "answered"
    question.refresh_from_db()
    return plan, question


def test_it_is_tried_kept_and_told(answered, corridor, organiser, enter):
    plan, question = answered
    braga = str(corridor.braga.pk)
    assert question.changes[0] == {"kind": "lent_desk", "incubator": braga, "start": None, "desks": 0}
    page = enter(organiser).get(reverse("plan", args=[plan.pk])).content.decode()
    assert f"a desk lent to {corridor.braga.name} for the season" in page
    assert list(check_kinds()) == []


def test_once_it_is_gone_it_is_refused_in_words(answered, corridor, organiser, enter):
    plan, question = answered
    PLACEMENT_CHANGES.forget("lent_desk")
    problem = read_problem(json.loads(plan.inputs))
    with pytest.raises(UnknownKind) as no:
        with_change(problem, str(corridor.teams[1].pk), Change.of_row(question.changes[0]))
    assert str(no.value) == UNKNOWN
    page = enter(organiser).get(reverse("plan", args=[plan.pk]))
    assert (page.status_code, UNKNOWN in page.content.decode()) == (200, True)
    assert list(check_kinds()) == [f"question {question.pk} about a plan: {UNKNOWN}"]
