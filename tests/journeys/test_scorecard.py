"""A juror scores in a real browser: by keyboard alone, off line, in two tabs, with a session that ends, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import check_page, follow

STAGE = """
from django.utils import timezone
from judging.models import Juror
slug = SLUG
edition = build.edition(slug)
entries = build.competing(edition, 3)
jurors = [Juror.objects.filter(edition=edition, code=f"J{n:02}").first() or build.juror(
    edition, n, user=build.person(f"juror{n}@{slug}.example", f"Juror {n}")) for n in (1, 2)]
round = build.round(edition, state="open", criteria=(("innovation", 60), ("market", 40)), min_scorecards=1)
criterion = round.criteria.get(code="innovation")
criterion.anchors = {"4000": {"en": "Clearly ahead of what exists"}}
criterion.save()
answer = [[build.assign(round, juror, entry).pk for entry in entries] for juror in jurors]
"""

KEPT = """
from judging.models import Scorecard
card = Scorecard.objects.get(pk=PK)
marks = [mark.value for mark in card.marks.order_by("criterion__order")]
answer = [marks, card.comment, card.version, card.state]
"""


@pytest.fixture
def stage(site, request):
    """(addresses of two jurors, their scorecards) in an edition of the test's own."""
    slug = request.node.name.split("[")[0].removeprefix("test_").replace("_", "-")[:30].strip("-")
    cards = site.run(STAGE.replace("SLUG", repr(slug)))
    return [f"juror{n}@{slug}.example" for n in (1, 2)], cards


@pytest.fixture
def kept(site):
    return lambda pk: site.run(KEPT.replace("PK", str(pk)))


def open_card(page, site, pk):
    page.goto(f"{site.url}/judging/scorecards/{pk}/")
    return page


def wait_for(page, state):
    page.locator(f".saving[data-state={state}]").wait_for()


def test_keyboard_alone_from_the_list_to_the_next_entry(site, stage, log_in, kept):
    [first, _second], [[one, two, _three], _others] = stage
    page = log_in(first)
    page.goto(site.url + "/judging/")
    check_page(page)
    page.get_by_role("link", name="Open the next to do").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/scorecards/{one}/")
    check_page(page)
    page.keyboard.press("4")
    expect(page.locator("fieldset.criterion .chosen").first).to_have_text("Clearly ahead of what exists")
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("Strong field trial.")
    wait_for(page, "saved")
    expect(page.locator("#so-far")).to_have_text("72 of 100")
    page.get_by_role("button", name="Submit and open the next").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/scorecards/{two}/")
    marks, comment, _version, state = kept(one)
    assert (marks, comment, state) == ([4000, 3000], "Strong field trial.", "submitted")


def test_submit_names_what_is_missing(site, stage, log_in):
    [first, _second], [[one, *_], _others] = stage
    page = open_card(log_in(first), site, one)
    page.keyboard.press("4")
    page.get_by_role("button", name="Submit", exact=True).click()
    page.locator("#missing").wait_for()
    expect(page.locator("#missing li")).to_have_text(["Market"])
    page.complaints.clear()  # the browser reports the 422
    check_page(page)


def test_off_line_then_back(site, stage, log_in, kept):
    [first, _second], [[one, *_], _others] = stage
    page = open_card(log_in(first), site, one)
    page.context.set_offline(True)
    page.keyboard.press("3")
    page.get_by_label("Comment for the start-up").fill("Typed in a train")
    wait_for(page, "offline")
    expect(page.locator(".saving")).to_contain_text("kept on this device")
    assert kept(one)[:2] == [[], ""]
    page.context.set_offline(False)
    wait_for(page, "saved")
    assert kept(one)[:2] == [[3000], "Typed in a train"]
    page.complaints.clear()


def test_what_was_typed_off_line_is_the_jurors_alone_and_arrives_from_the_list(site, stage, log_in, kept):
    """Closed off line; somebody else on the device reads and sends nothing; the juror's list sends it."""
    [first, second], [[one, *_], _others] = stage
    page = open_card(log_in(first), site, one)
    device = page.context
    device.set_offline(True)
    page.keyboard.press("4")
    page.get_by_label("Comment for the start-up").fill("Typed in a train")
    wait_for(page, "offline")
    held = page.evaluate("Object.entries(localStorage).flat().join()")
    assert held.startswith("passerelle:draft:")
    assert "train" not in held
    page.complaints.clear()
    page.close()
    device.set_offline(False)
    device.add_cookies([site.login_cookie(second)])
    there = device.new_page()
    there.goto(site.url + "/judging/", wait_until="networkidle")
    expect(there.locator("#queue")).to_have_text("")
    assert kept(one)[:3] == [[], "", 0]
    device.add_cookies([site.login_cookie(first)])
    there.goto(site.url + "/judging/")
    there.get_by_text("What you typed without a connection has arrived.").wait_for()
    assert kept(one)[:2] == [[4000], "Typed in a train"]
    assert there.evaluate("localStorage.length") == 0


