"""/: what this is, the call that is open, and two doors."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import build


def links(page: str) -> list[tuple[str, str]]:
    """Address and words of the buttons."""
    return re.findall(
        r'<a class="btn[^"]*" href="([^"]+)"[^>]*>([^<]+)</a>', page.split("<main")[1].split("</main>")[0]
    )


def test_an_open_call_is_announced_with_its_deadline_and_zone(visit):
    closes = timezone.now().replace(microsecond=0) + timedelta(days=3)
    build.edition("open", call_closes=closes, time_zone="America/Toronto")
    page = visit("/")
    assert f'<time datetime="{closes.isoformat()}">' in page
    assert "Toronto time" in page
    assert links(page)[:2] == [
        ("/accounts/signup/?next=/entries/start/open/", "Enter your start-up"),
        ("/accounts/login/", "Log in"),
    ]


@pytest.mark.parametrize(
    "dates",
    [
        {"call_closes": timezone.now() - timedelta(days=1)},
        {"is_public": False},
        {"call_opens": None, "call_closes": None},
        {"is_archive": True, "call_opens": None, "call_closes": None},
    ],
)
def test_a_call_that_is_not_open_is_not_announced(visit, dates):
    build.edition("closed", **dates)
    page = visit("/")
    assert "No call is open today" in page
    assert "Enter your start-up" not in page
    assert "Edition closed" not in page


def test_a_coming_call_is_announced_with_its_day(visit):
    opens = timezone.now() + timedelta(days=5)
    build.edition("coming", call_opens=opens, call_closes=opens + timedelta(days=30), nominations_close=None)
    page = visit("/")
    assert "No call is open today" in page
    assert "Edition coming" in page


def test_whoever_is_logged_in_is_led_to_their_own_page(enter, stranger):
    build.edition("open")
    assert links(enter(stranger).get("/").content.decode())[:2] == [
        ("/home/", "Go to what you have to do"),
        ("/entries/start/open/", "Enter your start-up"),
    ]


def test_a_visitor_finds_the_public_pages_in_the_bar_a_member_in_the_footer(visit, enter, stranger):
    public = ["/editions/", "/programmes/", "/laureates/", "/network/"]
    bar = visit("/").split('class="main-nav"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', bar) == public
    foot = enter(stranger).get("/home/").content.decode().split('class="foot"')[1]
    assert re.findall(r'href="([^"]+)"', foot.split("</nav>")[0]) == [*public, "/verify/", "/api/v1/reference/"]


def test_browsers_keep_a_visitors_page_a_minute_and_a_members_not(db, enter, stranger):
    for address in ("/", "/editions/", "/laureates/", "/network/"):
        visitor, member = Client().get(address), enter(stranger).get(address)
        assert visitor.headers["Cache-Control"] == "private, max-age=60"
        assert member.headers["Cache-Control"] == "private, no-store"
        assert {part.strip() for part in visitor.headers["Vary"].split(",")} >= {"Cookie", "Accept-Language"}
