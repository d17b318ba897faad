"""What goes wrong around places, over HTTP: the sentence that people read, and nothing lost.

Elsewhere: two who apply at once (test_two_at_once.py), places lowered below what is agreed (test_wishes_and_places.py,
test_placement_rules.py), the same faults in a file (domain/test_placement_file_faults.py).
"""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from corridor.models import Candidate, Opening, PlacementPlan, Preference, Programme
from corridor.placement.services.plans import propose_placements, solve_plan
from tests import build

pytestmark = pytest.mark.django_db


def page_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def open_places(client, house, desks, starts="2027-03-01", ends="2027-10-31"):
    typed = {"starts": starts, "ends": ends, "desks": desks, "note": "By the lake"}
    return client.post(reverse("opening_new", args=[house.pk]), typed, follow=True)


def wishes(candidate, *wished, **more):
    numbers = {f"wish_{one.pk}": place for place, one in enumerate(wished, 1)}
    typed = {"version": candidate.version, "people": candidate.people, "needs": "A lift", **numbers, **more}
    return reverse("candidate_wishes", args=[candidate.pk]), typed


def test_openings_that_overlap_add_up_and_it_is_said(corridor, enter):
    answer = open_places(enter(corridor.other_host), corridor.magog, 2)
    assert "These places overlap others of yours: their desks add up." in page_of(answer)
    assert sorted(Opening.objects.filter(incubator=corridor.magog).values_list("desks", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("desks", "ends", "sentence"),
    [
        (0, "2027-10-31", "Offer at least one desk."),
        (-1, "2027-10-31", "Ensure this value is greater than or equal to"),
        (99999, "2027-10-31", "Ensure this value is less than or equal to"),
        (1, "2027-02-01", "The end lies before the start."),
    ],
)
def test_places_that_can_not_be(corridor, enter, desks, ends, sentence):
    before = Opening.objects.count()
    answer = open_places(enter(corridor.other_host), corridor.magog, desks, ends=ends)
    assert sentence in page_of(answer)
    assert ('value="By the lake"' in page_of(answer), Opening.objects.count()) == (True, before)


def test_places_lowered_below_what_is_agreed_keep_what_was_typed(corridor, enter):
    build.stay_of(corridor.teams[0], corridor.braga, state="accepted")
    opening = corridor.braga.openings.get()
    place = reverse("opening_edit", args=[corridor.braga.pk, opening.pk])
    typed = {"starts": "2027-01-01", "ends": "2027-08-31", "desks": 1, "note": "Fewer"}
    answer = enter(corridor.host).post(place, typed)
    assert "Alpha holds desks from 1 January 2027 to 30 June 2027: 1 would be missing." in page_of(answer)
    assert 'value="Fewer"' in page_of(answer)
    opening.refresh_from_db()
    assert opening.desks == 2


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"people": 9}, "offers more than 2 desks at a time, and you need 9."),
        ({"earliest_start": "2027-03-15"}, "No start day of the programme lies between"),
        ({"earliest_start": "2027-03-01", "people": 1}, "offers a desk for a whole stay in your dates, up to now."),
    ],
)
def test_wishes_that_no_place_can_meet_are_saved_and_the_team_is_told(corridor, enter, more, sentence):
    corridor.braga.openings.update(ends=date(2027, 8, 1))  # too short for a stay that starts in March
    alpha = corridor.teams[0]
    place, typed = wishes(alpha, corridor.braga, **more)
    assert sentence in page_of(enter(corridor.founder).post(place, typed, follow=True))
    alpha.refresh_from_db()
    assert (alpha.version, alpha.needs) == (2, "A lift")


@pytest.mark.parametrize("people", [0, 99999, "many"])
def test_a_number_of_people_that_can_not_be(corridor, enter, people):
    place, typed = wishes(corridor.teams[0], corridor.braga, people=people)
    answer = enter(corridor.founder).post(place, typed)
    assert 'aria-invalid="true"' in page_of(answer)
    assert "A lift" in page_of(answer)
    assert Candidate.objects.get(pk=corridor.teams[0].pk).version == 1


def test_wishes_after_closing_are_refused_and_what_was_typed_is_shown(corridor, enter):
    Programme.objects.update(wishes_close=timezone.now() - timedelta(minutes=1))
    place, typed = wishes(corridor.teams[0], corridor.magog)
    answer = enter(corridor.founder).post(place, typed)
    assert "The date for wishes has passed. Write to the organisers." in page_of(answer)
    assert "A lift" in page_of(answer)
    wished = Preference.objects.filter(candidate=corridor.teams[0]).order_by("rank")
    assert [one.incubator for one in wished] == [corridor.braga, corridor.magog]


def test_a_plan_says_what_somebody_may_have_overlooked(corridor, organiser, enter):
    """All wish Braga first; one is too many people, one comes too late; openings overlap; one host offers nothing."""
    empty = build.incubator("Sample Empty", build.city("cuneo", country="IT"))
    home = corridor.teams[0].home_city
    build.candidate(corridor.programme, "Crowd", home, 4, [corridor.braga, empty], people=9)
    build.candidate(corridor.programme, "Late", home, 5, [corridor.braga], earliest_start=date(2030, 1, 1))
    build.candidate(corridor.programme, "Silent", home, 6)
    corridor.braga.openings.create(starts=date(2027, 2, 1), ends=date(2027, 3, 1), desks=1)
    plan = propose_placements(by=organiser, programme=corridor.programme)
    solve_plan.call(plan.pk)
    page = page_of(enter(organiser).get(reverse("plan", args=[plan.pk])))
    for sentence in (
        "Openings of Sample Braga overlap: their desks are added up.",
        "Sample Empty offers no desk at any time.",
        "Crowd needs more desks than any incubator offers.",
        "Late can’t start before the last opening ends.",
        "Everybody’s first wish is the same incubator.",
        "No wishes were given.",
        "No start day of the programme lies between the earliest and the latest start.",
        "Sample Braga offers 2 desks at most, too few for this guest.",
    ):
        assert sentence in page, sentence


def test_a_programme_without_incubators_or_candidates(organiser, city, enter):
    programme = build.programme()
    client = enter(organiser)
    shown = page_of(client.get(reverse("programme", args=[programme.pk])))
    assert ("Nobody is admitted yet." in shown, "Nobody waits for a place." in shown) == (True, True)
    assert "Nobody waits for a place." in page_of(client.post(reverse("programme_propose", args=[programme.pk])))
    assert client.get(reverse("programme_calendar", args=[programme.pk])).status_code == 200
    alone = build.candidate(programme, "Alone", city, 1)
    team = enter(build.team(alone))
    place, typed = wishes(alone)
    assert "No incubator takes part yet." in page_of(team.get(place))
    assert "Wish for at least one incubator." in page_of(team.post(place, typed))
    assert PlacementPlan.objects.count() == 0
    plan = propose_placements(by=organiser, programme=programme)
    assert solve_plan.call(plan.pk) == "proposed"
    assert "No wishes were given." in page_of(client.get(reverse("plan", args=[plan.pk])))
