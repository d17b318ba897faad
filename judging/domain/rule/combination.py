"""How weighted parts make a total, as far as computing goes. The ways are kinds (judging.rounds.kinds.combining, one
module each); what is computed here knows them by their code alone, from the mapping that `know_combinations` was
given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from judging.domain.numbers import Thousandths
from toolkit.families import Family

PERCENT = "percent"  # where nothing else is said


@dataclass(frozen=True)
class Live:
    """The parts of a total that apply to an entry: their `weight` together, the `reach` that they give at best (Σ
    w·b), and the `whole` that the entry's rubric gives at best."""

    weight: Thousandths
    reach: Fraction
    whole: Fraction


@dataclass(frozen=True)
class Marked:
    """A scorecard that is being filled in, in columns: all weights and highest marks, the places of the criteria that
    apply, and the marks given by place. All in thousandths."""

    weights: Sequence[Thousandths]
    maxima: Sequence[Thousandths]
    applies: Sequence[int]
    given: Mapping[int, int]


class Combination(Protocol):
    """A way, see judging.rounds.kinds.combining. Pure."""

    @property
    def is_share(self) -> bool: ...

    def best(self, parts: Sequence[tuple[Thousandths, Fraction]]) -> Fraction: ...

    def factor(self, weight: Thousandths, best: Fraction, live: Live) -> Fraction: ...

    def so_far(self, marked: Marked) -> tuple[Fraction, Fraction]: ...

    def whole_factors(self, weights: Sequence[int], maxima: Sequence[int]) -> tuple[list[int], int] | None: ...


_family: Family[Combination] = Family()
know_combinations, combinations_known = _family.know, _family.known
