"""Two organisers apply two plans for the same desk at the same moment: one stay, never two."""

from datetime import date

import pytest

from corridor.integrity import check_corridor
from corridor.models import Incubator, PlacementPlan, Stay
from corridor.placement.services.plans import apply_placements, propose_placements, solve_plan
from corridor.placement.services.stays import move_stay, withdraw_candidate
from network.models import User
from tests import build

pytestmark = pytest.mark.processes


def prepare():
    """One desk of one host, two programmes with a team each that wishes for it, and a plan for each; their pks."""
    by = build.person("o@network.example", role="organiser", organisation=build.secretariat())
    home = build.city("clermont-ferrand")
    host = build.incubator("Host", build.city("braga"), (date(2027, 1, 1), date(2027, 7, 1), 1))
    plans = []
    for slug in ("one", "two"):
        programme = build.programme(slug=slug, last_start=date(2027, 1, 1))
        build.candidate(programme, f"Team {slug}", home, 1, [host])
        plan = propose_placements(by=by, programme=programme)
        solve_plan.call(plan.pk)
        plans.append(plan.pk)
    return plans


def apply(pk):
    plan = PlacementPlan.objects.select_related("made_by").get(pk=pk)
    return "stays", len(apply_placements(by=plan.made_by, plan=plan))


def leave(pk):
    team = PlacementPlan.objects.get(pk=pk).programme.candidates.get()
    withdraw_candidate(by=User.objects.get(email="o@network.example"), candidate=team, reason="Sold")
    return "withdrawn"


def faults():
    return list(check_corridor()), Stay.objects.holding().count()


def test_two_plans_for_one_desk_applied_at_once_while_the_team_of_one_withdraws(place):
    one, two = place.run(prepare)
    told = place.at_once([(apply, one), (apply, two), (leave, one)])
    stale, made = ("refused", "placement.stale"), ("stays", 1)
    assert told[2] == "withdrawn"
    # Both are made only when the first team has left before the second one comes.
    assert sorted(told[:2]) in ([stale, made], [made, made])
    assert place.run(faults) == ([], 0 if told[1] == stale else 1)


def prepare_to_move():
    """A host with desks enough that receives one team a month, and two stays elsewhere that could both move to it."""
    build.person("o@network.example", role="organiser", organisation=build.secretariat())
    home, year = build.city("clermont-ferrand"), (date(2027, 1, 1), date(2028, 1, 1), 5)
    wanted = build.incubator("Wanted", build.city("braga"), year, arrivals_per_month=1)
    other = build.incubator("Other", build.city("magog"), year)
    programme = build.programme()
    teams = [build.candidate(programme, f"Team {number}", home, number, [wanted]) for number in (1, 2)]
    return wanted.pk, [build.stay_of(team, other).pk for team in teams]


def come(pk, host):
    moved = move_stay(
        by=User.objects.get(email="o@network.example"),
        stay=Stay.objects.get(pk=pk),
        starts=date(2027, 2, 1),
        incubator=Incubator.objects.get(pk=host),
    )
    return "moved", moved.incubator_id


def test_two_stays_moved_at_once_into_a_month_that_takes_one(place):
    host, stays = place.run(prepare_to_move)
    told = place.at_once([(come, pk, host) for pk in stays])
    assert sorted(told) == [("moved", host), ("refused", "stay.full")]
