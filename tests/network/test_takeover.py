"""A stolen session, over HTTP: it reads what its owner reads, but changes nothing about how one gets in,
and signs nothing."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from network.models import Event, Message, User
from network.services.security import changes_of, resting, stood_before
from tests import build, door
from toolkit import clock

THIEF = "thief@elsewhere.example"
ADDED_APP = "/accounts/2fa/totp/activate/"


@pytest.fixture
def ana(db):
    return build.person("ana@braga.example", "Ana Água")


def what_opens(user: User) -> tuple:
    """All that opens an account, and what its devices hold."""
    user.refresh_from_db()
    addresses = sorted(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))
    devices = sorted((row.pk, row.type, str(row.data)) for row in Authenticator.objects.filter(user=user))
    return user.email, addresses, devices


def try_everything(thief: Client, owner: User) -> None:
    """Each address that changes how one gets in, with what its form posts; each seen first, as a browser does."""
    keys = Authenticator.objects.filter(user=owner, type="webauthn").values_list("pk", flat=True)
    tries = [
        ("/accounts/email/", {"action_add": "", "email": THIEF}),
        ("/accounts/email/", {"action_remove": "", "email": owner.email}),
        ("/accounts/email/", {"action_primary": "", "email": THIEF}),
        ("/accounts/email/", {"action_send": "", "email": THIEF}),
        ("/accounts/confirm-email/", {"code": "ABC123"}),
        (ADDED_APP, {"code": door.app_code()}),
        ("/accounts/2fa/totp/deactivate/", {}),
        ("/accounts/2fa/recovery-codes/generate/", {}),
        ("/accounts/2fa/webauthn/add/", {"name": "Mine", "credential": "{}"}),
        *((f"/accounts/2fa/webauthn/keys/{key}/remove/", {}) for key in keys),
        *((f"/accounts/2fa/webauthn/keys/{key}/edit/", {"name": "Mine"}) for key in keys),
        ("/accounts/reauthenticate/code/confirm/", {"code": "ABC123"}),
        ("/accounts/2fa/reauthenticate/", {"code": "000000"}),
        ("/accounts/2fa/webauthn/reauthenticate/", {"credential": "{}"}),
        ("/me/", {"full_name": owner.full_name, "language": "en", "time_zone": "", "email": THIEF}),
    ]
    for address, form in tries:
        thief.get(address)
        thief.post(address, form)


@pytest.mark.sensitive
@pytest.mark.parametrize("second_step", [False, True])
def test_a_session_alone_takes_nothing_over(ana, enter, second_step):
    if second_step:
        door.app_of(ana)
        door.passkey_of(ana)
    before, thief = what_opens(ana), enter(ana)
    try_everything(thief, ana)
    assert what_opens(ana) == before
    # What the thief started can't be finished by a code that goes elsewhere: no mail left for another address.
    assert set(Message.objects.values_list("to_email", flat=True)) <= {ana.email}
    # Secrets are not shown either.
    for address in ("/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/download/", ADDED_APP):
        assert thief.get(address).status_code in (302, 404), address
    assert not changes_of(ana, ana.created_at)


@pytest.mark.sensitive
def test_with_a_second_step_the_mailbox_alone_changes_nothing(ana, enter):
    door.app_of(ana)
    browser = enter(ana)
    answer = browser.get("/accounts/reauthenticate/code/")
    assert answer.headers["Location"] == "/accounts/2fa/reauthenticate/"
    browser.post("/accounts/reauthenticate/code/", {"recipient": ana.email})
    assert not Message.objects.exists()
    door.prove_by_app(browser)
    browser.post("/accounts/email/", {"action_add": "", "email": "ana@new.example"})
    browser.post("/accounts/confirm-email/", {"code": door.last_code("ana@new.example")})
    assert User.objects.get(pk=ana.pk).email == "ana@new.example"


def test_the_owner_changes_the_address_after_a_code_to_the_old_one(ana, enter):
    browser = enter(ana)
    asked = browser.post("/accounts/email/", {"action_add": "", "email": "ana@new.example"})
    assert asked.headers["Location"] == "/accounts/reauthenticate/code/?next=%2Faccounts%2Femail%2F"
    page = browser.get(asked.headers["Location"]).content.decode()
    assert "We send a code to ana@braga.example" in page
    assert '<input type="hidden" id="id_recipient" name="recipient" value="ana@braga.example">' in page
    sent = browser.post(asked.headers["Location"], {"recipient": ana.email, "next": "/accounts/email/"})
    mail = Message.objects.get()
    assert (mail.to_email, "Is it you?" in mail.text) == ("ana@braga.example", True)
    # The change that was begun goes on: a code to the new address follows.
    browser.post(sent.headers["Location"], {"code": door.last_code(ana.email), "next": "/accounts/email/"})
    browser.post("/accounts/confirm-email/", {"code": door.last_code("ana@new.example")})
    ana.refresh_from_db()
    assert ana.email == "ana@new.example"
    assert [(change.verb, change.actor) for change in resting(ana)] == [("change_address", ana)]
    told = Message.objects.filter(kind="account.email.email_changed").get()
    assert told.to_email == "ana@braga.example"


def test_a_code_may_be_sent_only_to_an_address_of_the_account(ana, enter):
    enter(ana).post("/accounts/reauthenticate/code/", {"recipient": THIEF})
    assert not Message.objects.exists()


@pytest.mark.sensitive
def test_what_happens_at_the_door_is_an_event_without_secrets(client, ana, django_capture_on_commit_callbacks):
    client.post("/accounts/login/", {"login": ana.email})
    client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    code = door.last_code(ana.email)
    client.post("/accounts/login/code/confirm/", {"code": code})
    door.prove_by_mail(client, ana)
    page = client.get(ADDED_APP).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADDED_APP, {"code": door.app_code(secret)})
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": ana.email})
    client.post("/accounts/login/code/confirm/", {"code": door.last_code(ana.email)})
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    events = Event.objects.filter(object_type="network.user", object_id=str(ana.pk))
    assert [(event.verb, event.actor_id == ana.pk) for event in events] == [
        ("fail_to_log_in", False),
        ("log_in", True),
        ("confirm_identity", True),
        ("add_app", True),
        ("make_recovery_codes", True),
        ("log_out", True),
        ("fail_to_log_in", False),
    ]
    written = str(list(events.values_list("before", "after")))
    assert code not in written
    assert secret not in written
    assert ana.email not in written


def test_logging_other_devices_out_is_an_event_for_each(ana):
    devices = [Client() for _ in range(3)]
    for browser in devices:
        browser.post("/accounts/login/", {"login": ana.email})
        browser.post("/accounts/login/code/confirm/", {"code": door.last_code(ana.email)})
    assert devices[0].post("/accounts/sessions/").status_code == 302
    events = Event.objects.filter(object_type="network.user", object_id=str(ana.pk), verb="log_out")
    assert [(event.actor_id, event.after) for event in events] == [(ana.pk, {"elsewhere": True})] * 2
    assert [browser.get("/home/").status_code for browser in devices] == [200, 302, 302]


def test_a_device_counts_if_it_stood_before_the_change(ana):
    door.app_of(ana)
    old = Authenticator.objects.get()
    assert stood_before([], old.pk)
    Event.objects.create(
        at=clock.now(), actor=ana, verb="change_address", object_type="network.user", object_id=str(ana.pk)
    )
    new = Authenticator.objects.create(user=ana, type="webauthn", data={})
    Event.objects.create(
        at=clock.now(),
        actor=ana,
        verb="add_passkey",
        object_type="network.user",
        object_id=str(ana.pk),
        after={"device": new.pk},
    )
    changes = resting(ana)
    assert [stood_before(changes, pk) for pk in (old.pk, new.pk, None)] == [True, False, False]
    # A passkey that is itself the only change of the day does not vouch for itself.
    assert not stood_before(changes[1:], new.pk)
