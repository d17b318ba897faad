"""What the files of an agreement are made to: PDF/A-3a and PDF/UA-1,
told by their structure (veraPDF's command: docs/documents.md)."""

import io
import json
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from config.machine import scripts_without_font
from corridor.agreements.files.pdf import issued_pdf, page_of
from corridor.domain.terms.content import Content
from toolkit.canonical import canonical_bytes

pytestmark = pytest.mark.django_db  # the files are made in the database


@pytest.fixture(params=["issued", "executed"])
def opened(files, request):
    with pikepdf.open(io.BytesIO(getattr(files, request.param))) as document:
        yield document


def test_an_agreement_of_the_first_format_is_laid_out_as_it_was():
    here = Path(__file__).parent
    frozen = json.loads((here / "format_1.json").read_text())
    assert page_of(Content.from_data(frozen)) == (here / "format_1.html").read_text()


def elements(document) -> list:
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem":
            found.append(element)
            for kid in element.K:
                walk(kid)

    walk(document.Root.StructTreeRoot.K[0])
    return found


def test_both_standards_are_named_and_the_second_one_is_described(opened):
    packet = opened.Root.Metadata.read_bytes().decode()
    assert re.findall(r'pdf(?:a|ua)id:\w+="\w+"', packet) == [
        'pdfaid:part="3"',
        'pdfaid:conformance="A"',
        'pdfuaid:part="1"',
    ]
    assert packet.count("<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>") == 1
    assert "/Filter" not in opened.Root.Metadata  # PDF/A: readable as it stands
    with opened.open_metadata() as metadata:  # well-formed
        assert metadata["dc:language"] == {"en"}


def test_colours_title_language_bookmarks_and_tab_order(opened):
    [intent] = opened.Root.OutputIntents
    assert (str(intent.S), str(intent.Info)) == ("/GTS_PDFA1", "IEC 61966-2-1 Default RGB Colour Space - sRGB")
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"  # an ICC profile
    assert str(opened.Root.Lang) == "en"
    assert opened.Root.MarkInfo.Marked is True
    assert opened.Root.ViewerPreferences.DisplayDocTitle is True
    assert {str(page.Tabs) for page in opened.pages} == {"/S"}
    with opened.open_outline() as outline:
        first = outline.root[0]
        assert (first.title, len(first.children)) == (
            "Hosting agreement",
            26,
        )  # 22 clauses, parties, signatures, 2 annexes


def test_every_figure_has_words_every_header_a_scope_every_list_its_numbering(opened):
    tags = elements(opened)
    assert [tag for tag in tags if tag.S == "/Figure" and not str(tag.get("/Alt", ""))] == []
    assert any("QR code" in str(tag.Alt) for tag in tags if tag.S == "/Figure")
    headers = [str(tag.A.Scope) for tag in tags if tag.S == "/TH"]
    assert headers.count("/Column") == 3
    assert set(headers) == {"/Column", "/Row"}
    assert {str(tag.A.ListNumbering) for tag in tags if tag.S == "/L"} == {"/Disc"}
    for page in opened.pages:
        for annotation in page.get("/Annots", []):
            assert str(annotation.Contents)
            assert annotation.F & 4
            assert "/StructParent" in annotation


def test_every_font_is_inside_and_says_which_letters_it_draws(opened):
    fonts = [
        thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
    ]
    whole = [font for font in fonts if font.Subtype == "/Type0"]
    assert whole
    assert all("/ToUnicode" in font for font in whole)
    inside = [font.FontDescriptor for font in fonts if "/FontDescriptor" in font]
    assert len(inside) == len(whole)
    assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in inside)


def test_data_travels_inside_and_so_does_what_was_signed(files, opened):
    held = {
        str(file.UF): (str(file.AFRelationship), file.EF.F.read_bytes(), str(file.EF.F.Subtype))
        for file in opened.Root.AF
    }
    reference = files.frozen["reference"]
    expected = {f"{reference}.json": ("/Data", canonical_bytes(files.frozen), "/application/json")}
    if len(opened.Root.AF) == 2:
        expected[f"{reference}-issued.pdf"] = ("/Source", files.issued, "/application/pdf")
    assert held == expected
    assert len(opened.Root.AcroForm.Fields) == len(held) - 1  # the seal's


def test_what_people_type_is_never_fetched(files):
    """An address in a name is printed as it stands: no element of the page, and nothing is opened."""
    addresses = ["file:///etc/passwd", "http://169.254.169.254/latest/", "//example.org/x.png"]
    hostile = "".join(f'<img src="{where}"><link rel="attachment" href="{where}">' for where in addresses)
    party = {**files.frozen["parties"][0], "name": hostile}
    frozen = {**files.frozen, "parties": [party], "clauses": [], "annexes": [], "subtitle": hostile}
    with pikepdf.open(io.BytesIO(issued_pdf(Content.from_data(frozen)))) as document:
        assert [str(file.UF) for file in document.Root.AF] == [f"{frozen['reference']}.json"]
        assert sum(tag.S == "/Figure" for tag in elements(document)) == 1  # the QR code


@pytest.mark.sensitive
def test_long_names_and_names_from_right_to_left_stay_on_the_paper(files, tmp_path):

    if missing := scripts_without_font():
        pytest.skip(f"this machine has no font for {', '.join(missing)}: make setup installs them")
    long, arabic = "W" * 300, "حاضنة الدار البيضاء للشركات الناشئة"
    parties = [
        {**party, "name": name, "signatory": name}
        for party, name in zip(files.frozen["parties"], (long, arabic), strict=False)
    ]
    frozen = {**files.frozen, "parties": parties, "clauses": [], "annexes": []}
    path = tmp_path / "long.pdf"
    path.write_bytes(issued_pdf(Content.from_data(frozen)))
    boxes = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    edges = [
        (float(left), float(right)) for left, right in re.findall(r'<word xMin="([\d.-]+)".*?xMax="([\d.-]+)"', boxes)
    ]
    assert min(left for left, _ in edges) >= 60
    assert max(right for _, right in edges) <= 535
