"""The pages around a placement: what a host answers, what a plan tells, lead times, the ledger,
a stay moved by form, feeds."""

import json
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from corridor.models import Candidate, HostAnswer, LeadTime, OpeningBalance, PlacementPlan, Programme, StayFeed
from corridor.placement.services.exchange import renew_stay_feed
from corridor.placement.services.plans import propose_placements, solve_plan
from corridor.placement.services.stays import accept_stay, decline_stay
from network.services import end_membership
from tests import build
from toolkit import clock

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def test_a_host_orders_and_refuses_the_teams_that_wish_it_and_sees_no_other(corridor, enter):
    alpha, beta, gamma = corridor.teams
    client, page = enter(corridor.other_host), reverse("incubator_candidates", args=[corridor.magog.pk])
    shown = text_of(client.get(page))
    assert ("Alpha" in shown, "Beta" in shown, "Gamma" in shown) == (True, False, True)
    typed = {"programme": corridor.programme.pk, f"place_{alpha.pk}": "1", f"reason_{gamma.pk}": "No welding here."}
    both = client.post(page, {**typed, f"reason_{alpha.pk}": "Or not."})
    assert "Alpha has both a place and a refusal" in text_of(both)
    assert 'value="No welding here."' in both.content.decode()  # nothing typed is lost
    assert client.post(page, typed).status_code == 302
    rows = HostAnswer.objects.order_by("candidate_id").values_list("candidate", "place", "reason", "by")
    assert list(rows) == [
        (alpha.pk, 1, "", corridor.other_host.pk),
        (gamma.pk, None, "No welding here.", corridor.other_host.pk),
    ]


def test_a_plan_tells_its_rule_its_proof_who_waits_and_what_would_change_it(
    corridor, organiser, enter, django_capture_on_commit_callbacks
):
    beta = corridor.teams[1]
    HostAnswer.objects.create(
        incubator=corridor.braga, candidate=beta, place=1, by=organiser, at=corridor.programme.wishes_close
    )
    client = enter(organiser)
    plan = propose_placements(by=organiser, programme=corridor.programme)
    page = reverse("plan", args=[plan.pk])
    PlacementPlan.objects.filter(pk=plan.pk).update(
        progress={"seconds": 2.5, "level": "wishes", "value": 7, "bound": 5}
    )
    assert "After 2.5 s: wishes of both sides. Best so far 7, no plan passes 5." in text_of(client.get(page))
    solve_plan.call(plan.pk)
    shown = text_of(client.get(page))
    for words in (
        "Rank first: no lower award displaces a higher one.",
        "Beta and Sample Braga. Alpha would leave; worse for rank 1: guests with a place.",
        "Asked in this order when a place comes free.",
        "What would change it?",
    ):
        assert words in shown, words
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("plan_ask", args=[plan.pk, beta.pk]))
    assert "1 more desk at Sample Braga from 1 January 2027" in text_of(client.get(page))
    Programme.objects.update(guest="graduate", guest_is_person=True)
    shown = text_of(client.get(page))  # people have a rank, and no award
    assert "Rank first: nobody takes a place that somebody with a better rank needs." in shown


def test_the_least_change_is_one_button_away(corridor, organiser, enter):
    build.stay_of(corridor.teams[0], corridor.braga)
    client = enter(organiser)
    page = reverse("programme", args=[corridor.programme.pk])
    assert "Propose the least change" in text_of(client.get(page))
    client.post(reverse("programme_propose", args=[corridor.programme.pk]), {"seed": "3", "least_change": "1"})
    plan = PlacementPlan.objects.get()
    assert (plan.change_first, json.loads(plan.inputs)["change_first"], json.loads(plan.inputs)["seed"]) == (
        True,
        True,
        3,
    )


