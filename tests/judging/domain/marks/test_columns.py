"""Ranking from columns says what score_entries says, to the last digit, and what severity.correct says."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.columns import ABSENT, Columns, is_plain, rank_columns, rank_corrected
from judging.domain.marks.scoring import Marks, score_entries
from judging.domain.statistics.severity import cards_of, correct
from tests.judging.domain.examples import rule


def columns(rows, entries, jurors) -> Columns:
    """rows: (entry, juror, marks in thousandths or None)."""
    return Columns(
        entry=np.array([row[0] for row in rows], dtype=np.int64),
        juror=np.array([row[1] for row in rows], dtype=np.int64),
        values=np.array([[ABSENT if m is None else m for m in row[2]] for row in rows], dtype=np.int64).T,
        entries=entries,
        jurors=jurors,
    )


def scores(a_rule, rows, entries):
    marks = Marks(
        tuple(str(row[0]) for row in rows),
        tuple(str(row[1]) for row in rows),
        tuple(zip(*[r[2] for r in rows], strict=True)),
    )
    return score_entries(a_rule, [str(n) for n in range(entries)], marks)


def ranks(totals) -> list[int]:
    return [0 if t is None else 1 + sum(o is not None and o > t for o in totals) for t in totals]


rules = st.builds(
    lambda weights, tops, **fields: rule(weights, top=tops, **fields),
    weights=st.lists(st.integers(1, 40), min_size=3, max_size=3),
    tops=st.lists(st.sampled_from([4, 5, 7, 10, 20]), min_size=3, max_size=3),
    combine=st.sampled_from(["percent", "weighted_mean", "weighted_sum"]),
    across=st.sampled_from(["mean", "mean", "mean", "median", "trimmed_mean"]),
    aggregate_at=st.sampled_from(["total", "criterion"]),
    decimals=st.sampled_from([None, 0, 1, 2]),
    min_scorecards=st.integers(1, 3),
    trim=st.integers(0, 1),
)
a_mark = st.integers(0, 40).map(lambda n: n * 100)
sheets = st.lists(st.tuples(st.integers(0, 5), st.tuples(a_mark, a_mark, a_mark)), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(rules, sheets, st.booleans())
def test_the_short_way_and_the_long_way_agree(a_rule, sheets, gap):
    rows = [(entry, n, list(values)) for n, (entry, values) in enumerate(sheets)]
    if gap:
        rows[0][2][1] = None
    found = rank_columns(a_rule, columns(rows, 6, len(rows)))
    totals = [score.total for score in scores(a_rule, rows, 6)]
    assert [found.result(n) for n in range(6)] == totals
    assert found.ranks.tolist() == ranks(totals)
    assert found.order.tolist() == sorted((n for n in range(6) if totals[n] is not None), key=lambda n: (-totals[n], n))


def test_which_way_is_taken():
    rows = [(0, 0, [1000, 2000]), (0, 1, [3000, 4000])]
    plain = rule([1, 2])
    assert is_plain(plain, columns(rows, 1, 2))
    assert not is_plain(replace(plain, across="median"), columns(rows, 1, 2))
    assert not is_plain(plain, columns([(0, 0, [None, 2000])], 1, 1))


def test_numbers_beyond_sixty_four_bits_stay_exact():
    """Maxima whose least common multiple is huge; two entries differ by the least possible."""
    a_rule = rule([999_983, 999_979, 999_961, 999_953], top=[997, 991, 983, 977], decimals=None)
    rows = [(0, 0, [900_001, 900_000, 900_000, 900_000]), (1, 0, [900_000, 900_000, 900_001, 900_000])]
    found = rank_columns(a_rule, columns(rows, 2, 1))
    totals = [score.total for score in scores(a_rule, rows, 2)]
    assert [found.result(0), found.result(1)] == totals
    assert found.ranks.tolist() == ranks(totals)
    rounded = rank_columns(replace(a_rule, decimals=9), columns(rows, 2, 1))
    assert [rounded.result(n) for n in range(2)] == [s.total for s in scores(replace(a_rule, decimals=9), rows, 2)]


def test_a_third_is_a_tie_with_two_sixths():
    """1/3 + 0 + 0 over three jurors equals the same mean over six: no float could say so."""
    rows = [(0, j, [m]) for j, m in enumerate([1000, 0, 0])] + [
        (1, j, [m]) for j, m in enumerate([1000, 1000, 0, 0, 0, 0])
    ]
    found = rank_columns(rule([1], top=10, combine="weighted_mean"), columns(rows, 2, 6))
    assert found.ranks.tolist() == [1, 1]
    assert found.result(0) == Fraction(1, 3)


def test_corrected_ranks_are_those_of_the_correction_by_names():
    draw = np.random.default_rng(5)
    a_rule = rule([3, 2, 1], top=10)
    rows = [
        (entry, int(juror), [int(m) for m in draw.integers(0, 101, 3) * 100])
        for entry in range(40)
        for juror in draw.choice(8, 4, replace=False)
    ]
    found, fit = rank_corrected(a_rule, columns(rows, 40, 8), decimals=2)
    severity = correct(cards_of(scores(a_rule, rows, 40)), decimals=2)
    assert {str(n): found.result(n) for n in range(40)} == severity.corrected
    assert fit.mixed.jurors == pytest.approx(severity.variances.jurors, rel=1e-6)


def test_a_refused_correction_ranks_nothing():
    rows = [(0, 0, [1000]), (1, 1, [2000])]
    found, fit = rank_corrected(rule([1]), columns(rows, 2, 2), decimals=2, minimum=1)
    assert (found, fit.refused) == (None, "disconnected")


def test_a_corrected_result_needs_as_many_scorecards_as_the_rule_says():
    """Two jurors on every one of four entries: enough where two are needed, too few where three are."""
    rows = [(entry, juror, [1000 * ((entry + juror) % 4 + juror)]) for entry in range(4) for juror in range(2)]
    enough, _fit = rank_corrected(rule([1], min_scorecards=2), columns(rows, 4, 2), decimals=1)
    assert (enough.ranks > 0).all()
    too_few, _fit = rank_corrected(rule([1], min_scorecards=3), columns(rows, 4, 2), decimals=1)
    assert (too_few.ranks == 0).all()
