"""Each role of the demonstration comes in, sees what to do, and does its part, by keyboard, on a phone or at a desk."""

import re

from playwright.sync_api import expect

from tests.journeys.browser import check_page

STATE = """
from contest.models import Entry
from corridor.models import Agreement, Stay
from judging.models import Scorecard
from network.models import Message
answer = EXPRESSION
"""

OWN_SITE = True


def ask(site, expression):
    return site.run(STATE.replace("EXPRESSION", expression))


def press(page, role, name):
    """What a keyboard does: focus, then Enter; the answer is a page."""
    page.get_by_role(role, name=name).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tick(page, role, name):
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Space")


def type_in(page, label, text):
    page.get_by_label(label).focus()
    page.keyboard.insert_text(text)


def type_in_field(page, selector, text):
    page.locator(selector).focus()
    page.keyboard.insert_text(text)


def test_a_founder_signs_the_agreement_that_waits(site, enter):
    page = enter("founder", width=390)
    check_page(page)
    expect(page.locator(".road li")).to_have_count(8)
    steps = [text.split("\n")[-1].strip() for text in page.locator(".road li").all_inner_texts()]
    assert steps == [
        "Entry sent",
        "Found eligible",
        "Chosen by your city",
        "Round 1, written: the jury scores",
        "Round 2, pitch",
        "Award",
        "A place abroad",
        "Six months abroad",
    ]
    # What somebody waits for comes before what one may do.
    expect(page.locator(".card.now h2")).to_have_text("Read and sign an agreement")
    press(page, "link", "Read it")
    check_page(page)
    number = int(page.url.rstrip("/").rsplit("/", 1)[-1])
    signatory = ask(site, f"Agreement.objects.get(pk={number}).frozen['parties'][1]['signatory']")
    press(page, "button", "Send me a code")
    check_page(page)
    mail = "Message.objects.filter(kind='corridor.signing_code').latest('pk').text"
    type_in(page, "Code from the mail", re.search(r"^[0-9A-Z]{6}$", ask(site, mail), re.MULTILINE)[0])
    type_in(page, "Your name, as it stands in the agreement", "Somebody Else")
    tick(page, "checkbox", "simple")
    press(page, "button", "Sign this agreement")
    assert f"Type the name as it stands in the agreement: {signatory}." in page.inner_text("main")
    page.complaints.clear()  # the refusal's status
    page.get_by_label("Your name, as it stands in the agreement").fill("")
    type_in(page, "Your name, as it stands in the agreement", signatory)
    if not page.get_by_role("checkbox").first.is_checked():
        tick(page, "checkbox", "simple")
    press(page, "button", "Sign this agreement")
    signed = f"[s.party for s in Agreement.objects.get(pk={number}).signatures.exclude(signed_at=None)]"
    assert ask(site, signed) == ["host", "startup"]
    check_page(page)


def test_a_coordinator_checks_and_nominates(site, enter):
    page = enter("coordinator")
    check_page(page)
    press(page, "link", "Check 1 entry of Clermont-Ferrand")
    check_page(page)
    press(page, "link", "Sample Second Crust")
    check_page(page)
    tick(page, "radio", "Eligible")
    page.get_by_label("Reason").first.focus()
    page.keyboard.insert_text("We tasted the bread.")
    press(page, "button", "Record the decision")
    entry = "Entry.objects.get(edition__slug='sample-call', startup__organisation__name='Sample Second Crust')"
    assert ask(site, f"{entry}.state") == "eligible"
    press(page, "button", "Nominate")
    nomination = f"(lambda n: [n.slot, n.competing_slot])({entry}.nomination)"
    assert ask(site, nomination) == [1, 1]
    check_page(page)


def test_an_organiser_settles_whose_entry_it_is(site, enter):
    page = enter("organiser")
    check_page(page)
    press(page, "link", "Two cities claim 1 entry")
    check_page(page)
    press(page, "link", "Settle")
    check_page(page)
    page.get_by_label("City").select_option(label="Karlsruhe")
    type_in_field(page, "#settle_reason", "Its people work there.")
    press(page, "button", "Settle")
    entry = "Entry.objects.get(edition__slug='sample-call', startup__organisation__name='Sample Stone Twin')"
    assert ask(site, f"{entry}.city.slug") == "karlsruhe"
    page.goto(site.url + "/home/")
    assert "Two cities claim" not in page.inner_text("main")


def test_a_juror_scores_and_submits(site, enter):
    page = enter("juror", language="fr", width=390)
    check_page(page)
    page.goto(site.url + "/judging/")
    check_page(page)
    page.locator("a[href*='/judging/scorecards/']", has_text="Old walls").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/scorecards/*/")
    check_page(page)
    number = int(page.url.rstrip("/").rsplit("/", 1)[-1])
    for criterion in page.locator("fieldset.criterion").all():
        criterion.locator("input[type=radio]:checked").focus()
        page.keyboard.press("4")
    page.locator(".saving[data-state=saved]").wait_for()
    page.locator("textarea").first.focus()
    page.keyboard.insert_text("Des murs qui parlent.")
    page.locator("button[name=do][value=submit]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert ask(site, f"[m.value for m in Scorecard.objects.get(pk={number}).marks.all()]") == [4000] * 4
    assert ask(site, f"Scorecard.objects.get(pk={number}).state") == "submitted"


def test_a_host_accepts_and_the_organiser_drafts_the_agreement(site, enter):
    page = enter("host", width=390)
    check_page(page)
    press(page, "link", "Answer")
    check_page(page)
    number = int(page.url.rstrip("/").rsplit("/", 1)[-1])
    press(page, "button", "Accept the stay")
    assert ask(site, f"Stay.objects.get(pk={number}).state") == "accepted"
    check_page(page)

    page = enter("organiser")
    page.goto(f"{site.url}/stays/{number}/agreement/")
    check_page(page)
    type_in_field(page, "#id_city_authority", "the resolution of the sample council")
    press(page, "button", "Issue the agreement")
    check_page(page)
    assert ask(site, f"Agreement.objects.filter(stay={number}).exclude(state='void').count()") == 1
