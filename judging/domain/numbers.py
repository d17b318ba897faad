"""Exact numbers: thousandths, one way of rounding, and numbers as text."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

SCALE = 1000
# A number times SCALE, exactly: whole where it has three decimals at most, as everything that the site keeps.
Thousandths = int | Fraction


def rounded(value: Fraction, decimals: int | None) -> Fraction:
    """`value` to so many decimals, half away from zero; unchanged when none are declared."""
    if decimals is None:
        return value
    factor, below = 10**decimals, value.denominator
    whole = (2 * abs(value.numerator) * factor + below) // (2 * below)
    return Fraction(whole if value.numerator >= 0 else -whole, factor)


def mean(values: Sequence[Fraction]) -> Fraction:
    """The arithmetic mean of one value or more, over one denominator: much quicker than adding fractions."""
    below = lcm(*(value.denominator for value in values))
    return Fraction(sum(value.numerator * (below // value.denominator) for value in values), below * len(values))


def descending(values: Iterable[Fraction]) -> list[Fraction]:
    """The highest first, compared over one denominator."""
    values = list(values)
    below = lcm(*(value.denominator for value in values))
    return sorted(values, key=lambda value: value.numerator * (below // value.denominator), reverse=True)


def middle(values: Sequence[Fraction]) -> Fraction:
    """The median of one value or more: of an even number, the mean of the middle two."""
    ordered, half = sorted(values), len(values) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half]) / 2


def text_of(value: Fraction | int | None) -> str:
    """An exact number as text: a decimal when it ends, else a fraction (“239/3”); nothing for None."""
    if value is None:
        return ""
    above, below = value.numerator, value.denominator
    places = _places(below)
    if places is None:
        return f"{above}/{below}"
    if not places:
        return str(above)
    digits = f"{abs(above) * 10**places // below:0{places + 1}d}"
    return f"{'-' if above < 0 else ''}{digits[:-places]}.{digits[-places:]}"


@lru_cache(maxsize=4096)
def _places(below: int) -> int | None:
    """How many decimals end a fraction with this denominator; None: no number of them does."""
    rest, places = below, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    return places if rest == 1 else None


def number_of(text: str) -> Fraction | None:
    """What text_of wrote. ValueError for anything else."""
    return value_of(text) if text else None


def value_of(text: str) -> Fraction:
    """What text_of wrote of a number. ValueError for anything else."""
    return Fraction(text)
