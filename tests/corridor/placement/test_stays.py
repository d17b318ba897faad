"""Both sides answer; role × state comes from the table of states."""

import pytest
from django.urls import reverse

from corridor.models import Candidate
from corridor.placement.services.stays import accept_stay, cancel_stay, decline_stay
from corridor.states import STAY, StayState
from network.models import Message
from tests import build
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(corridor, organiser, coordinator, stranger):
    return {
        "host": corridor.host,
        "team": corridor.founder,
        "organiser": organiser,
        "other_host": corridor.other_host,
        "coordinator": coordinator,
        "stranger": stranger,
    }


ACTS = {
    "accept as host": ("host", lambda by, stay: accept_stay(by=by, stay=stay, side="host")),
    "accept as team": ("team", lambda by, stay: accept_stay(by=by, stay=stay, side="team")),
    "decline as host": ("host", lambda by, stay: decline_stay(by=by, stay=stay, side="host", reason="No room")),
    "decline as team": ("team", lambda by, stay: decline_stay(by=by, stay=stay, side="team", reason="Not now")),
    "cancel": ("organiser", lambda by, stay: cancel_stay(by=by, stay=stay, reason="The programme changed")),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", StayState.values)
def test_who_may_do_what_in_which_state(cast, corridor, state, act):
    allowed, do = ACTS[act]
    verb = act.split()[0]
    for role, person in cast.items():
        stay = build.stay_of(corridor.teams[0], corridor.braga, state=state)
        if role != allowed:
            with pytest.raises(Forbidden):
                do(person, stay)
        elif (state, verb) in STAY or (state, verb) == ("accepted", "accept"):
            do(person, stay)
        else:
            with pytest.raises(Refusal) as refused:
                do(person, stay)
            assert refused.value.code == f"state.{verb}"
        stay.delete()


def test_accepted_when_both_have_accepted(corridor):
    stay = build.stay_of(corridor.teams[0], corridor.braga)
    stay = accept_stay(by=corridor.host, stay=stay, side="host")
    assert (stay.state, stay.accepted_by_team_at) == ("proposed", None)
    assert Message.objects.filter(kind="corridor.accepted").count() == 0
    accept_stay(by=corridor.host, stay=stay, side="host")
    stay = accept_stay(by=corridor.founder, stay=stay, side="team")
    assert stay.state == "accepted"
    told = Message.objects.filter(kind="corridor.accepted").values_list("to_email", flat=True)
    assert set(told) == {corridor.host.email, corridor.founder.email}


def test_declining_frees_the_place_and_tells_everybody_why(corridor, organiser):
    stay = build.stay_of(corridor.teams[0], corridor.braga, state="accepted")
    stay = decline_stay(by=corridor.host, stay=stay, side="host", reason="  Water damage in the lab ")
    assert (stay.state, stay.decline_reason) == ("declined", "Water damage in the lab")
    assert corridor.braga.stays.holding().count() == 0
    assert Candidate.objects.get(pk=stay.candidate_id).state == "waiting"
    mails = Message.objects.filter(kind="corridor.declined")
    assert {mail.to_email for mail in mails} == {corridor.host.email, corridor.founder.email, organiser.email}
    assert all("Water damage in the lab" in mail.text for mail in mails)


def test_declining_needs_a_reason(corridor):
    stay = build.stay_of(corridor.teams[0], corridor.braga)
    with pytest.raises(Refusal) as refused:
        decline_stay(by=corridor.founder, stay=stay, side="team", reason="  ")
    assert refused.value.field == "reason"
    stay.refresh_from_db()
    assert stay.state == "proposed"


def test_a_wish_for_a_house_that_offers_no_desk_yet_is_shown(corridor, organiser, enter):
    """It had an opening when it was wished."""
    corridor.magog.openings.all().delete()
    page = enter(organiser).get(reverse("candidate_wishes", args=[corridor.teams[0].pk]))
    assert (page.status_code, corridor.magog.name in page.content.decode()) == (200, True)
