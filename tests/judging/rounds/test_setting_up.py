"""Rounds, criteria, jury and assignment as the organiser sets them up, over HTTP."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.jury.services.assignment import PLANS
from judging.models import Assignment, Conflict, Criterion, Juror, Plan, Round
from network.models import Invitation
from tests import build


@pytest.fixture
def desk(organiser, enter):
    """An organiser's client and an edition that keeps Paris time."""
    edition = build.edition("2027", time_zone="Europe/Paris")
    client = enter(organiser)
    client.edition = edition
    client.base = f"/organise/editions/{edition.slug}/"
    return client


def round_fields(**fields):
    return {
        "name_en": "Written round",
        "name_fr": "Tour écrit",
        "opens_at": "2027-03-01T09:00",
        "closes_at": "2027-03-12T18:00",
        "weight": "40",
        "combine": "percent",
        "across": "mean",
        "aggregate_at": "total",
        "trim": "0",
        "decimals": "2",
        "min_scorecards": "3",
        "jurors_per_entry": "3",
        "load_min": "0",
        "load_max": "20",
        "same_city_conflicts": "on",
        "shows_names": "on",
        "advance_count": "8",
        "advance_per_city": "3",
        "tie_1": "younger_firm",
        "tie_2": "human",
        **fields,
    }


def criterion_fields(**fields):
    return {
        "name_en": "Market and traction",
        "name_fr": "Marché",
        "weight": "25",
        "scale_min": "0",
        "scale_max": "5",
        "scale_step": "0.5",
        "is_required": "on",
        "anchors_en": "0 = nobody pays\n4.5 = customers come back",
        "anchors_fr": "0 = personne ne paie",
        **fields,
    }


def test_a_round_by_hand_in_the_editions_zone(desk):
    answer = desk.post(desk.base + "rounds/add/", round_fields())
    round = Round.objects.get()
    assert answer.headers["Location"] == f"/organise/rounds/{round.pk}/"
    assert round.closes_at == datetime(2027, 3, 12, 17, 0, tzinfo=UTC)
    assert round.name.data == {"en": "Written round", "fr": "Tour écrit"}
    assert round.rule.tie_chain == [{"kind": "younger_firm"}, {"kind": "human"}]
    assert (round.weight, round.rule.advance_count, round.rule.advance_per_city) == (40, 8, 3)
    page = desk.get(desk.base + "rounds/").content.decode()
    assert "Written round" in page
    assert "Weights of the rounds together: 40 %." in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("closes_at", "2027-02-01T09:00", "The round has to close after it opens."),
        ("opens_at", "tomorrow", "Give a date and an hour"),
        ("opens_at", "2027-03-28T02:30", "The clocks jump over this hour"),
        ("weight", "140", "A round weighs 100 per cent at most."),
    ],
)
def test_a_rule_that_can_t_be_is_refused_beside_its_field(desk, field, value, sentence):
    answer = desk.post(desk.base + "rounds/add/", round_fields(**{field: value}))
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert "Tour écrit" in answer.content.decode()
    assert not Round.objects.exists()


def test_a_criterion_in_both_languages_with_levels_in_words(desk):
    round = build.round(desk.edition, criteria=(("innovation", 75),))
    address = f"/organise/rounds/{round.pk}/criteria/"
    assert desk.post(address + "add/", criterion_fields()).status_code == 302
    made = Criterion.objects.get(code="market-and-traction")
    assert (made.weight, made.scale_step) == (25000, 500)
    assert made.anchors == {"0": {"en": "nobody pays", "fr": "personne ne paie"}, "4500": {"en": "customers come back"}}
    page = desk.get(f"/organise/rounds/{round.pk}/")
    assert page.context["total_weight"] == "100"
    assert [row.share for section in page.context["sections"] for row in section.rows] == ["75 %", "25 %"]
    form = desk.get(f"{address}{made.pk}/").context["form"]
    assert form["anchors_en"].value() == "0 = nobody pays\n4.5 = customers come back"
    desk.post(f"{address}{made.pk}/remove/")
    assert [criterion.code for criterion in round.criteria.all()] == ["innovation"]


def test_levels_that_can_t_be_read_come_back_with_the_line_named(desk):
    round = build.round(desk.edition)
    answer = desk.post(f"/organise/rounds/{round.pk}/criteria/add/", criterion_fields(anchors_en="four: good"))
    assert answer.status_code == 422
    assert "four: good" in str(answer.context["form"].errors["anchors_en"])


