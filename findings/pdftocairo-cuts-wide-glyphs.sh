#!/usr/bin/env bash
# Poppler 22.12.0 (pdftoppm, pdftocairo; Debian's poppler-utils 22.12.0), fontTools 4.68.0, pikepdf 10.17.0, Pillow 12.0.0; 30 November 2026.
# Guess, written first: both of Poppler's painters draw an embedded glyph whole, however far its outline reaches beyond its advance;
#   the advance only says where the next glyph begins.
# Seen: pdftoppm (Splash) draws it whole; pdftocairo (cairo, so also the viewers and printers behind it) cuts it where the font's
#   widest advance (hhea.advanceWidthMax) would let a glyph end. With a second, wide glyph that nobody shows, nothing is cut.
# Where one meets it: a cluster of letters (Sinhala, Tamil, Khmer) put together into one glyph whose advance is shared among its letters.
# Needs poppler-utils; ends with 2 without it.
set -euo pipefail
command -v pdftocairo >/dev/null && command -v pdftoppm >/dev/null || { echo "poppler-utils is missing"; exit 2; }
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT; cd "$room"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check fonttools==4.68.0 pikepdf==10.17.0 pillow==12.0.0
cat > check.py <<'PY'
import subprocess
from io import BytesIO
import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name
from PIL import Image

def font(widest: int) -> bytes:
    """`bar` reaches from 0 to 3000 and advances by 500; `other`, never shown, advances by `widest`."""
    pen = TTGlyphPen(None)
    for number, point in enumerate([(0, 0), (0, 700), (3000, 700), (3000, 0)]):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    built = FontBuilder(1000, isTTF=True)
    built.setupGlyphOrder([".notdef", "bar", "other"])
    built.setupCharacterMap({65: "bar", 66: "other"})
    built.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "bar": pen.glyph(), "other": TTGlyphPen(None).glyph()})
    built.setupHorizontalMetrics({".notdef": (500, 0), "bar": (500, 0), "other": (widest, 0)})
    built.setupHorizontalHeader(ascent=800, descent=-200)
    built.setupOS2(); built.setupPost()
    built.save(saved := BytesIO())
    return saved.getvalue()

def page(widest: int) -> bytes:
    file = pikepdf.new()
    descriptor = file.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=Name.Bar, Flags=4, FontBBox=Array([0, -200, 3000, 800]),
        ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80, FontFile2=file.make_stream(font(widest))))
    inner = file.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Bar, FontDescriptor=descriptor, DW=500,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0), CIDToGIDMap=Name.Identity))
    outer = file.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Bar, Encoding=Name("/Identity-H"), DescendantFonts=Array([inner])))
    file.add_blank_page(page_size=(200, 60))
    file.pages[0].Resources = Dictionary(Font=Dictionary(F=outer))
    file.pages[0].Contents = file.make_stream(b"BT /F 40 Tf 20 15 Td <0001> Tj ET")
    file.save(saved := BytesIO())
    return saved.getvalue()

def width(tool: str, content: bytes) -> int:
    """How far the black bar reaches, in points."""
    command = {"pdftoppm": ["pdftoppm", "-r", "72", "-gray", "-singlefile", "-png", "-"], "pdftocairo": ["pdftocairo", "-r", "72", "-gray", "-singlefile", "-png", "-", "-"]}[tool]
    made = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    box = Image.open(BytesIO(made)).convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    return box[2] - box[0]

drawn = {(tool, widest): width(tool, page(widest)) for tool in ("pdftoppm", "pdftocairo") for widest in (500, 3000)}
print(drawn)
assert drawn["pdftoppm", 500] == drawn["pdftoppm", 3000] == 120  # 3000 thousandths of 40 points
assert drawn["pdftocairo", 3000] == 120
assert drawn["pdftocairo", 500] < 100, "it is drawn whole now"
PY
venv/bin/python check.py
echo "as found on 30 November 2026"
