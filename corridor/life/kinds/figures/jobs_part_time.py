"""People employed less than 32 hours a week."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class JobsPartTimeFigure(FigureKind):
    code, order, name = "jobs_part_time", 20, _("Part-time jobs")
