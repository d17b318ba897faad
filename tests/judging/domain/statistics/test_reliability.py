"""Agreement: published tables and figures, then what can't be computed, then properties."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.statistics.profiles import profiles
from judging.domain.statistics.reliability import ICC_FORMS, LEVELS, agreement, alpha, iccs, kendall_w

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units, gaps.
KRIPPENDORFF = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# Shrout and Fleiss (1979), table 2: four judges (columns) on six targets (rows).
SHROUT_FLEISS = "9 2 5 8\n6 1 3 2\n8 4 6 8\n7 1 2 6\n10 5 6 9\n6 2 4 7"
# Zar (2010), Biostatistical Analysis, 5th ed., example 20.5: wing, tail and bill length of twelve birds, with ties.
ZAR = """
10.4 10.8 11.1 10.2 10.3 10.2 10.7 10.5 10.8 11.2 10.6 11.4
7.4 7.6 7.9 7.2 7.4 7.1 7.4 7.2 7.8 7.7 7.8 8.3
17 17 20 14.5 15.5 13 19.5 16 21 20 18 22
"""
# The example of NAG's routine g08da, after Siegel (1956), Nonparametric Statistics: three rankings of ten objects, with
# ties.
SIEGEL = "1 4.5 2 4.5 3 7.5 6 9 7.5 10\n2.5 1 2.5 4.5 4.5 8 9 6.5 10 6.5\n2 1 4.5 4.5 4.5 4.5 8 8 8 10"


def by_juror(text):
    """One line of numbers per juror, a dot where there is none."""
    return [
        (f"E{entry:02}", f"J{juror}", Fraction(number))
        for juror, line in enumerate(text.strip().split("\n"))
        for entry, number in enumerate(line.split())
        if number != "."
    ]


def by_entry(text):
    return [(juror, entry, number) for entry, juror, number in by_juror(text)]


class TestPublished:
    @pytest.mark.parametrize(
        ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
    )
    def test_alpha_with_missing_data(self, level, value):
        found = alpha(by_juror(KRIPPENDORFF), level)
        assert round(float(found.value), 3) == value
        assert (found.entries, found.jurors, found.marks) == (12, 4, 41)

    def test_the_six_intraclass_correlations(self):
        found = {measure.name: round(float(measure.value), 2) for measure in iccs(by_entry(SHROUT_FLEISS))}
        assert found == {"icc1": 0.17, "icc2": 0.29, "icc3": 0.71, "icc1k": 0.44, "icc2k": 0.62, "icc3k": 0.91}

    def test_w_with_ties(self):
        """Rank sums 14.5, 21, 30.5, …, corrected for ties 0.9241 (0.9134 without),
        as other programs print for this table."""
        assert round(float(kendall_w(by_juror(ZAR)).value), 4) == 0.9241
        assert round(float(kendall_w(by_juror(SIEGEL)).value), 4) == 0.8277


def test_alpha_by_hand():
    """A: 1, 1; B: 1, 2. Nominal: two of four ordered pairs differ, 2/4 = 1/2;
    by chance, of 1 1 1 2, 6/12 = 1/2: alpha 0."""
    assert alpha([("A", "J1", 1), ("A", "J2", 1), ("B", "J1", 1), ("B", "J2", 2)], "nominal").value == 0


class TestWhatCannotBeComputed:
    """A reason and no value; never 0."""

    def reasons(self, rows):
        found = agreement(rows)
        measures = [*found.alphas, *found.iccs, found.w]
        assert [measure.name for measure in measures] == [*(f"alpha_{level}" for level in LEVELS), *ICC_FORMS, "w"]
        assert all((measure.value is None) == bool(measure.reason) for measure in measures)
        return [{m.reason for m in found.alphas}, {m.reason for m in found.iccs}, found.w.reason]

    def test_nothing(self):
        assert self.reasons([]) == [{"too_few"}, {"too_few"}, "too_few"]

    def test_one_juror(self):
        assert self.reasons([("A", "J", 1), ("B", "J", 2)]) == [{"too_few"}, {"too_few"}, "too_few"]

    def test_a_gap(self):
        rows = [("A", "J", 1), ("B", "J", 2), ("A", "K", 1), ("B", "K", 2), ("C", "K", 3)]
        assert self.reasons(rows) == [{""}, {"incomplete"}, "incomplete"]

    def test_all_the_same(self):
        rows = [(entry, juror, 4) for entry in "AB" for juror in "JK"]
        assert self.reasons(rows) == [{"no_variation"}, {"no_variation"}, "no_variation"]

    def test_a_ratio_of_negative_numbers(self):
        rows = [("A", "J", -1), ("A", "K", 2), ("B", "J", 3), ("B", "K", 1)]
        assert [m.reason for m in agreement(rows).alphas] == ["", "", "", "negative"]


class TestProfiles:
    def rows(self):
        """Five entries; S marks 20 below, F always 50, R the other way round, Q saw two entries."""
        level = {"A": 40, "B": 45, "C": 50, "D": 56, "E": 60}
        rows = [(e, j, v) for e, v in level.items() for j in ("J1", "J2", "J3")]
        rows += [(e, "S", v - 20) for e, v in level.items()] + [(e, "F", 50) for e in level]
        rows += [(e, "R", 100 - v) for e, v in level.items()] + [("A", "Q", 41), ("B", "Q", 44)]
        return rows

    def test_flags(self):
        found = {profile.juror: profile.flags for profile in profiles(self.rows())}
        assert found == {
            "F": ("all_equal",), "J1": (), "J2": (), "J3": (), "Q": ("few",), "R": ("against",), "S": ("severe",)
        }  # fmt: skip

    def test_narrow_and_wide_against_the_middle_deviation_of_all(self):
        """Of 50 − d, 50, 50 + d the deviation is d: 2, 10, 10, 10 and 30, the middle one 10."""
        spreads = {"J1": 10, "J2": 10, "J3": 10, "N": 2, "W": 30}
        rows = [(e, j, 50 + k * d) for j, d in spreads.items() for k, e in ((-1, "A"), (0, "B"), (1, "C"))]
        found = {profile.juror: profile.flags for profile in profiles(rows)}
        assert found == {"J1": (), "J2": (), "J3": (), "N": ("narrow",), "W": ("wide",)}

    def test_figures_by_hand(self):
        """R's order of A to E is exactly the opposite of the others'. S: 20 + 25 + 30 + 36 + 40 = 151."""
        found = {profile.juror: profile for profile in profiles(self.rows())}
        assert found["R"].agreement == pytest.approx(-1)
        assert (found["F"].agreement, found["F"].agreement_missing) == (None, "no_variation")
        assert (found["Q"].agreement, found["Q"].agreement_missing) == (None, "too_few")
        assert found["S"].mean == Fraction(151, 5)
        assert (found["Q"].shared, found["S"].shared) == (2, 5)

    def test_a_juror_alone_on_their_entries(self):
        found = profiles([("A", "J", 1), ("B", "J", 2), ("C", "J", 3)])[0]
        assert (found.shared, found.difference, found.agreement) == (0, None, None)


tables = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("JKLM"), st.integers(0, 20).map(lambda n: Fraction(n, 2))),
    max_size=14,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=40, deadline=None)
@given(tables, st.randoms())
def test_neither_order_nor_names_matter(rows, random):
    names = dict(zip("JKLM", random.sample("WXYZ", 4), strict=True))
    others = [(entry, names[juror], number) for entry, juror, number in random.sample(rows, len(rows))]
    assert agreement(others) == agreement(rows)
    found = {profile.juror: profile for profile in profiles(others)}
    for before in profiles(rows):
        after = found[names[before.juror]]
        assert (after.mean, after.difference, after.agreement, after.flags) == (
            before.mean, before.difference, before.agreement, before.flags
        )  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(tables, st.sampled_from(LEVELS))
def test_alpha_is_one_exactly_when_all_agree_on_every_entry(rows, level):
    found = alpha(rows, level)
    agreed = all(a[2] == b[2] for a in rows for b in rows if a[0] == b[0])
    assert (found.value == 1) == (agreed and found.value is not None)