def test_lead_times_and_the_ledger_are_tables_that_the_organiser_fills(corridor, organiser, enter):
    client = enter(organiser)
    typed = {"nationality": "IN", "host_country": "PT", "days": "330", "source": "", "as_of": "2026-01-31"}
    assert "This field is required" in text_of(client.post(reverse("lead_times"), typed))
    assert client.post(reverse("lead_times"), {**typed, "source": "https://consulate.example"}).status_code == 302
    row = LeadTime.objects.get()
    shown = text_of(client.get(reverse("lead_times")))
    assert "never legal advice" in shown
    assert ("India" in shown, "31 January 2026" in shown) == (True, True)
    twice = client.post(reverse("lead_times"), {**typed, "source": "Again"})
    assert "There is a row for these two already" in text_of(twice)
    client.post(reverse("lead_time_remove", args=[row.pk]))
    city = corridor.braga.city
    build.stay_of(corridor.teams[0], corridor.braga)
    client.post(reverse("ledger"), {"city": city.pk, "sent": "4", "hosted": "1", "note": "Letters"})
    balance = OpeningBalance.objects.get()
    assert (LeadTime.objects.count(), balance.sent, balance.hosted) == (0, 4, 1)
    rows = {row["name"]: (row["all_sent"], row["all_hosted"]) for row in client.get(reverse("ledger")).context["rows"]}
    assert rows == {city.name: (4, 2), corridor.teams[0].home_city.name: (1, 0)}
    client.post(reverse("ledger"), {"city": city.pk, "sent": "1", "hosted": "4", "note": "Letters"})
    assert "−4" in text_of(client.get(reverse("ledger")))  # with a minus, not a hyphen


def test_a_stay_is_moved_by_form_and_what_refuses_it_is_said_beside_the_form(corridor, organiser, enter):
    stay = build.stay_of(corridor.teams[2], corridor.magog)
    client, page = enter(organiser), reverse("stay_move", args=[stay.pk])
    late = client.post(page, {"starts": "2027-06-01", "incubator": corridor.magog.pk})
    assert (late.status_code, "Sample Magog has no desks left for these dates." in text_of(late)) == (422, True)
    assert client.post(page, {"starts": "2027-02-01", "incubator": corridor.braga.pk}).status_code == 302
    stay.refresh_from_db()
    assert (stay.incubator, stay.starts, stay.ends) == (corridor.braga, date(2027, 2, 1), date(2027, 8, 1))


def test_from_the_calendar_a_stay_is_chosen_and_moved_without_dragging(corridor, organiser, enter):
    stay = build.stay_of(corridor.teams[2], corridor.magog)
    client, page = enter(organiser), reverse("programme_calendar", args=[corridor.programme.pk])
    assert (
        f'<option value="{stay.pk}">Gamma · Sample Magog · 1 January 2027</option>' in client.get(page).content.decode()
    )
    chosen = client.get(reverse("stay_choose", args=[corridor.programme.pk]), {"stay": stay.pk})
    assert chosen.url == reverse("stay_move", args=[stay.pk])
    assert client.get(reverse("stay_choose", args=[corridor.programme.pk]), {"stay": "x"}).url == page
    other = build.programme(slug="other")
    assert client.get(reverse("stay_choose", args=[other.pk]), {"stay": stay.pk}).status_code == 404


def test_a_feed_holds_the_stays_of_one_incubator_and_its_old_address_leads_nowhere(corridor, enter):
    build.stay_of(corridor.teams[2], corridor.magog, state="confirmed")
    here = build.stay_of(corridor.teams[0], corridor.braga)
    build.stay_of(corridor.teams[1], corridor.braga, state="cancelled")
    client, renew = enter(corridor.host), reverse("incubator_feed_renew", args=[corridor.braga.pk])
    client.post(renew)
    old = reverse("stay_feed", args=[StayFeed.objects.get().token])
    events = Calendar.from_ical(Client().get(old).content).walk("VEVENT")
    assert [(one["summary"], one["status"], one.decoded("dtstart"), one.decoded("dtend")) for one in events] == [
        ("Alpha at Sample Braga", "TENTATIVE", here.starts, here.ends),
        ("Beta at Sample Braga", "CANCELLED", here.starts, here.ends),
    ]
    client.post(renew)
    new = reverse("stay_feed", args=[StayFeed.objects.get().token])
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    team = enter(corridor.founder)
    team.post(reverse("stay_feed_renew", args=[here.pk]))
    own = StayFeed.objects.get(organisation=corridor.teams[0].organisation)
    events = Calendar.from_ical(Client().get(reverse("stay_feed", args=[own.token])).content).walk("VEVENT")
    assert [one["summary"] for one in events] == ["Alpha at Sample Braga"]


