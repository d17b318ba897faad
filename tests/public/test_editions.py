"""/editions/: what anybody may read of an edition, and what stays behind."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from config.road import edition_road
from contest.models import Edition
from tests import build
from tests.public.test_network_page import queries_of


def url(edition: Edition) -> str:
    return reverse("public_edition", args=[edition.slug])


def rows(page: str) -> list[list[str]]:
    """The cells of the tables' bodies, as plain words."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", "".join(re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)), re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def test_an_edition_being_prepared_is_not_there(db, visit, enter, organiser):
    hidden = build.edition("secret", is_public=False)
    assert "secret" not in visit(reverse("public_editions"))
    visit(url(hidden), status=404)
    # The public page is the same for everybody: an organiser prepares editions elsewhere.
    assert enter(organiser).get(url(hidden)).status_code == 404


def test_the_newest_edition_comes_first_and_the_archive_last(visit):
    call_command("load_network", verbosity=0)
    call_command("load_archive", verbosity=0)
    now = timezone.now()
    build.edition("older", call_opens=now - timedelta(days=400), call_closes=now - timedelta(days=300))
    build.edition("newer")
    build.edition("undated", call_opens=None, call_closes=None)
    page = visit(reverse("public_editions"))
    links = re.findall(r'<h2><a href="/editions/([^/]+)/"', page)
    assert links == ["newer", "older", "inmc-2024", "undated"]


def test_the_frame_dates_rules_and_quotas_are_said_in_words(visit, finished):
    page = visit(url(finished))
    assert "version 3" in page
    assert "<p>Be kind.</p>" in page
    assert "<li>Energy</li>" in page
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Less than 8 years old on 2 March 2026" in text
    assert "Each city sends 5 start-ups at most" in text
    assert "Of these, 3 at most compete before the jury" in text
    # 17:00 UTC on 2 March is 18:00 in Paris, the zone of the edition, which is named.
    assert re.search(
        r'<time datetime="2026-03-02T17:00:00\+00:00">[^<]*18:00 <span class="zone">Paris time</span>', page
    )
    assert "4 May 2026 to 5 May 2026, Cuneo" in text


def test_only_those_who_go_on_are_named_and_no_mark_is_shown(visit, finished):
    page = visit(url(finished))
    assert rows(page) == [
        ["1", "Firm 1 of finished", "Braga"],
        ["2", "Firm 2 of finished", "Cuneo"],
    ]
    assert "Firm 3 of finished" not in page
    assert ".125" not in page


def test_awards_are_shown_with_their_citation_and_host(visit, finished):
    page = visit(url(finished))
    assert re.findall(r"<blockquote>(.*?)</blockquote>", page) == ["For its courage."]
    assert "Hosted in Magog by Incubator of Magog" in page


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_a_round_that_is_not_published_names_nobody(visit, finished, state):
    """Standings are there, frozen even, and two teams go on; the awards are granted:
    the public waits for publication."""
    finished.rounds.update(state=state)
    Edition.objects.update(results_published_at=None)
    page = visit(url(finished))
    assert "Firm" not in page
    assert "For its courage" not in page


def test_a_publication_planned_for_later_is_not_one_yet(visit, finished):
    finished.rounds.update(state="closed")
    Edition.objects.update(results_published_at=timezone.now() + timedelta(hours=1))
    assert "Firm" not in visit(url(finished))


def test_a_citys_own_selection_is_not_the_publics(visit, finished):
    finished.rounds.update(city=build.city("braga"))
    assert rows(visit(url(finished))) == []


def test_people_drafts_and_addresses_stay_out(visit, finished):
    draft = build.startup("Drafting Firm", build.city("braga"))
    build.entry(finished, draft, state="draft")
    build.juror(finished, 1)
    page = visit(url(finished)) + visit(reverse("public_editions")) + visit(reverse("public_laureates")) + visit("/")
    assert re.findall(r"Drafting|@|Founder 1|Juror 1|coordinator", page) == []


