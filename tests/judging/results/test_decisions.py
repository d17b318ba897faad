"""What a person records or decides in a round, from the page to the standings;
and a rule that changes while jurors score."""

from types import SimpleNamespace

import pytest

from judging.models import CutDecision, EntryFact, Penalty, RuleVersion
from judging.results.shown.outcomes import outcome_of
from judging.rounds.services.rule_changes import change_open_rule
from network.models import Event, Message
from tests import build
from toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(organiser, enter):
    """Three entries scored by one juror: 100, 60 and 20 per cent; one goes on, with one wild card;
    a late entry loses points."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, state="open", advance_count=1, wild_cards=1, threshold=30_000, threshold_effect="warn")
    late = round.criteria.create(
        code="late", name={"en": "Too late", "fr": "Retard"}, kind="penalty", weight=2000, order=9
    )
    juror = build.juror(edition, 1)
    for entry, mark in zip(entries, (5, 3, 1), strict=True):
        card = build.assign(round, juror, entry)
        for criterion in round.criteria.filter(kind="score"):
            card.marks.create(criterion=criterion, value=mark * 1000)
        card.state, card.version = "submitted", 1
        card.save()
    base = f"/organise/rounds/{round.pk}/"
    return SimpleNamespace(client=enter(organiser), base=base, round=round, entries=entries, late=late, juror=juror)


def record(desk, what, **fields):
    prefix = {"penalty": "penalty", "wild_card": "wild", "below": "below", "fact": "fact"}[what]
    return desk.client.post(
        desk.base + "decisions/", {"what": what, **{f"{prefix}-{name}": value for name, value in fields.items()}}
    )


def totals(round):
    return {code: str(score.total) for code, score in outcome_of(round).scores.items()}


def test_a_breach_takes_points_off_until_it_is_taken_back(desk):
    answer = record(
        desk, "penalty", entry=desk.entries[0].pk, criterion=desk.late.pk, breaches=2, reason="Two days late"
    )
    assert answer.status_code == 302
    assert totals(desk.round) == {"E01": "96", "E02": "60", "E03": "20"}
    assert "Two days late" in desk.client.get(desk.base + "decisions/").content.decode()
    penalty = Penalty.objects.get()
    address = f"{desk.base}decisions/penalties/{penalty.pk}/take-back/"
    desk.client.post(address, {"reason": ""})
    assert Penalty.objects.exists()  # a reason is needed
    desk.client.post(address, {"reason": "It was our clock"})
    assert totals(desk.round)["E01"] == "100"


def test_a_breach_without_a_reason_comes_back_with_what_was_typed(desk):
    answer = record(desk, "penalty", entry=desk.entries[1].pk, criterion=desk.late.pk, breaches=3, reason=" ")
    assert answer.status_code == 422
    form = answer.context["forms"].penalty
    assert (form["breaches"].value(), list(form.errors)) == ("3", ["reason"])


def test_a_wild_card_goes_on_and_no_more_than_the_rule_allows(desk):
    assert (
        record(
            desk, "wild_card", entry=desk.entries[1].pk, kind="wild_card", reason="The only one on water"
        ).status_code
        == 302
    )
    ranking = outcome_of(desk.round).ranking
    assert {place.entry: place.advances for place in ranking.places} == {"E01": True, "E02": True, "E03": False}
    again = record(desk, "wild_card", entry=desk.entries[2].pk, kind="wild_card", reason="Also bold")
    assert again.status_code == 422
    assert "allows 1 wild card, and it is given." in again.content.decode()
    decision = CutDecision.objects.get()
    desk.client.post(f"{desk.base}decisions/{decision.pk}/take-back/", {"reason": "Given by mistake"})
    assert not CutDecision.objects.exists()


def test_only_entries_below_the_threshold_are_offered_for_a_decision(desk):
    form = desk.client.get(desk.base + "decisions/").context["forms"].below
    assert [entry.code for entry in form.fields["entry"].queryset] == ["E03"]
    assert record(desk, "below", entry=desk.entries[2].pk, kind="drop", reason="Too early").status_code == 302
    assert record(desk, "below", entry=desk.entries[0].pk, kind="drop", reason="No").status_code == 422


def test_a_fact_can_then_settle_ties(desk):
    record(desk, "fact", entry=desk.entries[0].pk, code="innovative-firm", value="1", source="Register of firms")
    assert EntryFact.objects.get().value == 1000
    desk.round.state = "draft"
    desk.round.save()
    choices = desk.client.get(desk.base + "edit/").context["form"].fields["tie_1"].choices
    assert ("fact:innovative-firm:higher", "Recorded fact “innovative-firm”: the higher number first") in choices


def test_nothing_is_offered_in_a_closed_round(desk):
    desk.round.state = "closed"
    desk.round.save()
    record(desk, "penalty", entry=desk.entries[0].pk, criterion=desk.late.pk, breaches=1, reason="Late")
    assert not Penalty.objects.exists()


def rule_fields(desk, **changed):
    """What the page of a changed rule would send, with some of it changed."""
    form = desk.client.get(desk.base + "rule/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in {**values, **changed}.items() if value not in (None, "") and value is not False
    }


def test_a_changed_rule_is_a_new_version_and_the_jurors_are_told(desk):
    innovation = desk.round.criteria.get(code="innovation")
    fields = rule_fields(desk, **{f"weight_{innovation.pk}": "70"}, reason="The jury agreed on it")
    answer = desk.client.post(desk.base + "rule/", fields)
    assert answer.status_code == 302
    innovation.refresh_from_db()
    desk.round.refresh_from_db()
    assert (innovation.weight, desk.round.rule.version) == (70_000, 2)
    assert RuleVersion.objects.get().reason == "The jury agreed on it"
    assert Message.objects.filter(kind="judging.rule_changed", to_email=desk.juror.email).exists()
    assert "The jury agreed on it" in desk.client.get(desk.base + "decisions/").content.decode()


def test_a_rule_that_does_not_change_or_has_no_reason_is_refused(desk):
    assert desk.client.post(desk.base + "rule/", rule_fields(desk, reason="Nothing")).status_code == 422
    assert desk.client.post(desk.base + "rule/", rule_fields(desk, advance_count="2")).status_code == 422
    assert not RuleVersion.objects.exists()


def test_a_nested_group_and_a_bonus_are_made_on_the_pages(organiser, enter):
    edition = build.edition("2028")
    round = build.round(edition, criteria=(("idea", 1),))
    desk = enter(organiser)
    base = f"/organise/rounds/{round.pk}/"
    assert desk.post(base + "groups/add/", {"name_en": "Plan", "weight": "60"}).status_code == 302
    plan = round.groups.get()
    assert desk.post(base + "groups/add/", {"name_en": "Finance", "weight": "1", "parent": plan.pk}).status_code == 302
    finance = round.groups.get(code="finance")
    loop = desk.post(f"{base}groups/{plan.pk}/", {"name_en": "Plan", "weight": "60", "parent": finance.pk})
    assert (loop.status_code, "can&#x27;t stand inside itself" in loop.content.decode()) == (422, True)
    fields = {
        "name_en": "Team",
        "weight": "2",
        "scale_min": "0",
        "scale_max": "5",
        "scale_step": "1",
        "group": finance.pk,
    }
    assert desk.post(base + "criteria/add/", fields).status_code == 302
    bonus = {**fields, "name_en": "Green", "group": "", "kind": "bonus", "cap": "5"}
    assert desk.post(base + "criteria/add/", bonus).status_code == 302
    assert round.criteria.get(code="team").group == finance
    assert (round.criteria.get(code="green").kind, round.criteria.get(code="green").cap) == ("bonus", 5000)
    page = desk.get(base)
    assert [(str(s.group or ""), s.level, len(s.rows)) for s in page.context["sections"]] == [
        ("", 0, 2), ("Plan", 0, 0), ("Finance", 1, 1),
    ]  # fmt: skip
    assert desk.post(f"{base}groups/{finance.pk}/remove/").status_code == 302
    assert round.groups.count() == 2  # not while a criterion stands in it


def test_a_weight_that_changes_alone_is_a_change_of_the_rule_and_is_told(desk, organiser):
    """It stands in no version of the rule, yet counts in the result of all rounds: 100 per cent become 40."""
    change_open_rule(by=organiser, round=desk.round, reason="The final counts more.", fields={"weight": 40})
    told = Event.objects.get(verb="change_rule")
    assert (told.before["weight"], told.after["weight"]) == (100, 40)
    assert "jurors_per_entry" not in told.after
    assert Message.objects.filter(text__contains="The final counts more.").count() == 1
    assert RuleVersion.objects.count() == 1
    with pytest.raises(Refusal) as no:
        change_open_rule(by=organiser, round=desk.round, reason="Again.", fields={"weight": 40})
    assert no.value.code == "rule.unchanged"
