"""What is written to a spreadsheet is what is read back, and text is never a formula."""

import csv
import io
import zoneinfo
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from toolkit.csv_files import csv as as_csv
from toolkit.csv_files import unguarded
from toolkit.spreadsheets import FORMULA_STARTS, Column, Kind, Sheet, as_written, workbook

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
MADE = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
COLUMNS = [
    Column("name", "Name"),
    Column("rank", "Rank", Kind.WHOLE),
    Column("total", "Total", Kind.NUMBER, decimals=2),
    Column("founded", "Founded", Kind.DATE),
    Column("sent", "Sent", Kind.MOMENT),
    Column("sample", "Sample", Kind.YES_NO),
]
ROWS = [
    {
        "name": "Élan",
        "rank": 1,
        "total": Decimal("79.75"),
        "founded": date(2023, 5, 1),
        "sent": datetime(2026, 7, 1, 22, 30, 15, tzinfo=UTC),
        "sample": True,
    },
    {"name": "=1+1", "rank": 12, "total": Decimal("80"), "founded": None, "sent": None, "sample": False},
]
SHEET = Sheet("Standings", COLUMNS, ROWS)


def book_of(*sheets: Sheet):
    data = workbook(sheets, title="Edition 2027", author="Passerelle", made_at=MADE, zone=PARIS)
    return load_workbook(io.BytesIO(data))


def values(tab) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in tab.iter_rows()]


def test_a_workbook_reads_back_as_it_was_written():
    book = book_of(SHEET)
    assert book.sheetnames == ["Standings"]
    assert values(book["Standings"]) == [
        ("Name", "Rank", "Total", "Founded", "Sent (Paris time)", "Sample"),
        # 22:30 UTC on 1 July is half past midnight in Paris, the day after.
        ("Élan", 1, 79.75, datetime(2023, 5, 1), datetime(2026, 7, 2, 0, 30, 15), "yes"),
        ("=1+1", 12, 80, None, None, "no"),
    ]
    assert [cell.data_type for cell in book["Standings"][3]] == ["s", "n", "n", "n", "n", "s"]
    assert [cell.number_format for cell in book["Standings"][2]] == [
        "General",
        "0",
        "0.00",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
        "General",
    ]


def test_it_is_set_up_to_be_read_and_printed():
    book = book_of(SHEET)
    tab = book["Standings"]
    assert (book.properties.title, book.properties.creator) == ("Edition 2027", "Passerelle")
    assert book.properties.created == datetime(2026, 11, 22, 19, 30)
    assert (tab.freeze_panes, tab.print_title_rows, tab.auto_filter.ref) == ("A2", "$1:$1", "A1:F3")
    assert (tab.page_setup.orientation, tab.page_setup.fitToWidth, tab.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert tab.sheet_properties.pageSetUpPr.fitToPage is True
    assert (tab.oddHeader.left.text, tab.oddFooter.right.text) == ("Edition 2027", "&P / &N")


def test_rows_are_high_enough_for_what_wraps():
    columns = [Column("rank", "Total of the round", Kind.NUMBER), Column("text", "Text")]
    tab = book_of(Sheet("Long", columns, [{"rank": 1, "text": "x" * 150}, {"rank": 2, "text": "x"}]))["Long"]
    # “Total of the round” takes two lines of its narrow column; 150 characters take three lines of 56.
    assert [tab.row_dimensions[number].height for number in (1, 2, 3)] == [33, 45, 15]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_text_that_looks_like_a_formula_stays_text(start):
    text = f'{start}HYPERLINK("http://evil.example","click")'
    sheet = Sheet("Names", [Column("name", text)], [{"name": text}])
    cells = [cell for row in book_of(sheet)["Names"].iter_rows() for cell in row]
    assert [cell.value for cell in cells] == [text] * 2
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)] * 2
    assert read_csv(sheet) == [[f"'{text}"], [f"'{text}"]]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_comes_back_whole_and_as_text(text):
    sheet = Sheet("Names", [Column("name", "Name")], [{"name": text}])
    cell = book_of(sheet)["Names"]["A2"]
    readable = "".join("\N{REPLACEMENT CHARACTER}" if unwritable(char) else char for char in text)
    assert (cell.value, cell.data_type) == ((as_written(readable), "s") if text else (None, "n"))
    assert unguarded(read_csv(sheet)[1][0]) == readable


def unwritable(char: str) -> bool:
    """Not a character of XML 1.0 (production 2)."""
    point = ord(char)
    return not (point in (9, 10, 13) or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or point >= 0x10000)


def test_numbers_are_numbers_also_when_negative():
    sheet = Sheet("Marks", [Column("mark", "Mark", Kind.NUMBER)], [{"mark": Decimal("-2.5")}])
    assert values(book_of(sheet)["Marks"]) == [("Mark",), (-2.5,)]
    assert read_csv(sheet) == [["Mark"], ["-2.5"]]


def test_tab_names_are_cut_cleaned_and_unlike_each_other():
    columns = [Column("name", "Name")]
    long = "Round 1: written [first] selection, spring"
    names = [long, long, "written?", "WRITTEN", "'", ""]
    assert book_of(*(Sheet(name, columns, []) for name in names)).sheetnames == [
        "Round 1  written  first  select",
        "Round 1  written  first  sele 2",
        "written",
        "WRITTEN 2",
        "1",
        "1 2",
    ]


def test_what_a_cell_cannot_hold_is_refused_not_cut():
    sheet = Sheet("Long", [Column("name", "Name")], [{"name": "x" * 32_768}])
    with pytest.raises(ValueError, match="32767 characters"):
        book_of(sheet)


def test_no_sheet_is_no_workbook():
    with pytest.raises(ValueError, match="needs a sheet"):
        book_of()


def read_csv(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(sheet, PARIS).decode("utf-8-sig"), newline="")))


def test_csv_has_a_byte_order_mark_and_times_with_their_offset():
    assert as_csv(SHEET, PARIS).startswith(b'\xef\xbb\xbf"Name","Rank"')
    assert as_csv(SHEET, PARIS).endswith(b"\r\n")
    assert read_csv(SHEET) == [
        ["Name", "Rank", "Total", "Founded", "Sent", "Sample"],
        ["Élan", "1", "79.75", "2023-05-01", "2026-07-02T00:30:15+02:00", "yes"],
        ["'=1+1", "12", "80", "", "", "no"],
    ]