def test_the_archive_shows_facts_sources_and_gaps(visit):
    call_command("load_network", verbosity=0)
    call_command("load_archive", verbosity=0)
    page = visit(reverse("public_edition", args=["inmc-2024"]))
    named = [[name, "Clermont-Ferrand", "chosen by its city"] for name in ("CIDECO", "Clinic’n’Cell", "Synegram")]
    named.append(["Wallace Technologies", "Clermont-Ferrand", "chosen by its city"])
    gap = ["not published", "not published", "announced, without a name"]
    assert rows(page) == named + [gap] * 10
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "14 start-ups from 8 cities were announced. Clermont-Ferrand chose 4 of 21 applicants." in text
    assert "The marks, the ranking and the winners" in text
    assert 'href="https://inmc21.com/innovation-and-technology-lab"' in page
    assert "Rank" not in page
    assert 'class="road"' not in page


def test_the_archive_can_be_read_in_french(visit):
    from django.test import Client

    call_command("load_network", verbosity=0)
    call_command("load_archive", verbosity=0)
    page = Client(headers={"accept-language": "fr"}).get("/editions/inmc-2024/").content.decode()
    assert "<h1>Prix de la start-up RIVM 2024</h1>" in page
    assert "Les notes, le classement et les lauréats" in page


@pytest.mark.parametrize(
    ("moment", "states"),
    [
        (datetime(2026, 1, 5, 7, 59, tzinfo=UTC), "ahead ahead ahead ahead ahead ahead"),
        (datetime(2026, 1, 5, 8, 0, tzinfo=UTC), "now ahead ahead ahead ahead ahead"),
        (datetime(2026, 3, 2, 17, 0, tzinfo=UTC), "done now ahead ahead ahead ahead"),
        (datetime(2026, 3, 20, 17, 0, tzinfo=UTC), "done done now ahead ahead ahead"),
        # The final begins at midnight in Paris, two hours before midnight UTC in May.
        (datetime(2026, 5, 3, 21, 59, tzinfo=UTC), "done done now ahead ahead ahead"),
        (datetime(2026, 5, 3, 22, 0, tzinfo=UTC), "done done done now ahead ahead"),
        (datetime(2026, 5, 5, 22, 0, tzinfo=UTC), "done done done done now ahead"),
        (datetime(2026, 5, 6, 10, 0, tzinfo=UTC), "done done done done done now"),
    ],
)
def test_the_road_follows_the_dates(finished, moment, states):
    finished = Edition.objects.get(pk=finished.pk)
    assert " ".join(step.state for step in edition_road(finished, moment)) == states


def test_a_missing_date_does_not_stop_the_road(db):
    edition = build.edition("short", nominations_close=None, final_from=date(2000, 1, 2))
    states = [step.state for step in edition_road(edition, timezone.now())]
    assert states == ["done", "done", "done", "now", "ahead", "ahead"]


def test_sample_editions_say_so_everywhere(visit):
    build.edition("sample", is_sample=True)
    badge = '<span class="badge info">Sample</span>'
    assert [visit(page).count(badge) for page in ("/", "/editions/", "/editions/sample/")] == [1, 1, 1]


def test_the_number_of_queries_does_not_grow(db):
    def add(numbers) -> None:
        for number in numbers:
            edition = build.edition(f"e{number}", results_published_at=timezone.now())
            entries = build.competing(edition, 3)
            round = build.round(edition, state="published")
            for place, entry in enumerate(entries, 1):
                round.standings.create(entry=entry, rank=place, place=place, scorecards=1, advances=True)
                award = build.award(entry, place)
                build.stay(award, build.incubator(f"Host {number} {place}", build.city(f"host-{number}-{place}")))

    add(range(1))
    addresses = ["/", "/editions/", "/laureates/", "/editions/e0/"]
    few = [queries_of(address) for address in addresses]
    add(range(1, 8))
    assert [queries_of(address) for address in addresses] == few
