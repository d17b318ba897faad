"""A report is typed in a real browser: in two tabs, and without a connection for a while (as a card of a juror is)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import check_page

STAGE = """
from datetime import timedelta
from toolkit import clock
slug = SLUG
today = clock.now().date()
starts, ends = today - timedelta(days=3), today + timedelta(days=180)
house = build.incubator(f"House {slug}", build.city(), (starts, ends + timedelta(days=30), 4))
team = build.candidate(build.programme(slug=slug), f"Team {slug}", build.city(), 1)
stay = build.stay_of(team, house, state="confirmed", starts=starts, ends=ends)
answer = [build.team(team).email, f"/stays/{stay.pk}/reports/baseline/team/"]
"""

KEPT = """
from corridor.models import Report
answer = [[row.answers.get("jobs_full_time"), row.revision, row.state] for row in Report.objects.filter(stay_id=PK)]
"""


@pytest.fixture
def stage(site, request):
    """(address of the team, place of its first report) of a stay of the test's own, three days after its start."""
    return site.run(STAGE.replace("SLUG", repr(request.node.name.removeprefix("test_").replace("_", "-")[:30])))


@pytest.fixture
def kept(site, stage):
    return lambda: site.run(KEPT.replace("PK", stage[1].split("/")[2]))


def open_report(page, site, place):
    page.goto(site.url + place)
    return page


def jobs(page):
    return page.locator("[data-question=jobs_full_time] input")


def wait_for(page, state):
    page.locator(f".saving[data-state={state}]").wait_for()


def test_two_tabs_are_shown_side_by_side_and_the_team_chooses(site, stage, log_in, kept):
    here = open_report(log_in(stage[0]), site, stage[1])
    there = open_report(here.context.new_page(), site, stage[1])
    jobs(there).fill("4")
    wait_for(there, "saved")
    jobs(here).fill("5")
    wait_for(here, "conflict")
    expect(here.locator("#conflict dd")).to_have_text(["5", "4"])
    here.complaints.clear()  # the browser reports the 409
    check_page(here)
    here.get_by_role("button", name="Keep what I typed here").click()
    wait_for(here, "saved")
    assert kept() == [[5, 2, "draft"]]
    jobs(there).fill("6")
    wait_for(there, "conflict")
    there.get_by_role("button", name="Take what is kept").click()
    expect(jobs(there)).to_have_value("5")


def test_without_a_connection_it_stays_on_the_device_and_is_saved_when_there_is_one(site, stage, log_in, kept):
    page = open_report(log_in(stage[0]), site, stage[1])
    page.context.set_offline(True)
    jobs(page).fill("7")
    wait_for(page, "offline")
    page.complaints.clear()  # the browser reports that it has no connection
    assert kept() == []
    page.context.set_offline(False)
    wait_for(page, "saved")
    assert kept() == [[7, 1, "draft"]]


def test_what_is_no_number_is_told_at_its_place_and_the_rest_is_kept(site, stage, log_in, kept):
    page = open_report(log_in(stage[0]), site, stage[1])
    jobs(page).fill("many")
    wait_for(page, "wrong")
    expect(page.locator("[data-question=jobs_full_time] .error")).not_to_have_text("")
    jobs(page).fill("8")
    wait_for(page, "saved")
    assert kept()[0][0] == 8
