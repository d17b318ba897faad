"""Ranked lists and duels: kept, handed in, taken back, counted when the round closes."""

import json
from types import SimpleNamespace

import pytest

from contest.entries.services.entries import withdraw_entry
from judging.integrity import faults_of_file
from judging.jury.services.conflicts import declare_conflict
from judging.jury.services.opening import open_round
from judging.models import Duel, RankedBallot, Result
from judging.results.services.closing import close_round
from judging.results.shown.outcomes import inputs_of
from judging.rounds.services.rule_checks import check_rule
from judging.scoring.services.ballots import (
    StaleList,
    answer_duel,
    pair_for,
    save_ranking,
    submit_duels,
    submit_ranking,
    take_back_ballot,
)
from judging.scoring.services.scorecards import submit_scorecard
from tests import build
from tests.judging.domain.plain import read_results
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


def stage_of(number, jurors, **rule):
    edition = build.edition("2027")
    entries = build.competing(edition, number)
    seats = [build.juror(edition, n) for n in range(1, jurors + 1)]
    round = build.round(
        edition, criteria=(), state="open", min_scorecards=2, jurors_per_entry=jurors, advance_count=1, **rule
    )
    cards = [[build.assign(round, juror, entry) for entry in entries] for juror in seats]
    return SimpleNamespace(edition=edition, entries=entries, jurors=seats, round=round, cards=cards)


@pytest.fixture
def lists(organiser):
    """Three jurors who rank four entries; the first three places earn 3, 2 and 1 points."""
    return stage_of(4, 3, ballot="ranking", counting="points", place_points=[3, 2, 1], list_least=3, list_most=3)


@pytest.fixture
def pairs(organiser):
    """Three jurors who compare three entries, all three pairs each."""
    return stage_of(3, 3, ballot="duels", decimals=1, duels_each=20)


def rank(stage, juror, *order):
    by = stage.jurors[juror].user
    return submit_ranking(
        by=by, round=stage.round, version=save_ranking(by=by, round=stage.round, version=0, order=order).version
    )


def answer(stage, juror, first, second, winner):
    entries = {entry.code: entry for entry in stage.entries}
    return answer_duel(
        by=stage.jurors[juror].user, round=stage.round, first=entries[first], second=entries[second],
        winner=entries.get(winner),
    )  # fmt: skip


