"""The calendar of stays with 500 of them: how often it asks the database, whatever the number of stays."""

from datetime import date

from benchmarks.measure import figure
from benchmarks.pages import site

MOST_QUERIES = 13
STAYS, HOSTS = 500, 50


def figures(unit: float) -> list[dict]:
    """One figure: queries of the page, against the twelve that it may ask."""
    with site():
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from tests import build

        organiser = build.person("organiser@network.example", "Odile", "organiser", build.secretariat())
        home = build.city("home")
        programme = build.programme(edition=build.edition("2027"), last_start=date(2028, 6, 1))
        year = (date(2027, 1, 1), date(2029, 1, 1), 20)
        hosts = [build.incubator(f"Host {n}", build.city(f"far-{n}"), year) for n in range(HOSTS)]
        for n in range(STAYS):
            start = date(2027 + n % 2, 1 + n % 6, 1)
            ends = date(start.year, start.month + 6, 1)
            team = build.candidate(programme, f"Team {n}", home, n + 1, nationalities=["IN"])
            build.stay_of(team, hosts[n % HOSTS], starts=start, ends=ends)
        build.candidate(programme, "Who waits", home, STAYS + 1)
        client = Client()
        client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
        place = f"/organise/programmes/{programme.pk}/calendar/"
        client.get(place)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(place).content.decode()
        assert page.count('class="stay') == STAYS
    asked = len(queries)
    return [figure("calendar_page", asked, "queries", baseline="queries_allowed", ratio=asked / MOST_QUERIES, limit=1)]
