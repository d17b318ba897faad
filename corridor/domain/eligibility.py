"""Who may apply to a programme as a person: age on the first day of the stay, diploma, status. Pure.

The rule is data: {"under": 30, "counted": "not_yet", "diploma": true, "statuses": ["graduate"]}; a part that is left
out asks nothing. A birthday counts from its first hour: whoever turns 30 on the first day is 30 on that day. Born on 29
February, one is a year older on 1 March in years without that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from contest.domain.eligibility import age_on, anniversary

NOT_YET, UP_TO = "not_yet", "up_to"  # not yet N years old on the first day; up to N years old, N included
COUNTED = (NOT_YET, UP_TO)


@dataclass(frozen=True)
class Rule:
    """Without `under` any age is fine; without `statuses` any status."""

    under: int | None = None
    counted: str = NOT_YET
    diploma: bool = False
    statuses: tuple[str, ...] = ()

    @property
    def asks_age(self) -> bool:
        """Whether the programme has a limit of age at all."""
        return self.under is not None


def read_rule(data: Mapping[str, Any]) -> Rule:
    """The rule as a programme keeps it. Raises ValueError for a way of counting that is not known."""
    under, counted = data.get("under"), data.get("counted", NOT_YET)
    if counted not in COUNTED:
        raise ValueError(f"age is counted as one of {COUNTED}, not {counted!r}")
    statuses = tuple(str(status) for status in data.get("statuses", ()))
    return Rule(None if under is None else int(under), counted, bool(data.get("diploma", False)), statuses)


def last_start(born: date, rule: Rule) -> date | None:
    """The last day on which a stay may begin for somebody born on `born`; None when age is not asked."""
    if rule.under is None:
        return None
    too_old_at = rule.under if rule.counted == NOT_YET else rule.under + 1
    return anniversary(born, too_old_at) - timedelta(days=1)


@dataclass(frozen=True)
class Fact:
    """One line of the check. `holds` is None when it can't be told yet. `values` are ISO dates, numbers and codes."""

    code: str  # age, diploma, status
    holds: bool | None
    values: dict[str, str | int]


def facts_of(rule: Rule, *, starts: date, born: date | None, awarded: date | None, status: str) -> list[Fact]:
    """What the rule asks, checked for a stay that begins on `starts`: age, diploma, status, as far as asked."""
    found = []
    if rule.under is not None:
        found.append(_age(rule, starts, born))
    if rule.diploma:
        days: dict[str, str | int] = {"starts": starts.isoformat()}
        if awarded is not None:
            days["awarded"] = awarded.isoformat()
        found.append(Fact("diploma", None if awarded is None else awarded <= starts, days))
    if rule.statuses:
        found.append(Fact("status", status in rule.statuses if status else None, {"status": status}))
    return found


def _age(rule: Rule, starts: date, born: date | None) -> Fact:
    values: dict[str, str | int] = {"starts": starts.isoformat(), "limit": rule.under or 0, "counted": rule.counted}
    if born is None:
        return Fact("age", None, values)
    last = last_start(born, rule) or starts
    values |= {"years": age_on(born, starts), "last_start": last.isoformat()}
    return Fact("age", starts <= last, values)


def failed(facts: list[Fact]) -> list[Fact]:
    """Those that do not hold; what can't be told yet is not among them."""
    return [fact for fact in facts if fact.holds is False]
