"""A long text that takes effect by its button alone: a start-up's description, typed in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import check_page

SCENE = """
slug = SLUG
startup = build.startup(f"Firm {slug}", build.city())
startup.description = "Old"
startup.save()
people = [build.person(f"{name}@{slug}.example", name, "founder", startup.organisation) for name in ("ana", "bo")]
answer = [f"/startups/{startup.pk}/", startup.pk, *(person.email for person in people)]
"""

DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('passerelle:draft:')).length"
HELD = "Kept on this device until you press the button."


@pytest.fixture
def scene(site, request):
    """(place of the profile, number of the start-up, address of one founder, of the other)"""
    slug = request.node.name.removeprefix("test_").replace("_", "-")[:30].strip("-")
    return site.run(SCENE.replace("SLUG", repr(slug)))


def opened(page, site, place):
    page.goto(site.url + place)
    expect(page.locator(".saving")).to_have_count(1)  # the script is there
    return page


def text(page):
    return page.locator("#id_description")


def line(page):
    return page.locator(".saving-text")


def in_database(site, number):
    return site.run(f"from contest.models import Startup\nanswer = Startup.objects.get(pk={number}).description")


def test_what_is_typed_comes_back_to_its_writer_until_it_has_arrived(site, scene, log_in):
    place, number, ana, bo = scene
    page = opened(log_in(ana), site, place)
    text(page).fill("Better")
    expect(line(page)).to_have_text(HELD)
    check_page(page)
    page.goto(site.url + "/entries/")
    context = page.context
    hers = context.cookies(site.url)
    context.add_cookies([site.login_cookie(bo)])  # somebody else on the same device
    opened(page, site, place)
    expect(text(page)).to_have_value("Old")
    expect(line(page)).to_have_count(0)
    context.add_cookies([{**cookie, "url": site.url, "domain": None, "path": None} for cookie in hers])
    opened(page, site, place)
    expect(text(page)).to_have_value("Better")
    expect(line(page)).to_contain_text("What you typed before is back.")
    page.get_by_role("button", name="Drop it").click()
    expect(text(page)).to_have_value("Old")
    assert page.evaluate(DRAFTS) == 0
    page.get_by_role("button", name="Bring it back").click()
    expect(text(page)).to_have_value("Better")
    name = page.locator("#id_name")
    kept_name = name.input_value()
    name.fill("")
    page.get_by_role("button", name="Save").click()
    page.locator(".faults").wait_for()
    expect(line(page)).to_have_text(HELD)  # a rule said no: it is still kept
    opened(page, site, place)
    expect(text(page)).to_have_value("Better")
    name.fill(kept_name)
    assert in_database(site, number) == "Old"
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").first.wait_for()
    page.wait_for_function(f"{DRAFTS} === 0")
    assert in_database(site, number) == "Better"
    opened(page, site, place)
    expect(line(page)).to_have_count(0)


def test_two_tabs_and_a_text_that_changed_meanwhile_are_shown_side_by_side(site, scene, log_in):
    place, number, ana, _bo = scene
    here = opened(log_in(ana), site, place)
    there = opened(here.context.new_page(), site, place)
    for page, typed in ((here, "First tab"), (there, "Second tab")):
        text(page).fill(typed)
        expect(line(page)).to_have_text(HELD)
    here.wait_for_function(f"{DRAFTS} === 2")  # neither writes over the other
    there.close()
    here.goto(site.url + "/entries/")
    site.run(
        f"from contest.models import Startup\nStartup.objects.filter(pk={number}).update(description='New')\nanswer = 1"
    )
    opened(here, site, place)
    cells = here.locator(".conflict dd")
    expect(cells).to_have_text(["First tab", "New"])
    check_page(here)
    here.get_by_role("button", name="Keep what I typed here").click()
    expect(cells).to_have_text(["Second tab", "First tab"])
    here.get_by_role("button", name="Take what is kept").click()
    expect(text(here)).to_have_value("First tab")
    expect(line(here)).to_have_text(HELD)
    here.wait_for_function(f"{DRAFTS} === 1")
