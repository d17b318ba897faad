"""Any contest's rules over services: what is refused and why, what a person records,
and a rule that changes while jurors score."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from contest.models import Category, Entry, Nomination
from judging.integrity import check_judging
from judging.jury.services.jurors import invite_juror
from judging.jury.services.opening import open_round
from judging.models import Criterion, CriterionGroup, CutDecision, EntryFact, Mark, Penalty, RuleVersion, Scorecard
from judging.reads.conflicts import without_ties
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.results.services.decisions import (
    decide_cut,
    record_fact,
    record_penalty,
    withdraw_cut_decision,
    withdraw_penalty,
)
from judging.results.services.nominating import nominate_from_round
from judging.results.shown.outcomes import outcome_of
from judging.results.words.reasons import reason_words
from judging.rounds.forms.ties import tie_choices
from judging.rounds.reading.rule_data import rule_data
from judging.rounds.services.criteria import remove_group, save_criterion, save_group
from judging.rounds.services.rounds import save_round
from judging.rounds.services.rule_changes import change_open_rule
from judging.rounds.words.parts import part_names
from judging.rounds.words.rule import absence_words, rule_words
from network.models import Event, Message
from tests import build
from toolkit.refusals import Forbidden, Refusal


def refusal(work, *args, **fields) -> str:
    with pytest.raises(Refusal) as refused:
        work(*args, **fields)
    return refused.value.code


@pytest.fixture
def draft(organiser):
    """A draft round of two entries and two jurors, with the criteria innovation (60) and market (40)."""
    edition = build.edition("2027")
    round = build.round(edition, min_scorecards=2, jurors_per_entry=2)
    entries = build.competing(edition, 2)
    jurors = [build.juror(edition, n) for n in (1, 2)]
    cards = [[build.assign(round, juror, entry) for entry in entries] for juror in jurors]
    first, second = round.criteria.all()
    return SimpleNamespace(
        by=organiser, edition=edition, round=round, entries=entries, cards=cards, first=first, second=second
    )


class TestSettingUp:
    def test_a_group_can_t_stand_inside_itself(self, draft):
        outer = save_group(by=draft.by, round=draft.round, group=None, code="a", name={"en": "A"})
        inner = save_group(by=draft.by, round=draft.round, group=None, code="b", name={"en": "B"}, parent="a")
        assert refusal(save_group, by=draft.by, round=draft.round, group=outer, parent=outer) == "group.parent"
        assert refusal(save_group, by=draft.by, round=draft.round, group=outer, parent=inner) == "group.parent"
        CriterionGroup.objects.filter(pk=outer.pk).update(parent=inner)
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.group_cycle"
        assert [fault for fault in check_judging() if "inside itself" in fault] == [
            f"group {outer.pk}: stands inside itself", f"group {inner.pk}: stands inside itself",
        ]  # fmt: skip

    def test_an_empty_group_keeps_the_round_shut_and_a_full_one_stays(self, draft):
        group = save_group(by=draft.by, round=draft.round, group=None, code="plan", name={"en": "Plan"})
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.empty_group"
        save_criterion(by=draft.by, round=draft.round, criterion=draft.first, group="plan")
        assert refusal(remove_group, by=draft.by, group=group) == "group.not_empty"
        assert open_round(by=draft.by, round=draft.round).state == "open"
        assert refusal(save_group, by=draft.by, round=draft.round, group=group, weight=1) == "round.rule_is_fixed"

    def test_a_chain_for_ties_names_only_what_jurors_mark(self, draft):
        fields = {"code": "late", "name": {"en": "Late"}, "kind": "penalty", "weight": 1000}
        save_criterion(by=draft.by, round=draft.round, criterion=None, **fields)
        offered = [value for value, _label in tie_choices(draft.round)]
        assert [value for value in offered if value.startswith("criterion:")] == [
            "criterion:innovation", "criterion:market",
        ]  # fmt: skip
        save_round(by=draft.by, round=draft.round, tie_chain=[{"kind": "criterion", "code": "late"}])
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.tie_chain"

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"weight": 0}, "weight"),
            ({"kind": "penalty", "weight": 0}, "weight"),
            ({"ranking_weight": 0}, "ranking_weight"),
            ({"cap": 2000}, "cap"),
            ({"kind": "bonus", "cap": 0}, "cap"),
            ({"kind": "bonus", "threshold": 2000}, "threshold"),
            ({"comment_below": 6000}, "comment_below"),
            ({"scale_min": 5000}, "scale_max"),
            ({"scale_step": 2000}, "scale_step"),
            ({"group": "nowhere"}, "group"),
        ],
    )
    def test_a_criterion_is_checked_in_words(self, draft, fields, field):
        with pytest.raises(Refusal) as refused:
            save_criterion(by=draft.by, round=draft.round, criterion=draft.first, **fields)
        assert refused.value.field == field
        draft.first.refresh_from_db()
        assert (draft.first.weight, draft.first.kind) == (60_000, "score")

    def test_nothing_of_another_round_or_edition(self, draft):
        other = build.round(draft.edition, order=2)
        group = save_group(by=draft.by, round=other, group=None, code="g", name={"en": "G"})
        abroad = Category.objects.create(edition=build.edition("2028"), code="x", name={"en": "X"})
        assert (
            refusal(save_criterion, by=draft.by, round=draft.round, criterion=draft.first, group=group)
            == "criterion.group"
        )
        changed = {"categories": [abroad]}
        assert (
            refusal(save_criterion, by=draft.by, round=draft.round, criterion=draft.first, **changed)
            == "criterion.categories"
        )

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"correction": "rescale"}, "correction_decimals"),
            ({"correction": "severity", "correction_decimals": 2, "across": "median"}, "across"),
            ({"correction": "rescale", "correction_decimals": 2, "aggregate_at": "criterion"}, "aggregate_at"),
            ({"correction": "rescale", "correction_decimals": 2, "correction_min_marks": 1}, "correction_min_marks"),
            ({"decimals_group": 10}, "decimals_group"),
            ({"min_peer_scorecards": 1}, "jurors_per_entry"),
            ({"tie_chain": [{"kind": "fact"}]}, "tie_chain"),
            ({"tie_chain": [{"kind": "fact", "code": "x", "first": "sideways"}]}, "tie_chain"),
            ({"tie_chain": [{"kind": "human"}, {"kind": "median"}]}, "tie_chain"),
        ],
    )
    def test_a_round_is_checked_in_words(self, draft, fields, field):
        with pytest.raises(Refusal) as refused:
            save_round(by=draft.by, round=draft.round, **fields)
        assert refused.value.field == field


class TestPeers:
    def test_a_fellow_applicant_never_sees_their_own_entry(self, draft):
        """By the seat alone: an account, a city and an address that have nothing to do with the team."""
        seat = build.juror(draft.edition, 3, kind="peer", own_entry=draft.entries[0])
        save_round(by=draft.by, round=draft.round, min_scorecards=1)
        for entry in draft.entries:
            build.assign(draft.round, seat, entry)
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.conflict"
        own = without_ties(draft.round.assignments.filter(juror=seat), seat.user)
        assert [row.entry for row in own] == draft.entries[1:]

    def test_a_seat_for_one_names_the_entry_and_only_for_one(self, draft):
        seat = {"by": draft.by, "edition": draft.edition, "email": "p@firm.example", "full_name": "P"}
        assert refusal(invite_juror, **seat, kind="peer") == "juror.own_entry"
        assert refusal(invite_juror, **seat, own_entry=draft.entries[0]) == "juror.own_entry"
        juror = invite_juror(**seat, kind="peer", own_entry=draft.entries[0])
        assert (juror.kind, juror.own_entry) == ("peer", draft.entries[0])

    def test_the_organiser_invites_one_and_the_round_waits_for_them(self, draft, enter):
        typed = {"email": "p@firm.example", "full_name": "P", "language": "en", "own_entry": draft.entries[0].pk}
        assert enter(draft.by).post("/organise/editions/2027/jury/invite/", typed).status_code == 302
        assert draft.edition.jurors.get(email="p@firm.example").own_entry == draft.entries[0]
        save_round(by=draft.by, round=draft.round, min_peer_scorecards=1, jurors_per_entry=3)
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.too_few_jurors"

    def test_every_entry_has_a_criterion_that_counts(self, draft):
        other = Category.objects.create(edition=draft.edition, code="other", name={"en": "Other"})
        for criterion in (draft.first, draft.second):
            save_criterion(by=draft.by, round=draft.round, criterion=criterion, categories=[other])
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.no_criteria_for"
        save_criterion(by=draft.by, round=draft.round, criterion=draft.second, categories=[])
        open_round(by=draft.by, round=draft.round)
        cards = Scorecard.objects.with_progress()
        assert set(cards.values_list("criteria_required", flat=True)) == {1}


@pytest.fixture
def opened(draft):
    """The same, open, everyone's marks in: E01 5 and 2 (76 %), E02 3 and 3 (60 %)."""
    draft.round.state = "open"
    draft.round.save()
    for cards in draft.cards:
        for card, values in zip(cards, [(5, 2), (3, 3)], strict=True):
            build.marks(card, *values)
    return draft


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
            why = reason_words(file["standings"][1]["reason"], {"E02": "Firm 2"}, part_names(file["rule"]))
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


