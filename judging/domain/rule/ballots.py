"""What jurors give: marks, ranked lists, pairs compared. The ballots are kinds (judging.rounds.kinds.balloting, one
module each); what is computed here knows them by their code alone, from the mapping that `know_ballots` was given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from toolkit.families import Family

if TYPE_CHECKING:
    from judging.domain.marks.scoring import Score
    from judging.domain.results.document import ResultFile
    from judging.domain.rule.stated import StatedRule
    from judging.domain.rule.values import Rule

MARKS = "marks"  # where nothing else is said


class Ballot(Protocol):
    """See judging.rounds.kinds.balloting. Pure."""

    @property
    def gives_marks(self) -> bool: ...

    @property
    def part(self) -> str: ...

    @property
    def is_estimate(self) -> bool: ...

    def best(self, rule: StatedRule) -> Fraction: ...

    def scores(self, rule: Rule, inputs: ResultFile, peers: Collection[str]) -> list[Score]: ...

    def estimates(self, inputs: ResultFile) -> Mapping[str, float]: ...

    def faults_in(self, rule: StatedRule) -> Sequence[tuple[str, str]]: ...


_family: Family[Ballot] = Family()
know_ballots, ballots_known = _family.know, _family.known


def ballot_of(rule: StatedRule) -> Ballot:
    """What jurors give by a rule as a file spells it; what the mapping raises for one that is not known."""
    return ballots_known()[rule.ballot or MARKS]


def is_other_ballot(rule: StatedRule) -> bool:
    """Whether jurors gave something else instead of marks."""
    return not ballot_of(rule).gives_marks
