"""A juror's workbook in these tests: taken, filled in and brought back."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from judging.models import Scorecard
from judging.scoring.services.workbooks import issue_ballot, propose_import

FIRST = 6  # the first entry's row: E01


LONG = "x" * 300


def taken(desk, user=None):
    return load_workbook(io.BytesIO(issue_ballot(by=user or desk.user, round=desk.round)))


def columns(tab):
    """{code: column} as the hidden row names them."""
    return {cell.value.removeprefix("passerelle:"): cell.column for cell in tab[5] if cell.value}


def put(book, row, field, value, as_text=False):
    tab = book["Marks"]
    cell = tab.cell(row, columns(tab)[field])
    cell.value = value
    if as_text:
        cell.data_type = "s"
    return cell.coordinate


def back(book, name="ballot.xlsx"):
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def propose(desk, book):
    return propose_import(by=desk.user, round=desk.round, upload=back(book))


def why(ballot):
    return {row["cell"]: row["why"] for row in ballot.file["refused"]}


def kept(card):
    """[marks in the order of the criteria], comment, note, version."""
    card = Scorecard.objects.get(pk=card.pk)
    marks = {mark.criterion.code: "n/a" if mark.not_applicable else mark.value for mark in card.marks.all()}
    return [marks.get("innovation"), marks.get("market")], card.comment, card.private_note, card.version
