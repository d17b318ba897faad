"""Exact numbers: thousandths, one way of rounding, and numbers as text."""

from collections.abc import Sequence
from fractions import Fraction

SCALE = 1000


def rounded(value: Fraction, decimals: int | None) -> Fraction:
    """`value` to so many decimals, half away from zero; unchanged when none are declared."""
    if decimals is None:
        return value
    factor = 10**decimals
    scaled = abs(value) * factor
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, factor)


def middle(values: Sequence[Fraction]) -> Fraction:
    """The median: of an even number, the mean of the middle two."""
    ordered, half = sorted(values), len(values) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half]) / 2


def text_of(value: Fraction | int | None) -> str:
    """An exact number as text: a decimal when it ends, else a fraction (“239/3”); nothing for None."""
    if value is None:
        return ""
    value = Fraction(value)
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    if not places:
        return str(value.numerator)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def number_of(text: str) -> Fraction | None:
    """What text_of wrote. ValueError for anything else."""
    return Fraction(text) if text else None