def test_two_tabs_are_shown_side_by_side_and_the_juror_chooses(site, stage, log_in, kept):
    [first, _second], [[one, *_], _others] = stage
    here = open_card(log_in(first), site, one)
    there = open_card(here.context.new_page(), site, one)
    there.get_by_label("Comment for the start-up").fill("From the other tab")
    wait_for(there, "saved")
    here.get_by_label("Comment for the start-up").fill("From this tab")
    wait_for(here, "conflict")
    expect(here.locator("#conflict dd")).to_have_text(["From this tab", "From the other tab"])
    here.complaints.clear()  # the browser reports the 409
    check_page(here)
    assert kept(one)[1] == "From the other tab"
    here.get_by_role("button", name="Keep what I typed here").click()
    wait_for(here, "saved")
    assert kept(one)[1] == "From this tab"
    there.get_by_label("Comment for the start-up").fill("Once more")
    wait_for(there, "conflict")
    there.get_by_role("button", name="Take what is kept").click()
    expect(there.get_by_label("Comment for the start-up")).to_have_value("From this tab")


def test_a_session_that_ends_in_the_middle_loses_nothing(site, stage, log_in, kept):
    [first, second], [[one, *_], [others, *_more]] = stage
    page = open_card(log_in(first), site, one)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Comment for the start-up").fill("Written after the session ended")
    page.keyboard.press("Tab")
    wait_for(page, "signed-out")
    expect(page.locator(".saving")).to_contain_text("Nothing is lost")
    page.complaints.clear()  # the browser reports the 401
    assert kept(one)[1] == ""

    # Somebody else on this device neither sees nor sends it.
    page.context.add_cookies([site.login_cookie(second)])
    open_card(page, site, others)
    expect(page.get_by_label("Comment for the start-up")).to_have_value("")
    assert page.goto(f"{site.url}/judging/scorecards/{one}/").status == 404
    page.complaints.clear()
    assert kept(others)[1:3] == ["", 0]
    assert kept(one)[1] == ""

    page.context.add_cookies([site.login_cookie(first)])
    open_card(page, site, one)
    expect(page.get_by_label("Comment for the start-up")).to_have_value("Written after the session ended")
    wait_for(page, "saved")
    assert kept(one)[1] == "Written after the session ended"


def test_the_page_of_one_person_with_the_session_of_another_hides_what_was_typed(site, stage, log_in, kept):
    [first, second], [[one, *_], [others, *_more]] = stage
    page = open_card(log_in(first), site, one)
    page.context.add_cookies([site.login_cookie(second)])
    page.get_by_label("Comment for the start-up").fill("Mine alone")
    page.get_by_text("Somebody else is logged in on this device now").wait_for()
    page.complaints.clear()  # the browser reports the 401
    expect(page.locator("textarea")).to_have_count(0)
    assert kept(others)[1] == ""
    assert kept(one)[1] == ""


def test_stepping_back_on_a_phone(site, stage, log_in, kept):
    [first, _second], [[one, *_], _others] = stage
    page = open_card(log_in(first, width=390), site, one)
    check_page(page)
    follow(page, page.get_by_role("link", name="I have a conflict of interest"))
    check_page(page)
    page.get_by_label("What is the tie?").fill("I advise this team.")
    page.get_by_role("button", name="Step back from this entry").click()
    page.wait_for_url("**/judging/")
    expect(page.locator("main")).to_contain_text("E01")
    assert kept(one)[3] == "recused"
    assert page.goto(f"{site.url}/judging/scorecards/{one}/").status == 404
    page.complaints.clear()


def test_scoring_by_thumb_on_a_phone(site, stage, log_in, kept):
    [first, _second], [[one, two, _three], _others] = stage
    page = open_card(log_in(first, width=390, has_touch=True), site, one)
    for criterion, mark in (("Innovation", "5"), ("Market", "1")):
        scale = page.get_by_role("group", name=criterion)
        scale.locator("label", has_text=mark).first.tap()
    wait_for(page, "saved")
    check_page(page)
    page.get_by_role("button", name="Submit and open the next").tap()
    page.wait_for_url(f"**/scorecards/{two}/")
    assert kept(one)[0] == [5000, 1000]


def test_without_scripts_a_plain_form_saves(site, stage, log_in, kept):
    [first, _second], [[one, *_], _others] = stage
    page = open_card(log_in(first, javascript=False), site, one)
    page.locator("fieldset.criterion").first.locator("label", has_text="2").first.click()
    page.get_by_label("Comment for the start-up").fill("By hand")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert kept(one)[:3] == [[2000], "By hand", 1]
