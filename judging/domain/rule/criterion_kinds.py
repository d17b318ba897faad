"""What a criterion does, as far as computing goes. The kinds are judging.rounds.kinds.criterion_kinds, one module each;
what is computed here knows them by their code alone, from the mapping that `know_criterion_kinds` was given.
"""

from fractions import Fraction
from typing import Protocol

from judging.domain.numbers import Thousandths
from judging.domain.rule.stated import StatedCriterion
from toolkit.families import Family

SCORE = "score"  # where nothing else is said


class CriterionKind(Protocol):
    """See judging.rounds.kinds.criterion_kinds. Pure."""

    @property
    def is_marked(self) -> bool: ...

    @property
    def counts(self) -> bool: ...

    @property
    def is_beside(self) -> bool: ...

    def beside(self, weight: Thousandths, mark: Thousandths, cap: Thousandths | None) -> Fraction: ...


_family: Family[CriterionKind] = Family()
know_criterion_kinds, criterion_kinds_known = _family.know, _family.known


def unmarked_kinds() -> list[str]:
    """The codes of kinds that no juror marks."""
    return [code for code, kind in criterion_kinds_known().items() if not kind.is_marked]


def kind_of(criterion: StatedCriterion) -> CriterionKind:
    """What a criterion of a file is: a score unless the file says otherwise. Raises what the mapping raises for a kind
    that nobody knows."""
    return criterion_kinds_known()[criterion.kind or SCORE]
