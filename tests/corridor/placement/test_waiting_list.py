"""A place that comes free calls the waiting list: one plan of the least change, shown and told,
never applied by itself."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from corridor.hosts.services.incubators import save_incubator
from corridor.hosts.services.openings import cancel_opening, remove_opening, save_opening
from corridor.models import PlacementPlan, Programme, Stay, WaitingCall
from corridor.overview import to_do
from corridor.placement.services.plans import apply_placements
from corridor.placement.services.stays import accept_stay, cancel_stay, decline_stay, move_stay, withdraw_candidate
from network.models import Message
from tests import build
from toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stays(corridor):
    """Alpha is in Braga and fills it, Gamma in Magog; Beta waits and wishes Braga."""
    alpha, _beta, gamma = corridor.teams
    return [build.stay_of(alpha, corridor.braga), build.stay_of(gamma, corridor.magog)]


@pytest.fixture
def freeing(django_capture_on_commit_callbacks):
    """Does something, and what the queue owes after it."""

    def do(act, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return act(**values)

    return do


def called() -> list[tuple]:
    """(state, causes) of each plan that answers calls."""
    plans = PlacementPlan.objects.called().with_calls().order_by("pk")
    return [(plan.state, [call.cause for call in plan.calls.all()]) for plan in plans]


def test_a_decline_proposes_the_least_change_and_tells_the_organiser(corridor, stays, freeing, organiser, enter):
    freeing(decline_stay, by=corridor.host, stay=stays[0], side="host", reason="Water damage")
    assert called() == [("proposed", ["host_declined"])]
    assert Stay.objects.holding().count() == 1  # nobody is placed by it
    mail = Message.objects.get(kind="corridor.waiting_list")
    assert mail.to_email == organiser.email
    lines = [line for line in mail.text.splitlines() if line.startswith("- ")]
    assert lines == [
        "- Sample Braga declined the stay of Alpha, 1 January 2027 to 30 June 2027. The reason given: Water damage",
        "- Beta at Sample Braga from 1 January 2027",
    ]
    task = next(task for task in to_do(organiser) if task.title.startswith("The waiting list"))
    assert task.title == "The waiting list is called: Beta would come"
    assert "Sample Braga declined the stay of Alpha" in task.detail
    page = enter(organiser).get(task.url).content.decode()
    assert "Why this plan was made" in page
    assert "Water damage" in page


def test_the_plan_that_was_shown_is_the_one_that_is_applied(corridor, stays, freeing, organiser):
    freeing(decline_stay, by=corridor.host, stay=stays[0], side="host", reason="Water damage")
    apply_placements(by=organiser, plan=PlacementPlan.objects.called().get())
    held = {stay.candidate.name: stay.incubator for stay in Stay.objects.holding()}
    assert held == {"Beta": corridor.braga, "Gamma": corridor.magog}


def test_a_cancelled_stay_is_not_proposed_again_by_the_plan_that_answers_it(corridor, stays, freeing, organiser):
    freeing(cancel_stay, by=organiser, stay=stays[1], reason="The host and Gamma fell out")
    plan = PlacementPlan.objects.called().get()
    unplaced = json.loads(plan.file)["unplaced"]
    told = {row["candidate"]: [wish["code"] for wish in row["wishes"]] for row in unplaced}
    assert told[str(corridor.teams[2].pk)] == ["taken", "declined"]
    assert apply_placements(by=organiser, plan=plan) == []  # what was shown is still what would be


def test_a_newer_call_replaces_the_open_plan_and_keeps_what_it_said(corridor, stays, freeing, organiser):
    freeing(decline_stay, by=corridor.host, stay=stays[0], side="host", reason="Water damage")
    freeing(cancel_stay, by=organiser, stay=stays[1], reason="The house closes")
    assert called() == [("proposed", ["host_declined", "cancelled"])]
    assert list(PlacementPlan.objects.order_by("pk").values_list("state", flat=True)) == ["replaced", "proposed"]
    assert len([task for task in to_do(organiser) if "waiting list" in task.title]) == 1


def test_calls_made_before_the_queue_comes_to_them_get_one_plan(corridor, stays, organiser):
    decline_stay(by=corridor.host, stay=stays[0], side="host", reason="Water damage")  # their commit hooks never run
    cancel_stay(by=organiser, stay=stays[1], reason="The house closes")
    assert (called(), WaitingCall.objects.owed().count()) == ([], 2)
    call_command("tick")
    assert called() == [("proposed", ["host_declined", "cancelled"])]


@pytest.mark.parametrize("cause", ["team_declined", "withdrawn", "moved", "cancelled_opening", "more_places", "opened"])
def test_what_calls_the_waiting_list(corridor, stays, freeing, organiser, cause):
    alpha = stays[0]
    wider = build.incubator("Sample Lyon", build.city("lyon", country="FR"), (date(2027, 1, 1), date(2028, 1, 1), 2))
    opening = corridor.braga.openings.get()
    acts = {
        "team_declined": (decline_stay, {"by": corridor.founder, "stay": alpha, "side": "team", "reason": "No"}),
        "withdrawn": (withdraw_candidate, {"by": organiser, "candidate": corridor.teams[0], "reason": "No"}),
        "moved": (move_stay, {"by": organiser, "stay": alpha, "starts": date(2027, 2, 1), "incubator": wider}),
        "cancelled_opening": (cancel_opening, {"by": corridor.host, "opening": opening, "reason": "Works"}),
        "more_places": (
            save_opening,
            {
                "by": corridor.host,
                "incubator": corridor.braga,
                "opening": opening,
                "starts": date(2027, 1, 1),
                "ends": date(2027, 9, 1),
                "desks": 3,
            },
        ),
        "opened": (save_incubator, {"by": corridor.host, "incubator": corridor.braga, "is_open": True}),
    }
    if cause == "opened":
        save_incubator(by=corridor.host, incubator=corridor.braga, is_open=False)
    act, values = acts[cause]
    freeing(act, **values)
    expected = {"cancelled_opening": "places_taken", "opened": "more_places"}.get(cause, cause)
    assert called() == [("proposed", [expected])]


def test_less_offered_replaces_only_a_plan_that_stands_open(corridor, stays, freeing):
    more = corridor.braga.openings.create(starts=date(2027, 7, 1), ends=date(2028, 1, 1), desks=1)
    freeing(remove_opening, by=corridor.host, opening=more)
    assert called() == []
    freeing(decline_stay, by=corridor.founder, stay=stays[0], side="team", reason="No")
    more = corridor.braga.openings.create(starts=date(2027, 7, 1), ends=date(2028, 1, 1), desks=1)
    freeing(remove_opening, by=corridor.host, opening=more)
    assert called() == [("proposed", ["team_declined", "fewer_places"])]


def test_nobody_is_called_where_nobody_waits_or_no_start_lies_ahead(corridor, stays, freeing, organiser):
    withdraw_candidate(by=organiser, candidate=corridor.teams[1], reason="Sold")
    freeing(withdraw_candidate, by=organiser, candidate=corridor.teams[0], reason="Sold")
    call = WaitingCall.objects.get()
    assert (call.cause, call.plan, call.answered_at is None) == ("withdrawn", None, False)
    Programme.objects.update(first_start=date(2020, 1, 1), last_start=date(2020, 3, 1))
    freeing(cancel_stay, by=organiser, stay=stays[1], reason="Over")
    assert WaitingCall.objects.count() == 1


def test_an_accepted_stay_keeps_its_desks_when_its_opening_is_cancelled(corridor, stays, freeing):
    accept_stay(by=corridor.founder, stay=stays[0], side="team")
    with pytest.raises(Refusal) as refused:
        freeing(cancel_opening, by=corridor.host, opening=corridor.braga.openings.get(), reason="Works")
    assert "Alpha holds desks" in refused.value.message
    assert (corridor.braga.openings.count(), WaitingCall.objects.count()) == (1, 0)
