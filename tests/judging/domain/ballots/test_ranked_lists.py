"""Ranked lists: counted by hand, and on an example that every textbook has."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.ballots.ranked_lists import BadRanking, RankedList, ahead_of, check_ranking, rank_lists

# Tennessee chooses its capital: 100 voters, by how near each city is (the example of the Borda count and of Copeland's
# method in the English Wikipedia: Memphis 126, Nashville 194, Chattanooga 173, Knoxville 107 points; 0, 3, 2, 1
# comparisons won).
CITIES = ("Memphis", "Nashville", "Chattanooga", "Knoxville")
VOTES = (
    (42, ("Memphis", "Nashville", "Chattanooga", "Knoxville")),
    (26, ("Nashville", "Chattanooga", "Knoxville", "Memphis")),
    (15, ("Chattanooga", "Knoxville", "Nashville", "Memphis")),
    (17, ("Knoxville", "Chattanooga", "Nashville", "Memphis")),
)
TENNESSEE = [
    RankedList(f"{group}-{n}", frozenset(CITIES), order)
    for group, (count, order) in enumerate(VOTES)
    for n in range(count)
]


def totals(lists, entries, **how):
    return {entry: result.total for entry, result in rank_lists(lists, entries, **how).items()}


def test_positional_is_bordas_count():
    # Borda's points over the most that 100 lists of four give, 300: 194 ÷ 3 = 64.67 per cent.
    assert totals(TENNESSEE, CITIES, method="positional") == {
        "Memphis": Fraction(126, 3), "Nashville": Fraction(194, 3), "Chattanooga": Fraction(173, 3),
        "Knoxville": Fraction(107, 3),
    }  # fmt: skip


def test_copeland_counts_comparisons():
    results = rank_lists(TENNESSEE, CITIES, method="copeland")
    assert {city: (r.wins, r.evens, r.losses) for city, r in results.items()} == {
        "Memphis": (0, 0, 3), "Nashville": (3, 0, 0), "Chattanooga": (2, 0, 1), "Knoxville": (1, 0, 2),
    }  # fmt: skip
    assert results["Chattanooga"].total == Fraction(200, 3)
    assert ahead_of(TENNESSEE)[("Nashville", "Memphis")] == 58


def test_points_for_the_first_three_places():
    lists = [RankedList("J1", frozenset("ABCD"), tuple("ABC")), RankedList("J2", frozenset("ABCD"), tuple("BDA"))]
    # A: (3 + 1) ÷ 2, B: (2 + 3) ÷ 2, C: (1 + 0) ÷ 2, D: (0 + 2) ÷ 2.
    assert totals(lists, "ABCD", method="points", points=(3, 2, 1)) == {
        "A": 2, "B": Fraction(5, 2), "C": Fraction(1, 2), "D": 1,
    }  # fmt: skip


def test_an_entry_that_a_juror_may_not_rank_loses_nothing_by_it():
    lists = [RankedList("J1", frozenset("AB"), tuple("AB")), RankedList("J2", frozenset("B"), tuple("B"))]
    results = rank_lists(lists, "ABC", method="points", points=(3, 2, 1))
    assert {entry: (r.total, r.lists) for entry, r in results.items()} == {
        "A": (3, 1), "B": (Fraction(5, 2), 2), "C": (None, 0),
    }  # fmt: skip
    assert results["B"].places == (("J1", 2), ("J2", 1))


def test_those_left_off_share_what_is_left():
    # Five entries, two named: the others share places 3, 4 and 5, worth 2, 1 and 0 of 4: one each, 25 per cent.
    lists = [RankedList("J1", frozenset("ABCDE"), tuple("AB"))]
    assert totals(lists, "ABCDE", method="positional") == {"A": 100, "B": 75, "C": 25, "D": 25, "E": 25}


def test_an_even_comparison_is_half_a_win_and_none_is_nothing():
    lists = [RankedList("J1", frozenset("ABC"), tuple("AB")), RankedList("J2", frozenset("AB"), tuple("BA"))]
    # A–B even; A–C and B–C won by A and B (C was left off).
    assert totals(lists, "ABC", method="copeland") == {"A": 75, "B": 75, "C": 0}


@pytest.mark.parametrize(
    ("order", "least", "most", "code", "entry"),
    [
        ("ABA", 1, None, "twice", "A"),
        ("AX", 1, None, "unknown", "X"),
        ("A", 2, None, "too_short", ""),
        ("ABC", 1, 2, "too_long", ""),
    ],
)
def test_what_is_no_ranking_is_refused(order, least, most, code, entry):
    with pytest.raises(BadRanking) as refusal:
        check_ranking(tuple(order), frozenset("ABC"), least=least, most=most)
    assert (refusal.value.code, refusal.value.entry) == (code, entry)
    if code in ("twice", "unknown"):
        with pytest.raises(BadRanking):
            rank_lists([RankedList("J1", frozenset("ABC"), tuple(order))], "ABC", method="positional")


def test_a_juror_with_fewer_entries_than_the_least_may_name_all():
    check_ranking(("A",), frozenset("A"), least=3)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.permutations("ABCDE"), st.integers(0, 5)), max_size=6), st.randoms())
def test_neither_the_order_of_lists_nor_of_entries_matters(drawn, chance):
    lists = [RankedList(f"J{n}", frozenset("ABCDE"), tuple(order[:named])) for n, (order, named) in enumerate(drawn)]
    mixed, entries = list(lists), list("ABCDE")
    chance.shuffle(mixed)
    chance.shuffle(entries)
    for method in ("points", "positional", "copeland"):
        assert rank_lists(mixed, entries, method=method) == rank_lists(lists, "ABCDE", method=method)
    earned = totals(lists, "ABCDE", method="positional")
    if lists:  # what a list gives in all is always the same: 100 × (4 + 3 + 2 + 1 + 0) ÷ 4
        assert sum(value for value in earned.values()) == 250
