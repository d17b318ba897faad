"""Words of an agreement, by hand: what is filled, what is missing, and which text is chosen."""

from dataclasses import replace
from datetime import date

import pytest

from corridor.domain.terms.clauses import (
    Clause,
    Paragraph,
    Unfilled,
    Wording,
    by_fit,
    counted,
    fill,
    fill_clauses,
    last_day,
    missing_blanks,
    text_of,
)
from corridor.domain.terms.host_law import Rules

TOML = """
slug = "stay"
kind = "agreement"
guest = "startup"
host_country = "PT"
version = 2
language = "en"
title = "Stay"
subtitle = "of {guest_name}"
consent = "We agree."
[name]
en = "A stay"
[[clause]]
code = "aims"
heading = "Aims of {programme_name}"
text = "  To {aims}.  "
[[annex]]
code = "house"
heading = "House"
text = "{plan}"
[plan]
long = "Until {last_day}"
[plurals]
desk_one = "one desk"
desk_other = "{n} desks"
"""
HEAD, TEXT = text_of(TOML)
WORDS = {"en": {"plurals": {"desk_one": "a desk", "person_one": "one person"}, "words": {"and": "and"}}}
WORDING = Wording(
    **{key: HEAD[key] for key in ("slug", "kind", "guest", "host_country", "name", "version")},
    texts={"en": TEXT},
    words=WORDS,
)


def test_a_file_of_terms_is_read_whole():
    assert HEAD == {
        "slug": "stay", "kind": "agreement", "guest": "startup", "host_country": "PT", "name": {"en": "A stay"},
        "version": 2, "language": "en",
    }  # fmt: skip
    assert TEXT == {
        "title": "Stay", "subtitle": "of {guest_name}", "consent": "We agree.",
        "clauses": [{"code": "aims", "heading": "Aims of {programme_name}", "text": "To {aims}."}],
        "annexes": [{"code": "house", "heading": "House", "text": "{plan}"}],
        "parts": {"plan": {"long": "Until {last_day}"},
                  "plurals": {"desk_one": "one desk", "desk_other": "{n} desks"}},
    }  # fmt: skip


def test_a_text_adds_its_own_words_to_those_that_all_share():
    terms = WORDING.terms("en")
    assert (terms.version, terms.language, terms.title, terms.consent) == (2, "en", "Stay", "We agree.")
    assert terms.parts["plurals"] == {"desk_one": "one desk", "desk_other": "{n} desks", "person_one": "one person"}
    assert terms.parts["words"] == {"and": "and"}
    assert terms.placeholders() == {"guest_name", "programme_name", "aims", "plan", "last_day"}
    assert [counted(terms, "desk", number) for number in (0, 1, 2)] == ["0 desks", "one desk", "2 desks"]
    with pytest.raises(KeyError):
        WORDING.terms("fr")


def test_languages_stand_in_the_order_of_documents():
    assert replace(WORDING, texts={"es": TEXT, "fr": TEXT, "en": TEXT}).languages() == ["en", "fr", "es"]


def test_what_was_filled_in_is_no_placeholder_and_lists_are_joined():
    assert fill("{one} and {two}", {"one": "{two}", "two": ("a", "b")}) == "{two} and a; b"
    with pytest.raises(Unfilled, match="^one, two$"):
        fill("{two} {one} {two} {three}", {"three": ""})


def test_blanks_of_spaces_and_empty_lists_are_missing():
    values = {"fee": " ", "law": "French", "services": (), "court": ("Paris",), "aims": None}
    assert missing_blanks(values, ["law", "services", "fee", "aims", "court", "mentor"]) == [
        "services", "fee", "aims", "mentor",
    ]  # fmt: skip


def test_clauses_are_numbered_and_a_paragraph_of_which_nothing_is_left_is_not():
    clauses = [Clause("a", "First", "{gone}\n\nStays {here}."), Clause("b", "Second", "Two.")]
    found = fill_clauses(clauses, {"gone": "", "here": "now"})
    assert [(row.number, row.code, row.heading) for row in found] == [(1, "a", "First"), (2, "b", "Second")]
    assert [[(p.number, p.text) for p in row.paragraphs] for row in found] == [
        [("1.1", "Stays now.")],
        [("2.1", "Two.")],
    ]


def test_the_programme_s_own_then_the_guest_then_the_country():
    anyone = replace(WORDING, slug="anyone", guest="", host_country="")
    guest = replace(WORDING, slug="guest", host_country="")
    country = replace(WORDING, slug="country", guest="")
    own = replace(WORDING, slug="own", guest="", host_country="", is_own=True)
    other = [replace(WORDING, guest="graduate"), replace(WORDING, host_country="FR"), replace(WORDING, kind="notice")]
    some = [anyone, country, guest, WORDING, own, *other]
    found = by_fit(some, kind="agreement", guest="startup", host_country="PT")
    assert [one.slug for one in found] == ["own", "stay", "guest", "country", "anyone"]


def test_the_last_day_is_the_one_before_the_end():
    assert last_day(date(2027, 3, 1)) == date(2027, 2, 28)


def test_rules_come_from_the_table_of_the_language_or_of_the_first_one():
    """French says its reason; Spanish, which has no text, gets what the first language, English, says."""
    english = {**TEXT, "parts": {"rules": {"max_months": "6", "why": "Law.", "why_es": "Ley."}}}
    french = {**TEXT, "parts": {"rules": {"max_months": "6", "why": "Loi."}}}
    wording = replace(WORDING, texts={"fr": french, "en": english})
    assert wording.rules("fr") == Rules(max_months=6, why="Loi.")
    assert wording.rules("es") == Rules(max_months=6, why="Ley.")
    assert (wording.rules(), WORDING.rules("en")) == (Rules(max_months=6, why="Law."), Rules())


def test_items_of_a_paragraph_and_a_list_that_gives_one_each():
    [clause] = fill_clauses(
        [Clause("a", "One", "The host gives\n- {what}\n- a {key}\n- {plain}\nand no more.")],
        {"what": ("a desk", "a phone"), "key": "key", "plain": "light"},
    )
    assert clause.paragraphs == (
        Paragraph("1.1", "The host gives and no more.", ("a desk", "a phone", "a key", "light")),
    )
