"""What lead times say of a team in a host country: the latest decision date, and the notes that apply.
Never legal advice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from corridor.domain.calendar.lead_times import Cost, Key, Table, cost_of, keys_of, people_of, shortest
from corridor.life.reading.people import people_who_go
from corridor.models import Candidate, LeadTime, Stay

NEAR = timedelta(days=30)
Rows = dict[Key, LeadTime]


@dataclass(frozen=True)
class Papers:
    """`latest` is the last day to decide a start on `starts`; None where no days are known.
    `rows` say what is known."""

    starts: date
    days: int
    latest: date | None
    is_late: bool
    is_near: bool
    feasible_from: date | None  # decided today
    rows: tuple[LeadTime, ...]
    cost: Cost | None = None  # whose papers take longest: for the guest and the organiser only

    @property
    def is_unknown(self) -> bool:
        """Somebody needs papers, and for nobody it is known how long they take."""
        return not self.days and any(row.days is None for row in self.rows)


def lead_time_rows() -> Rows:
    """Every row by (nationality, host country). One query."""
    return {(row.nationality, row.host_country): row for row in LeadTime.objects.order_by("pk")}


def papers(people: Iterable[Iterable[str] | str], country: str, starts: date, today: date, rows: Rows) -> Papers | None:
    """`people` holds each person's nationalities. None where no row speaks of them:
    at home, nothing said, or no entry."""
    told = people_of(people)
    table = {key: row.days for key, row in rows.items() if row.days is not None}
    found = _rows_of([code for one in told for code in _looked_at(one, country, table)], country, rows)
    if not found:
        return None
    cost = cost_of(told, country, table)
    days = cost.days if cost else 0
    latest = starts - timedelta(days=days) if days else None
    return Papers(
        starts=starts,
        days=days,
        latest=latest,
        is_late=latest is not None and today > latest,
        is_near=latest is not None and latest - NEAR <= today <= latest,
        feasible_from=today + timedelta(days=days) if days else None,
        rows=found,
        cost=cost,
    )


def _looked_at(person: tuple[str, ...], country: str, table: Table) -> tuple[str, ...]:
    """The nationality by which a person comes; all of them while nothing is known of any."""
    way = shortest(person, country, table)
    return person if way is None else (way[0],)


def people_by_candidate(candidates: Iterable[Candidate]) -> dict[int, list[tuple[str, ...]]]:
    """people_who_go of each, by key. Two queries."""
    found = {one.pk: one for one in candidates}
    held = Stay.objects.holding().filter(candidate__in=found, travellers__isnull=False).distinct()
    stays = {stay.candidate_id: stay for stay in held.prefetch_related("travellers")}
    return {pk: people_who_go(one, stays.get(pk)) for pk, one in found.items()}


def papers_of(stay: Stay, today: date, rows: Rows) -> Papers | None:
    """Of a stay that comes with_parties and has not begun; None of any other."""
    if stay.starts <= today:
        return None
    city = stay.incubator.city
    return papers(people_who_go(stay.candidate, stay), city.country if city else "", stay.starts, today, rows)


def _rows_of(nationalities: list[str], country: str, rows: Rows) -> tuple[LeadTime, ...]:
    """Per nationality the rows from the one that says most to the first that knows days."""
    found: dict[Key, LeadTime] = {}
    for nationality in nationalities:
        for key in keys_of(nationality, country):
            if key in rows:
                found[key] = rows[key]
                if rows[key].days is not None:
                    break
    return tuple(found.values())
