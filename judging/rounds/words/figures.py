"""Numbers for reading: figures of frozen files and estimates, in the reader's language."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils.formats import localize
from django.utils.translation import get_language

from judging.domain.marks.scoring import number_of

MINUS = "−"
MARK_PLACES = 3  # marks and weights are kept in thousandths


def number(text: str) -> str:
    """A number of the frozen file (“79.75”, “239/3”) for reading."""
    value = number_of(text)
    return "–" if value is None else figure(value)


def figure_of(text: str, places: int = 2) -> str:
    """An estimate that is text, with so many decimals."""
    return figure(Fraction(text), places, whole=True)


def figure(number: Fraction, places: int = 2, *, whole: bool = False) -> str:
    """A number for reading: at most `places` decimals, half away from zero, no trailing zeros unless it is shown
    `whole`; with a minus, not a hyphen, where it is below zero."""
    return _figure(number, places, whole, get_language())


@lru_cache(maxsize=8192)
def _figure(number: Fraction, places: int, whole: bool, _language: str | None) -> str:
    scaled = _scaled(number, places)
    decimal = Decimal(scaled).scaleb(-places)
    integer = decimal.to_integral_value()
    if not whole:
        decimal = integer if decimal == integer else decimal.normalize()
    return str(localize(decimal)).replace("-", MINUS)


def _scaled(number: Fraction, places: int) -> int:
    return int(abs(number) * 10**places + Fraction(1, 2)) * (-1 if number < 0 else 1)


def plural_of(number: Fraction | Decimal) -> int:
    """What a number that need not be whole is to ngettext: English says “1 point” of 1 alone, French “1,5 point” below
    2 too."""
    return 1 if number == 1 else 0 if -2 < number < 2 else 2


def decimals_of(numbers: Iterable[Fraction | None], most: int = 2) -> int:
    """How many decimals a column of numbers needs: as many as the one that needs most, `most` at most."""
    scaled = [_scaled(number, most) for number in numbers if number is not None]
    return next((places for places in range(most) if all(n % 10 ** (most - places) == 0 for n in scaled)), most)


def column(texts: Sequence[str], most: int = 2) -> list[str]:
    """Numbers of the frozen file that stand under each other, for reading: all with the same number of decimals."""
    numbers = [number_of(text) for text in texts]
    places = decimals_of(numbers, most)
    return ["–" if value is None else figure(value, places, whole=True) for value in numbers]
