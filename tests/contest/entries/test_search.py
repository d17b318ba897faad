"""Search folds case and accents, on both databases alike."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contest.models import Entry
from network.models import Organisation
from tests import build
from toolkit.folding import Folded, fold

WORDS = ["ÉTOILE", "étoile", "Etoile", "etoile", "e\u0301toile"]


@pytest.fixture
def edition(db):
    edition = build.edition()
    city = build.city("braga")
    build.entry(edition, build.startup("L’ÉTOILE du Nord", city), code="STAR01", title="Rivières propres")
    build.entry(edition, build.startup("Łódź Søfart", city), title="Straße & Ångström", summary="ﬁne œuvre – naïve")
    build.entry(edition, build.startup("Étage", city), title="100 % eau_pure")
    return edition


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *((word, {"L’ÉTOILE du Nord"}) for word in WORDS),
        ("RIVIERES", {"L’ÉTOILE du Nord"}),
        ("l'etoile", {"L’ÉTOILE du Nord"}),
        ("star01", {"L’ÉTOILE du Nord"}),
        ("star0", set()),  # a code is whole, or it is none
        ("lodz sofart", {"Łódź Søfart"}),
        ("ANGSTROM", {"Łódź Søfart"}),
        ("fine naive", {"Łódź Søfart"}),
        ("et", {"L’ÉTOILE du Nord", "Étage"}),
        ("nord étage", set()),
        ("%", {"Étage"}),  # no pattern: a sign
        ("_", {"Étage"}),
        ("", {"L’ÉTOILE du Nord", "Łódź Søfart", "Étage"}),
    ],
)
def test_words_are_found_however_they_are_written(edition, organiser, enter, words, found):
    names = {entry.startup.name for entry in Entry.objects.with_words(words)}
    assert names == found
    page = enter(organiser).get(f"/organise/editions/{edition.slug}/entries/", {"words": words})
    assert {entry.startup.name for entry in page.context["page"]} == found


@pytest.mark.parametrize(
    "text", ["ÉTOILE", "Łódź Søfart", "Straße", "İstanbul", "ΑΘΉΝΑ", "Ёлка", "ﬁn", "Ａｂｃ", "L’été – œuf", "தமிழ்"]
)
def test_the_database_folds_as_python_does(db, text):
    row = Organisation.objects.create(slug="x", name=text, kind="startup")
    assert Organisation.objects.annotate(said=Folded("name")).get(pk=row.pk).said == fold(text)


def test_words_ask_no_more_queries(edition, organiser, enter):
    client, counts = enter(organiser), []
    for words in ("", "", "etoile", "etoile du nord"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/organise/editions/{edition.slug}/entries/", {"words": words})
        counts.append(len(asked))
    assert len(set(counts[1:])) == 1
