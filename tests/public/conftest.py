"""A visitor, and an edition with everything that a public page could leak."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests import build


@pytest.fixture
def visit(db):
    """The page at an address, as a visitor reads it."""

    def as_visitor(url: str, status: int = 200) -> str:
        response = Client().get(url)
        assert response.status_code == status
        return response.content.decode()

    return as_visitor


@pytest.fixture
def finished(db):
    """An edition whose results are published: four entries competed, two went on, one was awarded and is hosted."""
    edition = build.edition(
        "finished",
        call_opens=datetime(2026, 1, 5, 8, tzinfo=UTC),
        call_closes=datetime(2026, 3, 2, 17, tzinfo=UTC),
        nominations_close=datetime(2026, 3, 20, 17, tzinfo=UTC),
        final_from=date(2026, 5, 4),
        final_until=date(2026, 5, 5),
        final_place="Cuneo",
        reference_date=date(2026, 3, 2),
        rules_text={"en": "Be kind.", "fr": "Soyez bienveillants."},
        rules_version=3,
        results_published_at=datetime(2026, 5, 6, 10, tzinfo=UTC),
    )
    entries = build.competing(edition, 4)
    round = build.round(edition, state="published")
    for place, entry in enumerate(entries, 1):
        round.standings.create(
            entry=entry, rank=place, place=place, total=f"{90 - place}.125", final="", scorecards=3, advances=place <= 2
        )
    award = build.award(entries[0], citation={"en": "For its courage.", "fr": "Pour son courage."})
    build.stay(award, build.incubator("Incubator of Magog", build.city("magog")))
    return edition
