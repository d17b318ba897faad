"""What the corridor's people have to do, and how the road of an entry goes on to its stay."""

import pytest
from django.urls import reverse
from django.utils import timezone

from corridor import overview
from corridor.models import Candidate, Programme, Stay
from corridor.placement.services.plans import propose_placements, solve_plan
from corridor.road_overview import road
from judging.models import Award
from tests import build
from toolkit.protocols import collect

pytestmark = pytest.mark.django_db


def test_to_do_of_each_role(corridor, organiser, city):
    beta, gamma = corridor.teams[1:]
    fresh = build.candidate(corridor.programme, "Fresh", city, 9)
    assert [task.url for task in overview.to_do(build.team(fresh))] == [reverse("candidate_wishes", args=[fresh.pk])]
    stay = build.stay_of(gamma, corridor.magog)
    page = reverse("stay", args=[stay.pk])
    assert [task.url for task in overview.to_do(build.team(gamma))] == [page]
    assert [task.url for task in overview.to_do(corridor.other_host)] == [page]
    assert overview.to_do(build.team(beta)) == []
    empty = build.incubator("Empty", build.city("cuneo"))
    assert [task.url for task in overview.to_do(build.host(empty))] == [reverse("opening_new", args=[empty.pk])]
    assert overview.to_do(organiser) == []
    Programme.objects.update(wishes_close=timezone.now())
    assert [task.url for task in overview.to_do(organiser)] == [reverse("programme", args=[corridor.programme.pk])]
    plan = propose_placements(by=organiser, programme=corridor.programme)
    solve_plan.call(plan.pk)
    organiser = type(organiser).objects.get(pk=organiser.pk)
    assert [task.url for task in overview.to_do(organiser)] == [reverse("plan", args=[plan.pk])]


def test_the_road_goes_on_to_the_stay(corridor, organiser, city):
    edition = corridor.programme.edition
    entry = build.entry(edition, build.startup("Alpha", city), state="nominated")
    assert [step.state for step in road(entry)] == ["ahead", "ahead"]
    award = Award.objects.create(
        edition=edition, entry=entry, name="Prize", rank=1, granted_by=organiser, granted_at=timezone.now()
    )
    Candidate.objects.filter(pk=corridor.teams[0].pk).update(award=award)
    assert [(s.state, str(s.detail)) for s in road(entry)] == [("now", "Wishes given"), ("ahead", "")]
    stay = build.stay_of(corridor.teams[0], corridor.braga)
    assert [step.state for step in road(entry)] == ["now", "ahead"]
    Stay.objects.filter(pk=stay.pk).update(state="confirmed")
    assert [step.state for step in road(entry)] == ["done", "now"]
    assert [step.url for step in road(entry)] == ["", reverse("stay", args=[stay.pk])]
    build.round(edition)
    whole = [str(step.label) for step in sorted(collect("road", entry), key=lambda step: step.order)]
    # The jury's steps come before the corridor's.
    assert whole[-3:] == ["Award", "A place abroad is signed", "Six months abroad"]
