"""What ranked lists and duels of a file are made into, by hand: the shape that marks have."""

from dataclasses import replace
from fractions import Fraction

import pytest

from judging.domain.ballots.scores import scores_of_ballots, strengths_in
from judging.domain.results.document import FiledEntry, Head, ResultFile
from judging.domain.results.format import with_defaults
from judging.domain.results.semantics import BY_VERSION
from judging.domain.rule.stated import StatedLists, StatedRule
from tests.judging.domain.examples import rule

ENTRIES = tuple(FiledEntry(code=code) for code in "ABC")
STATED = StatedRule.from_data(with_defaults({"rule": {"criteria": []}, "entries": []})["rule"])
POINTS = replace(STATED, ballot="ranking", lists=StatedLists(counting="points", points=("3", "1"), least="1", most=""))
PAIRS = replace(STATED, ballot="duels")
LISTS = (
    {"juror": "J1", "asked": ["A", "B", "C"], "order": ["A", "B"]},
    {"juror": "J2", "asked": ["A", "B"], "order": ["A"]},
)
DUELS = (
    {"juror": "J1", "first": "A", "second": "B", "winner": "A"},
    {"juror": "J1", "first": "A", "second": "C", "winner": ""},
    {"juror": "J2", "first": "A", "second": "B", "winner": "A"},
)


def given(**rows) -> ResultFile:
    """A file of three entries with what jurors gave."""
    head = Head(edition="", city="", order="1", name={}, weight="100", closed_at="")
    return ResultFile(
        round=head, rule={}, entries=ENTRIES, carried=(), scorecards=(), not_counted=(), decisions=(), **rows
    )


def test_of_lists_each_gives_its_points_and_the_sum_ranks():
    """3 and 3 for A, 1 and 0 for B; C was asked of one juror only, and two are needed."""
    a_rule = replace(rule([]), decimals=1, min_scorecards=2, best_given=Fraction(3))
    a, b, c = scores_of_ballots(a_rule, POINTS, given(lists=LISTS))
    assert (a.cards, a.exact, a.total, a.ranking, a.best, a.peers) == ((("J1", 3), ("J2", 3)), 3, 3, 3, 3, 0)
    assert (b.cards, b.exact, b.total, b.ranking_best) == ((("J1", 1), ("J2", 0)), Fraction(1, 2), Fraction(1, 2), 3)
    assert (c.cards, c.exact, c.total, c.ranking, c.criteria) == ((("J1", 0),), None, None, None, ())


def test_fellow_applicants_fill_a_number_of_their_own():
    """J2 applies too: A has one list of the jury and one of a peer; B likewise; nobody else has a peer's."""
    a_rule = replace(rule([]), min_peer_scorecards=1, best_given=Fraction(3))
    inputs = given(lists=LISTS, peers=("J2",))
    assert [(s.peers, s.exact) for s in scores_of_ballots(a_rule, POINTS, inputs)] == [
        (1, 3), (1, Fraction(1, 2)), (0, None),
    ]  # fmt: skip
    before = replace(a_rule, semantics=BY_VERSION[2], min_scorecards=2)  # who counted them with the jury
    assert [(s.peers, s.exact) for s in scores_of_ballots(before, POINTS, inputs)] == [
        (0, 3), (0, Fraction(1, 2)), (0, None),
    ]  # fmt: skip


def test_of_duels_a_scorecard_is_the_share_that_a_juror_s_own_gave():
    """J1: A won one and was even in one, 75 %; J2: 100 %. B lost all; C has one, which was even."""
    a_rule = replace(rule([]), decimals=1, best_given=Fraction(100))
    inputs = given(duels=DUELS)
    a, b, c = scores_of_ballots(a_rule, PAIRS, inputs)
    assert (a.cards, b.cards, c.cards) == ((("J1", 75), ("J2", 100)), (("J1", 0), ("J2", 0)), (("J1", 50),))
    assert a.total > c.total > b.total
    estimated = strengths_in(inputs)
    assert [round(estimated[code], 1) for code in "ABC"] == [float(score.total) for score in (a, b, c)]
    assert (a.exact, a.best) == (a.total, 100)


def test_what_is_no_ballot_and_duels_without_decimals_are_refused():
    with pytest.raises(ValueError, match="“votes” is not known here"):
        scores_of_ballots(rule([]), replace(STATED, ballot="votes"), given())
    with pytest.raises(ValueError, match="^duels need declared decimals$"):
        scores_of_ballots(rule([], decimals=None), PAIRS, given(duels=DUELS))
