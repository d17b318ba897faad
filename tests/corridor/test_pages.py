"""Every page of the corridor, by whom it is asked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.models import Incubator, PlacementPlan, Programme, Stay
from corridor.placement.services.plans import propose_placements, solve_plan
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(corridor, organiser, city):
    """The corridor with a stay of Alpha in Braga and a solved plan for those who wait."""
    corridor.stay = build.stay_of(corridor.teams[0], corridor.braga)
    corridor.plan = propose_placements(by=organiser, programme=corridor.programme)
    solve_plan.call(corridor.plan.pk)
    corridor.other_founder = build.team(corridor.teams[1])
    corridor.far_coordinator = build.person(
        "far@cuneo.example", role="coordinator", organisation=build.city_hall(build.city("cuneo"))
    )
    return corridor


ORGANISER_ONLY = dict.fromkeys(
    ("host", "other_host", "founder", "other_founder", "coordinator", "far_coordinator", "stranger"), 404
) | {"organiser": 200}
PAGES = {
    "programme_list": ORGANISER_ONLY,
    "programme": ORGANISER_ONLY,
    "programme_edit": ORGANISER_ONLY,
    "programme_calendar": ORGANISER_ONLY,
    "stay_list": ORGANISER_ONLY,
    "plan": ORGANISER_ONLY,
    "incubator_list": ORGANISER_ONLY,
    "stay": {
        "organiser": 200,
        "host": 200,
        "founder": 200,
        "coordinator": 200,
        "other_host": 404,
        "other_founder": 404,
        "far_coordinator": 404,
        "stranger": 404,
    },
    "candidate_wishes": {
        "organiser": 200,
        "founder": 200,
        "coordinator": 200,
        "host": 403,  # sees the team that stays with it, not what it wished
        "other_host": 404,
        "other_founder": 404,
        "far_coordinator": 404,
        "stranger": 404,
    },
    "incubator": {
        "organiser": 200,
        "host": 200,
        "other_host": 404,
        "founder": 200,
        "other_founder": 200,
        "coordinator": 200,
        "far_coordinator": 200,
        "stranger": 404,
    },
    "incubator_edit": {
        "organiser": 200,
        "host": 200,
        "other_host": 404,
        "founder": 403,
        "other_founder": 403,
        "coordinator": 403,
        "far_coordinator": 403,
        "stranger": 404,
    },
    "city_stays": {
        "organiser": 200,
        "coordinator": 200,
        "far_coordinator": 200,
        "host": 404,
        "other_host": 404,
        "founder": 404,
        "other_founder": 404,
        "stranger": 404,
    },
}


def address(name, full):
    things = {
        "programme": full.programme,
        "programme_edit": full.programme,
        "programme_calendar": full.programme,
        "stay_list": full.programme,
        "plan": full.plan,
        "stay": full.stay,
        "candidate_wishes": full.teams[0],
        "incubator": full.braga,
        "incubator_edit": full.braga,
    }
    return reverse(name, args=[things[name].pk] if name in things else [])


@pytest.mark.parametrize("name", PAGES)
def test_each_page_by_each_role(full, organiser, coordinator, stranger, enter, client, name):
    cast = {"organiser": organiser, "coordinator": coordinator, "stranger": stranger}
    answers = {
        role: enter(cast.get(role) or getattr(full, role)).get(address(name, full)).status_code for role in PAGES[name]
    }
    assert answers == PAGES[name]
    assert client.get(address(name, full)).status_code == 302


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_in_both_languages_hold_no_inline_style_or_script(full, organiser, enter, name, language):
    client = enter(organiser)
    client.cookies["language"] = language
    page = client.get(address(name, full)).content.decode()
    assert f'<html lang="{language}"' in page
    assert " style=" not in page
    assert "<style" not in page


def test_a_host_sees_nobody_s_wishes_before_a_plan_is_applied(full, enter):
    """Gamma wishes Braga and waits: its name stands on no page of Braga's host."""
    client = enter(full.host)
    for url in ("/home/", reverse("incubator", args=[full.braga.pk]), reverse("stay", args=[full.stay.pk])):
        page = client.get(url, follow=True).content.decode()
        assert "Gamma" not in page
        assert "Beta" not in page
    assert "number 1 of 2" not in page
    assert client.get(reverse("candidate_wishes", args=[full.teams[2].pk])).status_code == 404


def test_the_plan_page_gives_reasons(full, organiser, enter):
    page = enter(organiser).get(reverse("plan", args=[full.plan.pk])).content.decode()
    assert "2 of 3 placed." in page
    assert "Proven: under the rule no plan is better." in page
    assert "Sample Braga: its desks go to Alpha. From 1 January 2027, 1 desk is missing." in page


def test_wishes_by_buttons_and_by_numbers(corridor, enter):
    client, alpha = enter(corridor.founder), corridor.teams[0]
    url = reverse("candidate_wishes", args=[alpha.pk])
    braga, magog = f"wish_{corridor.braga.pk}", f"wish_{corridor.magog.pk}"
    typed = {"version": 1, "people": 2, "earliest_start": "", "latest_start": "", "needs": "Wheelchair"}
    shown = client.post(url, {**typed, braga: "1", magog: "2", "move": f"up:{magog}"})
    form = shown.context["form"]
    assert (form[braga].value(), form[magog].value(), form["needs"].value()) == ("2", "1", "Wheelchair")
    alpha.refresh_from_db()
    assert alpha.version == 1  # nothing is saved by moving
    assert client.post(url, {**typed, braga: "2", magog: "1"}).status_code == 302
    assert list(alpha.preferences.order_by("rank").values_list("incubator_id", flat=True)) == [
        corridor.magog.pk,
        corridor.braga.pk,
    ]
    stale = client.post(url, {**typed, braga: "1", magog: "", "needs": "Something typed"})
    assert "other wishes in the meantime" in stale.content.decode()
    assert "Something typed" in stale.content.decode()


