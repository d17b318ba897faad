"""The mean without the highest and the lowest, as many as the rule drops (what is done where that would leave nothing:
judging.domain.results.semantics)."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import mean
from judging.domain.rule.values import Rule
from judging.models import Round
from judging.rounds.kinds.across import AGGREGATIONS, Aggregation


@AGGREGATIONS.register
class TrimmedMean(Aggregation):
    code, order, name = "trimmed_mean", 30, _("mean without the highest and lowest")

    def together(self, values: Sequence[Fraction], rule: Rule) -> Fraction | None:
        kept = rule.semantics.trimmed(sorted(values), rule.trim)
        return mean(kept) if kept else None

    def formula(self, cells: str, rule: Rule) -> str:
        drop = "".join(f"-LARGE({cells},{n})-SMALL({cells},{n})" for n in range(1, rule.trim + 1))
        kept = f"COUNT({cells})-{2 * rule.trim}"
        too_few = '""' if self.together([Fraction(1)], rule) is None else f"AVERAGE({cells})"
        return f"IF({kept}>0,(SUM({cells}){drop})/({kept}),{too_few})"

    def refused(self, round: Round) -> tuple[str, str]:
        if round.rule.min_scorecards + round.rule.min_peer_scorecards > 2 * round.rule.trim:
            return "", ""
        return "trim", gettext("Dropping that many marks leaves none: ask for more scorecards or drop fewer.")

    def words(self, round: Round) -> list[str]:
        if not round.rule.trim:
            return []
        dropped = ngettext(
            "The highest and the lowest are dropped.",
            "The %(trim)s highest and the %(trim)s lowest are dropped.",
            round.rule.trim,
        )
        return [dropped % {"trim": round.rule.trim}, gettext("Where that would leave no mark, none is dropped.")]
