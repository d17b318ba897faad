"""The real solver on real shapes: exact numbers, loads, ties, languages, and explanations with numbers."""

import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.assignment import Problem, Relaxation, assign, even_load


def problem(entries, jurors, per_entry=2, load=10, **fields) -> Problem:
    everywhere = frozenset((e, j) for e in range(entries) for j in range(jurors))
    return Problem(
        **{
            "entries": tuple(f"E{n:02}" for n in range(entries)),
            "jurors": tuple(f"J{n:02}" for n in range(jurors)),
            "per_entry": per_entry,
            "load_min": 0,
            "load_max": (load,) * jurors,
            "reads": everywhere,
            "knows": everywhere,
            **fields,
        }
    )


def jurors_of(solution, entry):
    return {j for e, j in solution.pairs if e == entry}


def test_every_entry_has_its_jurors_and_the_load_is_even():
    solution = assign(problem(6, 4, per_entry=2))
    assert solution.is_optimal
    assert [len(jurors_of(solution, e)) for e in range(6)] == [2] * 6
    assert solution.loads == (3, 3, 3, 3)
    assert solution.price == 0


def test_the_same_seed_gives_the_same_plan_and_another_one_another():
    plans = {seed: assign(problem(9, 6, seed=seed)).pairs for seed in range(5)}
    assert {seed: assign(problem(9, 6, seed=seed)).pairs for seed in range(5)} == plans
    assert len(set(plans.values())) > 1


def test_a_tie_is_never_broken_whatever_it_costs():
    """Only J02 knows anything, and has a tie with every entry but E00."""
    shape = problem(3, 3, per_entry=1, knows=frozenset({(0, 2), (1, 2), (2, 2)}), barred=frozenset({(1, 2), (2, 2)}))
    solution = assign(shape)
    assert jurors_of(solution, 0) == {2}
    assert not set(solution.pairs) & shape.barred


def test_expertise_is_worth_one_step_of_uneven_load():
    """Even loads are 2 and 2; J00 takes a third entry that only J00 knows, for one step of unevenness (60 against 100)."""
    solution = assign(problem(4, 2, per_entry=1, knows=frozenset({(0, 0), (1, 0), (2, 0), (3, 1)})))
    assert solution.loads == (3, 1)
    assert solution.price == 60


def test_languages_are_kept_where_they_can_be():
    reads = frozenset({(0, 0), (0, 1), (1, 1), (1, 2)})
    solution = assign(problem(2, 3, per_entry=2, reads=reads))
    assert solution.language_kept
    assert set(solution.pairs) == reads


def test_and_broken_as_seldom_as_possible_where_not():
    reads = frozenset({(0, 0), (1, 0), (1, 1)})
    solution = assign(problem(2, 3, per_entry=2, reads=reads))
    assert not solution.language_kept
    assert len(set(solution.pairs) - reads) == 1
    assert solution.explanation is None


def test_assignments_that_stand_are_kept_and_only_gaps_filled():
    kept = frozenset({(0, 0), (0, 1), (1, 0)})
    solution = assign(problem(2, 3, per_entry=2, load=2, kept=kept, barred=frozenset({(1, 1)})))
    assert set(solution.pairs) == kept | {(1, 2)}


class TestNoPlan:
    def test_too_few_seats_in_numbers(self):
        """5 entries × 2 jurors = 10 seats; 3 jurors × 3 entries = 9."""
        why = assign(problem(5, 3, per_entry=2, load=3)).explanation
        assert (why.demand, why.supply, why.starved) == (10, 9, ())
        fewer, more = why.relaxations
        assert (fewer.kind, [n for _, n in fewer.by]) == ("fewer_jurors", [1])
        assert (more.kind, [n for _, n in more.by]) == ("more_entries", [1])

    def test_what_is_missing_is_spread_instead_of_taken_from_one(self):
        """3 entries × 3 jurors = 9 seats, 3 jurors × 2 entries = 6: one juror less each, not three less for one entry."""
        fewer, more = assign(problem(3, 3, per_entry=3, load=2)).explanation.relaxations
        assert fewer.by == (("E00", 1), ("E01", 1), ("E02", 1))
        assert more.by == (("J00", 1), ("J01", 1), ("J02", 1))

    def test_spreading_comes_before_the_smallest_sum(self):
        """J01 and J02 may share what one juror could take alone: two entries more for one, or one more each."""
        why = assign(problem(4, 3, per_entry=1, load=0, load_max=(2, 0, 0))).explanation
        (more,) = [found for found in why.relaxations if found.kind == "more_entries"]
        assert max(n for _, n in more.by) == 1
        assert sum(n for _, n in more.by) == 2

    def test_an_entry_with_too_few_free_jurors(self):
        """No limit helps: only fewer jurors for E00 would."""
        why = assign(problem(3, 3, per_entry=2, barred=frozenset({(0, 0), (0, 1)}))).explanation
        assert why.starved == (("E00", 1, 2),)
        assert why.relaxations == (Relaxation("fewer_jurors", (("E00", 1),)),)

    def test_a_least_load_that_can_t_be_reached(self):
        """2 entries × 1 juror can't give three jurors one entry each."""
        why = assign(problem(2, 3, per_entry=1, load_min=1)).explanation
        assert (why.demand, why.least) == (2, 3)
        assert [(r.kind, sum(n for _, n in r.by)) for r in why.relaxations] == [("lower_minimum", 1)]


def test_fourteen_entries_nine_jurors_with_ties_are_solved_to_optimality():
    """The sample edition's shape: three jurors each, five at most, some of the same city."""
    barred = frozenset({(0, 0), (1, 0), (2, 1), (3, 1), (6, 2), (7, 8), (12, 6), (4, 7), (5, 7)})
    knows = frozenset((e, j) for e in range(14) for j in range(9) if e % 5 in (j % 5, (j + 2) % 5))
    shape = problem(14, 9, per_entry=3, load=6, barred=barred, knows=knows)
    solution = assign(shape)
    assert solution.is_optimal
    assert sum(solution.loads) == 42
    assert max(solution.loads) - min(solution.loads) <= 2
    assert not set(solution.pairs) & barred


def test_a_large_jury_is_solved_in_seconds():
    shape = problem(300, 60, per_entry=5, load=30, knows=frozenset((e, e % 60) for e in range(300)))
    began = time.monotonic()
    solution = assign(shape)
    assert time.monotonic() - began < 30
    assert solution.is_optimal


def test_the_even_load_minds_those_who_offered_less():
    """7 seats; one juror takes one at most: the others three each."""
    assert even_load(replace(problem(7, 3, per_entry=1), load_max=(1, 10, 10))) == 3


pairs = st.frozensets(st.tuples(st.integers(0, 5), st.integers(0, 4)), max_size=14)


@settings(max_examples=40, deadline=None)
@given(
    barred=pairs, reads=pairs, knows=pairs, per_entry=st.integers(1, 3), load=st.integers(1, 5), seed=st.integers(0, 9)
)
def test_a_plan_never_breaks_a_tie_a_limit_or_a_number(barred, reads, knows, per_entry, load, seed):
    shape = problem(6, 5, per_entry=per_entry, load=load, barred=barred, reads=reads, knows=knows, seed=seed)
    solution = assign(shape)
    if solution.explanation:
        assert solution.pairs == ()
        return
    assert not set(solution.pairs) & barred
    assert [len(jurors_of(solution, e)) for e in range(6)] == [per_entry] * 6
    assert all(n <= load for n in solution.loads)
    if solution.language_kept:
        assert set(solution.pairs) <= reads
