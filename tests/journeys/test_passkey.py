"""A person signs up and logs in by passkey, with an authenticator that Chromium plays, against the running site."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import check_page

ADDRESS = "pia@passkey.example"

CODE = f"""
from network.models import Message
answer = Message.objects.filter(to_email={ADDRESS!r}).latest("id").text
"""


@pytest.fixture
def authenticator(page):
    """A phone's passkey store inside the browser: it says yes at once, and verifies its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_sign_up_and_log_in_by_passkey(site, page, authenticator):
    page.goto(site.url + "/accounts/signup/")
    check_page(page)
    page.get_by_role("link", name="Create an account with a passkey").click()
    page.get_by_label("Your name").fill("Pia Passkey")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Send me a code").click()

    page.wait_for_url("**/accounts/confirm-email/")
    check_page(page)
    code = re.search(r"^[A-Z0-9-]{6,}$", site.run(CODE), re.MULTILINE).group()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continue").click()

    page.wait_for_url("**/accounts/2fa/webauthn/signup/")
    check_page(page)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/home/")
    expect(page.get_by_role("link", name="Pia Passkey")).to_be_visible()

    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(site.url + "/")
    page.goto(site.url + "/accounts/login/?next=/me/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/me/")
    expect(page.get_by_label("Your name")).to_have_value("Pia Passkey")

    page.get_by_role("link", name="Passkeys, second step, recovery codes").click()
    expect(page.get_by_role("link", name="See 1 passkey")).to_be_visible()
    check_page(page)

    # To change the address, the passkey is asked once more; then the change that was begun goes on.
    page.goto(site.url + "/accounts/email/")
    check_page(page)
    page.get_by_label("New e-mail address").fill("pia@new.example")
    page.get_by_role("button", name="Change the address").click()
    page.wait_for_url("**/accounts/2fa/webauthn/reauthenticate/**")
    check_page(page)
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/accounts/confirm-email/")


def test_a_passkey_that_fails_is_said_in_words(site, page, authenticator):
    page.goto(site.url + "/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_text("The passkey was not used").wait_for()
    expect(page).to_have_url(site.url + "/accounts/login/")


def test_without_javascript_the_code_still_works(site, new_page):
    page = new_page(javascript=False)
    page.goto(site.url + "/accounts/login/")
    expect(page.get_by_role("button", name="Log in with a passkey")).to_have_count(0)
    site.run('build.person("nora@script.example", "Nora Noscript")')
    page.get_by_label("E-mail address").fill("nora@script.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code")).to_be_visible()
    text = site.run(CODE.replace(ADDRESS, "nora@script.example"))
    page.get_by_label("Code").fill(re.search(r"^[A-Z0-9-]{6,}$", text, re.MULTILINE).group())
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(site.url + "/home/")


def test_the_browser_tells_the_time_zone_once(site, enter):
    site.run(
        "from network.models import User; User.objects.filter(email='founder@sample.invalid').update(time_zone='')"
    )
    site.run('build.person("founder@sample.invalid", "Sample founder", is_sample=True)')
    page = enter("founder", timezone_id="America/Toronto")
    page.get_by_text("Your times are shown in Toronto time.").wait_for()
    page.goto(site.url + "/me/")
    expect(page.get_by_label("Time zone")).to_have_value("America/Toronto")
    check_page(page)
