"""A pitch and an application are typed in a real browser: in two tabs, without a connection, after a closed tab, and
once they are sent."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import check_page

ENTRY = """
slug = SLUG
edition = build.edition(slug)
entry = build.entry(edition, build.startup(f"Firm {slug}", build.city()), state=STATE, title="Old")
founder = build.person(f"founder@{slug}.example", "Founder", "founder", entry.startup.organisation)
answer = [founder.email, f"/entries/{entry.pk}/pitch/", entry.pk]
"""

APPLICATION = """
from datetime import timedelta
from corridor.applications.services.applications import start_application
from toolkit import clock
slug = SLUG
programme = build.graduates(slug)
programme.call.opens_at, programme.call.closes_at = clock.now() - timedelta(days=1), clock.now() + timedelta(days=9)
programme.call.save()
person = build.person(f"person@{slug}.example", "Person")
application = start_application(by=person, programme=programme)
answer = [person.email, f"/applications/{application.pk}/steps/you/", application.pk]
"""

KEPT = """
from contest.models import Entry
entry = Entry.objects.get(pk=PK)
answer = [entry.title, entry.version, entry.state]
"""


@pytest.fixture
def stage(site, request):
    """(address of the author, place of the step, number of the dossier) of one of the test's own."""
    slug = request.node.name.removeprefix("test_").replace("_", "-")[:30].strip("-")

    def made(code, state="draft"):
        return site.run(code.replace("SLUG", repr(slug)).replace("STATE", repr(state)))

    return made


def kept(site, number):
    return site.run(KEPT.replace("PK", str(number)))


def opened(page, site, place):
    page.goto(site.url + place)
    return page


def title(page):
    return page.locator("#id_title")


def wait_for(page, state):
    page.locator(f".saving[data-state={state}]").wait_for()


def test_two_tabs_of_one_pitch_are_shown_side_by_side(site, stage, log_in):
    email, place, number = stage(ENTRY)
    here = opened(log_in(email), site, place)
    there = opened(here.context.new_page(), site, place)
    title(there).fill("There ")  # a space at the end is not kept, and is no change
    there.get_by_label("Language of the pitch").select_option("fr")
    wait_for(there, "saved")
    title(here).fill("Here")
    wait_for(here, "conflict")
    expect(here.locator("#conflict dd")).to_have_text(["Here", "There", "English", "French"])
    here.complaints.clear()  # the browser reports the 409
    check_page(here)
    here.get_by_role("button", name="Keep what I typed here").click()
    wait_for(here, "saved")
    assert kept(site, number) == ["Here", 3, "draft"]
    title(here).fill("Here ")
    wait_for(here, "saved")
    assert kept(site, number) == ["Here", 3, "draft"]


def test_a_tab_closed_without_a_connection_loses_nothing(site, stage, log_in):
    email, place, number = stage(ENTRY)
    page = opened(log_in(email), site, place)
    page.context.set_offline(True)
    title(page).fill("In the train")
    wait_for(page, "offline")
    page.complaints.clear()  # the browser reports that it has no connection
    page.close()
    assert kept(site, number)[0] == "Old"
    again = page.context.new_page()
    page.context.set_offline(False)
    opened(again, site, place)
    wait_for(again, "saved")
    expect(title(again)).to_have_value("In the train")
    assert kept(site, number)[0] == "In the train"


def test_a_pitch_that_was_sent_is_sent_again_by_its_button_alone(site, stage, log_in):
    email, place, number = stage(ENTRY, "eligible")
    page = opened(log_in(email), site, place)
    title(page).fill("Better")
    expect(page.locator(".saving-text")).to_contain_text("Kept on this device")
    opened(page, site, place)
    expect(title(page)).to_have_value("Better")
    assert kept(site, number) == ["Old", 1, "eligible"]
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="3. Questions").wait_for()
    assert kept(site, number) == ["Better", 2, "submitted"]


def test_an_application_is_kept_with_its_choices_and_says_what_is_wrong(site, stage, log_in):
    email, place, _number = stage(APPLICATION)
    page = opened(log_in(email), site, place)
    page.locator("#id_address").fill("12 rue Haute")
    page.locator("input[name=languages]").first.check()
    page.locator("#id_born_on").fill("2099-01-01")
    wait_for(page, "wrong")
    expect(page.locator(".field.wrong .errorlist")).to_have_count(1)
    check_page(page)
    page.locator("#id_born_on").fill("2001-05-02")
    wait_for(page, "saved")
    expect(page.locator(".field.wrong")).to_have_count(0)
    opened(page, site, place)
    expect(page.locator("#id_address")).to_have_value("12 rue Haute")
    expect(page.locator("input[name=languages]").first).to_be_checked()