def test_a_person_has_a_calendar_of_their_own_that_others_neither_see_nor_renew(corridor, enter):
    run, home = build.graduates(), corridor.teams[0].home_city
    people = [build.person(f"{name}@mail.example", name) for name in ("Ana", "Ben")]
    ana, ben = (
        Candidate.objects.create(programme=run, user=who, name=str(who), home_city=home, rank=1) for who in people
    )
    stay, _other = build.stay_of(ana, corridor.braga, "confirmed"), build.stay_of(ben, corridor.magog)
    build.stay_of(corridor.teams[0], corridor.braga)
    page, renew = reverse("stay", args=[stay.pk]), reverse("stay_feed_renew", args=[stay.pk])
    client = enter(people[0])
    assert "Make an address" in text_of(client.get(page))
    assert [enter(who).post(renew).status_code for who in (corridor.host, people[1])] == [403, 404]
    assert client.post(renew).status_code == 302
    old = StayFeed.objects.get(user=people[0])
    address = reverse("stay_feed", args=[old.token])
    assert address in text_of(client.get(page))
    assert address not in enter(corridor.host).get(page).content.decode()
    calendar = Calendar.from_ical(Client().get(address).content)
    assert calendar["x-wr-calname"] == "Ana"
    assert [one["summary"] for one in calendar.walk("VEVENT")] == ["Ana at Sample Braga"]
    client.post(renew)
    new = reverse("stay_feed", args=[StayFeed.objects.get().token])
    assert (Client().get(address).status_code, Client().get(new).status_code) == (404, 200)


@pytest.mark.parametrize("owners", [(), ("incubator", "user")])
def test_a_feed_is_of_one_owner(corridor, owners):
    both = {"incubator": corridor.braga, "user": corridor.host}
    with pytest.raises(IntegrityError), transaction.atomic():
        StayFeed.objects.create(token="t", renewed_at=clock.now(), **{name: both[name] for name in owners})


def test_whoever_leaves_a_host_takes_no_address_of_its_calendar_along(corridor, organiser):
    build.stay_of(corridor.teams[0], corridor.braga)
    known = [renew_stay_feed(by=corridor.host, incubator=corridor.braga).token]
    known += [renew_stay_feed(by=corridor.other_host, incubator=corridor.magog).token]
    assert "Alpha" in Client().get(reverse("stay_feed", args=[known[0]])).content.decode()
    end_membership(by=organiser, membership=corridor.host.memberships.get())
    assert [Client().get(reverse("stay_feed", args=[token])).status_code for token in known] == [404, 200]


def test_a_feed_tells_calendar_programs_what_is_newer_and_what_is_over(corridor, enter):
    stay = build.stay_of(corridor.teams[0], corridor.braga)
    feed = renew_stay_feed(by=corridor.host, incubator=corridor.braga)

    def event():
        return Calendar.from_ical(Client().get(reverse("stay_feed", args=[feed.token])).content).walk("VEVENT")[0]

    first = event()
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        accept_stay(by=corridor.host, stay=stay, side="host")
        decline_stay(by=corridor.founder, stay=stay, side="team", reason="No")
    last = event()
    assert (first["sequence"], first["status"], last["sequence"], last["status"]) == (0, "TENTATIVE", 2, "CANCELLED")
    assert (first["uid"], last.decoded("last-modified")) == (last["uid"], datetime(2026, 12, 1, 9, tzinfo=UTC))


def test_the_calendar_tells_how_full_each_house_is_and_shows_one_city_or_one_state(corridor, organiser, enter):
    build.stay_of(corridor.teams[0], corridor.braga)
    build.stay_of(corridor.teams[2], corridor.magog, state="confirmed")
    client, page = enter(organiser), reverse("programme_calendar", args=[corridor.programme.pk])

    def seen(**asked):
        shown = text_of(client.get(page, asked))
        return [name for name in ("Alpha</strong>", "Gamma</strong>") if name in shown]

    assert "2 of 2 desks held" in text_of(client.get(page))
    assert (seen(), seen(city="magog"), seen(state="proposed")) == (
        ["Alpha</strong>", "Gamma</strong>"],
        ["Gamma</strong>"],
        ["Alpha</strong>"],
    )


def test_the_calendar_asks_thirteen_queries_where_it_has_everything_to_tell(corridor, organiser, enter):
    """In an edition, with a team that waits, and one proposed whose papers may take time; the bench has 500 stays."""
    alpha = corridor.teams[0]
    alpha.nationalities = ["IN"]
    alpha.save()
    build.stay_of(alpha, corridor.braga)
    build.stay_of(corridor.teams[2], corridor.magog, state="confirmed")
    client, page = enter(organiser), reverse("programme_calendar", args=[corridor.programme.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        shown = text_of(client.get(page))
    assert "Beta" in shown
    assert len(queries) <= 13
