"""Workbooks that nobody trusts: what is read of them, and what is refused in which words."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from toolkit import workbook_reading
from toolkit.refusals import Refusal
from toolkit.spreadsheets import as_written, writable
from toolkit.workbooks import Cell, cell_name, grids, read_workbook


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    """A zip with the parts given; `types` is [Content_Types].xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr({"types": "[Content_Types].xml"}.get(name, name.replace("__", "/")), content)
    return out.getvalue()


def test_values_are_told_apart_from_formulas_errors_and_text():
    book = Workbook()
    tab = book.active
    tab.title = "Marks"
    for row, value in enumerate([4.3, 5, "4,5", "=1+1", True, None, "two\nlines", Decimal("0.1")], 1):
        tab.cell(row, 28).value = value
    tab.cell(9, 28).value, tab.cell(9, 28).data_type = "=text", "s"
    tab.cell(10, 28).value = "#N/A"
    tab.merge_cells("A1:B2")
    [grid] = grids(workbook_reading.read(saved(book)))
    assert grid.name == "Marks"
    assert {row: cell for (row, column), cell in grid.cells.items()} == {
        1: Cell("n", "4.3"),
        2: Cell("n", "5"),
        3: Cell("s", "4,5"),
        4: Cell("f", "=1+1"),
        5: Cell("b", "1"),
        7: Cell("s", "two\nlines"),
        8: Cell("n", "0.1"),
        9: Cell("s", "=text"),
        10: Cell("e", "#N/A"),
    }
    assert {column for _row, column in grid.cells} == {28}
    assert cell_name(7, 28) == "AB7"
    assert (grid.merged, grid.is_merged(2, 2), grid.is_merged(3, 2)) == ([(1, 1, 2, 2)], True, False)


def test_a_number_that_a_program_wrote_with_all_its_digits_is_the_one_that_was_typed():
    sheet = (
        b"<worksheet "
        b'xmlns="x"><sheetData><row><c><v>4.2999999999999998</v></c><c><v>3</v></c></row></sheetData></worksheet>'
    )
    from xml.etree.ElementTree import fromstring

    assert workbook_reading.grid(fromstring(sheet), [])["cells"] == [[1, 1, "n", "4.3"], [1, 2, "n", "3"]]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (OLE, "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"Code;Mark\nE01;4\n", "text"),
        (b"", "unreadable"),
        (b"PK\x03\x04 broken", "unreadable"),
        (b"\x89PNG\x00\x00", "unreadable"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (archive(types=b"<Types/>"), "unreadable"),
        (archive(types=b"<Types/>", xl__vbaProject_bin=b"x", **{"xl__vbaProject.bin": b"x"}), "macro"),
        (archive(types=(b'<Types><Override PartName="/xl/workbook.xml" '
                        b'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>')), "macro"),
        (archive(types=(b'<Types><Default Extension="xml" '
                        b'ContentType="application/vnd.ms-excel.template.macroEnabled.main+xml"/></Types>')), "macro"),
        (archive(types=(b'<Types><Override PartName="/xl/m.xml" '
                        b'ContentType="application/vnd.ms-excel.intlmacrosheet+xml"/></Types>')), "macro"),
        (archive(types=b"<Types/>",
                 **{"_rels__.rels": b'<R><Relationship Id="a" Type="http://x/xlMacrosheet" Target="xl/m.xml"/></R>'}),
            "macro"),
        (archive(types=b"<Types/>", xl__big=b"0" * (41 << 20)), "bomb"),
        (archive(types=b"<Types/>", **{f"p{n}": b"" for n in range(501)}), "bomb"),
        (archive(types=b"<Types/>", **{"_rels__.rels": b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}), "bomb"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_named(data, fault):
    assert workbook_reading.read(data) == {"fault": fault}


def test_an_archive_that_lies_about_its_size_is_not_unpacked():
    data = bytearray(archive(types=b"<Types/>", **{"_rels__.rels": b"0" * (41 << 20)}))
    for at in (data.rfind(b"PK\x01\x02") + 24, data.rfind(b"PK\x03\x04", 0, data.find(b"PK\x01\x02")) + 22):
        data[at : at + 4] = (10).to_bytes(4, "little")
    assert workbook_reading.read(bytes(data))["fault"] in ("bomb", "unreadable")


@pytest.mark.sensitive
def test_the_reader_is_a_process_of_its_own_that_says_what_is_wrong():
    book = Workbook()
    book.active["A1"] = "hello"
    [grid] = read_workbook(SimpleUploadedFile("a.xlsx", saved(book)))
    assert grid.cells == {(1, 1): Cell("s", "hello")}
    with pytest.raises(Refusal, match="old Excel format") as refused:
        read_workbook(SimpleUploadedFile("a.xlsx", OLE), field="file")
    assert (refused.value.code, refused.value.field, refused.value.status) == ("workbook.xls", "file", 422)


@pytest.mark.sensitive
def test_a_large_file_is_refused_before_it_is_read():
    with pytest.raises(Refusal, match="at most 4.0"):
        read_workbook(SimpleUploadedFile("a.xlsx", b"0" * (4 * 1024 * 1024 + 1)))


SAVED = Path(__file__).with_name("workbooks")


@pytest.mark.parametrize("name", ["sheetjs", "exceljs", "libreoffice", "poi"])
def test_what_other_programs_saved_reads_as_what_was_handed_out(name):
    def read(name):
        return grids(workbook_reading.read((SAVED / f"{name}.xlsx").read_bytes()))

    assert [grid.cells for grid in read(name)] == [grid.cells for grid in read("ours")]
    assert Cell("s", "Line one\nLine \n two\n\n_ é") in read("ours")[0].cells.values()


def test_a_workbook_that_is_declared_to_hold_macros_stays_out():
    assert workbook_reading.read((SAVED / "sheetjs-macros.xlsm").read_bytes()) == {"fault": "macro"}


def test_part_names_are_alike_in_any_case_and_with_backslashes():
    with zipfile.ZipFile(SAVED / "ours.xlsx") as parts:
        renamed = {
            name.replace("sheet1", "Sheet1").replace("xl/", "xl\\"): parts.read(name) for name in parts.namelist()
        }
    assert workbook_reading.read(archive(**renamed)) == workbook_reading.read((SAVED / "ours.xlsx").read_bytes())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a_x000D_\nb", "a\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x005f_x0041_x005F_x0042_", "_x0041_x0042_"),
        ("_x0041_x0042_", "Ax0042_"),
        ("_xD83D__xDE00_ _xD83D_", "\N{GRINNING FACE} \N{REPLACEMENT CHARACTER}"),
        ("_x0000__x0007_", "\N{REPLACEMENT CHARACTER}" * 2),
        ("_x00_ _x0041", "_x00_ _x0041"),
    ],
)
def test_codes_of_characters_are_decoded_once(written, meant):
    assert workbook_reading.clean(written) == meant


@given(st.text(st.sampled_from("_x005FdDaA \n\x01é"), max_size=24))
def test_what_a_workbook_is_given_is_what_it_says(text):
    assert workbook_reading.clean(as_written(text)) == writable(text)