def test_an_open_round_takes_more_time_and_nothing_of_its_rule(desk):
    round = build.round(desk.edition, state="open", weight=100)
    page = desk.get(f"/organise/rounds/{round.pk}/").content.decode()
    assert "jurors rely on its rule" in page
    later = round_fields(opens_at="", closes_at="2031-01-01T12:00", weight="10")
    assert desk.post(f"/organise/rounds/{round.pk}/edit/", later).status_code == 302
    round.refresh_from_db()
    assert (round.closes_at, round.weight) == (datetime(2031, 1, 1, 11, 0, tzinfo=UTC), 100)
    assert desk.get(f"/organise/rounds/{round.pk}/criteria/add/").status_code == 302


def test_inviting_a_juror_and_again(desk):
    city = build.city("braga")
    values = {"email": "Judge@Away.example", "full_name": "Judge Away", "city": city.pk, "languages": ["en", "fr"]}
    answer = desk.post(desk.base + "jury/invite/", {**values, "language": "fr", "load_max": "7"})
    assert answer.headers["Location"] == desk.base + "jury/"
    juror = Juror.objects.get()
    assert (juror.email, juror.city, juror.languages, juror.load_max) == ("judge@away.example", city, ["en", "fr"], 7)
    assert "Judge Away" in desk.get(desk.base + "jury/").content.decode()
    desk.post(f"/organise/jurors/{juror.pk}/invite-again/")
    assert Invitation.objects.filter(email="judge@away.example").count() == 1


def test_inviting_who_is_on_the_jury_already_is_refused_in_the_form(desk):
    build.juror(desk.edition, 1)
    values = {"email": "juror1@jury1.example", "full_name": "Juror 1", "language": "en"}
    answer = desk.post(desk.base + "jury/invite/", values)
    assert answer.status_code == 422
    assert "is on this jury already" in str(answer.context["form"].errors["email"])


def test_a_jurors_ties_are_found_by_rule_and_added_by_a_person(desk):
    entries = build.competing(desk.edition, 3)
    build.round(desk.edition)
    juror = build.juror(desk.edition, 1, build.city("braga"))
    address = f"/organise/jurors/{juror.pk}/"
    page = desk.get(address)
    assert [(row.entry.code, row.kind, row.by_rule) for row in page.context["ties"]] == [("E01", "same city", True)]
    assert desk.post(address, {"entry": entries[1].pk, "reason": ""}).status_code == 422
    desk.post(address, {"entry": entries[1].pk, "reason": "Sat on their board"})
    assert Conflict.objects.get().kind == "organiser"
    rows = desk.get(address).context["ties"]
    assert [(row.entry.code, row.by_rule, row.reason) for row in rows] == [
        ("E01", True, ""),
        ("E02", False, "Sat on their board"),
    ]


def test_taking_a_juror_off_needs_a_reason(desk):
    juror = build.juror(desk.edition, 1)
    assert desk.post(f"/organise/jurors/{juror.pk}/withdraw/", {"reason": ""}).status_code == 422
    desk.post(f"/organise/jurors/{juror.pk}/withdraw/", {"reason": "Moved away"})
    juror.refresh_from_db()
    assert juror.state == "withdrawn"


def test_propose_show_apply(desk):
    build.competing(desk.edition, 6)
    round = build.round(desk.edition, jurors_per_entry=2, min_scorecards=2)
    for n in range(1, 5):
        build.juror(desk.edition, n, build.city("braga") if n == 1 else None, languages=["fr"] if n == 2 else ["en"])
    address = f"/organise/rounds/{round.pk}/assignment/"
    assert "Nobody is assigned yet" in desk.get(address).content.decode()
    desk.post(address + "propose/")
    assert "It is in the queue" in desk.get(address).content.decode()
    PLANS.settle_owed(1)
    page = desk.get(address)
    assert not Assignment.objects.exists()
    assert [len(line.seats) for line in page.context["by_entry"]] == [2] * 6
    assert sum(len(line.seats) for line in page.context["by_juror"]) == 12
    assert "J01" not in [seat.juror.code for line in page.context["by_entry"][::3] for seat in line.seats]
    assert "Proven" in page.content.decode()
    plan = Plan.objects.get()
    desk.post(address + "plan/", {"plan": plan.pk, "do": "apply"})
    assert Assignment.objects.count() == 12
    desk.post(address + "propose/", {"draw": "another"})
    PLANS.settle_owed(1)
    page = desk.get(address)
    assert page.context["changes"]
    desk.post(address + "plan/", {"plan": page.context["plan"].pk, "do": "discard"})
    assert desk.get(address).context["plan"] is None
    assert Assignment.objects.count() == 12


