"""What a threshold does to an entry below it. The effects are kinds (judging.rounds.kinds.thresholds, one module each);
what is computed here knows them by their code alone, from the mapping that `know_threshold_effects` was given."""

from typing import Protocol

from toolkit.families import Family

EXCLUDE = "exclude"  # where nothing else is said


class ThresholdEffect(Protocol):
    """See judging.rounds.kinds.thresholds. Pure."""

    @property
    def stops(self) -> bool: ...

    @property
    def asks(self) -> bool: ...


_family: Family[ThresholdEffect] = Family()
know_threshold_effects, threshold_effects_known = _family.know, _family.known
