"""What an optional criterion that a juror left blank counts as. The ways are kinds (judging.rounds.kinds.blanks, one
module each); what is computed here knows them by their code alone, from the mapping that `know_blanks` was given."""

from typing import Protocol

from judging.domain.numbers import SCALE, Thousandths, number_of
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.rule.stated import StatedRule
from toolkit.families import Family

LEFT_OUT = "left_out"  # where nothing else is said


class Blank(Protocol):
    """See judging.rounds.kinds.blanks. Pure."""

    def counts_as(self, lowest: Thousandths, highest: Thousandths) -> Thousandths | None: ...


_family: Family[Blank] = Family()
know_blanks, blanks_known = _family.know, _family.known


def blanks_in(rule: StatedRule) -> dict[str, Thousandths | None]:
    """{criterion that is marked: what a blank counts as, None where its weight is left out}, of a rule as a file spells
    it. What the mapping of ways raises for one that is not known."""
    way = blanks_known()[rule.blanks or LEFT_OUT]
    return {
        row.code: way.counts_as(_thousandths(row.scale_min or "0"), _thousandths(row.scale_max or "0"))
        for row in rule.criteria
        if kind_of(row).is_marked
    }


def _thousandths(text: str) -> Thousandths:
    scaled = (number_of(text) or 0) * SCALE
    return scaled.numerator if scaled.denominator == 1 else scaled
