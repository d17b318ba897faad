"""The codes of a font inside a PDF: what each draws and what it says;
glyphs put together from others (toolkit.pdf_text_layer)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

import pydyf

LAST_CODE = 0xFFFF


class Shape(NamedTuple):
    """A glyph that the file's font lacks: parts in font units, its width in font units, and the text that it says."""

    parts: tuple[tuple[int, int, int], ...]
    width: int
    text: str


@dataclass
class Texts:
    """What the codes of one font say: glyphs as they are, the same glyph with another text, and glyphs put together."""

    units: int  # to the em
    next_code: int  # beyond all glyphs
    can_draw: bool  # TrueType outlines: a glyph can be put together from others
    of_glyph: dict[int, str] = field(default_factory=dict)
    again: dict[tuple[int, str], int] = field(default_factory=dict)
    shapes: dict[Shape, int] = field(default_factory=dict)

    def code(self, glyph: int, text: str) -> int | None:
        """The code that draws `glyph` and says `text`, if there can be one."""
        if self.of_glyph.setdefault(glyph, text) == text:
            return glyph
        return self._further(self.again, (glyph, text))

    def put_together(self, shape: Shape) -> int | None:
        return self._further(self.shapes, shape)

    def _further(self, known: dict[Any, int], what: Any) -> int | None:
        if what not in known:
            if not self.can_draw or self.next_code > LAST_CODE:
                return None
            known[what], self.next_code = self.next_code, self.next_code + 1
        found: int | None = known[what]
        return found

    def in_units(self, thousandths: float) -> int:
        return round(thousandths * self.units / 1000)

    @property
    def least(self) -> int:
        """The least width that isn't rounded to nothing: pdfminer.six breaks a line
        between two glyphs without width."""
        return -(-self.units // 1000)

    def in_thousandths(self, units: int) -> int:
        return round(units * 1000 / self.units)


def write_texts(document: Any, pdf: pydyf.PDF) -> None:
    """Writes what the codes of each font say into the finished file, and draws the glyphs that were put together."""
    dictionaries = {
        one["BaseFont"]: one
        for one in pdf.objects
        if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/Font" and one.get("Subtype") == "/Type0"
    }
    for font in document.fonts.values():
        texts = getattr(font, "texts", None)
        if texts is None or font.name not in dictionaries:
            continue
        dictionary = dictionaries[font.name]
        _say_unicode(_object(pdf, dictionary["ToUnicode"]), texts)
        if texts.again or texts.shapes:
            _add_codes(pdf, _object(pdf, dictionary["DescendantFonts"][0]), texts, font.widths)


def _say_unicode(stream: pydyf.Stream, texts: Texts) -> None:
    said = dict(texts.of_glyph)
    said |= {code: text for (_glyph, text), code in texts.again.items()}
    said |= {code: shape.text for shape, code in texts.shapes.items()}
    head = stream.stream[: stream.stream.index(b"endcodespacerange") + 1]
    tail = stream.stream[stream.stream.index(b"endcmap") :]
    pairs = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>".encode() for code, text in sorted(said.items())]
    body = []
    for start in range(0, len(pairs), 100):
        some = pairs[start : start + 100]
        body += [f"{len(some)} beginbfchar".encode(), *some, b"endbfchar"]
    stream.stream[:] = [*head, *body, *tail]


def _add_codes(pdf: pydyf.PDF, font: pydyf.Dictionary, texts: Texts, widths: dict[int, int]) -> None:
    """The glyph and the width of each code that is no glyph of the font's own."""
    descriptor = _object(pdf, font["FontDescriptor"])
    drawn = _draw(_object(pdf, descriptor["FontFile2"]), texts.shapes) if texts.shapes else {}
    glyphs = list(range(texts.next_code))
    for (glyph, _text), code in texts.again.items():
        glyphs[code] = glyph
        font["W"].extend([code, pydyf.Array([widths[glyph]])])
    for shape, code in texts.shapes.items():
        glyphs[code] = drawn[shape.parts, shape.width]
        font["W"].extend([code, pydyf.Array([texts.in_thousandths(shape.width)])])
    table = pydyf.Stream([b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)], compress=True)
    pdf.add_object(table)
    font["CIDToGIDMap"] = table.reference


def _draw(file: pydyf.Stream, shapes: Iterable[Shape]) -> dict[tuple[tuple[tuple[int, int, int], ...], int], int]:
    """Adds to the font in `file` a glyph for each drawing that `shapes` need. {(parts, width): glyph}"""
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(b"".join(file.stream)))
    for unused in ("vmtx", "vhea", "hdmx", "VDMX", "LTSH"):  # of each glyph too, and not asked for here
        if unused in font:
            del font[unused]
    order, outlines, metrics = font.getGlyphOrder(), font["glyf"], font["hmtx"]
    made = dict.fromkeys(((shape.parts, shape.width) for shape in shapes), 0)
    names = list(order)
    for parts, width in made:
        pen = TTGlyphPen(outlines)
        for glyph, x, y in parts:
            pen.addComponent(order[glyph], (1, 0, 0, 1, x, y))
        name = f"together{len(names)}"
        made[parts, width] = len(names)
        names.append(name)
        font.setGlyphOrder(names)
        outlines[name] = glyph_drawn = pen.glyph()
        glyph_drawn.recalcBounds(outlines)
        metrics[name] = (width, getattr(glyph_drawn, "xMin", 0))
    font.save(saved := BytesIO())
    content = saved.getvalue()
    file.stream[:] = [content]
    file.extra["Length1"] = len(content)
    return made


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
