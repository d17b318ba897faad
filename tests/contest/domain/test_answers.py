"""What a text must be to answer a question."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.domain.answers import is_address, tidy
from contest.kinds.question_kinds import QUESTION_KINDS
from contest.models import Question

CHOICES = [{"code": "a", "name": {"en": "A"}}, {"code": "b", "name": {"en": "B"}}]


def fault_in(text, kind, max_chars=50):
    return QUESTION_KINDS[kind].fault_in(SimpleNamespace(choices=CHOICES, max_chars=max_chars), text)


def test_a_line_end_counts_as_one_character_as_in_the_browser():
    assert tidy(" one\r\ntwo\rthree \n") == "one\ntwo\nthree"
    assert fault_in(tidy("ab\r\ncd"), "long", 5) == ""
    assert fault_in(tidy("ab\r\ncde"), "long", 5) == "6 characters: at most 5."


@pytest.mark.parametrize("kind", list(QUESTION_KINDS))
def test_an_empty_text_is_never_wrong_in_a_draft(kind):
    assert Question(kind=kind, max_chars=3).fault_in(" \r\n") == ""


@pytest.mark.parametrize(
    ("kind", "good", "bad", "fault"),
    [
        ("number", ["0", "-3", "12 000"], ["1.5", "many", "1e3", "²"], "Write a whole number, in digits."),
        ("choice", ["a", "b"], ["c", "A"], "Choose one of the list."),
        ("yes_no", ["yes", "no"], ["maybe", "true"], "Choose one of the list."),
        (
            "address",
            ["https://a.example/b?c=d"],
            ["javascript:alert(1)", "a.example", "https://x"],
            "Write a full web address that begins with https://",
        ),
    ],
)
def test_each_kind_knows_its_own(kind, good, bad, fault):
    assert [fault_in(text, kind) for text in good] == [""] * len(good)
    assert [fault_in(text, kind) for text in bad] == [fault] * len(bad)


@pytest.mark.parametrize(
    "text",
    ["https://user@a.example", "data:text/html,x", "https://a b.example", "https://[a", "//a.example", "x" * 201],
)
def test_an_address_that_no_reader_should_follow(text):
    assert not is_address(text)


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)
