"""Archived editions: what is published about them, and nothing else."""

from datetime import date
from typing import Any

from django.db import transaction

from contest.models import Edition
from network.models import City, User
from network.services import record_event
from toolkit.locks import locked

FACTS = ["year", "organiser", "agreed_by", "agreed_at", "dates", "quotas", "eligibility", "counts", "startups"]


@transaction.atomic
def load_archive(*, by: User | None, file: dict[str, Any]) -> Edition:
    """Writes the edition of an archive file (data/editions/*.toml, kind "archive"), found by its slug;
    run again, it corrects.

    The start-ups that are named stay facts in a text: no start-up, entry, mark, rank or stay is made of them. An
    edition of that slug that isn't an archive is a ValueError.
    """
    edition = locked(Edition.objects.filter(slug=file["slug"])).first()
    if edition is not None and not edition.is_archive:
        raise ValueError(f"edition {file['slug']} is not an archive")
    is_new = edition is None
    edition = edition or Edition(slug=file["slug"], is_archive=True, is_public=True)
    values = _columns(file)
    changed = [name for name, value in values.items() if _plain(getattr(edition, name)) != _plain(value)]
    if not is_new and not changed:
        return edition
    for name, value in values.items():
        setattr(edition, name, value)
    edition.save()
    record_event(by=by, verb="load" if is_new else "correct", thing=edition, after={"columns": changed})
    return edition


def _columns(file: dict[str, Any]) -> dict[str, Any]:
    dates, quotas, counts = file["dates"], file["quotas"], file["counts"]
    return {
        "name": file["name"],
        "summary": file["summary"],
        "final_from": dates["final_starts"],
        "final_until": dates["final_ends"],
        "final_place": City.objects.get(slug=dates["final_city"]).name,
        "max_age_years": file["eligibility"]["max_age_years"],
        "quota_sent": quotas["sent_max"],
        "quota_competing": quotas["competing_max"],
        "entries_announced": counts["entries_announced"],
        "cities_announced": counts["cities_announced"],
        "facts": _jsonable({key: file[key] for key in [*FACTS, "not_published", "sources"] if key in file}),
    }


def _jsonable(value: Any) -> Any:
    """TOML's values as JSON's: dates as ISO text."""
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: Any) -> Any:
    """A text in several languages as its dict, so that a kept one and a new one can be compared."""
    return getattr(value, "data", value)
