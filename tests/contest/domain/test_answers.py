"""What a text must be to answer a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.domain.answers import Fault, fault_of, is_address, tidy


def test_a_line_end_counts_as_one_character_as_in_the_browser():
    assert tidy(" one\r\ntwo\rthree \n") == "one\ntwo\nthree"
    assert fault_of(tidy("ab\r\ncd"), kind="long", max_chars=5) is None
    assert fault_of(tidy("ab\r\ncde"), kind="long", max_chars=5) == Fault("too_long", limit=5, length=6)


@pytest.mark.parametrize("kind", ["short", "long", "number", "choice", "yes_no", "address"])
def test_an_empty_text_is_never_wrong_in_a_draft(kind):
    assert fault_of("", kind=kind, max_chars=3) is None


@pytest.mark.parametrize(
    ("kind", "good", "bad", "fault"),
    [
        ("number", ["0", "-3", "12 000"], ["1.5", "many", "1e3", "²"], "not_a_number"),
        ("choice", ["a", "b"], ["c", "A"], "not_a_choice"),
        ("yes_no", ["yes", "no"], ["maybe", "true"], "not_a_choice"),
        ("address", ["https://a.example/b?c=d"], ["javascript:alert(1)", "a.example", "https://x"], "not_an_address"),
    ],
)
def test_each_kind_knows_its_own(kind, good, bad, fault):
    assert [fault_of(text, kind=kind, max_chars=50, choices=["a", "b"]) for text in good] == [None] * len(good)
    found = [fault_of(text, kind=kind, max_chars=50, choices=["a", "b"]) for text in bad]
    assert found == [Fault(fault)] * len(bad)


@pytest.mark.parametrize(
    "text",
    ["https://user@a.example", "data:text/html,x", "https://a b.example", "https://[a", "//a.example", "x" * 201],
)
def test_an_address_that_no_reader_should_follow(text):
    assert not is_address(text)


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)