class TestRankedList:
    def test_from_three_lists_to_frozen_standings(self, lists, organiser):
        rank(lists, 0, "E01", "E02", "E03")
        rank(lists, 1, "E02", "E01", "E04")
        rank(lists, 2, "E02", "E03", "E01")
        close_round(by=organiser, round=lists.round)
        # E02: 2 + 3 + 3 = 8 of 9, a mean of 8/3; E01: 3 + 2 + 1 = 6; E03: 1 + 0 + 2 = 3; E04: 0 + 1 + 0 = 1.
        rows = lists.round.standings.order_by("place").values_list(
            "entry__code", "rank", "total", "scorecards", "advances"
        )
        assert list(rows) == [
            ("E02", 1, "2.67", 3, True), ("E01", 2, "2", 3, False), ("E03", 3, "1", 3, False),
            ("E04", 4, "0.33", 3, False),
        ]  # fmt: skip
        file = Result.objects.get(round=lists.round).file
        assert '"order":["E01","E02","E03"]' in file

    def test_a_list_may_be_unfinished_until_it_is_handed_in(self, lists):
        by = lists.jurors[0].user
        kept = save_ranking(by=by, round=lists.round, version=0, order=["E03"])
        assert (kept.order, kept.version) == (["E03"], 1)
        with pytest.raises(Refusal, match="Rank 3 entries at least"):
            submit_ranking(by=by, round=lists.round, version=1)
        assert RankedBallot.objects.get().order == ["E03"]

    @pytest.mark.parametrize(
        ("order", "code"),
        [
            (["E01", "E02", "E01"], "ranking.twice"),
            (["E01", "E99"], "ranking.unknown"),
            (["E01", "E02", "E03", "E04"], "ranking.too_long"),
        ],
    )
    def test_what_is_no_ranking_is_refused_and_nothing_is_kept(self, lists, order, code):
        with pytest.raises(Refusal) as refusal:
            save_ranking(by=lists.jurors[0].user, round=lists.round, version=0, order=order)
        assert refusal.value.code == code
        assert not RankedBallot.objects.exists()

    def test_an_older_version_never_overwrites(self, lists):
        by = lists.jurors[0].user
        save_ranking(by=by, round=lists.round, version=0, order=["E01", "E02"])
        with pytest.raises(StaleList) as stale:
            save_ranking(by=by, round=lists.round, version=0, order=["E04"])
        assert stale.value.ballot.order == ["E01", "E02"]

    def test_handed_in_it_is_fixed_until_taken_back(self, lists):
        rank(lists, 0, "E01", "E02", "E03")
        by = lists.jurors[0].user
        with pytest.raises(Refusal, match="Take it back"):
            save_ranking(by=by, round=lists.round, version=1, order=["E04"])
        take_back_ballot(by=by, round=lists.round)
        assert save_ranking(by=by, round=lists.round, version=1, order=["E04"]).order == ["E04"]

    def test_an_entry_stepped_back_from_leaves_the_list_and_the_others_move_up(self, lists, organiser):
        rank(lists, 0, "E01", "E02", "E03")
        declare_conflict(
            by=lists.jurors[0].user, juror=lists.jurors[0], entry=lists.entries[0], kind="declared", reason="A friend"
        )
        assert list(inputs_of(lists.round).lists) == [
            {"juror": "J01", "asked": ["E02", "E03", "E04"], "order": ["E02", "E03"]}
        ]

    def test_only_for_a_juror_with_entries_of_the_round(self, lists, stranger):
        with pytest.raises(Forbidden):
            save_ranking(by=stranger, round=lists.round, version=0, order=["E01"])

    def test_a_scorecard_is_not_handed_in_on_its_own(self, lists):
        with pytest.raises(Refusal) as refusal:
            submit_scorecard(by=lists.jurors[0].user, scorecard=lists.cards[0][0], version=0)
        assert refusal.value.code == "scorecard.ballot"


class TestDuels:
    def test_from_answers_to_frozen_standings(self, pairs, organiser):
        for juror in (0, 1, 2):
            for first, second, winner in (("E01", "E02", "E02"), ("E01", "E03", "E01"), ("E02", "E03", "E02")):
                answer(pairs, juror, first, second, winner)
            submit_duels(by=pairs.jurors[juror].user, round=pairs.round)
        close_round(by=organiser, round=pairs.round)
        rows = list(pairs.round.standings.order_by("place").values_list("entry__code", "rank", "total", "advances"))
        assert [row[:2] + row[3:] for row in rows] == [("E02", 1, True), ("E01", 2, False), ("E03", 3, False)]
        assert rows[1][2] == "50"  # won three, lost three: as strong as the middle
        assert float(rows[0][2]) + float(rows[2][2]) == pytest.approx(100)  # as far above it as the last is below

    def test_said_again_the_later_answer_holds(self, pairs):
        answer(pairs, 0, "E02", "E01", "E01")
        answer(pairs, 0, "E01", "E02", "E02")
        assert list(Duel.objects.values_list("first__code", "second__code", "winner__code")) == [("E01", "E02", "E02")]

    def test_next_pair_goes_on_until_all_are_answered(self, pairs):
        seen = []
        while pair := pair_for(juror=pairs.jurors[0], round=pairs.round):
            first, second = pair
            seen.append((first.code, second.code))
            answer(pairs, 0, first.code, second.code, first.code)
        assert sorted(seen) == [("E01", "E02"), ("E01", "E03"), ("E02", "E03")]
        assert submit_duels(by=pairs.jurors[0].user, round=pairs.round) == 3

    def test_not_handed_in_before_all_asked_are_answered(self, pairs):
        answer(pairs, 0, "E01", "E02", "")
        with pytest.raises(Refusal, match="Compare 2 more pairs first"):
            submit_duels(by=pairs.jurors[0].user, round=pairs.round)

    def test_no_more_than_asked(self, pairs):
        pairs.round.rule.duels_each = 1
        pairs.round.rule.save()
        answer(pairs, 0, "E01", "E02", "E01")
        assert pair_for(juror=pairs.jurors[0], round=pairs.round) is None
        with pytest.raises(Refusal) as refusal:
            answer(pairs, 0, "E01", "E03", "E01")
        assert refusal.value.code == "duel.enough"

    def test_an_entry_with_a_tie_is_neither_shown_nor_taken(self, pairs):
        declare_conflict(
            by=pairs.jurors[0].user, juror=pairs.jurors[0], entry=pairs.entries[0], kind="declared", reason="A friend"
        )
        pair = pair_for(juror=pairs.jurors[0], round=pairs.round)
        assert [entry.code for entry in pair] == ["E02", "E03"]
        with pytest.raises(Refusal) as refusal:
            answer(pairs, 0, "E01", "E02", "E02")
        assert refusal.value.code == "duel.pair"

    def test_an_entry_is_not_compared_with_itself(self, pairs):
        with pytest.raises(Refusal):
            answer(pairs, 0, "E01", "E01", "E01")


