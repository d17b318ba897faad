"""What a template asks of the stay and of the guest, as the law of the host's country would have it. Pure.

The rules are data of the template, its table `[rules]`, all of them optional:
    statuses = "student"        only for guests of these statuses on the first day (several: with spaces)
    max_months = "6"            the stay may last no longer
    before_start = "yes"        all sign before the first day
    parties = "school"          who signs beside the parties of the programme (codes of corridor.states.Party)
    instead = "some-template"   the template to use when a rule says no
    why = "…"                   the reason, in the language of the template; why_en = "…" says it in English, and so on
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corridor.domain.calendar import add_months

STATUS, LENGTH, START = "status", "length", "start"


@dataclass(frozen=True)
class Rules:
    statuses: tuple[str, ...] = ()
    max_months: int | None = None
    before_start: bool = False
    parties: tuple[str, ...] = ()
    instead: str = ""
    why: str = ""


def read_rules(table: Mapping[str, str], language: str = "") -> Rules:
    """The rules of a template. Raises ValueError for a length that is no number."""
    months = str(table.get("max_months", "")).strip()
    return Rules(
        statuses=tuple(table.get("statuses", "").split()),
        max_months=int(months) if months else None,
        before_start=table.get("before_start", "") == "yes",
        parties=tuple(table.get("parties", "").split()),
        instead=table.get("instead", "").strip(),
        why=(table.get(f"why_{language}") or table.get("why", "")).strip(),
    )


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
