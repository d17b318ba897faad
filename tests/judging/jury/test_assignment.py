"""Propose, show, apply: what is applied is what was shown, or refused."""

import json

import pytest

from judging.jury.services.assignment import PLANS, apply_plan, discard_plan, propose_plan
from judging.jury.services.conflicts import declare_conflict
from judging.jury.services.opening import open_round
from judging.models import Assignment, Plan, Scorecard
from judging.rounds.services.rounds import save_round
from judging.scoring.services.scorecards import recuse
from network.models import Message
from tests import build
from toolkit.refusals import Forbidden, Refusal


@pytest.fixture
def drawn(organiser):
    """A draft round: six entries of Braga, Cuneo and Magog, five jurors, one of Braga."""
    edition = build.edition("2027")
    entries = build.competing(edition, 6)
    jurors = [build.juror(edition, n, build.city("braga") if n == 1 else None) for n in range(1, 6)]
    return build.round(edition, min_scorecards=2, jurors_per_entry=2), entries, jurors


def pairs(plan):
    return {(pair["entry"], pair["juror"]) for pair in json.loads(plan.file)["pairs"]}


def written(round):
    return set(Assignment.objects.filter(round=round).values_list("entry__code", "juror__code"))


def test_what_is_shown_is_what_is_written(drawn, organiser):
    round, _entries, _jurors = drawn
    plan = propose_plan(by=organiser, round=round)
    assert (plan.is_optimal, plan.state, Assignment.objects.count()) == (True, "proposed", 0)
    assert len(pairs(plan)) == 12
    assert not {("E01", "J01"), ("E04", "J01")} & pairs(plan)
    rows = apply_plan(by=organiser, plan=plan)
    assert written(round) == pairs(plan)
    assert Scorecard.objects.filter(assignment__in=rows, state="draft").count() == 12


def test_the_same_inputs_and_seed_give_the_same_file(drawn, organiser):
    first, second = (propose_plan(by=organiser, round=drawn[0], seed=7) for _ in range(2))
    assert first.sha256 == second.sha256


def test_a_plan_whose_inputs_changed_is_refused(drawn, organiser):
    round, entries, jurors = drawn
    plan = propose_plan(by=organiser, round=round)
    assert not PLANS.why_stale(plan)
    declare_conflict(by=organiser, juror=jurors[2], entry=entries[3], kind="organiser", reason="Cousins")
    assert "have changed since" in PLANS.why_stale(plan)
    with pytest.raises(Refusal) as refused:
        apply_plan(by=organiser, plan=plan)
    assert refused.value.code == "plan.stale"
    assert not Assignment.objects.exists()


def test_a_plan_is_applied_once_and_a_discarded_one_never(drawn, organiser):
    plan = propose_plan(by=organiser, round=drawn[0])
    apply_plan(by=organiser, plan=plan)
    other = discard_plan(by=organiser, plan=propose_plan(by=organiser, round=drawn[0]))
    for used in (plan, other):
        with pytest.raises(Refusal) as refused:
            apply_plan(by=organiser, plan=used)
        assert refused.value.code == "state.apply"
    assert Assignment.objects.count() == 12


def test_a_draft_round_can_be_drawn_again(drawn, organiser):
    apply_plan(by=organiser, plan=propose_plan(by=organiser, round=drawn[0], seed=1))
    second = propose_plan(by=organiser, round=drawn[0], seed=2)
    apply_plan(by=organiser, plan=second)
    assert written(drawn[0]) == pairs(second)


def test_no_plan_is_explained_and_can_t_be_applied(drawn, organiser):
    round, _entries, _jurors = drawn
    save_round(by=organiser, round=round, load_max=2)
    plan = propose_plan(by=organiser, round=round)
    why = json.loads(plan.file)["explanation"]
    assert (plan.is_optimal, why["demand"], why["supply"]) == (False, 12, 10)
    ways = {way[0]["rule"]: sum(abs(step["units"]) for step in way) for way in why["relaxations"]}
    assert ways == {"demand": 2, "load_max": 2}
    with pytest.raises(Refusal) as refused:
        apply_plan(by=organiser, plan=plan)
    assert refused.value.code == "plan.empty"


def test_opening_releases_the_assignments_and_tells_each_juror(drawn, organiser):
    round, _entries, jurors = drawn
    apply_plan(by=organiser, plan=propose_plan(by=organiser, round=round))
    assert list(Scorecard.objects.visible_to(jurors[0].user)) == []
    open_round(by=organiser, round=round)
    assert Scorecard.objects.visible_to(jurors[0].user).count() == jurors[0].assignments.count() > 0
    mails = Message.objects.filter(kind="judging.assigned")
    assert {m.to_user for m in mails} == {juror.user for juror in jurors}


def test_a_seat_left_by_a_recusal_is_filled_and_the_others_stay(drawn, organiser):
    round, _entries, _jurors = drawn
    apply_plan(by=organiser, plan=propose_plan(by=organiser, round=round))
    open_round(by=organiser, round=round)
    card = Scorecard.objects.select_related("assignment__juror__user", "assignment__entry").first()
    before = written(round)
    recuse(by=card.assignment.juror.user, scorecard=card, reason="My sister works there.")
    round.refresh_from_db()
    plan = propose_plan(by=organiser, round=round)
    new = apply_plan(by=organiser, plan=plan)
    assert [row.entry for row in new] == [card.assignment.entry]
    assert new[0].juror != card.assignment.juror
    assert before < written(round)


class TestOpening:
    def test_refused_without_enough_jurors(self, drawn, organiser):
        with pytest.raises(Refusal) as refused:
            open_round(by=organiser, round=drawn[0])
        assert refused.value.code == "round.too_few_jurors"

    def test_refused_with_an_assignment_that_breaks_a_tie(self, drawn, organiser):
        """The same mail domain, which only the rule knows: found out at opening."""
        round, entries, jurors = drawn
        for entry in entries:
            for juror in jurors[1:3]:
                build.assign(round, juror, entry)
        build.person("cousin@jury2.example", role="founder", organisation=entries[0].startup.organisation)
        with pytest.raises(Refusal) as refused:
            open_round(by=organiser, round=round)
        assert refused.value.code == "round.conflict"

    def test_the_rule_is_fixed_once_open_but_time_can_be_given(self, drawn, organiser):
        round, _entries, _jurors = drawn
        apply_plan(by=organiser, plan=propose_plan(by=organiser, round=round))
        opened = open_round(by=organiser, round=round)
        with pytest.raises(Refusal) as refused:
            save_round(by=organiser, round=opened, weight=50)
        assert (refused.value.code, refused.value.field) == ("round.rule_is_fixed", "weight")
        later = opened.closes_at.replace(year=opened.closes_at.year + 1)
        assert save_round(by=organiser, round=opened, closes_at=later).closes_at == later


def test_only_who_runs_the_round_proposes(drawn, stranger, coordinator):
    for person in (stranger, coordinator, drawn[2][0].user):
        with pytest.raises(Forbidden):
            propose_plan(by=person, round=drawn[0])
    assert not Plan.objects.exists()
