"""Who goes on beyond a count: rooms by category, warnings, wild cards;
and links of the chain that look outside the marks."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.scoring import score_entries
from judging.domain.results.ranking import Cut, rank_entries
from judging.domain.rule.values import Group
from judging.domain.ties.chain import Facts, Link
from tests.judging.domain.examples import marks, rule


def ranked(totals, a_rule=None, chain=(), cut=None, facts=None, **more):
    """totals: {entry: the mark of its one scorecard, or the marks of its criteria}."""
    sheets = {entry: mark if isinstance(mark, list) else [mark] for entry, mark in totals.items()}
    a_rule = a_rule or rule([1])
    scores = score_entries(a_rule, list(sheets), marks((entry, "J", sheet) for entry, sheet in sheets.items()))
    return rank_entries(
        scores,
        {score.entry: score.total for score in scores},
        rule=a_rule,
        chain=chain,
        cut=cut or Cut(),
        facts={entry: Facts(**(facts or {}).get(entry, {})) for entry in sheets},
        **more,
    )


def codes(ranking):
    return {place.entry: place.reason["code"] for place in ranking.places}


def in_order(ranking):
    return "".join(place.entry for place in ranking.places)


class TestRooms:
    facts = {
        "A": {"city": "x", "category": "health"},
        "B": {"city": "y", "category": "health"},
        "C": {"city": "x", "category": "food"},
        "D": {"city": "z", "category": ""},
        "E": {"city": "z", "category": ""},
    }

    def test_of_a_category(self):
        ranking = ranked({"A": 5, "B": 4, "C": 3}, cut=Cut(per_category=1), facts=self.facts)
        assert codes(ranking) == {"A": "goes_on", "B": "category_full", "C": "goes_on"}
        assert ranking.places[1].reason["figures"] == {"category": "health", "most": "1", "ahead": ["A"]}

    def test_of_both(self):
        ranking = ranked({"A": 5, "B": 4, "C": 3}, cut=Cut(per_city=1, per_category=1), facts=self.facts)
        assert codes(ranking) == {"A": "goes_on", "B": "category_full", "C": "city_full"}

    def test_entries_without_a_category_share_none(self):
        ranking = ranked({"D": 5, "E": 4}, cut=Cut(per_category=1), facts=self.facts)
        assert codes(ranking) == {"D": "goes_on", "E": "goes_on"}

    def test_a_tie_for_a_category_s_last_place_is_open(self):
        """A and B for the one place of health; C has food to itself."""
        cut = Cut(2, per_category=1)
        ranking = ranked({"A": 4, "B": 4, "C": 4}, cut=cut, facts=self.facts)
        assert ranking.open == (("A", "B"),)
        assert [place.reason["figures"].get("with") for place in ranking.places[:2]] == [["B"], ["A"]]
        decided = ranked({"A": 4, "B": 4, "C": 4}, cut=cut, facts=self.facts, decisions=[["B", "A"]])
        assert codes(decided) == {"B": "goes_on", "A": "category_full", "C": "goes_on"}


class TestWarnings:
    """60 % is needed; below it a person decides. A 80, B 50, C 40, two places."""

    warns = rule([1], threshold=60_000, threshold_effect="warn")
    totals = {"A": 4, "B": 2.5, "C": 2}

    def test_each_who_waits_holds_one_place_of_a_category(self):
        """B and C, both below the bar, are of health, of which two go on."""
        homes = {"A": {"category": "food"}, "B": {"category": "health"}, "C": {"category": "health"}}
        ranking = ranked(self.totals, self.warns, cut=Cut(3, per_category=2), facts=homes)
        assert codes(ranking) == {"A": "goes_on", "B": "below_warned", "C": "below_warned"}
        one_room = ranked(self.totals, self.warns, cut=Cut(3, per_category=1), facts=homes)
        assert codes(one_room) == {"A": "goes_on", "B": "below_warned", "C": "category_full"}

    def test_who_would_go_on_waits_and_the_place_is_held(self):
        ranking = ranked(self.totals, self.warns, cut=Cut(2))
        assert codes(ranking) == {"A": "goes_on", "B": "below_warned", "C": "below_cut"}
        assert ranking.undecided == ("B",)
        assert ranking.places[1].reason["figures"] == {
            "failed": {"code": "below_threshold", "figures": {"value": "50", "needed": "60"}}
        }

    def test_kept(self):
        ranking = ranked(self.totals, self.warns, cut=Cut(2), verdicts={"B": "keep"})
        assert (codes(ranking)["B"], ranking.undecided) == ("kept_below", ())
        assert [place.entry for place in ranking.places if place.advances] == ["A", "B"]

    def test_dropped_and_the_next_one_is_asked_about(self):
        ranking = ranked(self.totals, self.warns, cut=Cut(2), verdicts={"B": "drop"})
        assert codes(ranking) == {"A": "goes_on", "B": "dropped_below", "C": "below_warned"}
        assert ranking.undecided == ("C",)

    def test_a_group_s_threshold_excludes_or_warns(self):
        """Group of the second criterion: 2 of 5 = 40 %, 50 is needed."""
        shape = {"groups": (Group("g", 1000, threshold=50_000),), "group_of": (None, 0)}
        reason = {"code": "below_group", "figures": {"groups": [{"code": "g", "value": "40", "needed": "50"}]}}
        out = ranked({"A": [5, 2]}, rule([1, 1], **shape)).places[0]
        assert (out.advances, out.reason) == (False, reason)
        warned = ranked({"A": [5, 2]}, rule([1, 1], threshold_effect="warn", **shape)).places[0]
        assert warned.reason == {"code": "below_warned", "figures": {"failed": reason}}


class TestWildCards:
    def test_on_top_of_the_places(self):
        ranking = ranked({"A": 5, "B": 4, "C": 3, "D": 2}, cut=Cut(2), verdicts={"D": "wild_card"})
        assert codes(ranking) == {"A": "goes_on", "B": "goes_on", "C": "below_cut", "D": "wild_card"}
        assert ranking.places[3].reason["figures"] == {"otherwise": "below_cut"}
        assert ranking.places[3].advances

    def test_whoever_goes_on_anyway_needs_none(self):
        ranking = ranked({"A": 5, "B": 4, "C": 3}, cut=Cut(2), verdicts={"B": "wild_card"})
        assert codes(ranking) == {"A": "goes_on", "B": "goes_on", "C": "below_cut"}

    def test_without_enough_scorecards_there_is_nothing_to_let_on(self):
        a_rule = rule([1], min_scorecards=2)
        assert codes(ranked({"A": 5}, a_rule, verdicts={"A": "wild_card"})) == {"A": "too_few_scorecards"}


class TestChain:
    equal = {"A": 4, "B": 4, "C": 4}

    def test_a_group_s_result(self):
        shape = {"groups": (Group("g", 1000), Group("h", 1000)), "group_of": (0, 1)}
        ranking = ranked({"A": [5, 3], "B": [3, 5]}, rule([1, 1], **shape), [Link("group", "h")])
        assert in_order(ranking) == "BA"
        assert ranking.ties[0].steps[0].values == {"A": "60", "B": "100"}

    def test_a_recorded_fact_higher_or_lower_first_and_unknown_last_either_way(self):
        facts = {"A": {"recorded": {"women": "0.3"}}, "B": {"recorded": {"women": "0.5"}}}
        assert in_order(ranked(self.equal, chain=[Link("fact", "women")], facts=facts)) == "BAC"
        assert in_order(ranked(self.equal, chain=[Link("fact", "women", "lower")], facts=facts)) == "ABC"

    def test_the_city_with_fewer_laureates(self):
        facts = {entry: {"laureates": number} for entry, number in zip("ABC", ["2", "0", "1"], strict=True)}
        assert in_order(ranked(self.equal, chain=[Link("fewer_laureates")], facts=facts)) == "BCA"

    def test_a_topic_that_nobody_ahead_has(self):
        """D ahead has soil. Of A soil, B water, C air: B and C first, and the younger of them."""
        facts = {
            "A": {"category": "soil", "founded_on": "2022-01-01"},
            "B": {"category": "water", "founded_on": "2019-01-01"},
            "C": {"category": "air", "founded_on": "2020-01-01"},
            "D": {"category": "soil"},
        }
        ranking = ranked({**self.equal, "D": 5}, chain=[Link("topic_not_covered"), Link("younger_firm")], facts=facts)
        assert in_order(ranking) == "DCBA"
        assert ranking.ties[0].steps[0].values == {"A": "0", "B": "1", "C": "1"}

    def test_what_an_earlier_link_puts_ahead_covers_too(self):
        """A is the youngest and comes from x: B from x too is covered then, C from y is not."""
        facts = {
            "A": {"city": "x", "founded_on": "2022-01-01"},
            "B": {"city": "x", "founded_on": "2020-01-01"},
            "C": {"city": "y", "founded_on": "2020-01-01"},
        }
        chain = [Link("younger_firm"), Link("city_not_covered")]
        assert in_order(ranked(self.equal, chain=chain, facts=facts)) == "ACB"

    def test_an_entry_that_is_out_covers_nothing(self):
        """D stands higher but is below what its first criterion needs: its topic is still to be covered."""
        a_rule = rule([1, 1], thresholds=[2, None])
        facts = {"A": {"category": "soil"}, "B": {"category": "water"}, "D": {"category": "soil"}}
        chain = [Link("topic_not_covered"), Link("criterion", "c1")]
        ranking = ranked({"A": [4, 2], "B": [3, 3], "D": [1.5, 5]}, a_rule, chain, facts=facts)
        assert in_order(ranking) == "DAB"


totals = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 6), min_size=1)
cuts = st.builds(
    Cut, st.one_of(st.none(), st.integers(0, 5)), st.one_of(st.none(), st.integers(1, 3)), st.booleans(),
    st.one_of(st.none(), st.integers(1, 2)),
)  # fmt: skip


@given(totals, cuts)
@settings(max_examples=60)
def test_no_room_is_exceeded_and_deciding_everything_leaves_nothing_open(rows, cut):
    table = {entry: mark / 2 for entry, mark in rows.items()}
    facts = {e: {"city": "xyz"[ord(e) % 3], "category": "pq"[ord(e) // 3 % 2]} for e in rows}
    a_rule = rule([1], threshold=50_000, threshold_effect="warn")
    decisions, verdicts = [], {}
    for _ in range(40):
        ranking = ranked(table, a_rule, cut=cut, facts=facts, decisions=decisions, verdicts=verdicts)
        ins = [place.entry for place in ranking.places if place.advances]
        for kind, most in (("city", cut.per_city), ("category", cut.per_category)):
            for name in "xyzpq":
                assert most is None or sum(facts[entry][kind] == name for entry in ins) <= most
        assert cut.count is None or cut.all_tied_go_on or len(ins) <= cut.count
        assert all(place.reason for place in ranking.places)
        if not ranking.open and not ranking.undecided:
            break
        decisions += [list(tie) for tie in ranking.open[:1]]
        verdicts |= {entry: "keep" if ord(entry) % 2 else "drop" for entry in ranking.undecided}
    assert (ranking.open, ranking.undecided) == ((), ())


def test_a_place_held_for_a_person_to_decide_counts_once_in_its_city():
    """Two places of the city: A waits for a person, below what criterion 2 needs; one is left, for B and not for C."""
    warns = replace(rule([1, 1]), criterion_thresholds=(None, 3000), threshold_effect="warn")
    city = {entry: {"city": "x"} for entry in "ABC"}
    ranking = ranked({"A": [10, 2], "B": [5, 5], "C": [4, 4]}, warns, cut=Cut(per_city=2), facts=city)
    assert codes(ranking) == {"A": "below_warned", "B": "goes_on", "C": "city_full"}
    assert ranking.undecided == ("A",)
    three = ranked(
        {"A": [10, 2], "D": [9, 2], "B": [5, 5], "C": [4, 4]},
        warns,
        cut=Cut(per_city=3),
        facts={**city, "D": {"city": "x"}},
    )
    assert codes(three) == {"A": "below_warned", "D": "below_warned", "B": "goes_on", "C": "city_full"}
