"""The results of all rounds of an edition, as it exports them."""

from typing import TypedDict

from contest.models import Edition
from judging.models import Round
from judging.reads.taking_part import FROZEN
from judging.results.shown.outcomes import file_of
from judging.states import RoundState


class ResultInEdition(TypedDict):
    """A round's file with its hash; empty: it is open, and the file says how it stands."""

    order: str
    city: str
    sha256: str
    file: object


class EditionFile(TypedDict):
    """What an edition exports (docs/formats/edition.schema.json)."""

    format: str
    version: int
    edition: str
    results: list[ResultInEdition]


def edition_file(edition: Edition) -> EditionFile:
    """The results of every round that has begun, in order (docs/formats/edition.schema.json)."""
    begun = Round.objects.counted().filter(edition=edition).exclude(state=RoundState.DRAFT)
    return {
        "format": "passerelle.edition",
        "version": 1,
        "edition": edition.slug,
        "results": [
            {
                "order": str(round.order),
                "city": round.city.slug if round.city else "",
                "sha256": round.result.sha256 if round.state in FROZEN else "",
                "file": file_of(round).as_data(),
            }
            for round in begun.select_related("edition", "city").order_by("city__slug", "order", "pk")
        ],
    }
