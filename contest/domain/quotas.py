"""Numbered places of a city: how many are taken, and which is next."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def lowest_free(taken: Collection[int], limit: int) -> int | None:
    """The lowest place from 1 to `limit` that is not taken; None when all are."""
    return next((place for place in range(1, limit + 1) if place not in taken), None)


@dataclass(frozen=True)
class Places:
    """What a city has used of its quotas."""

    sent: int
    sent_limit: int
    competing: int
    competing_limit: int

    @property
    def sent_left(self) -> int:
        """How many more entries the city may send; never below 0."""
        return max(0, self.sent_limit - self.sent)

    @property
    def competing_left(self) -> int:
        """How many of them may still compete; never below 0."""
        return max(0, self.competing_limit - self.competing)


def renumbered(order: Sequence[T], competing: Collection[T]) -> dict[T, tuple[int, int | None]]:
    """Places for an order decided by people: {thing: (slot, competing slot or None)},
    both counted from 1 without gaps."""
    places: dict[T, tuple[int, int | None]] = {}
    next_competing = 1
    for slot, thing in enumerate(order, start=1):
        if thing in competing:
            places[thing] = (slot, next_competing)
            next_competing += 1
        else:
            places[thing] = (slot, None)
    return places
