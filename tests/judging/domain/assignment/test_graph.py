"""The comparison graph: found, joined at the least price, and never at a rule's or a conflict's expense."""

from dataclasses import replace

from judging.domain.assignment.assign import Rule, assign
from judging.domain.assignment.graph import parts_of
from tests.judging.domain.assignment.juries import is_sound, jury, pairs

FRENCH, ENGLISH = {"languages": frozenset({"fr"})}, {"languages": frozenset({"en"})}


def halves(**fields):
    """Four French entries with three French jurors, four English ones with three English jurors."""
    entries = [{"language": "fr"}] * 4 + [{"language": "en"}] * 4
    return jury(entries, [FRENCH] * 3 + [ENGLISH] * 3, load=5, **fields)


def test_parts_are_jurors_who_share_no_entry_with_the_others():
    assert parts_of(pairs("00", "01", "11", "12", "23", "24", "35")) == [{"J0", "J1", "J2"}, {"J3", "J4"}, {"J5"}]


def test_a_jury_split_by_language_is_joined_for_one_seat():
    """One seat read in the other language is the least that links them."""
    solution = assign(halves(rules=(Rule("language", price=100), Rule("even", price=6))))
    graph = solution.graph
    assert (graph.parts_before, graph.is_connected, len(graph.exchanges)) == (2, True, 1)
    assert (solution.price, solution.bound, graph.price) == (100, 0, 100)
    assert (solution.status, solution.gap) == ("optimal", 0)
    assert len(parts_of(solution.pairs)) == 1


def test_where_loads_are_full_two_jurors_are_exchanged():
    """Everybody has as many entries as they may: a move would be one too many for someone."""
    shape = halves(rules=(Rule("language", price=100),))
    full = replace(
        shape,
        entries=shape.entries[:3] + shape.entries[4:7],
        jurors=tuple(replace(j, load_max=2) for j in shape.jurors),
    )
    solution = assign(full)
    (step,) = solution.graph.exchanges
    assert (len(step.removed), len(step.added), step.price) == (2, 2, 200)
    assert solution.loads == (2,) * 6
    assert solution.price == 200


def test_the_cheapest_link_is_taken():
    """J5 knows French as well: no price at all."""
    shape = halves(rules=(Rule("language", price=100),), seed=3)
    both = replace(shape.jurors[5], languages=frozenset({"en", "fr"}))
    solution = assign(replace(shape, jurors=(*shape.jurors[:5], both)))
    assert solution.graph.is_connected
    assert solution.price == 0


def test_a_hard_rule_or_a_conflict_is_not_broken_for_it():
    hard = halves(rules=(Rule("language"),))
    across = frozenset((f"E{e}", f"J{j}") for e in range(8) for j in range(6) if (e < 4) != (j < 3))
    for shape in (hard, halves(conflicts=across)):
        solution = assign(shape)
        assert solution.graph.parts == (("J0", "J1", "J2"), ("J3", "J4", "J5"))
        assert (solution.graph.exchanges, solution.price) == ((), 0)
        assert is_sound(shape, solution.pairs)


def test_it_can_be_left_as_it_is():
    solution = assign(halves(rules=(Rule("language", price=100),), mend=False))
    assert (solution.graph.parts_before, solution.price) == (2, 0)


def test_forced_and_kept_pairs_stay_and_quotas_hold_while_it_is_joined():
    kept = pairs("00", "01", "10", "12", "21", "22", "43", "44")
    groups = frozenset({"investor"})
    shape = halves(
        rules=(Rule("language", price=100), Rule("kept", pairs=kept), Rule("quota", group="investor", least=1))
    )
    people = tuple(replace(j, groups=groups) if j.code in ("J0", "J1", "J2", "J3", "J4") else j for j in shape.jurors)
    shape = replace(shape, jurors=people)
    solution = assign(shape)
    assert solution.graph.is_connected
    assert set(kept) <= set(solution.pairs)
    assert is_sound(shape, solution.pairs)


def test_entries_with_one_juror_each_link_nobody():
    graph = assign(jury(4, 4, per_entry=1, load=1)).graph
    assert (len(graph.parts), graph.exchanges) == (4, ())
