"""Numbered places of a city."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.domain.quotas import Places, lowest_free, renumbered


@pytest.mark.parametrize(
    ("taken", "limit", "place"),
    [(set(), 5, 1), ({1, 2}, 5, 3), ({1, 3}, 5, 2), ({1, 2, 3}, 3, None), (set(), 0, None), ({7}, 3, 1)],
)
def test_the_lowest_free_place(taken, limit, place):
    assert lowest_free(taken, limit) == place


@given(st.sets(st.integers(1, 12)), st.integers(0, 12))
def test_taking_the_lowest_free_place_until_there_is_none_fills_every_place_once(taken, limit):
    places = set(taken)
    while (place := lowest_free(places, limit)) is not None:
        assert place not in places
        places.add(place)
    assert places == taken | set(range(1, limit + 1))


def test_renumbering_closes_gaps_and_keeps_who_competes():
    assert renumbered(["c", "a", "b"], {"a", "b"}) == {"c": (1, None), "a": (2, 1), "b": (3, 2)}


@given(
    st.lists(st.integers(), unique=True, max_size=8).flatmap(
        lambda xs: st.tuples(st.just(xs), st.sets(st.sampled_from(xs)) if xs else st.just(set()))
    )
)
def test_renumbered_places_are_one_to_n_in_order(case):
    order, competing = case
    places = renumbered(order, competing)
    assert [places[thing][0] for thing in order] == list(range(1, len(order) + 1))
    assert [places[thing][1] for thing in order if thing in competing] == list(range(1, len(competing) + 1))


def test_what_is_left_is_never_negative():
    assert (Places(6, 5, 4, 3).sent_left, Places(6, 5, 4, 3).competing_left) == (0, 0)
    assert (Places(2, 5, 1, 3).sent_left, Places(2, 5, 1, 3).competing_left) == (3, 2)
