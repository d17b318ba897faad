"""A live round in real browsers: the organiser runs the timer, a juror follows and scores on a phone,
the chair opens the deliberation."""

from playwright.sync_api import expect

from tests.journeys.browser import check_page, follow

STAGE = """
from django.utils import timezone
edition = build.edition("live-round")
entries = build.competing(edition, 2)
jurors = [build.juror(edition, n, user=build.person(f"juror{n}@live.example", f"Juror {n}")) for n in (1, 2)]
round = build.round(edition, state="open", criteria=(("innovation", 100),))
cards = [build.assign(round, juror, entry).pk for juror in jurors for entry in entries]
session = build.live_session(round, *entries, chair=jurors[0])
build.person("runs@live.example", "Runs It", "organiser", build.secretariat())
answer = [session.pk, cards]
"""


def test_the_timer_a_phone_and_the_deliberation(site, log_in):
    session, [_one, _two, card, _other] = site.run(STAGE)
    organiser, phone = log_in("runs@live.example"), log_in("juror2@live.example", width=390, has_touch=True)
    organiser.goto(f"{site.url}/sessions/{session}/timer/")
    check_page(organiser)
    phone.goto(f"{site.url}/sessions/{session}/timer/")
    expect(phone.locator("#timer-digits")).to_have_text("5:00")
    organiser.keyboard.press("Space")
    organiser.get_by_role("button", name="Pause").wait_for()
    expect(phone.locator("#timer-digits")).not_to_have_text("5:00")
    organiser.keyboard.press("n")
    expect(phone.locator("#timer-says")).to_contain_text("Questions")
    check_page(phone)

    phone.get_by_role("link", name="Score this entry").tap()
    phone.wait_for_url(f"**/scorecards/{card}/")
    phone.get_by_role("group", name="Innovation").locator("label", has_text="4").first.tap()
    phone.locator(".saving[data-state=saved]").wait_for()
    phone.get_by_role("button", name="Submit", exact=True).tap()
    phone.get_by_role("button", name="Change it").wait_for()
    phone.goto(f"{site.url}/sessions/{session}/")
    check_page(phone)
    assert phone.goto(f"{site.url}/sessions/{session}/deliberation/").status == 404
    phone.complaints.clear()  # the browser reports the 404

    chair = log_in("juror1@live.example")
    chair.goto(f"{site.url}/sessions/{session}/")
    follow(chair, chair.get_by_role("link", name="Deliberation"))
    follow(chair, chair.get_by_role("button", name="Open the deliberation"))
    chair.get_by_label("Notes of the deliberation").fill("One entry stands out.")
    follow(chair, chair.get_by_role("button", name="Save the notes"))
    check_page(chair)
    phone.reload()
    expect(phone.locator("tbody th").first).to_contain_text("Firm 1")
    expect(phone.get_by_text("One entry stands out.")).to_be_visible()
    check_page(phone)
