"""Below it an entry stops."""

from django.utils.translation import gettext_lazy as _

from judging.domain.rule.threshold_effects import EXCLUDE
from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS, ThresholdEffect


@THRESHOLD_EFFECTS.register
class Exclude(ThresholdEffect):
    code, order, name = EXCLUDE, 10, _("below it an entry stops")
    stops = True
