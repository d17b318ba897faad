"""People employed 32 hours a week or more."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class JobsFullTimeFigure(FigureKind):
    code, order, name = "jobs_full_time", 10, _("Full-time jobs")