class TestOpening:
    """What such a round has to say before it opens."""

    def draft(self, **rule):
        return build.round(build.edition("2027"), criteria=(), **rule)

    def test_opens_without_criteria(self, organiser):
        edition = build.edition("2027")
        entries = build.competing(edition, 2)
        round = build.round(edition, criteria=(), ballot="ranking", counting="copeland")
        for entry in entries:
            build.assign(
                round, build.juror(edition, 1) if entry is entries[0] else round.assignments.get().juror, entry
            )
        assert open_round(by=organiser, round=round).state == "open"

    @pytest.mark.parametrize(
        ("rule", "code"),
        [
            ({"ballot": "ranking", "counting": "points"}, "round.place_points"),
            ({"ballot": "ranking", "counting": "points", "place_points": [1, 2]}, "round.place_points"),
            ({"ballot": "ranking", "list_least": 4, "list_most": 3}, "round.list_most"),
            ({"ballot": "duels", "decimals": None}, "round.decimals"),
            ({"ballot": "duels", "duels_each": 0}, "round.duels_each"),
            ({"ballot": "duels", "correction": "rescale", "correction_decimals": 1}, "round.correction"),
            ({"ballot": "ranking", "tie_chain": [{"kind": "criterion", "code": "market"}]}, "round.tie_chain"),
        ],
    )
    def test_refused_with_the_field(self, rule, code):
        with pytest.raises(Refusal) as refusal:
            check_rule(self.draft(**rule))
        assert refusal.value.code == code


