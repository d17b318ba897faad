"""Documents: tagged, titled, in their language, with fonts inside, from our own static files only;
the same bytes twice."""

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pikepdf
import pytest
from django.template import engines

from config.machine import scripts_without_font
from toolkit import pdf
from toolkit.letters import number_of, undrawn

MADE_AT = datetime(2027, 3, 4, 10, 30, tzinfo=UTC)


@pytest.fixture
def templates(settings, tmp_path):
    """Writes templates of the test's own: sheet.html is a document, and so are the names given."""

    def write(**pages: str) -> None:
        for name, body in pages.items():
            (tmp_path / f"{name}.html").write_text(
                '{% extends "documents/page.html" %}{% block foot %}REF-1{% endblock %}{% block page %}Page{% '
                "endblock %}"
                "{% block of %}of{% endblock %}{% block body %}" + body + "{% endblock %}"
            )
        settings.TEMPLATES = [
            {**settings.TEMPLATES[0], "DIRS": [str(tmp_path), *settings.TEMPLATES[0]["DIRS"]]},
        ]
        engines._engines.clear()
        engines.__dict__.pop("templates", None)

    return write


def render(template="sheet.html", **options) -> bytes:
    values = {"made_at": MADE_AT, "identifier": "REF-1", **options}
    return pdf.render(template, {"name": "Zalău, Querétaro"}, "fr", "Convention d’accueil", **values)


def poppler(tool: str, content: bytes, tmp_path, *arguments: str) -> str:
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    command = [tool, *arguments, str(path)] + (["-"] if tool == "pdftotext" else [])
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_document_is_tagged_titled_and_in_its_language(templates):
    templates(sheet="<h1>{{ name }}</h1><p>Texte.</p><h2>1. Objet</h2>")
    with pikepdf.open(io.BytesIO(render())) as document:
        root = document.Root
        assert root.MarkInfo.Marked is True
        assert [str(child.S) for child in root.StructTreeRoot.K] == ["/Document"]
        assert str(root.Lang) == "fr"
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert str(document.docinfo["/Title"]) == "Convention d’accueil"
        assert str(document.docinfo["/Author"]) == "Passerelle"
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Convention d’accueil"
            assert metadata["dc:creator"] == ["Passerelle"]
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:identifier"] == "REF-1"
            assert metadata["xmp:CreateDate"] == "2027-03-04T10:30:00+00:00"
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Zalău, Querétaro"]
            assert [item.title for item in outline.root[0].children] == ["1. Objet"]


@pytest.mark.sensitive
def test_fonts_are_inside_and_names_with_diacritics_are_drawn_by_them(templates, tmp_path):
    templates(sheet="<h1>{{ name }}</h1><p>Łódź, Győr, București</p>")
    rows = poppler("pdffonts", render(), tmp_path).splitlines()[2:]
    names = {row.split()[0].split("+")[1] for row in rows}
    # Two files of one typeface must not share a name: the renderer would draw the glyphs of the other one.
    assert names == {
        "Document-Serif",
        "Document-Serif-Semi-Bold",
        "Document-Serif-Extended",
        "Document-Serif-Extended-Semi-Bold",
        "Document-Sans",
    }
    embedded = [row.split()[-5] for row in rows]
    assert embedded == ["yes"] * len(rows)
    assert "Zalău, Querétaro" in poppler("pdftotext", render(), tmp_path)


