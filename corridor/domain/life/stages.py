"""The life of a stay by date: its phase, its checklist, the days on which reports open and are due. Pure.

Days are calendar dates where the host is; `today` is handed in. Stays are half-open: [starts, ends).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from corridor.domain.calendar.spans import Span, add_months, free_steps

UNDER_WAY, MID_TERM, COMPLETED = "under_way", "mid_term", "completed"
REMINDED_FROM = time(8)  # on the reader's own clock
MID_TERM_DAYS = 15  # on either side of the middle


def middle(starts: date, ends: date) -> date:
    """The middle of a stay: half its months where it lasts an even number of whole months, half its days otherwise.

    Of six months from 31 August (until 28 February): 30 November.
    """
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    if months > 0 and months % 2 == 0 and add_months(starts, months) == ends:
        return add_months(starts, months // 2)
    return starts + (ends - starts) // 2


def phase(state: str, starts: date, ends: date, today: date) -> str:
    """What people call the stay today: its stored state and, once confirmed, under_way,
    mid_term or completed by date."""
    if state != "confirmed" or today < starts:
        return state
    if today >= ends:
        return COMPLETED
    return MID_TERM if abs(today - middle(starts, ends)) <= timedelta(days=MID_TERM_DAYS) else UNDER_WAY


@dataclass(frozen=True)
class Task:
    """A line of a programme's checklist. `title` is {language: text};
    due `days` after the start (before it when negative)."""

    code: str
    title: Mapping[str, str]
    owner: str
    days: int


def task_of(values: Mapping[str, Any], owners: Iterable[str]) -> Task:
    """Reads a line. Raises ValueError naming what is wrong, KeyError for what is missing."""
    task = Task(str(values["code"]), dict(values["title"]), str(values["owner"]), int(values["days"]))
    if not task.code or not any(task.title.values()):
        raise ValueError("a line of a checklist needs a code and a title")
    if task.owner not in owners:
        raise ValueError(f"nobody is called {task.owner}")
    if abs(task.days) > 1000:
        raise ValueError("due within a thousand days of the start")
    return task


def due_on(task: Task, starts: date) -> date:
    """The day by which the task is due: so many days after the stay's first day (before it where `days` is
    negative)."""
    return starts + timedelta(days=task.days)


@dataclass(frozen=True)
class Stage:
    """How near a duty is: `name` is week, day or late; people are told once, from `since`."""

    name: str
    since: date


# How many days after the due day each stage begins, unless the programme's data say otherwise.
STAGES = {"week": -7, "day": -1, "late": 1}


def reached(due: date, days: int, local: datetime) -> date | None:
    """The day `days` after the due day, once it is 8 in the morning of it on a reader's clock."""
    since = due + timedelta(days=days)
    return since if local.replace(tzinfo=None) >= datetime.combine(since, REMINDED_FROM) else None


def stage(due: date, local: datetime, stages: Mapping[str, int] = STAGES) -> Stage | None:
    """The latest stage of a duty on a reader's clock; None while it is far. `stages` are {name:
    days after the due day}."""
    for name, days in sorted(stages.items(), key=lambda item: -item[1]):
        if since := reached(due, days, local):
            return Stage(name, since)
    return None


@dataclass(frozen=True)
class Presence:
    """One person at the host over [starts, ends)."""

    name: str
    starts: date
    ends: date


def most_present(people: Sequence[Presence]) -> tuple[int, date | None]:
    """(the most people present on one day, the first such day); (0, None) for nobody."""
    most, when = 0, None
    for day, free in free_steps([], [Span(person.starts, person.ends, 1) for person in people]):
        if -free > most:
            most, when = -free, day
    return most, when
