"""A juror's workbook: what it holds, what comes back, what is refused with which reason,
and that nothing is half imported."""

import io
import re
import zipfile

from judging.models import Mark, Round
from judging.scoring.services.workbooks import apply_import, issue_ballot
from network.models import Event
from tests.judging.scoring.books import FIRST, columns, propose, put, taken, why


def test_the_workbook_holds_what_is_kept_with_limits_and_locks(desk, settings):
    book = taken(desk)
    tab = book["Marks"]
    at = columns(tab)
    assert list(at) == [
        "entry",
        "title",
        "startup",
        "city",
        "category",
        "state",
        "mark:innovation",
        "mark:market",
        "comment",
    ]
    row = [tab.cell(FIRST, column).value for column in at.values()]
    assert row == ["E01", "Firm 1 of 2027 pitches", "Firm 1 of 2027", "Braga", "Energy", "to do", 4, 3, "=Bold"]
    comment = tab.cell(FIRST, at["comment"])
    assert (comment.data_type, comment.quotePrefix, comment.number_format) == ("s", True, "@")
    assert tab.protection.sheet
    opens = {code for code, column in at.items() if not tab.cell(FIRST, column).protection.locked}
    assert opens == {"mark:innovation", "mark:market", "comment"}
    assert tab.cell(FIRST, 1).hyperlink.target == f"{settings.SITE_URL}/judging/scorecards/{desk.cards[0].pk}/"
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in tab.data_validations.dataValidation}
    assert rules == {
        "G6:G8": ("list", "'passerelle'!$H$1:$H$6"),
        "H6:H8": ("list", "'passerelle'!$I$1:$I$7"),
        "I6:I8": ("textLength", "4000"),
    }
    hidden = book["passerelle"]
    assert hidden.sheet_state == "veryHidden"
    assert [cell.value for cell in hidden["I"][:7]] == [0, 1, 2, 3, 4, 5, "n/a"]
    assert Event.objects.filter(verb="export", object_type="judging.round").count() == 1


def test_a_fine_scale_is_checked_by_a_formula_and_a_tenth_is_a_number(desk):
    desk.round.criteria.filter(code="innovation").update(scale_max=20000, scale_step=100)
    book = taken(desk)
    [rule] = [rule for rule in book["Marks"].data_validations.dataValidation if rule.type == "custom"]
    assert rule.formula1 == "AND(ISNUMBER(G6),G6>=0,G6<=20,ABS((G6-0)/0.1-ROUND((G6-0)/0.1,0))<0.000001)"
    put(book, FIRST, "mark:innovation", 19.3)
    assert [row["book"] for row in propose(desk, book).file["changes"]] == ["19.3"]


def test_a_criterion_is_where_it_applies_and_a_penalty_nowhere(desk):
    other = desk.edition.categories.create(code="water", name={"en": "Water"})
    desk.round.criteria.create(code="late", name={"en": "Late"}, kind="penalty", order=7)
    desk.round.criteria.create(code="style", name={"en": "Style"}, kind="informative", order=8, is_required=False)
    desk.market.categories.add(other)
    type(desk.entries[1]).objects.filter(pk=desk.entries[1].pk).update(category=other)
    book = taken(desk)
    tab = book["Marks"]
    at = columns(tab)
    assert [code for code in at if code.startswith("mark:")] == ["mark:innovation", "mark:market", "mark:style"]
    assert "informative only" in tab.cell(4, at["mark:style"]).value
    cells = [tab.cell(row, at["mark:market"]) for row in (FIRST, FIRST + 1)]
    assert [(cell.value, cell.protection.locked) for cell in cells] == [("does not apply", True), (None, False)]
    put(book, FIRST + 1, "mark:market", 2)
    put(book, FIRST + 1, "mark:style", 1)
    assert [row["field"] for row in propose(desk, book).file["changes"]] == ["mark:market", "mark:style"]
    put(book, FIRST, "mark:market", 2)
    assert why(propose(desk, book)) == {"H6": "applies_not"}


def test_why_a_mark_is_given_has_a_column_where_words_are_asked(desk):
    desk.round.criteria.filter(code="innovation").update(comment_below=2000)
    book = taken(desk)
    assert [code for code in columns(book["Marks"]) if ":" in code] == [
        "mark:innovation",
        "why:innovation",
        "mark:market",
    ]
    put(book, FIRST, "mark:innovation", 1)
    put(book, FIRST, "why:innovation", "=weak", as_text=True)
    put(book, FIRST + 1, "why:innovation", "Why not")
    put(book, FIRST + 2, "mark:innovation", 1)
    put(book, FIRST + 2, "why:innovation", "z" * 2001)
    ballot = propose(desk, book)
    assert why(ballot) == {"H7": "no_mark", "H8": "long"}
    apply_import(by=desk.user, ballot=ballot, choices={})
    assert Mark.objects.get(scorecard=desk.cards[0], criterion=desk.innovation).comment == "=weak"
    again = propose(desk, taken(desk))
    assert (again.file["changes"], again.file["refused"]) == ([], [])


def test_names_held_back_are_nowhere_in_the_file(desk):
    Round.objects.filter(pk=desk.round.pk).update(shows_names=False)
    desk.round.refresh_from_db()
    content = issue_ballot(by=desk.user, round=desk.round)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist()).decode().casefold()
    assert "e01" in everything
    # As words: the signature of what was handed out is random letters, and may hold any three of them.
    for leak in ("firm 1", "firm-1", "braga", "juror 2", "j02"):
        assert not re.search(rf"\b{leak}\b", everything), leak
