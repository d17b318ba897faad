"""A family of kinds as the domain knows it: a plain mapping, code → kind, which the app hands in when it starts.

The kinds themselves stand above models (judging.rounds.kinds, corridor.placement.kinds): they know words and forms as
well. What a domain computes asks them for what they compute, so that `rank`, `place` and `verify` do it from a file
alone.
"""

from collections.abc import Mapping
from typing import Generic, TypeVar

K = TypeVar("K")


class Family(Generic[K]):
    """Nothing is known before `know` was called."""

    def __init__(self) -> None:
        self._kinds: Mapping[str, K] | None = None

    def know(self, kinds: Mapping[str, K]) -> None:
        """Says where they are found by their code; what holds them says so when it starts."""
        self._kinds = kinds

    def known(self) -> Mapping[str, K]:
        """By code; asking for one that nobody knows raises what the mapping raises."""
        assert self._kinds is not None  # the app has started
        return self._kinds
