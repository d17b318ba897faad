"""Corrections between jurors: one class for each, in judging/rounds/kinds/corrections.

A correction says what it is called, what it makes of scores (`estimates`, in values alone: `rank` and `verify` do it
from a file), with which libraries, what a round, or a rule in a file, needs for it (`refused`, `faults_in`), and how
sentences say it. What it declares beside its code, decimals, the least scorecards and which standard deviation, stands
in columns of the rule that all of them share.
"""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import Score
from judging.domain.results.shape import said_codes
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.stated import StatedRule
from judging.domain.rule.values import Rule
from judging.domain.statistics.correction import Estimate
from judging.models import Round
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.levels import LEVELS, level_of
from toolkit.kinds import Registry, UnknownKind


class CorrectionKind:
    """A correction of jurors' totals, of which a mean is made. `corrects`: it ranks by an estimate. `has_errors`: it
    tells each estimate's standard error. `takes_deviation`: it asks which standard deviation. `libraries` are what it
    computes with beside Python's own numbers: another version may differ in a last digit. `published` are the words of
    sources of rules that stand for it."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    corrects: ClassVar[bool] = True
    has_errors: ClassVar[bool] = False
    takes_deviation: ClassVar[bool] = False
    libraries: ClassVar[tuple[str, ...]] = ()
    published: ClassVar[frozenset[str]] = frozenset()

    def estimates(self, rule: Rule, scores: Sequence[Score]) -> Sequence[Estimate]:
        """What it makes of scores, none or more, all of which have a total. Raises CannotCorrect."""
        raise ValueError(f"{self.code} makes nothing of {len(scores)} scores")

    def refused(self, round: Round) -> tuple[str, str]:
        """(field, sentence): why a round can't have it; empty where it can."""
        rule = round.rule
        if rule.correction_decimals is None:
            return "correction_decimals", gettext(
                "A corrected result is an estimate. Say to how many decimals it is rounded before it ranks."
            )
        if not level_of(round).of_totals:
            return "aggregate_at", gettext(
                "A correction works on jurors' totals: put each juror's total first, then jurors together."
            )
        if not AGGREGATIONS[rule.across].is_mean:
            return "across", gettext("This correction makes a mean of the jurors: choose the mean.")
        if rule.correction_min_marks < 2:
            return "correction_min_marks", gettext("A juror with one scorecard has no spread: two at least.")
        return "", ""

    def faults_in(self, rule: StatedRule) -> list[tuple[str, str]]:
        """The same of a rule in a file, which has the right form and its defaults: (place, sentence)."""
        declared, found = rule.correction, []
        assert declared is not None  # it is of this kind
        if is_other_ballot(rule):
            found.append(("rule.correction.kind", "corrections work on marks, and jurors give none in this round."))
        if not declared.decimals:
            told = "a corrected result is an estimate: say to how many decimals it is rounded."
            found.append(("rule.correction.decimals", told))
        if int(declared.min_marks) < 2:
            found.append(("rule.correction.min_marks", "a juror with one scorecard has no spread: two at least."))
        if not LEVELS.ask(rule.aggregate_at).of_totals:
            fit = said_codes(code for code, level in LEVELS.items() if level.of_totals)
            found.append(("rule.aggregate_at", f"a correction works on jurors' totals: {fit}."))
        if not AGGREGATIONS.ask(rule.across).is_mean:
            fit = said_codes(code for code, way in AGGREGATIONS.items() if way.is_mean)
            found.append(("rule.across", f"a correction makes a mean of the jurors: {fit}."))
        return found

    def words(self, round: Round) -> list[str]:
        """It in sentences of the rule."""
        rule = round.rule
        values = {
            "correction": self.name,
            "decimals": rule.correction_decimals,
            "marks": rule.correction_min_marks,
            "deviation": rule.get_deviation_display(),
        }
        ranks = ngettext(
            "Correction between jurors: %(correction)s. It ranks, rounded to %(decimals)s decimal.",
            "Correction between jurors: %(correction)s. It ranks, rounded to %(decimals)s decimals.",
            rule.correction_decimals or 0,
        )
        few = ngettext(
            "Thresholds look at the total before it. A juror with fewer than %(marks)s scorecard is not corrected.",
            "Thresholds look at the total before it. A juror with fewer than %(marks)s scorecards is not corrected.",
            rule.correction_min_marks or 0,
        )
        lines = [ranks % values, few % values]
        if self.takes_deviation:
            lines.append(gettext("The standard deviation is that %(deviation)s.") % values)
        return lines


CORRECTIONS: Registry[CorrectionKind] = Registry(_("Correction between jurors"), "judging.rounds.kinds.corrections")


def correction_words(round: Round) -> list[str]:
    """The round's correction in sentences, none where it has none; of one that this site no longer knows, that."""
    kind = CORRECTIONS.get(round.rule.correction)
    return kind.words(round) if kind else [str(UnknownKind(CORRECTIONS.family, round.rule.correction))]


def corrects(round: Round) -> bool:
    """Whether the round's rule declares a correction. Raises UnknownKind."""
    return CORRECTIONS.ask(round.rule.correction, field="correction").corrects
