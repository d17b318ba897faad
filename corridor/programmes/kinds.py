"""Kinds of programme that the site knows from the start, as data: what a new programme's form begins with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from i18nfield.strings import LazyI18nString

FIELDS = ("months", "guest", "guest_is_person", "parties")
NAMED = ("guest_one", "guest_many")


@dataclass(frozen=True)
class ProgrammeKind:
    """A file of data/programmes. `fields` are those of corridor.models.Programme;
    one that needs an edition is set up there."""

    slug: str
    name: LazyI18nString
    hint: LazyI18nString
    needs_edition: bool
    fields: Mapping[str, Any] = field(default_factory=dict)


@cache
def kinds() -> dict[str, ProgrammeKind]:
    """{slug: kind} of data/programmes, by name of file. Raises KeyError or
    tomllib.TOMLDecodeError for a malformed file."""
    found = [
        _read(path.read_text("utf-8")) for path in sorted((settings.BASE_DIR / "data" / "programmes").glob("*.toml"))
    ]
    return {kind.slug: kind for kind in found}


def guest_in_words(guest: str) -> str:
    """What a guest of that short word is called; the word itself where no programme of the start says it."""
    named = {kind.fields["guest"]: kind.fields["guest_one"] for kind in kinds().values()}
    return str(named.get(guest, guest))


def _read(text: str) -> ProgrammeKind:
    data = tomllib.loads(text)
    fields = {name: data[name] for name in FIELDS} | {name: LazyI18nString(data[name]) for name in NAMED}
    return ProgrammeKind(
        data["slug"],
        LazyI18nString(data["name"]),
        LazyI18nString(data["hint"]),
        data["needs_edition"],
        {**fields, "eligibility": data.get("eligibility", {})},
    )
