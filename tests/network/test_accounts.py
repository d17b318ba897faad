"""Accounts over HTTP: a name and an address, a code by mail, no password."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from network.models import Message, User
from network.states import MessageState
from tests import build, door

ADDRESS = "ana@braga.example"


def code_in(message: Message) -> str:
    """The code stands alone on its line."""
    return re.search(r"^([A-Z0-9]+(-[A-Z0-9]+)*)$", message.text, re.MULTILINE).group(1)


def sign_up(client: Client, address=ADDRESS, **fields):
    return client.post("/accounts/signup/", {"email": address, "full_name": "Ana Água", **fields})


def ask_for_code(client: Client, address=ADDRESS, **fields):
    return client.post("/accounts/login/", {"login": address, **fields})


def is_in(client: Client) -> bool:
    return client.get("/home/").status_code == 200


def test_sign_up_takes_a_name_an_address_and_the_code_sent_to_it(
    db, client, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_up(client).headers["Location"] == "/accounts/confirm-email/"
    assert not is_in(client)
    message = Message.objects.get()
    assert (message.to_email, message.state, message.is_secret) == (ADDRESS, MessageState.SENT, True)
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]
    answer = client.post("/accounts/confirm-email/", {"code": code_in(message)})
    assert answer.headers["Location"] == "/home/"
    assert is_in(client)
    user = User.objects.get()
    assert (user.email, user.full_name, user.has_usable_password()) == (ADDRESS, "Ana Água", False)
    assert EmailAddress.objects.get().verified


def test_a_wrong_code_lets_nobody_in(client, db):
    sign_up(client)
    code = code_in(Message.objects.get())
    wrong = ("B" if code[0] != "B" else "C") + code[1:]
    page = client.post("/accounts/confirm-email/", {"code": wrong})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.content.decode()
    assert not is_in(client)


def test_three_wrong_codes_end_the_attempt(client, db):
    build.person(ADDRESS)
    ask_for_code(client)
    code = code_in(Message.objects.get())
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_log_in_by_code(client, db):
    build.person(ADDRESS)
    assert ask_for_code(client).headers["Location"] == "/accounts/login/code/confirm/"
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in(Message.objects.get()).lower()})
    assert answer.headers["Location"] == "/home/"
    assert is_in(client)


def test_the_page_asked_for_comes_after_the_log_in(client, db):
    build.person(ADDRESS)
    to = client.get("/me/").headers["Location"]
    assert to == "/accounts/login/?next=/me/"
    answer = ask_for_code(client, next="/me/")
    answer = client.post(answer.headers["Location"], {"code": code_in(Message.objects.get()), "next": "/me/"})
    assert answer.headers["Location"] == "/me/"


def test_next_never_leads_elsewhere(client, db):
    build.person(ADDRESS)
    elsewhere = "https://elsewhere.example/"
    ask_for_code(client, next=elsewhere)
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in(Message.objects.get()), "next": elsewhere})
    assert answer.headers["Location"] == "/home/"


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_log_in_does_not_tell_whether_an_account_exists(db):
    build.person(ADDRESS)
    pages = []
    for address in (ADDRESS, "nobody@braga.example"):
        client = Client()
        answer = ask_for_code(client, address)
        page = client.get(answer.headers["Location"]).content.decode()
        pages.append((answer.status_code, answer.headers["Location"], _without_tokens(page).replace(address, "")))
    assert pages[0] == pages[1]
    assert [m.kind for m in Message.objects.order_by("id")] == [
        "account.email.login_code",
        "account.email.unknown_account",
    ]


def test_sign_up_does_not_tell_whether_an_account_exists(db):
    build.person(ADDRESS)
    pages = []
    for address in (ADDRESS, "nobody@braga.example"):
        client = Client()
        answer = sign_up(client, address)
        page = client.get(answer.headers["Location"]).content.decode()
        pages.append((answer.status_code, answer.headers["Location"], _without_tokens(page).replace(address, "")))
    assert pages[0] == pages[1]
    assert [m.kind for m in Message.objects.order_by("id")] == [
        "account.email.account_already_exists",
        "account.email.email_confirmation_signup",
    ]


def test_codes_to_one_address_are_limited(client, db):
    build.person(ADDRESS)
    for _ in range(5):
        ask_for_code(Client())
    assert Message.objects.count() == 3


def test_there_are_no_password_pages(client, db):
    for path in ("password/reset/", "password/change/", "password/set/", "password/reset/done/", "reauthenticate/"):
        assert client.get(f"/accounts/{path}").status_code == 404, path


def test_fields_can_be_filled_by_the_browser(client, db):
    page = client.get("/accounts/signup/").content.decode()
    assert re.search(r'<input[^>]*name="full_name"[^>]*autocomplete="name"', page)
    assert re.search(r'<input[^>]*name="email"[^>]*autocomplete="email"', page)
    assert "placeholder" not in page
    assert 'type="password"' not in page


def test_account_pages_hold_nothing_inline(client, enter, stranger):
    inside, unproved = enter(stranger), enter(stranger)
    door.prove_by_mail(inside, stranger)
    pages = {
        client: ["login/", "signup/", "signup/passkey/", "login/code/", "inactive/"],
        unproved: ["reauthenticate/code/"],
        inside: ["email/", "logout/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/", "sessions/"],
    }
    for browser, paths in pages.items():
        for path in paths:
            answer = browser.get(f"/accounts/{path}")
            page = answer.content.decode()
            assert answer.status_code == 200, path
            assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page), path
            assert not re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page), path
            assert page.count("<h1>") == 1, path
            assert "Passerelle</title>" in page, path


def test_the_mail_shows_the_code_large_and_speaks_the_pages_language(client, db):
    build.person(ADDRESS)
    client.cookies["language"] = "fr"
    ask_for_code(client)
    message = Message.objects.get()
    assert f'<p class="code">{code_in(message)}</p>' in message.html
    assert '<html lang="fr">' in message.html
    assert message.language == "fr"


@pytest.mark.sensitive
def test_a_changed_security_setting_is_told_by_mail(db, enter, stranger, django_capture_on_commit_callbacks):
    browser = enter(stranger)
    door.prove_by_mail(browser, stranger)
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    message = Message.objects.latest("pk")
    assert (message.kind, message.to_email) == ("mfa.email.totp_activated", stranger.email)
    assert message.subject == "An authenticator app is set up"
    assert message.text.startswith("An authenticator app was set up for your account.\n\nIf it was not you, log in")


@pytest.mark.sensitive
def test_with_an_app_the_code_sent_by_mail_is_not_enough(client, db):
    ana = build.person(ADDRESS)
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")
    ask_for_code(client)
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in(Message.objects.get())})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_in(client)
