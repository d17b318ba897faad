"""A live session's running order: when each slot begins, what overlaps, and what its timer shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PITCH, QUESTIONS, BREAK = "pitch", "questions", "break"


@dataclass(frozen=True)
class Span:
    """From a moment until a moment (both aware). Two that touch don't overlap."""

    starts: datetime
    ends: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a moment; one that begins as the other ends doesn't."""
        return self.starts < other.ends and other.starts < self.ends


def spans_of(starts: datetime, minutes: Iterable[int]) -> list[Span]:
    """One span for each number of minutes, one after the other without a gap:
    real minutes, also when the clocks change."""
    spans, begins = [], starts.astimezone(UTC)
    for length in minutes:
        ends = begins + timedelta(minutes=length)
        spans.append(Span(begins, ends))
        begins = ends
    return spans


def whole(starts: datetime, minutes: Sequence[int]) -> Span:
    """From the first slot's beginning until the last one's end; without slots, a moment."""
    begins = starts.astimezone(UTC)
    return Span(begins, begins + timedelta(minutes=sum(minutes)))


@dataclass(frozen=True)
class Phase:
    """A part of a slot that the timer counts: `slot` is its place in the running order, from 0."""

    slot: int
    kind: str
    seconds: int


def phases_of(slots: Iterable[tuple[bool, int, int]]) -> list[Phase]:
    """Pitch, then questions, slot by slot; `slots` are (is a break, pitch minutes, minutes for questions).
    Empty phases are left out."""
    phases = []
    for number, (is_break, pitch, questions) in enumerate(slots):
        parts = [(BREAK, pitch)] if is_break else [(PITCH, pitch), (QUESTIONS, questions)]
        phases += [Phase(number, kind, minutes * 60) for kind, minutes in parts if minutes]
    return phases


def seconds_spent(elapsed: int, running_since: datetime | None, now: datetime) -> int:
    """Whole seconds of the phase that are over: those before the last pause, and those since it was started again."""
    return elapsed + (max(0, int((now - running_since).total_seconds())) if running_since else 0)
