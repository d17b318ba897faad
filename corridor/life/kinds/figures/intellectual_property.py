"""Patents, marks and designs."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class IntellectualPropertyFigure(FigureKind):
    code, order, name = "intellectual_property", 50, _("Patents, marks and designs held or applied for")
