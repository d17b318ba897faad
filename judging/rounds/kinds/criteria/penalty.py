"""Nobody marks it: who runs the round records breaches, `weight` points off each, `cap` at most."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from judging.domain.numbers import SCALE
from judging.models import Criterion
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS, CriterionKind, points
from judging.rounds.words.figures import plural_of


@CRITERION_KINDS.register
class Penalty(CriterionKind):
    code, order, name = "penalty", 40, _("points off for a breach")
    is_marked = False
    is_beside = True
    without_weight = _("Say how many points it is worth: more than zero.")

    def words(self, criterion: Criterion) -> str:
        values = {"criterion": criterion, "points": points(criterion.weight)}
        plural = plural_of(Fraction(criterion.weight, SCALE))
        if criterion.cap is None:
            return (
                ngettext(
                    "%(criterion)s: %(points)s point off for each breach.",
                    "%(criterion)s: %(points)s points off for each breach.",
                    plural,
                )
                % values
            )
        return ngettext(
            "%(criterion)s: %(points)s point off for each breach, %(cap)s at most.",
            "%(criterion)s: %(points)s points off for each breach, %(cap)s at most.",
            plural,
        ) % {**values, "cap": points(criterion.cap)}
