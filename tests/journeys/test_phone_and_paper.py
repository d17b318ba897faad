"""What a page shows on a phone and on paper: nothing that decides is out of sight."""

from io import BytesIO

from pypdf import PdfReader

from tests.journeys.browser import check_page, follow, hidden_columns

RESULTS = """
from contest.models import Entry
entries = Entry.objects.filter(edition__slug="sample-2026")
answer = entries.get(startup__organisation__memberships__user__email="founder@sample.invalid").pk
"""
ROUND = """
from judging.models import Round
answer = Round.objects.filter(edition__slug="sample-2026", city=None).earliest("order").pk
"""


def printed(page) -> list[str]:
    """The text of each page that the browser would print, on one line."""
    reader = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


def test_a_founder_reads_every_mark_on_a_phone(site, enter):
    page = enter("founder", width=390)
    page.goto(f"{site.url}/entries/{site.run(RESULTS)}/results/")
    tables = page.get_by_role("region", name="By criterion")
    assert tables.count() == 2
    for table in tables.all():
        last = table.locator("thead th").last.bounding_box()
        assert last["x"] + last["width"] <= 390
    assert hidden_columns(page) == []
    check_page(page)


def test_what_must_scroll_shows_that_it_does(site, enter):
    page = enter("juror", width=390)
    page.goto(site.url + "/judging/")
    follow(page, page.get_by_role("link", name="My marks").first)
    assert hidden_columns(page) == []
    scrolls = page.get_by_role("region", name="Your entries, highest total first")
    assert scrolls.evaluate("s => s.scrollWidth > s.clientWidth")
    assert "gradient" in scrolls.evaluate("s => getComputedStyle(s).backgroundImage")


def test_fourteen_entries_are_printed_on_one_page(site, enter):
    page = enter("organiser")
    page.goto(f"{site.url}/organise/rounds/{site.run(ROUND)}/standings/")
    rows = page.locator("table.standings tbody th").all_inner_texts()
    assert len(rows) == 14
    first = printed(page)[0]
    for row in rows:
        assert " ".join(row.split("\n")[0].split()) in first
    assert "Why?" not in first
    assert "Set-up" not in first  # the round's other pages are for the screen


def test_a_long_table_repeats_its_head_and_begins_on_the_first_page(site, enter):
    page = enter("organiser")
    page.goto(f"{site.url}/organise/rounds/{site.run(ROUND)}/stability/")
    names = page.locator("main table").first.locator("tbody th").all_inner_texts()
    sheets = printed(page)
    assert len(sheets) > 1
    assert " ".join(names[0].split()) in sheets[0]
    assert " ".join(names[-1].split()) not in sheets[0]  # it goes on
    head = " ".join(" ".join(page.locator("main table").first.locator("thead th").all_inner_texts()).split())
    assert all(head in sheet for sheet in sheets[:2])


PLACED = """
from corridor.models import PlacementPlan
answer = PlacementPlan.objects.latest("pk").pk
"""
CUT = """() => [...document.querySelectorAll('table, svg')].filter(it => it.checkVisibility() && !it.closest('.sr')
  && it.getBoundingClientRect().right > innerWidth + 1)
  .map(it => it.closest('[aria-label]')?.getAttribute('aria-label'))"""


def test_on_paper_no_column_is_cut_off_in_either_language(site, enter):
    """What is wider than a sheet shrinks all of the page, or is lost. A4 within our margins is 673 px wide."""
    page = enter("organiser", width=673)
    number, plan = site.run(ROUND), site.run(PLACED)
    for language in ("en", "fr"):
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.emulate_media(media="print")
        for path in (
            "/network/",
            "/incubator/1/figures/",
            f"/organise/plans/{plan}/",
            "/organise/lead-times/",
            f"/organise/rounds/{number}/agreement/",
        ):
            page.goto(site.url + path)
            assert page.evaluate("document.documentElement.lang") == language
            assert page.evaluate(CUT) == [], path


def test_a_phone_shows_the_organisers_tables_and_months_in_french_too(site, enter):
    """French words are longer: heads that fit in English hid a column."""
    page = enter("organiser", width=390)
    page.context.add_cookies([{"name": "language", "value": "fr", "url": site.url}])
    number, plan = site.run(ROUND), site.run(PLACED)
    page.goto(f"{site.url}/organise/rounds/{number}/progress/")
    check_page(page)
    tabs = page.get_by_role("navigation", name="Pages de ce tour")
    now = tabs.locator("[aria-current]").bounding_box()
    assert now["x"] >= 0
    assert now["x"] + now["width"] <= 390  # the page that is open is in sight
    assert "gradient" in tabs.locator("ul").evaluate(
        "row => getComputedStyle(row).backgroundImage"
    )  # and there are more
    assert "Accord" in tabs.inner_text()
    page.goto(f"{site.url}/organise/plans/{plan}/")
    check_page(page)
    for month in page.locator(".cal thead th").all():  # a month's name stands on two lines at most: “Sep 2026”
        assert month.evaluate("th => th.offsetHeight") < 80
