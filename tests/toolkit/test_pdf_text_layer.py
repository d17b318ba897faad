"""The text layer is the name: in every script, by readers that share nothing, and drawn as the renderer draws it."""

import io
import re
import subprocess

import pikepdf
import pytest
from PIL import Image, ImageChops

from config.machine import scripts_without_font
from tests.names import LEFT_TO_RIGHT, NAMES
from tests.readers import by_pdfminer, by_poppler, by_pypdf
from tests.toolkit.test_pdf import render, templates  # noqa: F401  a fixture
from toolkit import pdf_text_layer

BODY = "".join(
    f"<h2>1. {name}</h2><p>Entre {name}, ci-après « Hôte », et {name}.</p><table><tr><td>{name}</td></tr></table>"
    for name in NAMES.values()
)


@pytest.fixture(scope="module", autouse=True)
def fonts():
    if missing := scripts_without_font():
        pytest.skip(f"this machine has no font for {', '.join(missing)}: make setup installs them")


@pytest.fixture
def document(templates) -> bytes:  # noqa: F811
    templates(sheet=BODY)
    return render()


@pytest.mark.sensitive
def test_every_name_is_read_as_it_is_written(document):
    read = {"poppler": by_poppler(document), "pypdf": by_pypdf(document)}
    found = {(reader, script): text.count(name) for reader, text in read.items() for script, name in NAMES.items()}
    assert found == dict.fromkeys(found, 4)
    text = by_pdfminer(document)
    assert {script: text.count(name) for script, name in LEFT_TO_RIGHT.items()} == dict.fromkeys(LEFT_TO_RIGHT, 4)


def test_every_code_that_is_shown_says_a_letter_and_has_the_width_of_its_glyph(document):
    with pikepdf.open(io.BytesIO(document)) as file:
        fonts = {str(one.BaseFont): one for page in file.pages for one in page.Resources.Font.values()}
        assert len(fonts) > 15
        for name, font in fonts.items():
            mapping = font.ToUnicode.read_bytes()
            assert b"<>" not in mapping, name
            _widths_are_those_of_the_file(font)
        assert codes_without_text(file) == []


def codes_without_text(file: pikepdf.Pdf) -> list[tuple[str, str]]:
    """(font, code) of what is shown and says nothing."""
    said, found = {}, []
    for page in file.pages:
        for key, font in page.Resources.Font.items():
            said[key] = {code.lower() for code in re.findall(rb"^<(\w+)> <\w+>$", font.ToUnicode.read_bytes(), re.M)}
        chosen = ""
        for command in pikepdf.parse_content_stream(page):
            if str(command.operator) == "Tf":
                chosen = str(command.operands[0])
            elif str(command.operator) == "TJ":
                shown = b"".join(bytes(one) for one in command.operands[0] if isinstance(one, pikepdf.String)).hex()
                codes = {shown[start : start + 4] for start in range(0, len(shown), 4)}
                found += [(chosen, code) for code in codes if code.encode() not in said[chosen]]
    return found


def test_a_joiner_between_two_fonts_has_its_code_in_its_own(templates):  # noqa: F811
    """Letters in boxes joined to one that has a font: the joiner is Latin's, what follows is not."""
    templates(sheet="<p>Q \U0001f469\u200d\U0001f4bb z</p><p>Q \U0010fffd\u200d\U0001f4bb z</p>")
    with pikepdf.open(io.BytesIO(content := render())) as file:
        assert codes_without_text(file) == []
    assert "Q U+10FFFD \u200d\U0001f4bb z" in by_pypdf(content)


def _widths_are_those_of_the_file(font) -> None:
    from fontTools.ttLib import TTFont

    inside = font.DescendantFonts[0]
    if "/CIDToGIDMap" not in inside or inside.CIDToGIDMap == pikepdf.Name.Identity:
        return
    glyphs, file = inside.CIDToGIDMap.read_bytes(), TTFont(io.BytesIO(inside.FontDescriptor.FontFile2.read_bytes()))
    units, order = file["head"].unitsPerEm, file.getGlyphOrder()
    runs = list(inside.W)
    for first, widths in zip(runs[::2], runs[1::2], strict=True):
        for code, width in enumerate(widths, start=int(first)):
            glyph = int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
            assert abs(file["hmtx"][order[glyph]][0] * 1000 / units - float(width)) <= 1


PLACED = ("Devanagari", "Tamil", "Sinhala", "Thai", "Khmer", "Tibetan", "Arabic with marks and ligatures", "Hebrew")


@pytest.mark.sensitive
def test_names_are_drawn_as_the_renderer_draws_them(templates, monkeypatch):  # noqa: F811
    """Black on one page and white on the other: 58 dots in 1.8 million, since the renderer counts offsets by 1000 where
    Pango counts by 1024. With marks on the line it were 210, with them upside down 520, without them 8,700."""
    from weasyprint.draw import text

    templates(sheet="<h1>" + " ".join(NAMES[script] for script in PLACED) + "</h1>")
    pdf_text_layer.teach_text()
    ours = drawn(render())
    monkeypatch.setattr(text, "draw_first_line", text.draw_first_line.__wrapped__)
    theirs = drawn(render())
    assert sum(ImageChops.difference(ours, theirs).histogram()[200:]) < 130


def drawn(content: bytes) -> Image.Image:
    command = ["pdftocairo", "-png", "-singlefile", "-r", "160", "-gray", "-", "-"]
    made = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(made)).convert("L")


def test_a_letter_shared_out_over_glyphs_is_whole():
    assert pdf_text_layer._shared_out("ක්‍ය", 2) == ["ක", "්‍ය"]
    assert pdf_text_layer._shared_out("ำ", 2) == ["ำ", ""]
