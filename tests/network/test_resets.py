"""The way back for who lost address, passkey or app: two organisers, the old address told, a day to stop it."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client

from network.models import AccountReset, Event, Message
from network.services import apply_due_resets, ask_reset, confirm_reset, stop_reset
from network.services.security import resting
from tests import build, door
from toolkit import clock
from toolkit.refusals import Refusal

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
NEW = "fatou@new.example"


@pytest.fixture
def second(organiser):
    return build.person("second@network.example", "Sofia Second", "organiser", build.secretariat())


@pytest.fixture
def asked(organiser, founder):
    with clock.at(NOW):
        return ask_reset(by=organiser, email=founder.email.upper(), new_email=NEW, reason="Called back.")


def refused(act, **values) -> str:
    with pytest.raises(Refusal) as refusal:
        act(**values)
    return refusal.value.code


def test_two_organisers_and_a_day_then_the_person_logs_in_at_the_new_address(asked, organiser, second, founder, enter):
    door.app_of(founder)
    inside = enter(founder)
    mail = Message.objects.get(kind="account_reset_asked")
    assert (mail.to_email, f"/resets/{asked.token}/" in mail.text) == (founder.email, True)
    assert "Not before 2 March 2027, 09:00" in mail.text
    assert refused(confirm_reset, by=organiser, reset=asked) == "reset.two"
    with clock.at(NOW + timedelta(hours=1)):
        confirm_reset(by=second, reset=asked)
    with clock.at(NOW + timedelta(hours=23, minutes=59)):
        assert apply_due_resets(10) == 0
        assert Authenticator.objects.filter(user=founder).exists()
        assert inside.get("/home/").status_code == 200
    with clock.at(NOW + timedelta(hours=24)):
        assert (apply_due_resets(10), apply_due_resets(10)) == (1, 0)
        founder.refresh_from_db()
        assert founder.email == NEW
        assert not Authenticator.objects.filter(user=founder).exists()
        assert inside.get("/home/").status_code == 302
        assert [change.verb for change in resting(founder)] == ["reset_account"]
    told = Message.objects.filter(kind="account_reset_done").values_list("to_email", flat=True)
    assert sorted(told) == sorted(["founder@sensors.example", NEW])
    verbs = Event.objects.filter(object_type="network.user", object_id=str(founder.pk)).values_list(
        "verb", "actor__email"
    )
    assert list(verbs) == [
        ("ask_reset", organiser.email),
        ("confirm_reset", second.email),
        ("reset_account", second.email),
    ]
    Client().post("/accounts/login/", {"login": "founder@sensors.example"})
    assert Message.objects.latest("pk").kind == "account.email.unknown_account"
    browser = Client()
    browser.post("/accounts/login/", {"login": NEW})
    assert not EmailAddress.objects.get(user=founder).verified
    browser.post("/accounts/login/code/confirm/", {"code": door.last_code(NEW)})
    assert browser.get("/home/").status_code == 200
    assert EmailAddress.objects.get(user=founder).verified


def test_confirmed_late_it_happens_at_once(asked, second, founder):
    with clock.at(NOW + timedelta(days=3)):
        assert confirm_reset(by=second, reset=asked).state == "done"


def test_the_old_address_stops_it_without_logging_in(asked, second, client, founder):
    page = client.get(f"/resets/{asked.token}/")
    assert "Odile Organiser, an organiser, asked for it" in page.content.decode()
    assert NEW not in page.content.decode()
    page = client.post(f"/resets/{asked.token}/", follow=True)
    assert "The reset was stopped" in page.content.decode()
    assert refused(confirm_reset, by=second, reset=asked) != ""
    assert client.get("/resets/made-up/").status_code == 404
    founder.refresh_from_db()
    assert founder.email == "founder@sensors.example"


def test_who_may_ask_whom(organiser, second, founder, stranger, coordinator):
    give = {"reason": "Lost phone.", "new_email": ""}
    assert refused(ask_reset, by=stranger, email=founder.email, **give) == "reset.not_organiser"
    assert refused(ask_reset, by=coordinator, email=founder.email, **give) == "reset.not_organiser"
    assert refused(ask_reset, by=organiser, email=organiser.email, **give) == "reset.oneself"
    assert refused(ask_reset, by=organiser, email="nobody@x.example", **give) == "reset.unknown"
    taken = {"reason": "x", "new_email": stranger.email.upper()}
    assert refused(ask_reset, by=organiser, email=founder.email, **taken) == "reset.address_taken"
    assert refused(ask_reset, by=organiser, email=founder.email, reason=" ") == "reset.reason"
    reset = ask_reset(by=organiser, email=founder.email, **give)
    assert refused(ask_reset, by=second, email=founder.email, **give) == "reset.twice"
    assert refused(confirm_reset, by=stranger, reset=reset) == "reset.not_organiser"
    assert refused(stop_reset, by=stranger, reset=reset) == "reset.not_yours"
    assert refused(stop_reset, by=None, reset=reset, token="") == "reset.not_yours"
    # An organiser does not confirm the reset of their own account.
    own = ask_reset(by=organiser, email=second.email, **give)
    assert refused(confirm_reset, by=second, reset=own) == "reset.two"
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountReset.objects.filter(pk=own.pk).update(confirmed_by=organiser)


def test_the_page_of_organisers(asked, organiser, second, founder, enter):
    address = "/organise/people/resets/"
    assert enter(founder).get(address).status_code == 404
    assert enter(founder).post(f"{address}{asked.pk}/confirm/").status_code == 404
    assert "Confirm<span" not in enter(organiser).get(address).content.decode()
    browser = enter(second)
    assert "Confirm or stop the reset of an account" in browser.get("/home/").content.decode()
    assert "Your account is to be reset" in enter(founder).get("/home/").content.decode()
    assert "Confirm<span" in browser.get(address).content.decode()
    assert enter(organiser).post(f"{address}{asked.pk}/confirm/").status_code == 403
    with clock.at(NOW):
        page = browser.post(f"{address}{asked.pk}/confirm/", follow=True).content.decode()
    assert "It happens when its hour has come." in page
    page = browser.post(f"{address}{asked.pk}/stop/", follow=True).content.decode()
    assert "Stopped. The account stays as it is." in page
    wrong = browser.post(address, {"email": "nobody@x.example", "reason": "Lost."}).content.decode()
    assert "No account has this address." in wrong
