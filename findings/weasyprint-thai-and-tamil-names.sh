#!/usr/bin/env bash
# WeasyPrint 70.0, pypdf 7.1.1, pdfminer.six 20260107, pdfjs-dist 4.10.38, fonts @fontsource/noto-sans-thai and -tamil 5.3.0; 30 November 2026.
# Guess, written first: the renderer writes ToUnicode for every glyph, so readers of a PDF find a Thai and a Tamil name as it was
#   written; at worst one reader among them puts a space too many.
# Seen: three readers give three other texts. A glyph is mapped once, to the cluster in which it was first drawn, and the other
#   glyphs of that cluster to the empty string: pypdf and pdfminer.six lose or repeat letters, pdf.js prints the glyph's code as a letter.
# Where one meets it: names of people on contracts, certificates, invoices: search, copy and screen readers take another name.
# Needs Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0), Python 3.11 and Node.js 20; ends with 2 without them.
set -euo pipefail
command -v node >/dev/null && command -v npm >/dev/null || { echo "Node.js is missing"; exit 2; }
ldconfig -p | grep libpangoft2-1.0 >/dev/null || { echo "libpangoft2-1.0-0 is missing"; exit 2; }
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT; cd "$room"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check weasyprint==70.0 pypdf==7.1.1 pdfminer.six==20260107
npm install --silent --no-audit --no-fund pdfjs-dist@4.10.38 @fontsource/noto-sans-thai@5.3.0 @fontsource/noto-sans-tamil@5.3.0 >/dev/null
cat > make.py <<'PY'
from pathlib import Path
from weasyprint import HTML
page = """<style>
@font-face { font-family: T; src: url(node_modules/@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff2) }
@font-face { font-family: M; src: url(node_modules/@fontsource/noto-sans-tamil/files/noto-sans-tamil-tamil-400-normal.woff2) }
p { font: 20pt T, M }</style><p>กำธร น้ำผึ้ง</p><p>மொழி கௌரி</p>"""
HTML(string=page, base_url=str(Path.cwd()) + "/").write_pdf("names.pdf")
PY
venv/bin/python make.py
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
const file = await getDocument({ data: new Uint8Array(readFileSync("names.pdf")), verbosity: 0 }).promise;
const text = await (await file.getPage(1)).getTextContent();
console.log(text.items.map((one) => one.str + (one.hasEOL ? "\n" : "")).join(""));
JS
node read.mjs > pdfjs.txt
cat > check.py <<'PY'
import unicodedata
from pathlib import Path
from pdfminer.high_level import extract_text
from pypdf import PdfReader
read = {
    "pypdf": PdfReader("names.pdf").pages[0].extract_text(),
    "pdfminer.six": extract_text("names.pdf"),
    "pdf.js": Path("pdfjs.txt").read_text(),
}
plain = lambda text: "".join(unicodedata.normalize("NFKC", text).split())
wrong = []
for reader, text in read.items():
    for name in ("กำธร น้ำผึ้ง", "மொழி கௌரி"):
        found = plain(name) in plain(text)
        print(reader, name, "as written" if found else f"otherwise: {' '.join(text.split())!r}")
        wrong += [] if found else [(reader, name)]
thai = {reader for reader, name in wrong if name.startswith("ก")}
assert thai == set(read), "some reader finds the Thai name now"
assert any(character in plain(read["pdf.js"]) for character in "!\"#$%&'()*+,-./0123456789:;<=>?@"), "pdf.js prints no codes"
PY
venv/bin/python check.py
echo "as found on 30 November 2026"
