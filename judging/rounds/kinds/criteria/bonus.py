"""Points on top of the total: weight × mark, `cap` at most."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import localize
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import SCALE, Thousandths
from judging.models import Criterion
from judging.models.rounds import from_thousandths
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS, CriterionKind, points
from judging.rounds.words.figures import plural_of


@CRITERION_KINDS.register
class Bonus(CriterionKind):
    code, order, name = "bonus", 30, _("points on top")
    is_beside = True
    without_weight = _("Say how many points it is worth: more than zero.")
    share = _("on top")

    def beside(self, weight: Thousandths, mark: Thousandths, cap: Thousandths | None) -> Fraction:
        value = Fraction(weight * mark) / (SCALE * SCALE)
        return value if cap is None else min(value, Fraction(cap, SCALE))

    def words(self, criterion: Criterion) -> str:
        values = {"criterion": criterion, "points": points(criterion.weight)}
        if criterion.cap is None:
            return gettext("%(criterion)s is on top of the total: the mark × %(points)s.") % values
        return ngettext(
            "%(criterion)s is on top of the total: the mark × %(points)s, %(cap)s point at most.",
            "%(criterion)s is on top of the total: the mark × %(points)s, %(cap)s points at most.",
            plural_of(Fraction(criterion.cap, SCALE)),
        ) % {**values, "cap": points(criterion.cap)}

    def note(self, criterion: Criterion) -> str:
        if criterion.cap is None:
            return gettext("Bonus: points on top")
        most = from_thousandths(criterion.cap) or Decimal(0)
        said = ngettext("Bonus: %(cap)s point on top at most", "Bonus: %(cap)s points on top at most", plural_of(most))
        return said % {"cap": localize(most)}
