"""Whether the company lives on, also in another's hands. Counted beside the sums."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class SurvivalFigure(FigureKind):
    code, order, name = "survival", 900, _("The company today")
    answered_by = "choice"
    alive = frozenset({"operating", "merged", "acquired"})