def test_a_host_states_places_and_answers(full, enter):
    client = enter(full.host)
    new = reverse("opening_new", args=[full.braga.pk])
    wrong = client.post(new, {"starts": "2027-05-01", "ends": "2027-04-01", "desks": "2", "note": "kept"})
    assert "The end lies before the start." in wrong.content.decode()
    assert "kept" in wrong.content.decode()
    assert client.post(new, {"starts": "2027-04-01", "ends": "2027-04-30", "desks": "2"}).status_code == 302
    made = full.braga.openings.order_by("-pk").first()
    assert made.ends == date(2027, 5, 1)  # people say the last day, the period is kept as [1 April, 1 May)
    assert 'value="2027-04-30"' in client.get(reverse("opening_edit", args=[full.braga.pk, made.pk])).content.decode()
    assert full.braga.openings.count() == 2
    assert client.post(reverse("stay_accept", args=[full.stay.pk])).status_code == 302
    full.stay.refresh_from_db()
    assert full.stay.accepted_by_host_at is not None
    empty = client.post(reverse("stay_decline", args=[full.stay.pk]), {"reason": ""})
    assert empty.status_code == 422
    client.post(reverse("stay_decline", args=[full.stay.pk]), {"reason": "Flood"})
    full.stay.refresh_from_db()
    assert (full.stay.state, full.stay.decline_reason) == ("declined", "Flood")


def test_an_organiser_sets_up_a_programme_and_applies_a_plan(full, organiser, enter):
    client = enter(organiser)
    edition = build.edition("2029")
    values = {
        "name_en": "Corridor 2029",
        "name_fr": "Corridor 2029",
        "slug": "corridor-2029",
        "months": 6,
        "start_day": 1,
        "first_start": "2029-01-01",
        "last_start": "2029-06-01",
        "time_zone": "Europe/Paris",
        "wishes_close": "2028-11-30T23:59",
        "guest": "startup",
        "place_host": 1,
        "place_guest": 2,
        "place_city": 3,
        "placement_rule": "rank_first",
    }
    assert client.post(reverse("programme_new", args=[edition.slug]), values).status_code == 302
    made = Programme.objects.get(slug="corridor-2029")
    assert made.wishes_close.isoformat() == "2028-11-30T22:59:00+00:00"  # 23:59 in Paris
    shown = client.get(reverse("programme_edit", args=[made.pk])).content.decode()
    assert 'value="2028-11-30T23:59"' in shown
    assert client.post(reverse("plan_apply", args=[full.plan.pk])).url == reverse("stay_list", args=[full.programme.pk])
    assert Stay.objects.filter(plan=full.plan).count() == 1
    assert client.post(reverse("plan_apply", args=[full.plan.pk])).status_code == 409


def many(full, count, city):
    for number in range(count):
        host = build.incubator(
            f"Host {count} {number}", build.city(f"far-{count}-{number}"), (date(2027, 1, 1), date(2028, 1, 1), 1)
        )
        team = build.candidate(full.programme, f"Team {count} {number}", city, 10 + number, [host, full.braga])
        build.stay_of(team, host)
        waiting = build.candidate(full.programme, f"Waits {count} {number}", city, 90, [full.braga, full.magog])
        assert waiting.preferences.count() == 2


@pytest.mark.parametrize(
    "name", ["programme_list", "programme", "programme_calendar", "stay_list", "incubator_list", "city_stays", "plan"]
)
def test_as_many_queries_for_30_rows_as_for_3(full, organiser, city, enter, name):
    client = enter(organiser)

    def queries():
        client.get(address(name, full))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address(name, full)).status_code == 200
        return len(captured)

    counts = []
    for count in (3, 27):
        many(full, count, city)
        solve(full, organiser)
        counts.append(queries())
    assert counts[0] == counts[1]


def solve(full, organiser):
    PlacementPlan.objects.all().delete()
    full.plan = propose_placements(by=organiser, programme=full.programme)
    solve_plan.call(full.plan.pk)


def test_sent_and_hosted_counts(full):
    assert [(r["name"], r["sent"], r["hosted"]) for r in Stay.objects.all().sent_and_hosted()] == [
        ("Braga", 0, 1),
        ("Clermont-Ferrand", 1, 0),
    ]


def test_the_programme_its_calendar_and_its_stays_show_who_sent_and_who_hosted(full, organiser, enter):
    client = enter(organiser)
    for name in ("programme", "programme_calendar", "stay_list"):
        page = client.get(reverse(name, args=[full.programme.pk])).content.decode()
        part = page[page.index("Sent and hosted") :]
        for row in full.programme.stays.sent_and_hosted():
            line = f'<th scope="row">{row["name"]}</th><td class="right num">{row["sent"]}</td>'
            assert f'{line}<td class="right num">{row["hosted"]}</td>' in part


def test_incubators_of_a_founder_are_those_that_take_part(full, stranger):
    Incubator.objects.filter(pk=full.magog.pk).update(is_open=False)
    assert set(Incubator.objects.visible_to(full.founder)) == {full.braga}
    assert set(Incubator.objects.visible_to(stranger)) == set()
    assert set(Incubator.objects.visible_to(full.other_host)) == {full.magog}
