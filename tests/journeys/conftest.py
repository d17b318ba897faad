"""Journeys: whole stories in a real browser against real processes.

    def test_juror_scores_an_entry(site, enter):
        page = enter("juror")                    # a sample person, through the way in
        page.goto(site.url + "/judging/")
        check_page(page)                         # axe-core in both themes, nothing on the console

The database of a `site` starts as a copy of the loaded demonstration.
"""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.browser import ARGUMENTS, CHROMIUM, watch
from tests.journeys.site import PATIENCE, Site, free_port, loaded_site, shared_folder


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("browser")
            item.add_marker("sensitive")


@contextmanager
def demonstration(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(loaded_site(shared_folder(tmp_path_factory)), folder)
    with Site(folder, free_port()).served() as running:
        yield running


@pytest.fixture(scope="session")
def common_site(tmp_path_factory):
    with demonstration(tmp_path_factory) as running:
        yield running


@pytest.fixture(scope="module")
def site(request, tmp_path_factory):
    """A running demonstration: `site.url`, `site.ways[role]`, `site.manage(…)`, `site.run(code)`.

    Files whose stories are about people and rounds of their own share one;
    OWN_SITE = True asks for one that nobody else changes.
    """
    if not getattr(request.module, "OWN_SITE", False):
        yield request.getfixturevalue("common_site")
        return
    with demonstration(tmp_path_factory) as running:
        yield running


@pytest.fixture(scope="session")
def browser(tools):
    """Chromium, started once."""
    tools(CHROMIUM, "apt-get install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)  # as what a page is asked to do may take: new_page

    # Playwright keeps an event loop in this thread; Django would refuse its database there although nothing here is
    # async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, site):
    """new_page(width=390, language="fr", javascript=True) → a page of a visitor of its own.
    What its console says fails the test."""
    pages, contexts = [], []

    def make(width=1280, language="en", javascript=True, cookies=(), **options):
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 860},
            locale=language,
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(PATIENCE * 1000)
        if cookies:
            context.add_cookies(list(cookies))
        page = watch(context.new_page())
        contexts.append(context)
        pages.append(page)
        return page

    yield make
    said = [line for page in pages for line in page.complaints]
    for context in contexts:
        context.close()
    assert said == [], "the browser's console complains"


@pytest.fixture
def page(new_page):
    """A visitor's page, 1280 wide, in English."""
    return new_page()


@pytest.fixture
def enter(new_page, site):
    """enter("juror", width=390, language="fr") → a page where the sample person of that role is logged in."""

    def through(role, **options):
        page = new_page(**options)
        page.goto(site.ways[role])
        return page

    return through


@pytest.fixture
def log_in(new_page, site):
    """log_in("who@sensors.example") → a page where that person (of the site's database) is logged in."""

    def as_person(email, **options):
        return new_page(cookies=[site.login_cookie(email)], **options)

    return as_person