def tags(content: bytes) -> list[dict]:
    """The tree of tags from top to bottom: kind, language, text for people who can't see, scope of a header."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem":
            scope = element["/A"].get("/Scope") if "/A" in element and element.S == "/TH" else None
            named = {"kind": element.S, "lang": element.get("/Lang"), "alt": element.get("/Alt"), "scope": scope}
            found.append({key: str(value) for key, value in named.items() if value is not None})
            for kid in element.K:
                walk(kid)

    with pikepdf.open(io.BytesIO(content)) as document:
        walk(document.Root.StructTreeRoot.K[0])
    return found


def test_parts_say_their_language_headers_their_scope_and_pictures_what_they_show(templates):
    templates(
        sheet='<div lang="en"><p>Text.</p></div><div lang="es"><p>Texto.</p></div>'
        '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><th scope="row">B</th></tr></tbody></table>'
        '<svg viewBox="0 0 9 9" width="9" height="9"><title>A square</title><path d="M0 0h9v9H0z"/></svg>'
    )
    found = tags(render())
    assert [tag["lang"] for tag in found if "lang" in tag] == ["en", "es"]
    assert [tag["scope"] for tag in found if tag["kind"] == "/TH"] == ["/Column", "/Row"]
    assert [tag["alt"] for tag in found if tag["kind"] == "/Figure"] == ["A square"]


def test_feet_are_artifacts_and_no_letter_is_outside_the_tags(templates):
    templates(sheet="<p>Texte.</p>")
    with pikepdf.open(io.BytesIO(render())) as document:
        page, marks, shown = document.pages[0], [], []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                marks.append(str(operands[0]))
            elif str(operator) == "EMC":
                marks.pop()
            elif str(operator) == "TJ":
                shown.append(marks[-1])
        owners = document.Root.StructTreeRoot.ParentTree.Nums[1]
        assert page.Tabs == "/S"
        # The name in the letterhead and the paragraph are read; the foot (number, “Page 1 of 1”) is not.
        assert shown.count("/Span") == sum(owner is not None for owner in owners) == 2
        assert set(shown) == {"/Span", "/Artifact"}


NAMES = "Đặng Nguyễn Łukasz Żółć Ōsaka · Ελένη Παπαδοπούλου · Юлія Їжак · 山田 太郎 · 김민준 · فاطمة الزهراء · משה"


@pytest.mark.sensitive
def test_names_of_many_scripts_are_drawn_with_no_letter_missing(templates, tmp_path):
    if missing := scripts_without_font():
        pytest.skip(f"this machine has no font for {', '.join(missing)}: make setup installs them")
    templates(sheet=f"<h1>{NAMES}</h1><p>{NAMES}</p>")
    text = poppler("pdftotext", render(), tmp_path)
    for name in ("Đặng Nguyễn", "Ελένη Παπαδοπούλου", "Юлія Їжак", "山田", "김민준"):
        assert text.count(name) == 2, name
    fonts = poppler("pdffonts", render(), tmp_path).splitlines()[2:]
    assert [row.split()[-5] for row in fonts] == ["yes"] * len(fonts)


NO_FONT = "\u0378"  # a place in the Greek block that Unicode has given to no letter: no font draws it


@pytest.mark.sensitive
@pytest.mark.parametrize(
    ("letter", "number"),
    [
        (NO_FONT, "U+0378"),
        ("\U0010fffd", "U+10FFFD"),  # the last one for private use
        ("\uf8ff", "U+F8FF"),  # for private use too, and drawn by some fonts, by each in its own way
        ("\x07", "U+0007"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_a_letter_that_no_font_has_is_shown_by_its_number_in_a_box_with_a_note(templates, tmp_path, letter, number):
    templates(sheet='<h1>Ada {{ name }}</h1><table><tr><td>{{ name }}</td></tr></table><p lang="en">Text.</p>')
    values = {"made_at": MADE_AT, "identifier": "REF-1"}
    content = pdf.render("sheet.html", {"name": f"Love{letter}lace"}, "fr", f"Contrat {letter}", **values)
    text = " ".join(poppler("pdftotext", content, tmp_path).split())
    assert text.count(f"Love {number} lace") == 2
    assert "numéro de la lettre dans le standard Unicode" in text
    assert "letter’s number in the Unicode standard" in text  # a document in two languages says it in both
    with pikepdf.open(io.BytesIO(content)) as document:
        title = str(document.docinfo["/Title"])
    assert title == (f"Contrat {letter}" if letter == NO_FONT else f"Contrat {number}")
    assert text.count("Unicode") == 2  # said once in each language, whatever the number of boxes


@pytest.mark.sensitive
def test_a_document_whose_letters_are_all_drawn_has_no_note(templates, tmp_path):
    templates(sheet="<h1>{{ name }}</h1>")
    assert "Unicode" not in poppler("pdftotext", render(), tmp_path)


@pytest.mark.sensitive
def test_each_part_has_its_own_page_numbers(templates, tmp_path):
    templates(sheet='<p>One</p><p style="break-before: page">Two</p>', annex="<h1>Evidence</h1>")
    text = poppler("pdftotext", render(annexes=[pdf.Part("annex.html", {})]), tmp_path)
    assert [line for line in text.splitlines() if line.startswith("Page")] == [
        "Page 1 of 2",
        "Page 2 of 2",
        "Page 1 of 1",
    ]


@pytest.mark.sensitive
def test_a_file_travels_inside_unchanged(templates, tmp_path):
    templates(sheet="<h1>Outer</h1>")
    inner = b"%PDF-1.7 anything\n"
    outer = render(attachments=[pdf.AttachedFile("inner.pdf", inner, "Issued document", MADE_AT)])
    assert "1: inner.pdf" in poppler("pdfdetach", outer, tmp_path, "-list")
    poppler("pdfdetach", outer, tmp_path, "-save", "1", "-o", str(tmp_path / "saved.pdf"))
    assert (tmp_path / "saved.pdf").read_bytes() == inner


def test_same_input_gives_same_bytes(templates):
    templates(sheet="<h1>{{ name }}</h1><p>Texte.</p>", annex="<h1>Evidence</h1>")
    annexes = [pdf.Part("annex.html", {})]
    assert render(annexes=annexes) == render(annexes=annexes)


@pytest.mark.sensitive
def test_the_first_document_of_a_process_and_a_later_one_are_the_same_bytes(templates):
    """Fonts are read once in each thread: what was drawn before with other letters leaves nothing behind."""
    templates(sheet="<h1>{{ name }}</h1><p><strong>Łódź</strong> 山田 Ελένη</p>", other=f"<h1>Ξένη</h1><p>{NAMES}</p>")
    render("other.html")
    later = render()
    with ThreadPoolExecutor(1) as another:
        assert another.submit(render).result() == later


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/logo.png",
        "file:///etc/hostname",
        "css/no-such-file.png",
        "https://static.invalid/../../config/settings.py",
        "https://static.invalid/%2e%2e/config/settings.py",
    ],
)
def test_nothing_but_our_static_files_is_opened(templates, address):
    templates(sheet=f'<h1>Title</h1><img alt="" src="{address}">')
    with pytest.raises(pdf.RenderingFailed, match="not one of our static files"):
        render()


MIXED = (
    "Zoë Łódź Ǆ ﬁ Ελένη 漢 \U00020bb7 \U00030edd \U0001d11e \U0001e900 \U0001f680 \U0001f4bb \u0378 \ue001 "
    "\U0010fffd x\u200dy ☕\ufe0f"
)


@pytest.mark.sensitive
def test_what_a_name_is_told_of_its_letters_is_what_the_document_does(templates, tmp_path):
    """Each letter is announced as a number in a box if, and only if, it is drawn so."""
    letters = [one for one in dict.fromkeys(MIXED) if not one.isspace() and one not in "\u200d\ufe0f"]
    templates(sheet="".join(f"<p>{n}: {letter}</p>" for n, letter in enumerate(letters)))
    text = poppler("pdftotext", render(), tmp_path)
    boxed = [letter for n, letter in enumerate(letters) if f"{n}: {number_of(letter)}" in " ".join(text.split())]
    assert undrawn(MIXED) == boxed
    assert {"\u0378", "\ue001", "\U0010fffd"} <= set(boxed)
