"""Latest decision dates where people need them: the wishes, the stay, the calendar, the organiser's list;
seeds with sources."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from corridor.models import LeadTime
from corridor.models.lead_time_texts import TEXTS
from corridor.overview import to_do
from corridor.placement.reading.lead_times import lead_time_rows, papers
from tests import build
from toolkit import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
MARCH = date(2027, 3, 1)


@pytest.fixture
def seeds():
    call_command("load_lead_times", verbosity=0)


def test_the_seeds_are_loaded_once_and_what_people_entered_stays(seeds, capsys):
    said = {row.note for row in LeadTime.objects.all()} | {
        row.source for row in LeadTime.objects.exclude(source__startswith="http")
    }
    assert said == set(TEXTS)  # what can be said in other languages
    LeadTime.objects.filter(nationality="", host_country="PT").update(days=300, source="The consulate")
    call_command("load_lead_times")
    assert capsys.readouterr().out == "lead times: 0 added, 6 there already\n"
    assert LeadTime.objects.get(nationality="", host_country="PT").days == 300


@pytest.mark.parametrize(
    ("nationalities", "country", "expected"),
    [
        (["FR"], "PT", (0, False)),  # a citizen of the Union in the Union
        (["CA"], "PT", (365, False)),
        (["FR", "CA"], "PT", (365, False)),  # the longest of a team counts
        (["PT"], "PT", None),  # at home
        (["CA"], "FR", (0, True)),  # something is known, but not how long
        (["FR"], "US", (0, True)),
        (["FR"], "JP", None),  # nothing is entered
        ([], "PT", None),
    ],
)
def test_what_the_seeds_say(seeds, nationalities, country, expected):
    found = papers(nationalities, country, MARCH, TODAY, lead_time_rows())
    assert (found and (found.days, found.is_unknown)) == expected


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 11, 20), ""), (date(2026, 12, 10), "soon"), (date(2026, 12, 31), "passed")]
)
def test_near_and_passed(day, state):
    """Sixty-one days before 1 March 2027 is 30 December 2026, which is still in time."""
    rows = {("", "PT"): LeadTime(nationality="", host_country="PT", days=61, source="Page", as_of=TODAY)}
    found = papers(["CA"], "PT", MARCH, day, rows)
    assert found.latest == date(2026, 12, 30)
    assert {"soon": found.is_near, "passed": found.is_late}.get(state, not (found.is_near or found.is_late))


def test_it_is_said_where_people_need_it(corridor, organiser, enter):
    LeadTime.objects.create(nationality="", host_country="PT", days=30, source="https://p.example", as_of=TODAY)
    alpha = corridor.teams[0]
    alpha.nationalities = ["CA"]
    alpha.save()
    wishes = enter(corridor.founder).get(reverse("candidate_wishes", args=[alpha.pk])).content.decode()
    assert "Papers: decide by 2 December 2026" in " ".join(wishes.split())
    assert 'href="https://p.example"' in wishes
    stay = build.stay_of(alpha, corridor.braga)
    with clock.at(datetime(2026, 12, 1, tzinfo=UTC)):
        titles = [task.title for task in to_do(organiser)]
        page = enter(corridor.host).get(reverse("stay", args=[stay.pk])).content.decode()
        calendar = enter(organiser).get(reverse("programme_calendar", args=[corridor.programme.pk])).content.decode()
    assert "Alpha at Sample Braga must be decided by 2 December 2026: ask both sides to answer" in titles
    assert "Latest decision for a start on 1 January 2027:" in page
    assert "decide by 2 December 2026" in calendar
    stay.travellers.create(
        name="Ana", nationalities=["PT"], starts=stay.starts, ends=stay.ends
    )  # who goes is at home there
    with clock.at(datetime(2026, 12, 1, tzinfo=UTC)):
        page = enter(corridor.host).get(reverse("stay", args=[stay.pk])).content.decode()
        titles = [task.title for task in to_do(organiser)]
    assert "Latest decision" not in page
    assert not any("must be decided" in title for title in titles)
    stay.travellers.all().delete()
    with clock.at(datetime(2026, 12, 3, tzinfo=UTC)):
        titles = [task.title for task in to_do(organiser)]
    assert "Alpha at Sample Braga had to be decided by 2 December 2026: move the stay or cancel it" in titles
