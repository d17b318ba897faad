#!/usr/bin/env bash
# openpyxl 3.1.5 and XlsxWriter 3.3.1 (PyPI), SheetJS (npm xlsx) 0.18.5 and ExcelJS (npm) 4.4.0; Python 3.11, Node 20;
# seen on 30 November 2026.
#
# Expected: a text of a cell is the same in every library that writes and reads xlsx, as its other special characters are; "_x0041_" typed by a
# person is seven characters.
# Seen: a workbook reads _xHHHH_ as the character of that code (ISO/IEC 29500-1, 22.9.2.19, ST_Xstring). XlsxWriter escapes such a text and
# openpyxl does not, so that SheetJS reads "A" from the one file and "_x0041_" from the other, while ExcelJS decodes the one place and not
# the other, and openpyxl hides it by undoing an escape that it never writes. Of two codes that share an underscore XlsxWriter escapes
# the first alone: its "_x0041_x0042_" is read as "_x0041B".
# Where it is met: comments go out and come back changed although nobody touched them (Excel writes a carriage return as _x000D_).
set -euo pipefail
command -v node npm python3 >/dev/null || { echo "needs Node, npm and Python 3"; exit 2; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv v && v/bin/pip -q install openpyxl==3.1.5 XlsxWriter==3.3.1
npm init -y >/dev/null && npm i --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 >/dev/null 2>&1
v/bin/python - <<'PY'
import openpyxl, xlsxwriter

texts = ["_x0041_", "_x0041_x0042_"]
book = openpyxl.Workbook()
with xlsxwriter.Workbook("xlsxwriter.xlsx") as other:
    tab = other.add_worksheet()
    for row, text in enumerate(texts):
        book.active.cell(row + 1, 1).value = text
        tab.write_string(row, 0, text)
book.save("openpyxl.xlsx")
PY
cat > read.cjs <<'JS'
const X = require('xlsx'), E = require('exceljs');
(async () => {
  for (const name of ['openpyxl', 'xlsxwriter']) {
    const tab = Object.values(X.readFile(`${name}.xlsx`).Sheets)[0];
    console.log(`SheetJS of ${name}: ${tab.A1.v} ${tab.A2.v}`);
    const book = new E.Workbook(); await book.xlsx.readFile(`${name}.xlsx`);
    const sheet = book.worksheets[0];
    console.log(`ExcelJS of ${name}: ${sheet.getCell('A1').value} ${sheet.getCell('A2').value}`);
  }
})();
JS
{
  node read.cjs
  v/bin/python -c "
import openpyxl
for name in ('openpyxl', 'xlsxwriter'):
    tab = openpyxl.load_workbook(name + '.xlsx').active
    print('openpyxl of', name + ':', tab['A1'].value, tab['A2'].value)"
} | tee seen
cat > expected <<'T'
SheetJS of openpyxl: A Ax0042_
ExcelJS of openpyxl: _x0041_ _x0041_x0042_
SheetJS of xlsxwriter: _x0041_ _x0041B
ExcelJS of xlsxwriter: _x0041_ _x0041B
openpyxl of openpyxl: _x0041_ _x0041_x0042_
openpyxl of xlsxwriter: _x0041_ _x0041_x0042_
T
diff expected seen