class TestARuleThatChanges:
    def change(self, draft, **fields):
        return change_open_rule(by=draft.by, round=draft.round, **{"reason": "The call was misprinted", **fields})

    def test_a_new_version_keeps_the_former_and_every_mark_and_tells_all(self, draft, opened):
        former = rule_data(draft.round)
        version = self.change(draft, fields={"advance_count": 1}, criteria=[(draft.first, {"weight": 40_000})])
        draft.round.refresh_from_db()
        assert (version.version, draft.round.rule.version, version.rule, version.set_aside) == (1, 2, former, [])
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


class TestACityOfItsOwn:
    def test_its_standings_become_nominations_until_the_quota_says_no(self, city, coordinator, enter):
        """Four go on; the city sends three, two of them compete.
        The last is refused in the quota's words, and again the second time."""
        over = timezone.now() - timedelta(days=1)
        edition = build.edition("2027", quota_sent=3, quota_competing=2, call_closes=over)
        round = build.round(edition, city=city, state="open", advance_count=4)
        juror = build.juror(edition, 1, of=build.city("cuneo"))
        for n in range(1, 5):
            entry = build.entry(edition, build.startup(f"Firm {n}", city), state="eligible", code=f"E{n:02}", city=city)
            build.marks(build.assign(round, juror, entry), 6 - n, 6 - n)
        assert refusal(nominate_from_round, by=coordinator, round=round) == "city_round.open"
        close_round(by=coordinator, round=round)
        page = enter(coordinator).post(f"/organise/rounds/{round.pk}/nominate/", follow=True)
        assert [str(message) for message in page.context["messages"]] == [
            "Nominated, in order of place: Firm 1 pitches, Firm 2 pitches, Firm 3 pitches.",
            "Firm 4 pitches: Clermont-Ferrand has used all its 3 places. Release one first.",
        ]
        Nomination.objects.all().delete()
        Entry.objects.update(state="eligible")
        done = nominate_from_round(by=coordinator, round=round)
        assert [(row.entry.code, row.slot, row.competing_slot) for row in done.made] == [
            ("E01", 1, 1), ("E02", 2, 2), ("E03", 3, None),
        ]  # fmt: skip
        assert [(entry.code, said) for entry, said in done.refused] == [
            ("E04", "Clermont-Ferrand has used all its 3 places. Release one first.")
        ]
        assert done.made[0].reason == "Place 1 in “Round 1”."
        again = nominate_from_round(by=coordinator, round=round)
        assert (len(again.made), len(again.before), len(again.refused), Nomination.objects.count()) == (0, 3, 1, 3)

    def test_only_of_a_city_and_by_its_own(self, draft, coordinator):
        assert refusal(nominate_from_round, by=draft.by, round=draft.round) == "city_round.no_city"
        with pytest.raises(Forbidden):
            nominate_from_round(by=coordinator, round=draft.round)


