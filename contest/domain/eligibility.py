"""The facts on which a person decides whether an entry may compete. Nothing here decides."""

from dataclasses import dataclass
from datetime import date, timedelta


def anniversary(born: date, years: int) -> date:
    """The day on which `born` is `years` years ago. Born on 29 February: 1 March in years without that day."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def age_on(born: date, on: date) -> int:
    """Whole years from `born` to `on`; negative when `on` is earlier."""
    years = on.year - born.year
    return years if anniversary(born, years) <= on else years - 1


@dataclass(frozen=True)
class Age:
    """The arithmetic of "younger than N years at a reference date", in full."""

    founded_on: date
    reference_date: date
    years: int  # whole years at the reference date
    limit: int
    last_day: date  # the last reference date at which the firm would still be young enough
    is_under: bool


def measure_age(founded_on: date, reference_date: date, limit: int) -> Age:
    """Age of a firm against "under `limit` years": on the day it turns `limit` it is no longer under.

    A firm founded after the reference date has a negative age and is under the limit.
    """
    last_day = anniversary(founded_on, limit) - timedelta(days=1)
    return Age(
        founded_on=founded_on,
        reference_date=reference_date,
        years=age_on(founded_on, reference_date),
        limit=limit,
        last_day=last_day,
        is_under=reference_date <= last_day,
    )


@dataclass(frozen=True)
class Fact:
    """One line of the check. `holds` is None when it can't be told. `values` are ISO dates, numbers and names."""

    code: str
    holds: bool | None
    values: dict[str, str | int]


def facts_of(
    *,
    founded_on: date | None,
    reference_date: date | None,
    limit: int,
    has_prototype: bool,
    city: str,
    is_contested: bool,
    missing: list[str],
    deck_pages: int | None,
) -> list[Fact]:
    """The facts shown beside a decision on eligibility, always in the same order."""
    if founded_on and reference_date:
        age = measure_age(founded_on, reference_date, limit)
        values: dict[str, str | int] = {
            "founded_on": founded_on.isoformat(),
            "reference_date": reference_date.isoformat(),
            "years": age.years,
            "limit": limit,
            "last_day": age.last_day.isoformat(),
        }
        first = Fact("age", age.is_under, values)
    else:
        first = Fact("age", None, {"limit": limit})
    return [
        first,
        Fact("prototype", has_prototype, {}),
        Fact("city", bool(city) and not is_contested, {"city": city}),
        Fact("complete", not missing, {"missing": len(missing)}),
        Fact("deck", deck_pages is not None, {"pages": deck_pages or 0}),
    ]
