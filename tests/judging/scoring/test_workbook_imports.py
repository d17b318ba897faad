"""A workbook that comes back: what is proposed, refused, chosen and saved."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from judging.models import BallotImport, Mark
from judging.scoring.services.scorecards import recuse, save_scorecard, submit_scorecard
from judging.scoring.services.workbooks import apply_import, discard_import, propose_import
from tests import build
from tests.judging.scoring.books import FIRST, LONG, back, columns, kept, propose, put, taken, why
from toolkit.refusals import Refusal


def test_changes_are_shown_first_then_saved_as_the_card_saves_them(desk):
    book = taken(desk)
    put(book, FIRST, "mark:innovation", "4,0", as_text=True)  # the same number, with a comma
    put(book, FIRST, "mark:market", None)
    put(book, FIRST + 1, "mark:innovation", 5)
    put(book, FIRST + 1, "mark:market", "N/A")
    put(book, FIRST + 1, "comment", "=" + LONG, as_text=True)
    ballot = propose(desk, book)
    assert [(row["entry"], row["field"], row["site"], row["book"]) for row in ballot.file["changes"]] == [
        ("E01", "mark:market", "3", ""),
        ("E02", "mark:innovation", "", "5"),
        ("E02", "mark:market", "", "n/a"),
        ("E02", "comment", "", "=" + LONG),
    ]
    assert (ballot.file["conflicts"], ballot.file["refused"]) == ([], [])
    assert kept(desk.cards[1]) == ([None, None], "", "", 0)
    assert apply_import(by=desk.user, ballot=ballot, choices={}) == 4
    assert kept(desk.cards[0]) == ([4000, None], "=Bold", "Mine", 2)
    assert kept(desk.cards[1]) == ([5000, "n/a"], "=" + LONG, "", 1)
    assert kept(desk.cards[2]) == ([None, None], "", "", 0)
    with pytest.raises(Refusal):
        apply_import(by=desk.user, ballot=ballot, choices={})


def saved_as_sheetjs_does(upload):
    """Its list of content types says that the extension "bin" is a macro-enabled format; no part has it."""
    kind = b'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default'
    with zipfile.ZipFile(upload) as parts, zipfile.ZipFile(out := io.BytesIO(), "w") as made:
        for name in parts.namelist():
            content = parts.read(name)
            made.writestr(name, content.replace(b"<Default", kind, 1) if "Content_Types" in name else content)
    return SimpleUploadedFile("ballot.xlsx", out.getvalue())


def test_what_nobody_changed_proposes_nothing_whatever_it_looks_like(desk):
    comment = "Cell _x000D_ and _x005F_ and _x0041_x0042_\r\nbell \x07, tab\t, _xD83D_ end"
    values = {"version": 1, "marks": {}, "comment": comment, "private_note": ""}
    save_scorecard(by=desk.user, scorecard=desk.cards[0], **values)
    book = taken(desk)
    file = propose_import(by=desk.user, round=desk.round, upload=saved_as_sheetjs_does(back(book))).file
    assert (file["changes"], file["conflicts"], file["refused"], file["newer"]) == ([], [], [], 0)
    put(book, FIRST, "comment", "Now_x000D_\nanother _x005F_x0041_ one")  # as Excel writes it
    book["passerelle"].insert_rows(1)  # as Numbers puts a title above each table
    assert [row["book"] for row in propose(desk, book).file["changes"]] == ["Now\nanother _x0041_ one"]


def test_each_cell_that_can_t_be_taken_says_why_and_the_others_go(desk):
    book = taken(desk)
    tab = book["Marks"]
    at = columns(tab)
    expected = {
        put(book, FIRST, "mark:innovation", "four"): "text",
        put(book, FIRST, "mark:market", "=2+2"): "formula",
        put(book, FIRST, "comment", '=HYPERLINK("https://evil.example")'): "formula",
        put(book, FIRST + 1, "mark:innovation", 7): "scale",
        put(book, FIRST + 1, "mark:market", 2.5): "scale",
        put(book, FIRST + 1, "comment", "y" * 4001): "long",
        put(book, FIRST + 2, "mark:innovation", "n/a"): "required",
        put(book, FIRST + 2, "mark:market", True): "text",
    }
    put(book, FIRST + 2, "comment", "Fine")
    tab.cell(4, 10).value, tab.cell(FIRST, 10).value = "My own column", 3
    expected["J4"] = "column"
    tab.cell(FIRST + 3, 1).value, tab.cell(FIRST + 3, at["mark:market"]).value = "E99", 4
    expected[f"A{FIRST + 3}"] = "entry"
    ballot = propose(desk, book)
    assert why(ballot) == expected
    assert [(row["entry"], row["field"]) for row in ballot.file["changes"]] == [("E03", "comment")]
    apply_import(by=desk.user, ballot=ballot, choices={})
    assert kept(desk.cards[0]) == ([4000, 3000], "=Bold", "Mine", 1)
    assert kept(desk.cards[2]) == ([None, None], "Fine", "", 1)


def test_of_thousands_of_rows_that_are_none_of_ours_the_reasons_are_counted_and_the_first_fifty_shown(desk, enter):
    book = taken(desk)
    tab = book["Marks"]
    put(book, FIRST, "mark:innovation", "four")
    market = columns(tab)["mark:market"]
    for row in range(FIRST + 3, FIRST + 2_003):
        tab.cell(row, 1).value, tab.cell(row, market).value = f"X{row}", 4
    ballot = propose(desk, book)
    page = enter(desk.user).get(f"/judging/workbooks/{ballot.pk}/")
    assert page.context["refused_count"] == 2_001
    assert len(page.context["refused"]) == 50
    assert [count for _reason, count in page.context["refused_why"]] == [2_000, 1]
    assert "2001 cells can" in page.content.decode()


def test_rows_may_move_be_missing_twice_or_merged(desk):
    book = taken(desk)
    tab = book["Marks"]
    put(book, FIRST + 2, "mark:innovation", 2)
    for column in range(1, tab.max_column + 1):  # E01 and E03 change places, E02 is gone
        first, third = tab.cell(FIRST, column), tab.cell(FIRST + 2, column)
        first.value, third.value = third.value, first.value
    tab.cell(FIRST + 2, columns(tab)["comment"]).data_type = "s"
    tab.delete_rows(FIRST + 1)
    ballot = propose(desk, book)
    assert [(row["entry"], row["cell"], row["book"]) for row in ballot.file["changes"]] == [("E03", "G6", "2")]
    assert (ballot.file["missing"], ballot.file["refused"]) == (["E02"], [])

    book = taken(desk)
    tab = book["Marks"]
    tab.cell(FIRST + 1, 1).value = "E01"
    tab.merge_cells(start_row=FIRST + 2, start_column=7, end_row=FIRST + 2, end_column=8)
    ballot = propose(desk, book)
    assert why(ballot) == {"A6": "row_twice", "A7": "row_twice", "G8": "merged", "H8": "merged"}
    assert (ballot.file["changes"], ballot.file["missing"]) == ([], ["E02"])


def test_a_mark_changed_on_the_site_meanwhile_is_the_jurors_choice(desk):
    book = taken(desk)
    save_scorecard(
        by=desk.user,
        scorecard=desk.cards[0],
        version=1,
        marks={desk.innovation.pk: 1, desk.market.pk: 5},
        comment="=Bold",
        private_note="Mine",
    )
    put(book, FIRST, "mark:innovation", 2)
    ballot = propose(desk, book)
    [conflict] = ballot.file["conflicts"]
    assert (conflict["base"], conflict["site"], conflict["book"], ballot.file["newer"]) == ("4", "1", "2", 1)
    with pytest.raises(Refusal) as refused:
        apply_import(by=desk.user, ballot=ballot, choices={})
    assert refused.value.code == "ballot.choose"
    apply_import(by=desk.user, ballot=ballot, choices={conflict["key"]: "site"})
    assert kept(desk.cards[0])[0] == [1000, 5000]
    ballot = propose(desk, book)
    apply_import(by=desk.user, ballot=ballot, choices={ballot.file["conflicts"][0]["key"]: "book"})
    assert kept(desk.cards[0])[0] == [2000, 5000]


def test_what_changed_after_it_was_shown_stops_the_whole(desk):
    book = taken(desk)
    put(book, FIRST, "mark:innovation", 2)
    put(book, FIRST + 1, "mark:innovation", 2)
    ballot = propose(desk, book)
    save_scorecard(by=desk.user, scorecard=desk.cards[1], version=0, marks={}, comment="Later", private_note="")
    with pytest.raises(Refusal, match="upload the workbook again") as refused:
        apply_import(by=desk.user, ballot=ballot, choices={})
    assert refused.value.code == "ballot.stale"
    assert kept(desk.cards[0])[0] == [4000, 3000]
    assert BallotImport.objects.get().state == "proposed"


def test_submitted_and_lost_entries_are_left_alone(desk):
    book = taken(desk)
    put(book, FIRST, "mark:innovation", 2)
    put(book, FIRST + 1, "mark:innovation", 2)
    submit_scorecard(by=desk.user, scorecard=desk.cards[0], version=1)
    recuse(by=desk.user, scorecard=desk.cards[1], reason="I advise them.")
    ballot = propose(desk, book)
    assert why(ballot) == {"G6": "submitted", "G7": "gone"}
    assert ballot.file["changes"] == []
    locked = taken(desk)["Marks"]
    assert [locked.cell(FIRST, column).protection.locked for column in (6, 7, 8)] == [True] * 3
    assert [locked.cell(row, 1).value for row in (FIRST, FIRST + 1)] == ["E01", "E03"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda book: book.remove(book["passerelle"]), "ballot.no_stamp"),
        (lambda book: book["Marks"].delete_rows(5), "ballot.no_columns"),
        (lambda book: book["passerelle"].__setitem__("A2", book["passerelle"]["A2"].value[:-1] + "_"), "ballot.stamp"),
    ],
)
def test_a_workbook_without_its_stamp_is_refused_whole(desk, spoil, code):
    book = taken(desk)
    spoil(book)
    with pytest.raises(Refusal) as refused:
        propose(desk, book)
    assert (refused.value.code, BallotImport.objects.count()) == (code, 0)


def test_another_jurors_and_another_rounds_workbook_are_refused(desk):
    with pytest.raises(Refusal, match="somebody else's") as refused:
        propose(desk, taken(desk, desk.jurors[1].user))
    assert refused.value.code == "ballot.juror"
    other = build.round(desk.edition, state="open", order=2)
    build.assign(other, desk.jurors[0], desk.entries[0])
    with pytest.raises(Refusal) as refused:
        propose_import(by=desk.user, round=other, upload=back(taken(desk)))
    assert refused.value.code == "ballot.round"
    assert not BallotImport.objects.exists()


def test_a_second_upload_puts_the_first_aside_and_nothing_is_saved_by_that(desk):
    book = taken(desk)
    put(book, FIRST, "mark:innovation", 2)
    first = propose(desk, book)
    second = propose(desk, book)
    first.refresh_from_db()
    assert (first.state, second.state) == ("discarded", "proposed")
    discard_import(by=desk.user, ballot=second)
    assert kept(desk.cards[0])[0] == [4000, 3000]
    assert Mark.objects.count() == 2


def test_over_http_the_juror_sees_chooses_and_saves_and_nobody_else_finds_it(desk, enter, stranger, organiser):
    book = taken(desk)
    put(book, FIRST, "mark:innovation", 2)
    put(book, FIRST + 1, "mark:market", "=1+1")
    put(book, FIRST, "mark:market", 1)
    save_scorecard(
        by=desk.user, scorecard=desk.cards[0], version=1, marks={desk.market.pk: 5}, comment="=Bold", private_note=""
    )
    client, place = enter(desk.user), f"/judging/rounds/{desk.round.pk}/workbook/"
    answer = client.get(place + "download/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="2027-{desk.round.pk}-J01.xlsx"'
    answer = client.post(place, {"file": back(book)})
    ballot = BallotImport.objects.get()
    assert answer.headers["Location"] == f"/judging/workbooks/{ballot.pk}/"
    page = client.get(f"/judging/workbooks/{ballot.pk}/").content.decode()
    for words in (
        "Formulas are not computed",
        "Firm 1 of 2027 pitches",
        "1 cell was changed in both places",
        "1 change",
    ):
        assert words in page
    assert client.post(f"/judging/workbooks/{ballot.pk}/", {"do": "apply"}).status_code == 409
    answer = client.post(f"/judging/workbooks/{ballot.pk}/", {"do": "apply", "c0": "book"}, follow=True)
    assert "2 cells are saved." in answer.content.decode()
    assert kept(desk.cards[0])[0] == [2000, 1000]
    refused = client.post(place, {"file": SimpleUploadedFile("b.csv", b"E01;4\n")})
    assert refused.status_code == 422
    assert "This is plain text" in refused.content.decode()
    for other in (desk.jurors[1].user, stranger, organiser):
        assert enter(other).get(f"/judging/workbooks/{ballot.pk}/").status_code == 404
    assert enter(stranger).get(place).status_code == 404
