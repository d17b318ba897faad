"""CSV under every separator: no text becomes a formula, numbers are numbers where the reader is,
and what was written reads back."""

import csv
import io
import os
import subprocess
import zoneinfo
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from toolkit.csv_files import PLAIN, Dialect, dialect_of_reader, guarded, read_csv, unguarded, usual_separator
from toolkit.csv_files import csv as as_csv
from toolkit.spreadsheets import Column, Kind, Sheet, writable

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
DIALECTS = [PLAIN, Dialect(";", ","), Dialect("\t", ",")]
LIVE = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "＋1", "\t=1+1", "\r=1+1", " =1+1", "\u00a0=1+1", "'=1+1",
    "a;=1+1", ";=1+1", "a,=1+1", "a\t=1+1", "a\n=1+1", "a\r\n+1", 'a;"=1+1', 'a";=1+1', "a; =1+1", "a;;@SUM(1)",
]  # fmt: skip
TAME = ["a=b", "a-b; c", "e.g. 5, 6", "it's; 'so'", "1;2", "Élan", "a\nb", "'quoted'"]


@pytest.mark.parametrize("text", LIVE)
def test_a_formula_is_guarded_wherever_a_cell_could_begin(text):
    for separator in ",;\t":
        starts = [piece.lstrip(' \u00a0"') for line in guarded(text).splitlines() for piece in line.split(separator)]
        assert not [piece for piece in starts if piece.startswith(("=", "+", "-", "@", "＝", "＋"))], (
            separator,
            starts,
        )
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", TAME)
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


def sheet(texts, numbers=()):
    rows = [{"text": text, "number": None} for text in texts] + [{"text": "", "number": number} for number in numbers]
    return Sheet("Names", [Column("text", "Text"), Column("number", "Number", Kind.NUMBER)], rows)


@given(
    st.lists(st.text(st.sampled_from("=+-@;,\t\r\n'\" aé\x00＝"), max_size=12), max_size=4), st.sampled_from(DIALECTS)
)
def test_what_was_written_reads_back(texts, dialect):
    assert [row["Text"] for row in read_csv(as_csv(sheet(texts), PARIS, dialect))] == [writable(text) for text in texts]


def test_numbers_have_the_reader_s_decimals():
    values = sheet([], [Decimal("79.75"), Decimal("-2.5"), 3])
    assert [row["Number"] for row in read_csv(as_csv(values, PARIS, Dialect(";", ",")))] == ["79,75", "-2,5", "3"]
    assert as_csv(values, PARIS).endswith(b'"","79.75"\r\n"","-2.5"\r\n"","3"\r\n')


@pytest.mark.parametrize(
    ("language", "usual", "asked", "dialect"),
    [
        ("en", "comma", "", PLAIN),
        ("fr", "semicolon", "", Dialect(";", ",")),
        ("de", "semicolon", "", Dialect(";", ",")),
        ("fr", "semicolon", "comma", PLAIN),
        ("fr", "semicolon", "tab", Dialect("\t", ",")),
        ("en", "comma", "semicolon", Dialect(";", ".")),
        ("en", "comma", "pipe", PLAIN),
    ],
)
def test_the_separator_follows_the_language_unless_one_is_chosen(language, usual, asked, dialect):
    with translation.override(language):
        assert (usual_separator(), dialect_of_reader(asked)) == (usual, dialect)


def test_libreoffice_sees_text_as_text_under_each_separator_and_french_numbers_as_numbers(tools, tmp_path):
    """Each of our files, opened with each separator, by a French and an American reader."""
    soffice = tools("soffice", "apt-get install libreoffice-calc")
    for dialect in DIALECTS:
        name = {",": "comma", ";": "semicolon", "\t": "tab"}[dialect.separator]
        (tmp_path / f"{name}.csv").write_bytes(as_csv(sheet(LIVE, [Decimal("79.75")]), PARIS, dialect))
    for opened, language in ((44, 1033), (59, 1036), (9, 1036)):
        # The tokens of its filter: separator, quote, UTF-8, first line, columns, language, quoted as text, special
        # numbers, formulas.
        tokens = f"Text - txt - csv (StarCalc):{opened},34,76,1,,{language},false,true,false,false,false,-1,true"
        subprocess.run(
            [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", f"--infilter={tokens}",
             "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / str(opened)),
             *map(str, tmp_path.glob("*.csv"))],
            check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        for dialect, name in zip(DIALECTS, ("comma", "semicolon", "tab"), strict=True):
            [made] = (tmp_path / str(opened)).glob(f"{name}*.xlsx")
            cells = [cell for row in openpyxl.load_workbook(made).active for cell in row]
            assert not [(name, opened, cell.coordinate) for cell in cells if cell.data_type == "f"]
            if ord(dialect.separator) == opened:
                assert cells[-1].value == 79.75


def test_excel_in_french_saves_what_our_own_files_are_read_from():
    text = 'slug;name\r\nbraga;"Braga; à côté"\r\n'
    assert read_csv(text.encode("utf-8-sig")) == [{"slug": "braga", "name": "Braga; à côté"}]
    assert read_csv(b'"a","b;c"\r\n1,2\r\n') == [{"a": "1", "b;c": "2"}]
    assert list(csv.reader(io.StringIO('"a","b;c"'))) == [["a", "b;c"]]
