"""Propose, show, apply: solved in the queue, applied as shown or refused."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from corridor.hosts.services.openings import save_opening
from corridor.models import Candidate, PlacementPlan, Stay
from corridor.placement.reading.inputs import placement_document
from corridor.placement.services.plans import apply_placements, discard_plan, propose_placements, solve_plan
from corridor.placement.services.wishes import save_wishes
from network.models import Event, Message
from tests import build
from toolkit.canonical import digest
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(corridor, organiser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        plan = propose_placements(by=organiser, programme=corridor.programme)
    plan.refresh_from_db()
    return plan


def test_a_plan_is_solved_in_the_queue_from_its_frozen_file(plan, corridor):
    assert (plan.state, plan.is_optimal, plan.attempts, plan.leased_until) == ("proposed", True, 1, None)
    answer = json.loads(plan.file)
    assert digest(answer) == plan.sha256
    assert digest(json.loads(plan.inputs)) == plan.inputs_sha256 == answer["inputs_sha256"]
    alpha, beta, gamma = corridor.teams
    assert {row["candidate"]: row["incubator"] for row in answer["placements"]} == {
        str(alpha.pk): str(corridor.braga.pk),
        str(gamma.pk): str(corridor.magog.pk),
    }
    assert [row["candidate"] for row in answer["unplaced"]] == [str(beta.pk)]
    assert Stay.objects.count() == 0


def test_solving_twice_changes_nothing(plan):
    before = (plan.file, plan.attempts)
    assert solve_plan.call(plan.pk) == "nothing owed"
    plan.refresh_from_db()
    assert (plan.file, plan.attempts) == before


def test_the_minute_clock_solves_a_plan_whose_task_was_lost(corridor, organiser):
    plan = propose_placements(by=organiser, programme=corridor.programme)  # its commit hook never runs here
    call_command("tick")
    plan.refresh_from_db()
    assert plan.state == "proposed"


def test_a_leased_plan_is_left_alone_until_the_lease_ends(corridor, organiser):
    plan = propose_placements(by=organiser, programme=corridor.programme)
    PlacementPlan.objects.filter(pk=plan.pk).update(leased_until=timezone.now() + timedelta(minutes=1))
    assert solve_plan.call(plan.pk) == "nothing owed"
    PlacementPlan.objects.filter(pk=plan.pk).update(leased_until=timezone.now() - timedelta(minutes=1))
    assert solve_plan.call(plan.pk) == "proposed"


def test_a_plan_that_can_not_be_solved_is_shown_as_failed(corridor, organiser):
    plan = propose_placements(by=organiser, programme=corridor.programme)
    PlacementPlan.objects.filter(pk=plan.pk).update(inputs='{"format": "unknown"}')
    assert [solve_plan.call(plan.pk) for _try in range(4)] == ["solving", "solving", "failed", "nothing owed"]


def test_applying_makes_the_stays_and_tells_both_sides(plan, corridor, organiser):
    build.team(corridor.teams[2])
    stays = apply_placements(by=organiser, plan=plan)
    alpha, beta, gamma = corridor.teams
    rows = {stay.candidate: (stay.incubator, stay.starts, stay.ends, stay.desks, stay.state) for stay in stays}
    assert rows == {
        alpha: (corridor.braga, date(2027, 1, 1), date(2027, 7, 1), 2, "proposed"),
        gamma: (corridor.magog, date(2027, 1, 1), date(2027, 7, 1), 1, "proposed"),
    }
    assert {c.name: c.state for c in Candidate.objects.all()} == {
        "Alpha": "placed",
        "Beta": "waiting",
        "Gamma": "placed",
    }
    told = Message.objects.order_by("kind", "to_email").values_list("kind", "to_email")
    assert list(told) == [
        ("corridor.placed_host", corridor.host.email),
        ("corridor.placed_host", corridor.other_host.email),
        ("corridor.placed_team", corridor.founder.email),
        ("corridor.placed_team", "founder@gamma.example"),
    ]
    assert Event.objects.filter(verb="place").count() == 2


def test_a_plan_is_applied_once(plan, organiser):
    apply_placements(by=organiser, plan=plan)
    with pytest.raises(Refusal, match="applied"):
        apply_placements(by=organiser, plan=plan)
    assert Stay.objects.count() == 2


def test_a_plan_whose_wishes_changed_is_refused(plan, corridor, organiser):
    beta = corridor.teams[1]
    save_wishes(
        by=organiser,
        candidate=beta,
        version=beta.version,
        incubators=[(corridor.magog, 1)],
        people=1,
        earliest_start=None,
        latest_start=None,
    )
    with pytest.raises(Refusal) as refused:
        apply_placements(by=organiser, plan=plan)
    assert refused.value.code == "placement.stale"
    assert Stay.objects.count() == 0


def test_a_plan_whose_places_changed_is_refused(plan, corridor):
    organiser = plan.made_by
    opening = corridor.braga.openings.get()
    save_opening(
        by=corridor.host, incubator=corridor.braga, opening=opening, starts=opening.starts, ends=opening.ends, desks=5
    )
    with pytest.raises(Refusal, match="changed since"):
        apply_placements(by=organiser, plan=plan)


def test_an_incubator_that_nobody_wishes_does_not_spoil_a_plan(plan, corridor, organiser):
    build.incubator("Unwished", build.city("cuneo"), (date(2027, 1, 1), date(2028, 1, 1), 9))
    assert len(apply_placements(by=organiser, plan=plan)) == 2


def test_desks_are_counted_again_when_applied(plan, corridor, organiser):
    """Even a file that was made for these inputs can't overbook."""
    answer = json.loads(plan.file)
    answer["placements"][0]["desks"] = 3
    PlacementPlan.objects.filter(pk=plan.pk).update(file=json.dumps(answer))
    with pytest.raises(Refusal) as refused:
        apply_placements(by=organiser, plan=plan)
    assert refused.value.code == "placement.full"
    assert (Stay.objects.count(), Candidate.objects.filter(state="placed").count()) == (0, 0)


def test_only_the_organiser_proposes_applies_and_discards(plan, corridor):
    for act in (
        lambda: propose_placements(by=corridor.host, programme=corridor.programme),
        lambda: apply_placements(by=corridor.founder, plan=plan),
        lambda: discard_plan(by=corridor.host, plan=plan),
    ):
        with pytest.raises(Forbidden):
            act()
    plan.refresh_from_db()
    assert plan.state == "proposed"


def test_nobody_to_place_is_said(organiser, corridor):
    corridor.programme.candidates.update(state="placed")
    with pytest.raises(Refusal, match="Nobody waits"):
        propose_placements(by=organiser, programme=corridor.programme)


def test_a_declined_host_is_not_proposed_again(corridor):
    alpha = corridor.teams[0]
    build.stay_of(alpha, corridor.braga, state="declined")
    rows = {
        row["code"]: row["declined"]
        for row in placement_document(corridor.programme, 0, decided_on=date(2026, 12, 1)).as_data()["candidates"]
    }
    assert rows[str(alpha.pk)] == [str(corridor.braga.pk)]
