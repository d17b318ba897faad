"""Workbooks that nobody trusts: what is read of them, and what is refused in which words."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from toolkit import workbook_reading
from toolkit.refusals import Refusal
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
    sheet = b'<worksheet xmlns="x"><sheetData><row><c><v>4.2999999999999998</v></c><c><v>3</v></c></row></sheetData></worksheet>'
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
        (archive(types=b'<Types><Default ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'), "macro"),
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


def test_the_reader_is_a_process_of_its_own_that_says_what_is_wrong():
    book = Workbook()
    book.active["A1"] = "hello"
    [grid] = read_workbook(SimpleUploadedFile("a.xlsx", saved(book)))
    assert grid.cells == {(1, 1): Cell("s", "hello")}
    with pytest.raises(Refusal, match="old Excel format") as refused:
        read_workbook(SimpleUploadedFile("a.xlsx", OLE), field="file")
    assert (refused.value.code, refused.value.field, refused.value.status) == ("workbook.xls", "file", 422)


def test_a_large_file_is_refused_before_it_is_read():
    with pytest.raises(Refusal, match="at most 4.0"):
        read_workbook(SimpleUploadedFile("a.xlsx", b"0" * (4 * 1024 * 1024 + 1)))
