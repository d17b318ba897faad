"""The public directory: cities and organisations as the files under data/ tell them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from network.models import City, Organisation, User
from network.services.events import record_event
from network.states import Evidence
from toolkit.locks import locked

MEMBER_MARKS = {Evidence.SIGNED, Evidence.NAMED}
CITY_COLUMNS = ["name", "country", "region", "latitude", "longitude", "time_zone", "evidence", "note", "source"]


@dataclass(frozen=True)
class Loaded:
    """How many rows a file added, changed and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def is_member_by(evidence: str) -> bool:
    """The rule: at least one mark D or M among the space-separated marks."""
    return bool(MEMBER_MARKS & set(evidence.split()))


@transaction.atomic
def load_cities(*, by: User | None, rows: Iterable[Mapping[str, str]]) -> Loaded:
    """Adds or corrects cities, found by slug; rows hold the columns of data/cities.csv.

    Only those columns are written. Membership follows the evidence when the city is new or its evidence has changed;
    otherwise what an organiser decided stays.
    """
    known = {city.slug: city for city in locked(City.objects.all())}
    outcomes = []
    for row in rows:
        city = known.get(row["slug"]) or City(slug=row["slug"])
        values: dict[str, Any] = {column: row[column] for column in CITY_COLUMNS}
        values["latitude"], values["longitude"] = Decimal(row["latitude"]), Decimal(row["longitude"])
        if city.pk is None or city.evidence != row["evidence"]:
            values["is_member"] = is_member_by(row["evidence"])
        outcomes.append(_write(by, city, values))
    return _count(outcomes)


@transaction.atomic
def load_organisations(*, by: User | None, rows: Iterable[Mapping[str, str]]) -> Loaded:
    """Adds or corrects organisations, found by slug; rows hold the columns of data/organisations.csv.

    A city must have been loaded before: an unknown one is a KeyError, and nothing of the file is written.
    """
    cities = {city.slug: city for city in City.objects.all()}
    known = {body.slug: body for body in locked(Organisation.objects.all())}
    outcomes = []
    for row in rows:
        body = known.get(row["slug"]) or Organisation(slug=row["slug"])
        values: dict[str, Any] = {column: row[column] for column in ["name", "kind", "place", "note", "source"]}
        values["city"] = cities[row["city_slug"]] if row["city_slug"] else None
        outcomes.append(_write(by, body, values))
    return _count(outcomes)


def _write(by: User | None, thing: models.Model, values: dict[str, Any]) -> str:
    """Saves what differs and records it; returns added, changed or unchanged."""
    before = {name: getattr(thing, name) for name in values}
    differing = {name: value for name, value in values.items() if before[name] != value}
    if thing.pk is not None and not differing:
        return "unchanged"
    verb = "load" if thing.pk is None else "correct"
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()
    record_event(
        by=by,
        verb=verb,
        thing=thing,
        before={name: str(before[name]) for name in differing} if verb == "correct" else {},
        after={name: str(value) for name, value in differing.items()},
    )
    return "added" if verb == "load" else "changed"


def _count(outcomes: list[str]) -> Loaded:
    return Loaded(outcomes.count("added"), outcomes.count("changed"), outcomes.count("unchanged"))