def test_the_rule_is_told_in_words(draft):
    """Every part that a rule can have leaves its sentence."""
    group = save_group(
        by=draft.by, round=draft.round, group=None, code="plan", name={"en": "Plan"}, weight=60_000, threshold=50_000
    )
    save_criterion(by=draft.by, round=draft.round, criterion=draft.first, group=group, ranking_weight=1500)
    for code, fields in (
        ("extra", {"kind": "bonus", "weight": 500, "cap": 2000}),
        ("late", {"kind": "penalty", "weight": 2000, "is_required": False}),
        ("note", {"kind": "informative"}),
    ):
        save_criterion(by=draft.by, round=draft.round, criterion=None, code=code, name={"en": code.title()}, **fields)
    round = save_round(
        by=draft.by, round=draft.round, correction="rescale", correction_decimals=2, blanks="zero",
        threshold_effect="warn",
        decimals_group=1, decimals=2, final_decimals=1, advance_count=3, advance_per_category=1, wild_cards=1,
        tie_chain=[{"kind": "group", "code": "plan"}, {"kind": "fact", "code": "law", "name": {"en": "legal status"}},
            {"kind": "human"}],
    )  # fmt: skip
    with translation.override("en"):
        said = rule_words(round)
        assert [line for line in said if line not in absence_words(round)] == [
            "A scorecard: weighted percentage of the best possible.",
            "Groups of criteria weigh as one each: Plan 60.",
            "Extra is on top of the total: the mark × 0.5, 2 points at most.",
            "Late: 2 points off for each breach.",
            "Note is informative: it counts nowhere.",
            "For the rank some parts weigh otherwise; thresholds look at the total without that.",
            "Several jurors: mean of the jurors; each juror's total first, then across jurors.",
            (
                "Correction between jurors: each juror's totals get the mean and the spread of all. It ranks, "
                "rounded to 2 decimals."
            ),
            "Thresholds look at the total before it. A juror with fewer than 2 scorecards is not corrected.",
            "The standard deviation is that of a whole (divided by n).",
            "Each group's result is rounded to 1 decimal, half up.",
            "The total is rounded to 2 decimals, half up.",
            "The result of all rounds is rounded to 1 decimal, half up.",
            "An entry needs 2 scorecards.",
            "Needed: Plan 50.",
            "Below what is needed an entry does not stop by itself: a person decides and says why.",
            (
                "Ties, in order: higher result of Plan, legal status, a person's decision. At the end, a person "
                "decides and says why."
            ),
            "3 entries go on.",
            "Of one category, 1 at most.",
            "1 wild card at most, on top, given by a person with a reason.",
        ]
        assert "an optional one counts as zero" in absence_words(round)[0]


