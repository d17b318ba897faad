"""A rule that changes while jurors score: what is kept, what comes back, what is refused."""

import json

import pytest

from judging.models import Mark, RuleVersion, Scorecard
from judging.results.services.closing import close_round
from judging.results.shown.outcomes import outcome_of
from judging.rounds.reading.rule_data import rule_data
from judging.rounds.services.rule_changes import change_open_rule
from network.models import Event, Message
from tests.judging.rounds.refusals import refusal


class TestARuleThatChanges:
    def change(self, draft, **fields):
        return change_open_rule(by=draft.by, round=draft.round, **{"reason": "The call was misprinted", **fields})

    def test_a_new_version_keeps_the_former_and_every_mark_and_tells_all(self, draft, opened):
        former = rule_data(draft.round)
        version = self.change(draft, fields={"advance_count": 1}, criteria=[(draft.first, {"weight": 40_000})])
        draft.round.refresh_from_db()
        assert (version.version, draft.round.rule.version, version.rule, version.set_aside) == (
            1, 2, former.as_data(), [],
        )  # fmt: skip
        assert (Mark.objects.count(), Scorecard.objects.filter(state="submitted").count()) == (8, 4)
        told = Message.objects.filter(kind="judging.rule_changed")
        assert {message.to_user for message in told} == {juror.user for juror in draft.edition.jurors.all()}
        assert all("The call was misprinted" in message.text for message in told)
        assert outcome_of(draft.round).results == {"E01": 70, "E02": 60}
        file = json.loads(close_round(by=draft.by, round=draft.round).file)
        assert file["rule"]["version"] == "2"
        assert file["former_rules"] == [
            {"version": "1", "sha256": version.sha256, "until": version.at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        ]

    def test_marks_without_a_place_are_set_aside_and_incomplete_scorecards_come_back(self, draft, opened):
        """Innovation goes to steps of 2 (5 and 3 have no place), market goes;
        both return to draft, one mark each to give."""
        version = self.change(
            draft, criteria=[(draft.first, {"scale_max": 6000, "scale_step": 2000})], removed=[draft.second]
        )
        of_the_juror = [row for row in version.set_aside if row["juror"] == "J01"]
        assert sorted((row["entry"], row["criterion"], row["value"]) for row in of_the_juror) == [
            ("E01", "innovation", "5"), ("E01", "market", "2"), ("E02", "innovation", "3"), ("E02", "market", "3"),
        ]  # fmt: skip
        assert set(Scorecard.objects.values_list("state", flat=True)) == {"draft"}
        assert Event.objects.filter(verb="change_rule").get().after["reopened"] == 4
        assert (
            "2 of your scorecards lack a mark now" in Message.objects.filter(kind="judging.rule_changed").first().text
        )

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"reason": ""}, "rule.reason"),
            ({}, "rule.unchanged"),
            ({"fields": {"correction": "rescale", "correction_decimals": 2}}, "rule.declared_before"),
            ({"fields": {"decimals": 12}}, "round.decimals"),
            ({"fields": {"tie_chain": [{"kind": "criterion", "code": "gone"}]}}, "round.tie_chain"),
            ({"groups": [(None, {"code": "g", "name": {"en": "G"}})]}, "round.empty_group"),
        ],
    )
    def test_what_could_not_have_been_opened_is_refused_whole(self, draft, opened, fields, code):
        before = rule_data(draft.round)
        assert refusal(self.change, draft, **fields) == code
        draft.round.refresh_from_db()
        assert (rule_data(draft.round), RuleVersion.objects.count()) == (before, 0)
        assert not Message.objects.filter(kind="judging.rule_changed").exists()

    def test_groups_come_and_go_with_their_criteria(self, draft, opened):
        self.change(
            draft,
            groups=[(None, {"code": "plan", "name": {"en": "Plan"}}),
                (None, {"code": "part", "name": {"en": "P"}, "parent": "plan"})],
            criteria=[(draft.first, {"group": "part"})],
        )  # fmt: skip
        plan, part = draft.round.groups.all()
        self.change(draft, criteria=[(draft.first, {"group": None})], removed=[plan, part])
        assert (draft.round.groups.count(), Mark.objects.count()) == (0, 8)

    def test_a_draft_and_a_closed_round_have_other_ways(self, draft):
        assert refusal(self.change, draft, fields={"decimals": 1}) == "round.not_open"
        draft.round.state = "closed"
        draft.round.save()
        assert refusal(self.change, draft, fields={"decimals": 1}) == "round.closed"
