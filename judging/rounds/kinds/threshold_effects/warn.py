"""Below it an entry that would go on waits, and a person decides."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS, ThresholdEffect


@THRESHOLD_EFFECTS.register
class Warn(ThresholdEffect):
    code, order, name = "warn", 20, _("below it a person decides")
    asks = True
    published = frozenset({"advice"})

    def words(self) -> str:
        return gettext("Below what is needed an entry does not stop by itself: a person decides and says why.")
