"""Duels and the Bradley–Terry model, against a published example, by hand, and by what must always be true."""

from fractions import Fraction
from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.ballots.duels import Duel, next_pair, strengths_in_per_cent, strengths_of


def duels(*rows):
    """Each row: winner, loser, how often."""
    return [Duel(f"J{n}", *sorted((won, lost)), won) for won, lost, times in rows for n in range(times)]


# The worked example of the English Wikipedia's article on the model, with wins of the row over the column.
WIKIPEDIA = duels(
    ("A", "B", 2), ("A", "D", 1), ("B", "A", 3), ("B", "C", 5), ("C", "B", 3), ("C", "D", 1), ("D", "A", 4),
    ("D", "C", 3)
)  # fmt: skip


def test_published_example():
    """Its strengths, scaled to add up to one: A 0.139, B 0.226, C 0.143, D 0.492."""
    found = strengths_of("ABCD", WIKIPEDIA, prior=0)
    whole = sum(exp(b) for b in found.ability.values())
    assert {code: round(exp(b) / whole, 3) for code, b in found.ability.items()} == {
        "A": 0.139, "B": 0.226, "C": 0.143, "D": 0.492,
    }  # fmt: skip
    assert (found.wins["A"], found.duels["A"], found.parts) == (3, 10, (("A", "B", "C", "D"),))


def test_two_entries_by_hand():
    """Three wins to one: s_A ÷ s_B = 3, so b_A − b_B = ln 3; the information of four duels at p = ¾ is 4 × 3/16 = ¾."""
    found = strengths_of("AB", duels(("A", "B", 3), ("B", "A", 1)), prior=0)
    assert found.ability["A"] - found.ability["B"] == pytest.approx(log(3))
    assert found.error["A"] == pytest.approx((1 / 0.75) ** 0.5 / 2)  # half the difference each, around their mean


def test_who_won_all_is_strong_but_not_infinitely_so():
    found = strengths_of("AB", duels(("A", "B", 4)))
    assert 0 < found.ability["A"] < 5
    assert found.ability["A"] == pytest.approx(-found.ability["B"])
    with pytest.raises(ValueError, match="no finite strengths"):
        strengths_of("AB", duels(("A", "B", 4)), prior=0)


def test_without_a_duel_all_are_middling_and_nothing_connects_them():
    found = strengths_of("CAB", [])
    assert found.ability == {"A": 0, "B": 0, "C": 0}
    assert found.parts == (("A",), ("B",), ("C",))
    assert strengths_in_per_cent(found, 1) == {"A": 50, "B": 50, "C": 50}


def test_an_undecided_duel_is_half_a_win_for_each():
    found = strengths_of("AB", [Duel("J1", "A", "B", "")])
    assert found.ability["A"] == pytest.approx(0)
    assert (found.evens, found.wins) == ({"A": 1, "B": 1}, {"A": 0, "B": 0})


def test_rounded_half_up_to_the_declared_decimals():
    found = strengths_of("AB", duels(("A", "B", 3), ("B", "A", 1)), prior=0)
    # b = ±½ ln 3: 100 ÷ (1 + 1/√3) = 63.397…
    assert strengths_in_per_cent(found, 2) == {"A": Fraction(6340, 100), "B": Fraction(3660, 100)}


@pytest.mark.parametrize(
    "duel",
    [Duel("J", "A", "A", "A"), Duel("J", "A", "X", "A"), Duel("J", "A", "B", "C")],
    ids=["itself", "unknown", "winner"],
)
def test_what_is_no_duel_is_refused(duel):
    with pytest.raises(ValueError, match="no duel"):
        strengths_of("ABC", [duel])


class TestNextPair:
    def test_first_of_all_by_code(self):
        assert next_pair("CBA", [], juror="J1") == ("A", "B")

    def test_a_pair_that_is_settled_tells_less_than_one_never_seen(self):
        told = duels(("A", "B", 6))
        assert next_pair("ABC", told, juror="new") in [("A", "C"), ("B", "C")]
        assert next_pair("ABCD", told, juror="new") == ("C", "D")  # nothing is known of either

    def test_never_the_same_twice_to_one_juror_and_none_in_the_end(self):
        told = []
        for _ in range(3):
            a, b = next_pair("ABC", told, juror="J1")
            told.append(Duel("J1", a, b, a))
        assert len({frozenset((duel.first, duel.second)) for duel in told}) == 3
        assert next_pair("ABC", told, juror="J1") is None
        assert next_pair("ABC", told, juror="J2") is not None

    def test_never_an_entry_that_the_juror_has_a_tie_with(self):
        assert next_pair("ABC", [], juror="J1", barred=frozenset("A")) == ("B", "C")
        assert next_pair("AB", [], juror="J1", barred=frozenset("A")) is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["AB", "AC", "BC", "CD", "AD"]), st.integers(0, 2)), max_size=12), st.randoms()
)
def test_order_never_matters_and_more_wins_against_the_same_are_never_worse(drawn, chance):
    told = [Duel(f"J{n}", pair[0], pair[1], ("", *pair)[who]) for n, (pair, who) in enumerate(drawn)]
    mixed = list(told)
    chance.shuffle(mixed)
    first, again = (strengths_in_per_cent(strengths_of("ABCD", each), 6) for each in (told, mixed))
    assert first == again
    more = strengths_in_per_cent(strengths_of("ABCD", [*told, Duel("J", "A", "B", "A")]), 6)
    assert more["A"] >= first["A"]
