"""Revenue of the last 12 months."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class RevenueFigure(FigureKind):
    code, order, name = "revenue", 30, _("Revenue of the last 12 months")
    answered_by = "money"
