"""Reminders of checklists and reports, by the minute clock."""

from corridor.life import notices
from toolkit import clock


def remind_of_stays(limit: int) -> int:
    """Writes the reminders that are due: a week before, a day before, a day after, and to organisers two weeks after.
    Returns how many; again does nothing."""
    return notices.remind(clock.now(), limit)
