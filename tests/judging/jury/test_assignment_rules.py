"""The organiser's rules of an assignment, kept with the round and met by the plan;
and plans that change as little as possible."""

import json

import pytest

from judging.jury.services.assignment import (
    PLANS,
    apply_plan,
    propose_plan,
    request_plan,
    solve_assignment,
)
from judging.jury.services.assignment_rules import save_assignment_rules, set_pair_rule
from judging.jury.services.jurors import withdraw_juror
from judging.jury.services.opening import open_round
from judging.models import Assignment, Juror, PairRule, Plan, Scorecard
from tests import build
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(organiser):
    """Six entries of Braga, Cuneo and Magog; six jurors, the first two investors and of one city,
    two jurors for each entry."""
    edition = build.edition("2027")
    entries = build.competing(edition, 6)
    jurors = [
        build.juror(edition, n, build.city("tournai") if n < 3 else None, groups=["investor"] if n < 3 else [])
        for n in range(1, 7)
    ]
    return build.round(edition, min_scorecards=2, jurors_per_entry=2), entries, jurors


def keep(by, round, *rules, demand=None, joins=True):
    return save_assignment_rules(by=by, round=round, rules=rules, category_demand=demand or {}, joins_jurors=joins)


def pairs(plan):
    return {(pair["entry"], pair["juror"]) for pair in json.loads(plan.file)["pairs"]}


def on(plan, entry):
    return sorted(juror for code, juror in pairs(plan) if code == entry)


EVEN = {"rule": "even", "price": 60}


class TestRules:
    def test_a_quota_and_a_city_that_have_to_hold(self, drawn, organiser):
        round = keep(
            organiser, drawn[0], EVEN, {"rule": "quota", "group": "investor", "least": 1}, {"rule": "city", "most": 1}
        )
        plan = propose_plan(by=organiser, round=round)
        assert plan.is_optimal
        for number in range(1, 7):
            assert len(set(on(plan, f"E{number:02}")) & {"J01", "J02"}) == 1

    def test_two_kept_apart_a_pair_that_has_to_be_and_one_that_must_not(self, drawn, organiser):
        round, entries, jurors = drawn
        keep(organiser, round, EVEN, {"rule": "apart", "jurors": ["J03", "J04"]})
        set_pair_rule(by=organiser, round=round, juror=jurors[2], entry=entries[0], kind="forced", reason="Knows water")
        set_pair_rule(by=organiser, round=round, juror=jurors[4], entry=entries[0], kind="forbidden", reason="Tired")
        plan = propose_plan(by=organiser, round=round)
        assert "J03" in on(plan, "E01")
        assert "J05" not in on(plan, "E01")
        assert not any({"J03", "J04"} <= set(on(plan, f"E{n:02}")) for n in range(1, 7))

    def test_another_number_of_jurors_for_a_category(self, drawn, organiser):
        round = keep(organiser, drawn[0], EVEN, demand={"energy": 3})
        assert [len(on(propose_plan(by=organiser, round=round), f"E{n:02}")) for n in (1, 6)] == [3, 3]

    def test_rules_that_clash_are_named_with_numbers_and_a_way_out(self, drawn, organiser):
        """Both investors are of one city, at most one of a city on an entry, yet two investors wanted."""
        round = keep(
            organiser, drawn[0], {"rule": "quota", "group": "investor", "least": 2}, {"rule": "city", "most": 1}
        )
        why = json.loads(propose_plan(by=organiser, round=round).file)["explanation"]
        assert sorted(why["clash"]) == ["city", "quota (investor)"]
        assert min(sum(step["units"] for step in way) for way in why["relaxations"]) == 6  # one on each entry

    def test_a_price_may_be_paid_and_the_plan_says_where(self, drawn, organiser):
        round = keep(
            organiser, drawn[0],
            {"rule": "quota", "group": "investor", "least": 2, "price": 10}, {"rule": "city", "most": 1},
        )  # fmt: skip
        file = json.loads(propose_plan(by=organiser, round=round).file)
        broken = {row["name"]: row["units"] for row in file["broken"]}
        assert broken["quota (investor)"] == 6

    def test_a_change_of_rules_makes_a_plan_stale(self, drawn, organiser):
        plan = propose_plan(by=organiser, round=drawn[0])
        keep(organiser, drawn[0], EVEN)
        assert "have changed since" in PLANS.why_stale(plan)

    @pytest.mark.parametrize(
        "rule",
        [
            {"rule": "quota", "group": "nobody", "least": 1},
            {"rule": "quota", "group": "investor"},
            {"rule": "quota", "group": "investor", "least": 3, "most": 2},
            {"rule": "apart", "jurors": ["J01", "J01"]},
            {"rule": "apart", "jurors": ["J01", "J99"]},
            {"rule": "city"},
            {"rule": "even"},
            {"rule": "language", "price": 0},
            {"rule": "magic"},
        ],
    )
    def test_what_makes_no_rule_is_refused(self, drawn, organiser, rule):
        with pytest.raises(Refusal):
            keep(organiser, drawn[0], rule)
        drawn[0].refresh_from_db()
        assert drawn[0].assignment_rules == []

    def test_a_tie_is_never_overruled_by_a_pair(self, drawn, organiser):
        round, entries, jurors = drawn
        Juror.objects.filter(pk=jurors[0].pk).update(city=entries[0].city)
        with pytest.raises(Refusal) as refused:
            set_pair_rule(
                by=organiser,
                round=round,
                juror=Juror.objects.get(pk=jurors[0].pk),
                entry=entries[0],
                kind="forced",
                reason="Yes",
            )
        assert refused.value.code == "pair.tie"
        assert not PairRule.objects.exists()

    def test_only_who_runs_the_round(self, drawn, coordinator):
        with pytest.raises(Forbidden):
            keep(coordinator, drawn[0], EVEN)


