"""No plan: which rules clash, with numbers, and what would do, which is tried each time."""

import pytest

from judging.domain.assignment.assign import Relaxation, Rule, assign
from judging.domain.assignment.data import Shortage
from judging.domain.assignment.reasons import relaxed
from tests.judging.domain.assignment.juries import jury, pairs


def refused(problem):
    """The explanation of a problem without a plan, every way out of which has been taken and led to one."""
    solution = assign(problem)
    assert (solution.status, solution.pairs, solution.loads) == ("infeasible", (), ())
    for way in solution.explanation.relaxations:
        opened = assign(relaxed(problem, way))
        assert opened.is_optimal
        assert not set(opened.pairs) & problem.conflicts
    return solution.explanation


def test_too_few_seats_in_numbers():
    """5 entries × 2 jurors = 10 seats; 3 jurors × 3 entries = 9."""
    why = refused(jury(5, 3, load=3))
    assert (why.demand, why.supply, why.least, why.clash) == (10, 9, 0, ("demand", "load_max"))
    assert why.shortages == (Shortage("load_max", "load_max", "", 10, 9),)
    assert [[(name, units) for name, _code, units in way.by] for way in why.relaxations] == [
        [("demand", -1)],
        [("load_max", 1)],
    ]


def test_what_is_missing_is_spread_instead_of_taken_from_one():
    """3 entries × 3 jurors = 9 seats, 3 jurors × 2 entries = 6: one juror less each, not three less for one entry."""
    fewer, more = refused(jury(3, 3, per_entry=3, load=2)).relaxations
    assert fewer.by == (("demand", "E0", -1), ("demand", "E1", -1), ("demand", "E2", -1))
    assert more.by == (("load_max", "J0", 1), ("load_max", "J1", 1), ("load_max", "J2", 1))


def test_an_entry_with_too_few_free_jurors():
    """No limit helps: only fewer jurors for E0 would. Conflicts never give way."""
    why = refused(jury(3, 3, conflicts=frozenset(pairs("00", "01"))))
    assert why.shortages == (Shortage("demand", "demand", "E0", 2, 1),)
    assert (why.clash, why.relaxations) == (("demand",), (Relaxation((("demand", "E0", -1),)),))


def test_everyone_in_conflict_with_everything():
    everything = frozenset((f"E{e}", f"J{j}") for e in range(3) for j in range(2))
    why = refused(jury(3, 2, conflicts=everything))
    assert [(row.code, row.demand, row.supply) for row in why.shortages] == [
        ("E0", 2, 0), ("E1", 2, 0), ("E2", 2, 0), ("", 6, 0),
    ]  # fmt: skip
    assert why.relaxations == (Relaxation((("demand", "E0", -2), ("demand", "E1", -2), ("demand", "E2", -2))),)


def test_a_least_load_that_can_t_be_reached():
    """2 entries × 1 juror can't give three jurors one entry each: one entry more jurors, or one juror no entry."""
    why = refused(jury(2, [{"load_min": 1}] * 3, per_entry=1))
    assert (why.demand, why.least, why.clash) == (2, 3, ("demand", "load_min"))
    assert [(way.by[0][0], way.by[0][2], way.units) for way in why.relaxations] == [
        ("demand", 1, 1),
        ("load_min", 1, 1),
    ]


def test_a_group_that_is_too_small():
    """One investor, two entries at most, for three entries: 3 needed, 2 to be had."""
    people = [{"groups": frozenset({"investor"}), "load_max": 2}, {}, {}]
    why = refused(jury(3, people, rules=(Rule("quota", group="investor", least=1),)))
    assert why.clash == ("load_max", "quota (investor)")
    assert why.shortages == (Shortage("quota", "quota (investor)", "", 3, 2),)
    assert sorted(way.by[0][:1] + (way.units,) for way in why.relaxations) == [("load_max", 1), ("quota (investor)", 1)]


def test_an_entry_whose_field_nobody_knows():
    why = refused(jury([{"sector": "solar"}, {}], 3, rules=(Rule("expert"),)))
    assert (why.clash, why.shortages) == (("expert",), (Shortage("expert", "expert", "E0", 1, 0),))
    assert why.relaxations == (Relaxation((("expert", "E0", 1),)),)


@pytest.mark.parametrize(
    ("rules", "clash"),
    [
        ((Rule("language"),), ("demand", "language")),
        ((Rule("city", most=1),), ("demand", "city")),
        ((Rule("apart", jurors=("J0", "J1", "J2")),), ("demand", "apart (J0, J1, J2)")),
        ((Rule("forced", pairs=pairs("00", "01", "02")),), ("demand", "forced")),
        ((Rule("kept", pairs=pairs("00", "01", "02")),), ("demand", "kept")),
        ((Rule("forbidden", pairs=pairs("00", "01")),), ("demand", "forbidden")),
    ],
    ids=lambda value: value[0].kind if isinstance(value[0], Rule) else "",
)
def test_each_rule_can_clash_and_give_way(rules, clash):
    people = [{"city": "Braga"}] * 3
    why = refused(jury([{"language": "fr"}, {}], people, rules=rules))
    assert why.clash == clash
    assert [way.by[0][0] for way in why.relaxations if way.by[0][0] != "demand"] == [clash[1]]


def test_a_forced_conflict_is_the_forcing_s_fault():
    why = refused(jury(2, 3, rules=(Rule("forced", pairs=pairs("00")),), conflicts=frozenset(pairs("00"))))
    assert (why.clash, why.relaxations) == (("forced",), (Relaxation((("forced", "E0", 1),)),))


def test_what_has_a_price_is_never_to_blame():
    """Least loads at a price can't clash; the language, hard, does."""
    people = [{"load_min": 5}] * 2
    why = refused(jury([{"language": "fr"}], people, rules=(Rule("load_min", price=1), Rule("language"))))
    assert why.clash == ("demand", "language")


def test_where_no_rule_alone_suffices_several_give_way_together():
    """Nobody is an investor, and nobody reads French: two things that have nothing to do with each other."""
    rules = (Rule("language"), Rule("quota", group="investor", least=1))
    (way,) = refused(jury([{"language": "fr"}], 2, rules=rules)).relaxations
    assert {name for name, _code, _units in way.by} >= {"quota (investor)"}
    assert way.units == 3
