"""What a threshold does to an entry below it: one class for each effect, in judging/rounds/kinds/threshold_effects.

An effect says what it is called, whether the entry stops (`stops`), or waits for a person where it would go on
(`asks`), in values alone: `rank` and `verify` do it from a file; and how a sentence of the rule says it.
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.models import Round
from toolkit.kinds import Registry


class ThresholdEffect:
    """An effect; by this one a threshold is told and does nothing. `stops`: an entry below goes on nowhere and is ahead
    of nobody. `asks`: a person decides whether it goes on, and says why. `published` are the words of sources of rules
    that stand for it."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    stops: ClassVar[bool] = False
    asks: ClassVar[bool] = False
    published: ClassVar[frozenset[str]] = frozenset()

    def words(self) -> str:
        """What there is to say of it beside what is needed; empty for nothing."""
        return ""


THRESHOLD_EFFECTS: Registry[ThresholdEffect] = Registry(
    _("What a threshold does"), "judging.rounds.kinds.threshold_effects"
)


def effect_of(round: Round) -> ThresholdEffect:
    """What a threshold does in the round. Raises UnknownKind."""
    return THRESHOLD_EFFECTS.ask(round.rule.threshold_effect, field="threshold_effect")
