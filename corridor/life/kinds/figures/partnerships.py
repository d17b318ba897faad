"""Signed with a firm, a university or a public body of another country."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class PartnershipsFigure(FigureKind):
    code, order, name = "partnerships", 60, _("Partnerships across borders")
