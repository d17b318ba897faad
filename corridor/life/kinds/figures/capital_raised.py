"""Investment, loans and grants, since the foundation."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class CapitalRaisedFigure(FigureKind):
    code, order, name = "capital_raised", 40, _("Capital raised so far")
    answered_by = "money"