def test_a_plan_that_can_t_be_is_explained_with_numbers(desk):
    build.competing(desk.edition, 3)
    round = build.round(desk.edition, jurors_per_entry=2, min_scorecards=2, load_max=1)
    for n in (1, 2, 3):
        build.juror(desk.edition, n)
    address = f"/organise/rounds/{round.pk}/assignment/"
    desk.post(address + "propose/")
    PLANS.settle_owed(1)
    page = desk.get(address)
    told = page.context["explanation"]
    assert told["numbers"] == [
        "6 seats are wanted; the jurors together take 3 at most.",
        "These rules can't all hold together: the number of jurors per entry; the most entries per juror.",
        "Over all entries, the most entries per juror needs 6, and 3 can be had.",
    ]
    assert any(sentence.startswith("more entries for Juror 1 (1)") for sentence in told["ways"])
    assert "Apply this plan" not in page.content.decode()


def test_a_plan_whose_inputs_changed_is_not_applied(desk):
    entries = build.competing(desk.edition, 3)
    round = build.round(desk.edition)
    jurors = [build.juror(desk.edition, n) for n in (1, 2)]
    address = f"/organise/rounds/{round.pk}/assignment/"
    desk.post(address + "propose/")
    PLANS.settle_owed(1)
    desk.post(f"/organise/jurors/{jurors[0].pk}/", {"entry": entries[0].pk, "reason": "Aunt"})
    assert "have changed since" in desk.get(address).content.decode()
    desk.post(address + "plan/", {"plan": Plan.objects.get().pk, "do": "apply"})
    assert not Assignment.objects.exists()


def test_opening_tells_what_is_in_its_way_and_then_opens(desk):
    build.competing(desk.edition, 3)
    round = build.round(desk.edition)
    address = f"/organise/rounds/{round.pk}/"
    assert "Nobody is assigned yet." in desk.get(address + "open/").content.decode()
    refused = desk.post(address + "open/")
    assert (refused.status_code, "Too few jurors are assigned to" in refused.content.decode()) == (422, True)
    build.juror(desk.edition, 1)
    desk.post(address + "assignment/propose/")
    PLANS.settle_owed(1)
    desk.post(address + "assignment/plan/", {"plan": Plan.objects.get().pk, "do": "apply"})
    assert desk.post(address + "open/").headers["Location"] == address + "progress/"
    round.refresh_from_db()
    assert round.state == "open"


@pytest.mark.parametrize("page", ["rounds/", "rounds/add/", "jury/", "jury/invite/", "awards/", "rounds/presets/"])
def test_the_editions_pages_are_the_organisers(desk, enter, page, coordinator, founder, stranger):
    juror = build.juror(desk.edition, 1)
    for person in (coordinator, founder, stranger, juror.user):
        assert enter(person).get(desk.base + page).status_code == 404
        assert enter(person).get(f"/organise/jurors/{juror.pk}/").status_code == 404


def test_every_preset_is_listed_with_its_source_and_what_it_leaves_open(desk):
    page = desk.get(desk.base + "rounds/presets/").content.decode()
    assert "https://communities.xprize.org/about/fairness" in page
    assert "Sample rules: two rounds" in page
    asked = desk.get(desk.base + "rounds/presets/xprize-communities/").content.decode()
    assert "No weights are shown in our source." in asked
    assert desk.get(desk.base + "rounds/presets/nobodys/").status_code == 404


def test_rounds_from_published_rules_ask_what_is_left_open(desk):
    address = desk.base + "rounds/presets/xprize-communities/"
    wrong = {"opens_1": "2027-03-12T18:00", "closes_1": "2027-03-01T09:00"}
    assert desk.post(address, wrong).status_code == 422
    assert desk.post(address, {"opens_1": "2027-03-01T09:00", "closes_1": "2027-03-12T18:00"}).status_code == 302
    round = Round.objects.get()
    asks = [ask["field"] for ask in round.asks]
    assert "weights" in asks
    page = desk.get(f"/organise/rounds/{round.pk}/").content.decode()
    assert "No weights are shown in our source." in page
    desk.post(f"/organise/rounds/{round.pk}/settle/", {"field": "weights"})
    round.refresh_from_db()
    assert [ask["field"] for ask in round.asks] == [field for field in asks if field != "weights"]


def test_a_longer_chain_for_ties_asks_no_more_queries(desk):
    """One rule or five: each is put in words from what was read once."""
    short, long = (build.round(desk.edition, order=order) for order in (1, 2))
    short.rule.tie_chain = [{"kind": "median"}]
    kinds = ("median", "highest_mark", "lowest_mark", "younger_firm", "human")
    long.rule.tie_chain = [{"kind": kind} for kind in kinds]
    counts = []
    for round in (short, long):
        round.rule.save()
        with CaptureQueriesContext(connection) as queries:
            page = desk.get(f"/organise/rounds/{round.pk}/")
        counts.append(len(queries))
        assert len(page.context["chain"]) == len(round.rule.tie_chain)
    assert counts[0] == counts[1]
