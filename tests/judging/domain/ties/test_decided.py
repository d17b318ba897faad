"""A person's decision orders the entries that it names, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.results.ranking import Cut
from judging.domain.ties.chain import Link
from judging.domain.ties.decided import ordered_by_decisions
from tests.judging.domain.results.test_cut import codes, in_order, ranked

EQUAL = {"A": 4, "B": 4, "C": 4}


def groups(entries, *decisions):
    found, _steps = ordered_by_decisions([tuple(entries)], [list(decision) for decision in decisions])
    return ["".join(group) for group in found]


@pytest.mark.parametrize(
    ("entries", "decisions", "left"),
    [
        ("ABC", [], ["ABC"]),
        ("ABC", ["CAB"], ["C", "A", "B"]),
        ("ABC", ["AB"], ["ABC"]),  # C joined since: all three are open
        ("ABC", ["BA"], ["BAC"]),  # and what was decided stays, among the two
        ("AB", ["CAB"], ["A", "B"]),  # C left since: who stays was decided
        ("ABC", ["AB", "BC"], ["A", "B", "C"]),  # what follows, holds
        ("ABC", ["AB", "AC"], ["A", "BC"]),  # A is before both; B and C are not decided
        ("ABC", ["AC", "BC"], ["AB", "C"]),
        ("AB", ["AB", "BA"], ["B", "A"]),  # the latest holds
        ("ABC", ["ABC", "CA"], ["BCA"]),  # of the former one nothing that goes round with the latest
        ("ABCD", ["AB", "DC"], ["ABDC"]),
        ("ABC", ["AXB"], ["ABC"]),
        ("A", ["AB"], ["A"]),
        ("ABC", ["A"], ["ABC"]),
    ],
)
def test_what_decisions_leave_open(entries, decisions, left):
    assert groups(entries, *decisions) == left


def test_each_decision_that_orders_anybody_is_a_step_the_latest_first():
    _found, steps = ordered_by_decisions([("A", "B", "C")], [["B", "C"], ["X", "Y"], ["A", "B"]])
    assert steps == [
        ({"A": "1", "B": "2"}, (("A", "B", "C"),)),
        ({"B": "1", "C": "2"}, (("A",), ("B",), ("C",))),
    ]


class TestAtTheCut:
    """Two places. A before B was decided when only these were equal; then C rose."""

    ranking = ranked(EQUAL | {"D": 1}, chain=[Link("human")], cut=Cut(2), decisions=[["A", "B"]])

    def test_the_tie_is_open_again_and_nobody_of_it_is_cut(self):
        assert self.ranking.open == (("A", "B", "C"),)
        assert codes(self.ranking) == {"A": "open_tie", "B": "open_tie", "C": "open_tie", "D": "below_cut"}
        assert [place.rank for place in self.ranking.places] == [1, 1, 1, 4]

    def test_the_order_among_those_named_stays(self):
        ranking = ranked(EQUAL, cut=Cut(2), decisions=[["B", "A"]])
        assert in_order(ranking) == "BAC"
        [step] = ranking.ties[0].steps
        assert (step.values, step.groups) == ({"B": "1", "A": "2"}, (("B", "A", "C"),))

    def test_decided_anew_all_three(self):
        ranking = ranked(EQUAL, cut=Cut(2), decisions=[["A", "B"], ["C", "A", "B"]])
        assert codes(ranking) == {"C": "won_tie", "A": "won_tie", "B": "lost_tie"}
        assert [(place.entry, place.rank) for place in ranking.places] == [("C", 1), ("A", 2), ("B", 3)]

    def test_where_all_go_on_nobody_is_asked(self):
        ranking = ranked(EQUAL, cut=Cut(3), decisions=[["A", "B"]])
        assert (ranking.open, [place.rank for place in ranking.places]) == ((), [1, 1, 1])

    def test_a_city_s_last_place_is_open_again_too(self):
        facts = {"A": {"city": "x"}, "B": {"city": "x"}, "C": {"city": "x"}}
        ranking = ranked(EQUAL, cut=Cut(per_city=1), facts=facts, decisions=[["B", "A"]])
        assert ranking.open == (("A", "B", "C"),)

    def test_those_that_the_tie_is_about_are_enough(self):
        """C is equal to A and B and its city is full: the one place left is between A and B, and they were decided."""
        facts = {"X": {"city": "y"}, "C": {"city": "y"}}
        rows, cut = EQUAL | {"X": 5}, Cut(2, per_city=1)
        assert ranked(rows, cut=cut, facts=facts).open == (("A", "B"),)
        ranking = ranked(rows, cut=cut, facts=facts, decisions=[["B", "A"]])
        assert codes(ranking) == {"X": "goes_on", "B": "won_tie", "A": "lost_tie", "C": "city_full"}

    def test_a_link_that_tells_the_newcomer_apart_leaves_the_decision_whole(self):
        facts = {
            "A": {"founded_on": "2024-01-01"},
            "B": {"founded_on": "2024-01-01"},
            "C": {"founded_on": "2020-01-01"},
        }
        ranking = ranked(EQUAL, chain=[Link("younger_firm")], cut=Cut(2), facts=facts, decisions=[["B", "A"]])
        assert (ranking.open, in_order(ranking)) == ((), "BAC")


# ---- properties

a_group = st.integers(1, 6).map(lambda size: tuple("ABCDEF"[:size]))
a_decision = st.permutations("ABCDEF").flatmap(lambda order: st.integers(0, 6).map(lambda n: list(order[:n])))


@given(a_group, st.lists(a_decision, max_size=4))
def test_nobody_is_lost_and_the_latest_order_is_kept(group, decisions):
    found, _steps = ordered_by_decisions([group], decisions)
    line = [entry for part in found for entry in part]
    assert sorted(line) == sorted(group)
    if decisions:
        named = [entry for entry in decisions[-1] if entry in group]
        assert [entry for entry in line if entry in named] == named


@given(a_group, st.lists(a_decision, max_size=3), st.permutations("ABCDEF"))
def test_a_decision_on_all_of_them_settles_whatever_was_decided_before(group, decisions, order):
    found, _steps = ordered_by_decisions([group], [*decisions, list(order)])
    assert found == [(entry,) for entry in order if entry in group]


@given(a_group, st.lists(a_decision, max_size=4))
def test_who_is_in_no_decision_keeps_the_tie_open(group, decisions):
    found, _steps = ordered_by_decisions([group], decisions)
    if any(all(entry not in decision for decision in decisions) for entry in group):
        assert len(found) == 1


def before(parts):
    place = {entry: n for n, part in enumerate(parts) for entry in part}
    return {(one, other) for one in place for other in place if place[one] < place[other]}


@given(a_group, st.lists(a_decision, max_size=3), a_decision)
def test_one_decision_more_from_before_takes_no_order_back(group, decisions, earlier):
    found, _steps = ordered_by_decisions([group], decisions)
    more, _steps = ordered_by_decisions([group], [earlier, *decisions])
    assert before(found) <= before(more)


def test_a_decision_on_some_of_a_tie_is_told_of_those():
    """A before B decided, C equal to both: of A and B one is told apart by a person, of C nobody."""
    [trace] = ranked(EQUAL, cut=Cut(3), decisions=[["A", "B"]]).ties
    assert trace.told == {
        "A": {"others": "2", "equal": "1", "kind": "human", "code": ""},
        "B": {"others": "2", "equal": "1", "kind": "human", "code": ""},
        "C": {"others": "2", "equal": "2", "kind": "", "code": ""},
    }