class TestLeastChange:
    @pytest.fixture
    def open(self, drawn, organiser):
        round, entries, jurors = drawn
        apply_plan(by=organiser, plan=propose_plan(by=organiser, round=round))
        return open_round(by=organiser, round=round), entries, jurors

    def written(self, round):
        rows = Assignment.objects.filter(round=round).exclude(scorecard__state="recused")
        return set(rows.values_list("entry__code", "juror__code"))

    def begin(self, round, juror):
        """The juror has saved a mark on their first entry."""
        card = Scorecard.objects.filter(assignment__round=round, assignment__juror=juror).order_by("pk").first()
        card.version = 1
        card.save()
        return card

    def test_a_juror_who_left_is_replaced_and_nobody_else_moves(self, open, organiser):
        round, _entries, jurors = open
        before = self.written(round)
        withdraw_juror(by=organiser, juror=jurors[5], reason="Ill")
        staying = self.written(round)
        new = apply_plan(by=organiser, plan=propose_plan(by=organiser, round=round, way="least"))
        assert len(new) == len(before) - len(staying)
        assert staying < self.written(round)

    def test_one_jurors_unstarted_entries_go_to_others_and_what_is_begun_stays(self, open, organiser):
        round, _entries, jurors = open
        card = self.begin(round, jurors[3])
        before = self.written(round)
        plan = propose_plan(by=organiser, round=round, way="relieve", relieve=jurors[3])
        apply_plan(by=organiser, plan=plan)
        after = self.written(round)
        assert {pair for pair in after if pair[1] == "J04"} == {(card.assignment.entry.code, "J04")}
        assert {pair for pair in before if pair[1] != "J04"} <= after
        assert len(after) == len(before)

    def test_a_late_juror_gets_a_share(self, open, organiser):
        round, _entries, _jurors = open
        late = build.juror(round.edition, 7)
        assert propose_plan(by=organiser, round=round).state == "proposed"  # filling: no seat is free
        apply_plan(by=organiser, plan=propose_plan(by=organiser, round=round, way="share"))
        loads = [Assignment.objects.filter(round=round, juror=juror).count() for juror in round.edition.jurors.all()]
        assert late.assignments.count() >= 1
        assert sum(loads) == 12

    def test_a_seat_begun_meanwhile_is_not_taken_away(self, open, organiser):
        round, _entries, jurors = open
        plan = propose_plan(by=organiser, round=round, way="relieve", relieve=jurors[3])
        before = self.written(round)
        self.begin(round, jurors[3])
        with pytest.raises(Refusal) as refused:
            apply_plan(by=organiser, plan=plan)
        assert refused.value.code == "plan.begun"
        assert self.written(round) == before


class TestQueue:
    def test_owed_until_worked_out_and_only_once(self, drawn, organiser):
        plan = request_plan(by=organiser, round=drawn[0])
        assert (plan.state, plan.file) == ("solving", "")
        assert PLANS.settle_owed(5) == 1
        assert solve_assignment.call(plan.pk) == "nothing owed"
        assert Plan.objects.get().state == "proposed"

    def test_a_new_request_puts_the_former_aside(self, drawn, organiser):
        first = request_plan(by=organiser, round=drawn[0])
        second = request_plan(by=organiser, round=drawn[0])
        first.refresh_from_db()
        assert (first.state, second.state) == ("discarded", "solving")
        assert solve_assignment.call(first.pk) == "nothing owed"

    def test_a_solver_that_fails_is_tried_three_times_and_then_said_to_have_failed(self, drawn, organiser):
        plan = request_plan(by=organiser, round=drawn[0])
        Plan.objects.filter(pk=plan.pk).update(inputs=plan.inputs.replace('"E01"', "7", 1))
        assert [solve_assignment.call(plan.pk) for _try in range(4)] == ["solving", "solving", "failed", "nothing owed"]