BELOW = {"code": "below_group", "figures": {"groups": [{"code": "plan", "value": "40", "needed": "50"}]}}


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ({"code": "below_group", "figures": BELOW["figures"]},
            "Stops here, below what a group of criteria needs. Plan: 40, and 50 is needed."),
        ({"code": "below_warned", "figures": {"failed": BELOW}},
            "Below what is needed: a person decides whether it goes on. Plan: 40, and 50 is needed."),
        ({"code": "dropped_below", "figures": {"failed": BELOW}},
            "Stops here, below what is needed: a person decided so, with a reason. Plan: 40, and 50 is needed."),
        ({"code": "category_full", "figures": {"category": "x", "most": "1", "ahead": ["E01"]}},
            "Stops here: 1 per category at most, and these of the same category stand higher: Firm 1."),
        ({"code": "wild_card", "figures": {"otherwise": "below_cut"}},
            "Goes on by a wild card: a person decided so, with a reason, on top of the places there are."),
        ({"code": "too_few_peers", "figures": {"have": "1", "needed": "5"}},
            "Not ranked: 1 scorecard of a fellow applicant counts, and 5 are needed."),
        (
            {"code": "lost_tie", "figures": {"kind": "topic_not_covered", "code": "", "value": "0", "to": "E01",
                    "their_value": "1"}},
            ("Stops here: equal to Firm 1, put after by “category that nobody ahead has” (covered ahead against not "
             "covered ahead)."),
        ),
    ],
)  # fmt: skip
def test_every_new_reason_is_told_in_words(reason, said):
    with translation.override("en"):
        assert reason_words(reason, {"E01": "Firm 1"}, {"group:plan": "Plan"}) == said
