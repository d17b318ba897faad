"""How far a jury agrees: Krippendorff's alpha, the intraclass correlations, Kendall's W.
What can't be computed says why.

Every measure takes scorecards as columns (entry, juror, number: a total, or the marks of one criterion) and gives a
Measure: a value, or a reason and no value, never 0 in its place.

    too_few        no two entries, no two jurors, or nothing that two jurors both marked
    incomplete     the measure needs every juror's mark on every entry, once
    no_variation   all numbers are equal, or nothing is left to compare: agreement has no meaning
    negative       a ratio needs numbers from 0 upward

alpha   Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; (2019) Content Analysis, 4th ed., ch. 12.
        Observed over expected disagreement of pairs of marks on one entry, for any number of jurors and gaps.
        Differences squared: nominal 0 or 1; interval c − k; ratio (c − k) ÷ (c + k); ordinal the marks between c and k,
        that is the difference of mean ranks.
icc     Shrout and Fleiss (1979), Psychological Bulletin 86: icc1 jurors differ from entry to entry, icc2 the same
        jurors, drawn from many, icc3 the same jurors and no others; …k for the mean of all k jurors. One complete table
        only.
w       Kendall and Babington Smith (1939), with the correction for ties (Siegel 1956, p. 234). One complete table only.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

NOMINAL, ORDINAL, INTERVAL, RATIO = "nominal", "ordinal", "interval", "ratio"
LEVELS = (NOMINAL, ORDINAL, INTERVAL, RATIO)
ICC_FORMS = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")
TOO_FEW, INCOMPLETE, NO_VARIATION, NEGATIVE = "too_few", "incomplete", "no_variation", "negative"

Number = Fraction | int
Row = tuple[str, str, Number]


@dataclass(frozen=True)
class Measure:
    """`value` is exact; None with a `reason`. How many entries, jurors and marks it rests on."""

    name: str
    value: Fraction | None
    reason: str
    entries: int
    jurors: int
    marks: int


@dataclass(frozen=True)
class Agreement:
    """All measures of one set of scorecards."""

    alphas: tuple[Measure, ...]
    iccs: tuple[Measure, ...]
    w: Measure


def agreement(rows: Iterable[Row]) -> Agreement:
    """rows: (entry, juror, number); a juror at most once per entry."""
    rows = list(rows)
    return Agreement(tuple(alpha(rows, level) for level in LEVELS), iccs(rows), kendall_w(rows))


def alpha(rows: Sequence[Row], level: str) -> Measure:
    """Over all entries that two jurors marked; others can't be compared and don't count."""
    by_entry: dict[str, list[Number]] = {}
    for entry, _, number in rows:
        by_entry.setdefault(entry, []).append(number)
    units = [numbers for numbers in by_entry.values() if len(numbers) > 1]
    values = Counter(number for numbers in units for number in numbers)
    name, total = f"alpha_{level}", sum(values.values())
    if total < 2:
        return _none(name, TOO_FEW, rows)
    if level == RATIO and min(values) < 0:
        return _none(name, NEGATIVE, rows)
    if level == ORDINAL:
        places = mean_places(values)
        units = [[places[number] for number in numbers] for numbers in units]
        values = Counter(number for numbers in units for number in numbers)
    observed = (
        sum((_differences(Counter(numbers), level) / (len(numbers) - 1) for numbers in units), Fraction(0)) / total
    )
    expected = _differences(values, level) / (total * (total - 1))
    if not expected:
        return _none(name, NO_VARIATION, rows)
    return _some(name, 1 - observed / expected, rows)


def _differences(values: Counter[Number], level: str) -> Fraction:
    """Σ of squared differences over all ordered pairs."""
    count = sum(values.values())
    if level == NOMINAL:
        return Fraction(count**2 - sum(times**2 for times in values.values()))
    if level == RATIO:
        pairs = list(values.items())
        return 2 * sum(
            (
                n * m * Fraction(a - b) ** 2 / Fraction(a + b) ** 2
                for place, (a, n) in enumerate(pairs)
                for b, m in pairs[place + 1 :]
            ),
            Fraction(0),
        )
    total = sum((n * Fraction(a) for a, n in values.items()), Fraction(0))
    return 2 * (count * sum((n * Fraction(a) ** 2 for a, n in values.items()), Fraction(0)) - total**2)


def mean_places(values: Counter[Number]) -> dict[Number, Fraction]:
    """Each value's mean place among all: two values lie as far apart as there are marks between them,
    ends counted half."""
    places: dict[Number, Fraction] = {}
    before = 0
    for value in sorted(values):
        places[value] = before + Fraction(values[value], 2)
        before += values[value]
    return places


def iccs(rows: Sequence[Row]) -> tuple[Measure, ...]:
    """The six forms, in the order of ICC_FORMS."""
    table, reason = _table(rows)
    if table is None:
        return tuple(_none(form, reason, rows) for form in ICC_FORMS)
    n, k = len(table), len(table[0])
    grand = sum((number for line in table for number in line), Fraction(0)) / (n * k)
    every = sum(((number - grand) ** 2 for line in table for number in line), Fraction(0))
    between = k * sum(((sum(line, Fraction(0)) / k - grand) ** 2 for line in table), Fraction(0))
    jurors = n * sum(((sum(column, Fraction(0)) / n - grand) ** 2 for column in zip(*table, strict=True)), Fraction(0))
    bms, jms = between / (n - 1), jurors / (k - 1)
    wms, ems = (every - between) / (n * (k - 1)), (every - between - jurors) / ((n - 1) * (k - 1))
    ratios = {
        "icc1": (bms - wms, bms + (k - 1) * wms),
        "icc2": (bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
        "icc3": (bms - ems, bms + (k - 1) * ems),
        "icc1k": (bms - wms, bms),
        "icc2k": (bms - ems, bms + (jms - ems) / n),
        "icc3k": (bms - ems, bms),
    }
    return tuple(
        _some(form, ratios[form][0] / ratios[form][1], rows) if ratios[form][1] else _none(form, NO_VARIATION, rows)
        for form in ICC_FORMS
    )


def kendall_w(rows: Sequence[Row]) -> Measure:
    """Concordance of the jurors' orders: 1 all the same, 0 none; ties by mean ranks, corrected for."""
    table, reason = _table(rows)
    if table is None:
        return _none("w", reason, rows)
    n, m = len(table), len(table[0])
    sums, ties = [Fraction(0)] * n, 0
    for column in zip(*table, strict=True):
        values = Counter(column)
        places = mean_places(values)  # a half below the mean rank, all alike
        sums = [total + places[number] for total, number in zip(sums, column, strict=True)]
        ties += sum(times**3 - times for times in values.values())
    mean = sum(sums, Fraction(0)) / n
    spread = sum(((total - mean) ** 2 for total in sums), Fraction(0))
    most = m**2 * (n**3 - n) - m * ties
    if not most:
        return _none("w", NO_VARIATION, rows)
    return _some("w", 12 * spread / most, rows)


def _table(rows: Sequence[Row]) -> tuple[list[list[Fraction]] | None, str]:
    """Entries by jurors, in the order of their names; None and the reason when that is no complete table."""
    cells = {(entry, juror): Fraction(number) for entry, juror, number in rows}
    entries, jurors = sorted({entry for entry, _ in cells}), sorted({juror for _, juror in cells})
    if len(entries) < 2 or len(jurors) < 2:
        return None, TOO_FEW
    if len(cells) != len(rows) or len(cells) != len(entries) * len(jurors):
        return None, INCOMPLETE
    return [[cells[entry, juror] for juror in jurors] for entry in entries], ""


def _some(name: str, value: Fraction, rows: Sequence[Row]) -> Measure:
    return Measure(name, value, "", *_size(rows))


def _none(name: str, reason: str, rows: Sequence[Row]) -> Measure:
    return Measure(name, None, reason, *_size(rows))


def _size(rows: Sequence[Row]) -> tuple[int, int, int]:
    return len({entry for entry, _, _ in rows}), len({juror for _, juror, _ in rows}), len(rows)
