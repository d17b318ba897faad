"""Several at once on what the network owes: a key is one mail, a mail leaves once, an invitation is accepted once."""

import pytest

from network.models import Event, Invitation, Membership, Message, User
from network.services import accept_invitation, invite
from network.services.mail import write_message
from network.states import MessageState
from tests import build

pytestmark = pytest.mark.processes


def write(key):
    return write_message(
        key=key,
        kind="invitation",
        to=None,
        email=f"{key}@braga.example",
        language="en",
        subject="Hello",
        text="Hello.",
        html="",
        is_secret=False,
    ).pk


def write_many(count):
    for number in range(count):
        write(f"reader{number:02}")


def states():
    return {
        state: Message.objects.filter(state=state).count()
        for state in set(Message.objects.values_list("state", flat=True))
    }


def test_one_key_written_at_once_is_one_message(place):
    told = place.at_once([(write, "one")] * 4)
    assert len(set(told)) == 1
    assert place.run(states) == {MessageState.OWED: 1}


def test_two_workers_send_each_mail_once(place):
    place.run(write_many, 12)
    worker = ["db_worker", "--batch", "--no-startup-delay", "--worker-id"]
    place.manage([*worker, "one"], [*worker, "two"])
    assert place.mails() == [f"reader{number:02}@braga.example" for number in range(12)]
    assert place.run(states) == {MessageState.SENT: 12}


def test_two_ticks_and_a_worker_at_once_send_each_mail_once(place):
    place.run(write_many, 12)
    place.manage(["tick"], ["tick"], ["db_worker", "--batch", "--no-startup-delay"])
    assert place.mails() == [f"reader{number:02}@braga.example" for number in range(12)]
    assert place.run(states) == {MessageState.SENT: 12}


def prepare_invitation():
    organiser = build.person("organiser@network.example", role="organiser", organisation=build.secretariat())
    build.person("ana@braga.example")
    hall = build.city_hall(build.city())
    return invite(by=organiser, email="ana@braga.example", role="coordinator", organisation=hall).token


def accept(token):
    return accept_invitation(by=User.objects.get(email="ana@braga.example"), token=token).state


def accepted():
    joined = Membership.objects.filter(user__email="ana@braga.example").count()
    return Invitation.objects.get().state, joined, Event.objects.filter(verb__in=["accept", "join"]).count()


def test_an_open_invitation_accepted_at_once_is_accepted_once(place):
    token = place.run(prepare_invitation)
    assert place.at_once([(accept, token)] * 3) == ["accepted"] * 3
    assert place.run(accepted) == ("accepted", 1, 2)


def invite_again():
    organiser = User.objects.get(email="organiser@network.example")
    hall = build.city_hall(build.city())
    return invite(by=organiser, email="ana@braga.example", role="coordinator", organisation=hall).pk


def open_invitations():
    return Invitation.objects.count()


def prepare_organiser():
    build.person("organiser@network.example", role="organiser", organisation=build.secretariat())
    build.city_hall(build.city())


def test_a_double_click_on_inviting_makes_one_invitation(place):
    place.run(prepare_organiser)
    assert len(set(place.at_once([(invite_again,)] * 3))) == 1
    assert place.run(open_invitations) == 1
