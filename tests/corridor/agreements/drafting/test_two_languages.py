"""A document in two languages: two columns, clause by clause, each in its language, over page breaks,
whatever the names."""

import io
import re
import subprocess

import pikepdf
import pytest
from django.db import transaction

from config.machine import scripts_without_font
from corridor.agreements.drafting.blanks import usual_terms
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.pdf import issued_pdf
from corridor.agreements.templates.wording import wording_for
from corridor.domain.terms.content import Content
from network.models import User
from tests.corridor.agreements import cast
from tests.corridor.agreements.files.test_files import elements

pytestmark = pytest.mark.django_db
LONG, ARABIC = "W" * 300, "حاضنة الدار البيضاء للشركات الناشئة"


@pytest.fixture(scope="module")
def frozen(django_db_setup, django_db_blocker) -> dict:
    """French and Spanish side by side, cut to a few clauses; the rows are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        [stay] = cast.stays(1)
        usual = usual_terms(stay=stay, wording=wording_for(stay), languages=["fr", "es"])
        given = {**usual, "city_authority": "2026-12", "host_authority": {"es": "acuerdo"}, "prevailing_language": "es"}
        organiser = User.objects.get(email="organiser@network.example")
        drafted = draft_agreement(by=organiser, stay=stay, language="fr", beside="es", terms=given).frozen
        transaction.set_rollback(True)
    few = {"clauses": drafted["clauses"][:6]}
    return {**drafted, **few, "beside": {**drafted["beside"], "clauses": drafted["beside"]["clauses"][:6]}}


@pytest.fixture(scope="module")
def printed(frozen, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return issued_pdf(Content.from_data(frozen))


@pytest.fixture
def opened(printed):
    with pikepdf.open(io.BytesIO(printed)) as document:
        yield document


def column_of(element) -> str:
    """The language of the column in which an element of the tree of tags stands; nothing outside the columns."""
    while "/P" in element:
        if element.S == "/Div" and "/Lang" in element:
            return str(element.Lang)
        element = element.P
    return ""


def test_each_column_has_its_language_and_one_reads_heading_after_heading(opened):
    assert str(opened.Root.Lang) == "fr"
    columns = [column_of(tag) for tag in elements(opened) if tag.S == "/H2" and column_of(tag)]
    assert len(columns) == 2 * (1 + 6 + 2)  # the parties, six clauses, two annexes
    assert columns == ["fr", "es"] * 9


def test_headings_are_bookmarked_once_in_the_first_language(opened):
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
    assert titles[:3] == ["Entre", "1. Parties et pouvoirs", "2. Définitions"]
    assert len(titles) == 1 + 6 + 1 + 2
    assert not any("Anexo" in title for title in titles)


@pytest.mark.sensitive
def test_both_columns_say_which_language_prevails(printed, tmp_path):
    path = tmp_path / "two.pdf"
    path.write_bytes(printed)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    text = " ".join(text.split())
    assert "Langue qui fait foi : espagnol" in text
    assert "Idioma que prevalece: español" in text


def test_it_is_made_to_both_standards_too(opened):
    packet = opened.Root.Metadata.read_bytes().decode()
    assert re.findall(r'pdf(?:a|ua)id:\w+="(\w+)"', packet) == ["3", "A", "1"]
    assert [tag for tag in elements(opened) if tag.S == "/Figure" and not str(tag.get("/Alt", ""))] == []
    assert {str(tag.A.Scope) for tag in elements(opened) if tag.S == "/TH"} == {"/Column", "/Row"}


@pytest.mark.sensitive
def test_long_names_and_names_from_right_to_left_stay_in_their_column(frozen, tmp_path):
    if missing := scripts_without_font():
        pytest.skip(f"this machine has no font for {', '.join(missing)}: make setup installs them")

    def renamed(text: dict) -> dict:
        names = zip(text["parties"], (LONG, ARABIC), strict=False)
        parties = [{**party, "name": name} for party, name in names]
        return {**text, "parties": parties, "clauses": [], "annexes": [], "subtitle": LONG}

    path = tmp_path / "long.pdf"
    path.write_bytes(issued_pdf(Content.from_data({**renamed(frozen), "beside": renamed(frozen["beside"])})))
    boxes = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    words = [
        (float(left), float(right), word)
        for left, right, word in re.findall(r'<word xMin="([\d.-]+)".*?xMax="([\d.-]+)".*?>(.*?)</word>', boxes)
    ]
    assert min(left for left, _right, _word in words) >= 60
    assert max(right for _left, right, _word in words) <= 535
    middle = (60 + 535) / 2
    wide = [(left, right) for left, right, word in words if word.startswith("WWWW") and right - left < 250]
    assert wide  # in the columns; only the subtitle runs over both
    assert [box for box in wide if box[0] < middle - 5 and box[1] > middle + 5] == []
