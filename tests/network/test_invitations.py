"""The life of an invitation: who may accept it, once, in time."""

from datetime import UTC, datetime, timedelta

import pytest

from judging.jury.services.jurors import invite_juror
from judging.states import JurorState
from network.models import Event, Invitation, Membership, Message
from network.services import accept_invitation, decline_invitation, invite
from network.states import InvitationState
from tests import build
from toolkit import clock
from toolkit.refusals import Refusal

ADDRESS = "ana@braga.example"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def braga(db):
    return build.city_hall(build.city())


@pytest.fixture
def invitation(organiser, braga):
    with clock.at(NOW):
        return invite(by=organiser, email="Ana@Braga.example", role="coordinator", organisation=braga)


@pytest.fixture(autouse=True)
def _in_time():
    with clock.at(NOW + timedelta(days=1)):
        yield


def has_joined(person, braga) -> bool:
    return Membership.objects.filter(user=person, organisation=braga, role="coordinator").exists()


def test_the_right_address_joins(invitation, braga):
    ana = build.person(ADDRESS)
    accept_invitation(by=ana, token=invitation.token)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == (InvitationState.ACCEPTED, ana)
    assert has_joined(ana, braga)
    assert list(Event.objects.values_list("verb", flat=True)) == ["invite", "accept", "join"]


def test_another_address_does_not(invitation, stranger, braga):
    with pytest.raises(Refusal) as said:
        accept_invitation(by=stranger, token=invitation.token)
    assert (said.value.code, said.value.status) == ("invitation.address", 403)
    assert not has_joined(stranger, braga)


def test_an_address_that_is_not_verified_does_not(invitation, braga):
    ana = build.person(ADDRESS)
    ana.emailaddress_set.update(verified=False)
    with pytest.raises(Refusal) as said:
        accept_invitation(by=ana, token=invitation.token)
    assert said.value.code == "invitation.address"
    assert not has_joined(ana, braga)


def test_too_late(invitation, braga):
    ana = build.person(ADDRESS)
    with clock.at(NOW + timedelta(days=30, seconds=1)), pytest.raises(Refusal) as said:
        accept_invitation(by=ana, token=invitation.token)
    assert said.value.code == "invitation.expired"
    assert not has_joined(ana, braga)


def test_accepting_twice_is_accepting_once(invitation, braga):
    ana = build.person(ADDRESS)
    accept_invitation(by=ana, token=invitation.token)
    accept_invitation(by=ana, token=invitation.token)
    assert Membership.objects.filter(user=ana).count() == 1
    assert Event.objects.filter(verb="accept").count() == 1


def test_declined_stays_declined(invitation, braga):
    ana = build.person(ADDRESS)
    decline_invitation(by=None, token=invitation.token)
    with pytest.raises(Refusal) as said:
        accept_invitation(by=ana, token=invitation.token)
    assert said.value.code == "state.accept"
    assert not has_joined(ana, braga)


def test_inviting_again_sends_the_same_link_again(invitation, organiser, braga):
    again = invite(by=organiser, email=ADDRESS, role="coordinator", organisation=braga)
    assert again.pk == invitation.pk
    assert again.token == invitation.token
    assert again.expires_at == NOW + timedelta(days=31)
    assert Message.objects.filter(kind="invitation").count() == 2


def test_an_unknown_kind_is_refused(organiser):
    with pytest.raises(Refusal) as said:
        invite(by=organiser, email=ADDRESS, kind="emperor")
    assert said.value.code == "invitation.kind"
    assert not Invitation.objects.exists()


def test_a_visitor_reads_it_and_is_led_back_after_logging_in(invitation, client):
    page = client.get(f"/invitations/{invitation.token}/").content.decode()
    assert "Odile Organiser invites you to join City of Braga as city coordinator." in page
    back = f"next=%2Finvitations%2F{invitation.token}%2F"
    assert f'href="/accounts/login/?{back}"' in page
    assert f'href="/accounts/signup/?{back}&amp;email=ana%40braga.example"' in page
    assert 'value="accept"' not in page


def test_a_visitor_declines_without_an_account(invitation, client):
    answer = client.post(f"/invitations/{invitation.token}/", {"answer": "decline"})
    assert answer.headers["Location"] == "/"
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.DECLINED


def test_a_visitor_can_not_accept(invitation, client):
    client.post(f"/invitations/{invitation.token}/", {"answer": "accept"})
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN


def test_the_wrong_person_is_told_which_address_is_meant(invitation, enter, stranger, braga):
    path = f"/invitations/{invitation.token}/"
    page = enter(stranger).get(path).content.decode()
    assert "You are logged in with stranger@elsewhere.example. This invitation was sent to ana@braga.example" in page
    assert 'value="accept"' not in page
    answer = enter(stranger).post(path, {"answer": "accept"})
    assert answer.status_code == 403
    assert "This invitation was sent to another address." in answer.content.decode()
    assert not has_joined(stranger, braga)


def test_the_right_person_accepts_by_one_button(invitation, enter, braga):
    ana = build.person(ADDRESS)
    browser = enter(ana)
    path = f"/invitations/{invitation.token}/"
    assert '<button class="btn" name="answer" value="accept">Accept</button>' in browser.get(path).content.decode()
    page = browser.post(path, {"answer": "accept"}, follow=True).content.decode()
    assert "Welcome. You have joined City of Braga." in page
    assert has_joined(ana, braga)
    assert "You have accepted this invitation" in browser.get(path).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("accepted", "This invitation is answered"),
        ("declined", "This invitation was declined"),
        ("cancelled", "This invitation was taken back"),
    ],
)
def test_what_is_over_says_why(invitation, client, state, words):
    Invitation.objects.update(state=state)
    page = client.get(f"/invitations/{invitation.token}/").content.decode()
    assert f"<h1>{words}</h1>" in page
    assert "<form method" not in page.split("<main")[1]


def test_an_expired_one_says_since_when(invitation, client):
    with clock.at(NOW + timedelta(days=40)):
        page = client.get(f"/invitations/{invitation.token}/").content.decode()
    assert "<h1>This invitation has expired</h1>" in page
    assert "It worked until 1 December 2026, 12:00 (UTC). Ask Odile Organiser for a new one." in page


def test_it_waits_on_the_home_page_of_its_address_only(invitation, enter, stranger):
    ana = build.person(ADDRESS)
    title = '<h2 id="first">Answer an invitation</h2>'
    assert title in enter(ana).get("/home/").content.decode()
    assert title not in enter(stranger).get("/home/").content.decode()


def test_an_unknown_link_is_not_found(client, db):
    assert client.get("/invitations/none-such/").status_code == 404


def test_a_declined_seat_on_a_jury_says_so_to_the_organiser(organiser, client):
    juror = invite_juror(by=organiser, edition=build.edition(), email=ADDRESS, full_name="Ana Água")
    client.post(f"/invitations/{Invitation.objects.get().token}/", {"answer": "decline"})
    juror.refresh_from_db()
    assert juror.state == JurorState.DECLINED
    again = invite_juror(by=organiser, edition=juror.edition, email=ADDRESS, full_name="Ana Água")
    assert (again.pk, again.state) == (juror.pk, JurorState.INVITED)
