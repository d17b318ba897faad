"""What a template asks of the stay and of the guest, as the law of the host's country would have it. Pure.

The rules are data of the template, its table `[rules]`, all of them optional:
    statuses = "student"        only for guests of these statuses on the first day (several: with spaces)
    max_months = "6"            the stay may last no longer
    before_start = "yes"        all sign before the first day
    parties = "school"          who signs beside the parties of the programme (codes of corridor.states.Party)
    prevailing = "fr"           offered as the language that prevails, where the document is in it
    hours_blank = "total_hours" the blank of the template that says the hours of presence in all, a number
    max_hours = "924"           which says no more than this …
    month_hours = "154"         … and is offered as so many hours for each month of the stay
    week_blank = "weekly_hours" the blank that says the hours of presence a week, a number: over the weeks of the stay
    they come to
                                no more than that either
    notice_days = "15"          how many days before the end a party may withdraw alone (30 without it)
    instead = "some-template"   the template to use when a rule says no
    why = "…"                   the reason, in the language of the template; why_en = "…" says it in English, and so on
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from corridor.domain.calendar.spans import add_months, length_of

STATUS, LENGTH, START = "status", "length", "start"


@dataclass(frozen=True)
class Rules:
    """What the law of a template asks of stay and guest, in whole months, hours (in all, in a month) and days of
    notice; None or empty where it asks nothing."""

    statuses: tuple[str, ...] = ()
    max_months: int | None = None
    before_start: bool = False
    parties: tuple[str, ...] = ()
    prevailing: str = ""
    hours_blank: str = ""
    max_hours: int | None = None
    month_hours: int | None = None
    week_blank: str = ""
    notice_days: int | None = None
    instead: str = ""
    why: str = ""


def read_rules(table: Mapping[str, str], language: str = "") -> Rules:
    """The rules of a template. Raises ValueError for a length that is no number."""
    return Rules(
        statuses=tuple(table.get("statuses", "").split()),
        max_months=_number(table, "max_months"),
        before_start=table.get("before_start", "") == "yes",
        parties=tuple(table.get("parties", "").split()),
        prevailing=table.get("prevailing", "").strip(),
        hours_blank=table.get("hours_blank", "").strip(),
        max_hours=_number(table, "max_hours"),
        month_hours=_number(table, "month_hours"),
        notice_days=_number(table, "notice_days"),
        week_blank=table.get("week_blank", "").strip(),
        instead=table.get("instead", "").strip(),
        why=(table.get(f"why_{language}") or table.get("why", "")).strip(),
    )


def _number(table: Mapping[str, str], key: str) -> int | None:
    said = str(table.get(key, "")).strip()
    return int(said) if said else None


def hours_by_week(weekly: Decimal, starts: date, ends: date) -> Decimal:
    """What so many hours a week come to over the days of a stay, to the hour that is begun:
    40 over six months, 1052."""
    return (weekly * (ends - starts).days / 7).to_integral_value(ROUND_CEILING)


def hours_of(rules: Rules, starts: date, ends: date) -> int | None:
    """The hours of presence of a stay over [starts, ends): so many a month, for days beyond whole months their share of
    the month that they begin, rounded down to the hour; never more than the most. Nothing without a rule on hours."""
    if rules.month_hours is None:
        return None
    months, days = length_of(starts, ends)
    begun = (add_months(starts, months + 1) - add_months(starts, months)).days
    hours = rules.month_hours * months + rules.month_hours * days // begun
    return hours if rules.max_hours is None else min(hours, rules.max_hours)


def read_hours(text: str) -> Decimal | None:
    """“924”, “462,5” or “1 000” as a number; nothing for other words,
    nor for what may be read in two ways (“1.000”)."""
    said = "".join(text.split())
    return Decimal(said.replace(",", ".")) if re.fullmatch(r"\d{1,5}([.,]\d{1,2})?", said, re.ASCII) else None


def broken(rules: Rules, *, status: str, starts: date, ends: date, today: date) -> str:
    """The first rule that says no (STATUS, LENGTH or START), or nothing. `ends` is the first day after the stay."""
    if rules.statuses and status not in rules.statuses:
        return STATUS
    if rules.max_months is not None and ends > add_months(starts, rules.max_months):
        return LENGTH
    if rules.before_start and today >= starts:
        return START
    return ""


def status_on(day: date, *, said: str, diploma_on: date | None) -> str:
    """What a person is on a day: whoever holds the diploma by then is no longer a student."""
    return "graduate" if said == "student" and diploma_on is not None and diploma_on <= day else said
