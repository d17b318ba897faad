"""What a person records of a round, over services: penalties, facts, entries below a threshold, wild cards."""

import json

import pytest
from django.utils import translation

from judging.domain.rule.stated import StatedRule
from judging.models import Criterion, CutDecision, EntryFact, Mark, Penalty
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.results.services.decisions import (
    decide_cut,
    record_fact,
    record_penalty,
    withdraw_cut_decision,
    withdraw_penalty,
)
from judging.results.shown.outcomes import outcome_of
from judging.results.words.reasons import reason_words
from judging.rounds.words.parts import part_names
from tests.judging.rounds.refusals import refusal
from toolkit.refusals import Forbidden


class TestRecords:
    def test_a_penalty_with_its_reason_goes_into_the_file_and_the_minutes(self, draft, opened, enter):
        late = Criterion.objects.create(
            round=draft.round,
            code="late",
            name={"en": "Late"},
            kind="penalty",
            weight=2000,
            cap=3000,
            is_required=False,
        )
        fields = {"by": draft.by, "round": draft.round, "entry": draft.entries[0], "criterion": late}
        assert refusal(record_penalty, **fields, reason=" ") == "reason"
        assert refusal(record_penalty, **fields, breaches=0, reason="why") == "penalty.breaches"
        assert refusal(record_penalty, **{**fields, "criterion": draft.first}, reason="why") == "penalty.criterion"
        penalty = record_penalty(**fields, breaches=2, reason="Two pages too many")
        assert outcome_of(draft.round).results == {"E01": 73, "E02": 60}
        assert refusal(withdraw_penalty, by=draft.by, penalty=penalty, reason="") == "reason"
        file = json.loads(close_round(by=draft.by, round=draft.round).file)
        assert file["penalties"] == [{"entry": "E01", "code": "late", "breaches": "2"}]
        assert refusal(withdraw_penalty, by=draft.by, penalty=penalty, reason="wrong") == "round.closed"
        assert Penalty.objects.get().reason == "Two pages too many"
        with translation.override("en"):
            said = minutes_of(draft.round).records
            page = enter(draft.by).get(f"/organise/rounds/{draft.round.pk}/standings/{draft.entries[0].pk}/")
        assert [(line.about, line.what, line.reason) for line in said] == [
            ("Firm 1 of 2027", "Late: 2 breaches", "Two pages too many")
        ]
        sums = page.context["sums"]
        assert [(row.name, row.share) for row in sums.rows] == [("Innovation", "60 %"), ("Market", "40 %")]
        assert sums.parts == [("Points off", "3")]

    def test_facts_of_an_entry_decide_a_tie(self, draft, opened):
        draft.round.rule.tie_chain = [
            {"kind": "fact", "code": "women", "first": "higher", "name": {"en": "women on the team"}}
        ]
        draft.round.rule.advance_count = 1
        draft.round.rule.save()
        Mark.objects.update(value=3000)
        fields = {"by": draft.by, "code": "women"}
        assert refusal(record_fact, **fields, entry=draft.entries[0], value=1, source="") == "fact.source"
        record_fact(**fields, entry=draft.entries[0], value=300, source="entry form")
        record_fact(**fields, entry=draft.entries[1], value=400, source="entry form")
        fact = record_fact(**fields, entry=draft.entries[1], value=500, source="asked again")
        assert EntryFact.objects.count() == 2
        result = close_round(by=draft.by, round=draft.round)
        file = json.loads(result.file)
        assert [entry["facts"] for entry in file["entries"]] == [{"women": "0.3"}, {"women": "0.5"}]
        with translation.override("en"):
            why = reason_words(
                file["standings"][1]["reason"], {"E02": "Firm 2"}, part_names(StatedRule.from_data(file["rule"]))
            )
        assert why == "Stops here: equal to Firm 2, put after by “women on the team” (0.3 against 0.5)."
        fact.delete()
        draft.round.refresh_from_db()
        assert outcome_of(draft.round).ranking.places[0].entry == "E02"

    def test_below_a_threshold_that_warns_a_person_decides_before_closing(self, draft, opened):
        draft.round.rule.threshold, draft.round.rule.threshold_effect = 70_000, "warn"
        draft.round.rule.save()
        good, weak = draft.entries
        fields = {"by": draft.by, "round": draft.round, "reason": "A strong team"}
        assert refusal(close_round, by=draft.by, round=draft.round) == "round.undecided"
        assert refusal(decide_cut, **fields, entry=good, kind="keep") == "cut.not_below"
        assert refusal(decide_cut, **fields, entry=weak, kind="toss") == "cut.kind"
        wrong = decide_cut(**fields, entry=weak, kind="drop")
        withdraw_cut_decision(by=draft.by, decision=wrong, reason="The wrong line")
        decide_cut(**fields, entry=weak, kind="keep")
        file = json.loads(close_round(by=draft.by, round=draft.round).file)
        assert file["cut_decisions"] == [{"entry": "E02", "kind": "keep"}]
        assert [(row["advances"], row["reason"]["code"]) for row in file["standings"]] == [
            (True, "goes_on"), (True, "kept_below"),
        ]  # fmt: skip
        with translation.override("en"):
            assert reason_words(file["standings"][1]["reason"], {}, {}) == (
                "Goes on although below what is needed: a person decided so, with a reason. Result: 60, and 70 "
                "is needed."
            )

    def test_no_more_wild_cards_than_the_rule_allows(self, draft, opened):
        good, weak = draft.entries
        fields = {"by": draft.by, "round": draft.round, "kind": "wild_card", "reason": "The public's favourite"}
        assert refusal(decide_cut, **fields, entry=weak) == "cut.wild_cards"
        draft.round.rule.wild_cards, draft.round.rule.advance_count = 1, 1
        draft.round.rule.save()
        decide_cut(**fields, entry=weak)
        decide_cut(**fields, entry=weak)  # a double click
        assert refusal(decide_cut, **fields, entry=good) == "cut.wild_cards"
        close_round(by=draft.by, round=draft.round)
        assert list(draft.round.standings.values_list("entry__code", "advances", "reason__code")) == [
            ("E01", True, "goes_on"), ("E02", True, "wild_card"),
        ]  # fmt: skip
        assert refusal(decide_cut, **fields, entry=good) == "round.closed"
        assert CutDecision.objects.count() == 2

    def test_only_who_runs_the_round(self, draft, opened, coordinator):
        fields = {"round": draft.round, "entry": draft.entries[0], "reason": "why"}
        for work, more in ((decide_cut, {"kind": "wild_card"}), (record_penalty, {"criterion": draft.first})):
            with pytest.raises(Forbidden):
                work(by=coordinator, **fields, **more)
        with pytest.raises(Forbidden):
            record_fact(by=coordinator, entry=draft.entries[0], code="x", value=1, source="s")