class TestAnEntryThatLeft:
    """Withdrawn while jurors gave: it stands on no list and in no pair of the file, which anybody can read again."""

    def left(self, stage, number):
        entry = stage.entries[number]
        withdraw_entry(by=entry.startup.organisation.memberships.get().user, entry=entry, reason="Sold.")

    def read(self, stage, organiser):
        result = close_round(by=organiser, round=stage.round)
        inputs = {key: part for key, part in json.loads(result.file).items() if key not in ("standings", "ties")}
        [again] = read_results(json.dumps(inputs).encode())
        assert faults_of_file(result.file, result.sha256) == []
        return again

    def test_from_lists(self, lists, organiser):
        rank(lists, 0, "E01", "E02", "E03")
        rank(lists, 1, "E04", "E01", "E02")
        rank(lists, 2, "E03", "E01", "E02")
        self.left(lists, 2)
        file = self.read(lists, organiser)
        assert [(row["asked"], row["order"]) for row in file["lists"]] == [
            (["E01", "E02", "E04"], ["E01", "E02"]), (["E01", "E02", "E04"], ["E04", "E01", "E02"]),
            (["E01", "E02", "E04"], ["E01", "E02"]),
        ]  # fmt: skip

    def test_a_list_that_names_nobody_any_more_is_none(self, organiser):
        stage = stage_of(3, 3, ballot="ranking", counting="positional", list_least=1, list_most=1)
        for juror, entry in enumerate(["E01", "E01", "E03"]):
            rank(stage, juror, entry)
        self.left(stage, 2)
        assert [row["juror"] for row in self.read(stage, organiser)["lists"]] == ["J01", "J02"]

    def test_from_pairs(self, organiser):
        stage = stage_of(3, 2, ballot="duels", decimals=1, duels_each=20)
        for juror in (0, 1):
            for pair in (("E01", "E02"), ("E01", "E03"), ("E02", "E03")):
                answer(stage, juror, *pair, pair[0])
            submit_duels(by=stage.jurors[juror].user, round=stage.round)
        self.left(stage, 2)
        assert [(row["first"], row["second"]) for row in self.read(stage, organiser)["duels"]] == [("E01", "E02")] * 2


class TestWhy:
    """The page behind a result says what each juror gave, and how that makes the result; nothing of marks."""

    def given(self, stage, organiser, enter, entry):
        stage.page = enter(organiser).get(f"/organise/rounds/{stage.round.pk}/standings/{entry.pk}/")
        return stage.page.context["sums"].ballot

    def test_of_a_list(self, lists, organiser, enter):
        rank(lists, 0, "E01", "E02", "E03")
        rank(lists, 1, "E02", "E01", "E03")
        rank(lists, 2, "E04", "E03", "E02")
        ballot = self.given(lists, organiser, enter, lists.entries[0])
        assert [(row.juror, row.said, row.worth) for row in ballot.rows] == [
            ("Juror 1", "place 1 of 4", "3.00"), ("Juror 2", "place 2 of 4", "2.00"), ("Juror 3", "left off", "0.00"),
        ]  # fmt: skip
        assert (ballot.worth, ballot.together) == ("Points", "1.67")
        page = lists.page.content.decode()
        assert "The first places earn 3, 2, 1 points, in this order; the others none." in page
        assert "Weighted percentage" not in page
        assert "Total of each juror" not in page

    def test_of_comparisons(self, organiser, enter):
        """E01 beats E02 on both lists and E03 on one of two: a win and a half of two comparisons, 75 per cent."""
        stage = stage_of(3, 2, ballot="ranking", counting="copeland", list_least=3)
        rank(stage, 0, "E01", "E02", "E03")
        rank(stage, 1, "E03", "E01", "E02")
        ballot = self.given(stage, organiser, enter, stage.entries[0])
        assert [(row.said, row.worth) for row in ballot.rows] == [("place 1 of 3", "100"), ("place 2 of 3", "50")]
        assert ballot.parts == [("Comparisons won", "1"), ("Even comparisons", "1"), ("Comparisons lost", "0")]
        assert ballot.together == "75"

    def test_of_pairs(self, pairs, organiser, enter):
        for juror, winners in enumerate([("E01", "E01", "E02"), ("E02", "", "E03")]):
            for (first, second), winner in zip([("E01", "E02"), ("E01", "E03"), ("E02", "E03")], winners, strict=True):
                answer(pairs, juror, first, second, winner)
            submit_duels(by=pairs.jurors[juror].user, round=pairs.round)
        ballot = self.given(pairs, organiser, enter, pairs.entries[0])
        assert [(row.juror, row.said) for row in ballot.rows] == [
            ("Juror 1", "2 pairs: 2 won, 0 lost, 0 undecided"), ("Juror 2", "2 pairs: 0 won, 1 lost, 1 undecided"),
        ]  # fmt: skip
        assert [row.worth for row in ballot.rows] == ["100.0", "25.0"]
