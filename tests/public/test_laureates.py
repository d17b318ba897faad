"""/laureates/: awards once published, hosts once the agreement is signed."""

import re

import pytest
from django.urls import reverse

from contest.models import Edition
from corridor.models import Programme, Stay
from corridor.states import StayState

PAGE = "/laureates/"


def test_a_laureate_its_city_its_host_and_the_days(visit, finished):
    assert reverse("public_laureates") == PAGE
    text = " ".join(re.sub(r"<[^>]+>", " ", visit(PAGE)).split())
    assert (
        "Edition finished Award 1 Firm 1 of finished Braga · Firm 1 of finished pitches For its courage. "
        # The stay is kept as [1 March, 1 September): its last day is 31 August.
        "Hosted in Magog by Incubator of Magog 1 March 2027 to 31 August 2027"
    ) in text
    assert "Firm 2" not in text


@pytest.mark.parametrize("state", [state for state in StayState.values if state != StayState.CONFIRMED])
def test_a_stay_that_is_not_signed_names_no_host(visit, finished, state):
    Stay.objects.update(state=state)
    page = visit(PAGE)
    assert "Firm 1 of finished" in page
    assert "Incubator of Magog" not in page
    assert "No stay has been confirmed yet." in page


def test_a_programme_that_is_not_public_names_no_host(visit, finished):
    Programme.objects.update(is_public=False)
    assert "Incubator of Magog" not in visit(PAGE)


@pytest.mark.parametrize("change", [{"results_published_at": None}, {"is_public": False}])
def test_nothing_is_shown_before_publication(visit, finished, change):
    Edition.objects.update(**change)
    page = visit(PAGE)
    assert "Firm" not in page
    assert "No laureates yet" in page


def test_those_who_run_it_read_no_more_here_than_a_visitor(finished, enter, organiser, founder):
    Edition.objects.update(results_published_at=None)
    assert ["Firm" in enter(person).get(PAGE).content.decode() for person in (organiser, founder)] == [False, False]
