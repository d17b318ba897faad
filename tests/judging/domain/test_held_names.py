"""What is held back of a text, however it is written; and plain words that stay."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.held_names import Hiding, Team, fold, read_legal_forms, shared_page, without_legal_form, words_of

DATA = Path(__file__).resolve().parents[3] / "data" / "legal_forms.txt"
FORMS = read_legal_forms(DATA.read_text(encoding="utf-8").splitlines())
TEAM = Team(
    name="GreenWave SAS",
    people=("Quillon Bramblethorpe", "José-María Müller", "Li Wu", "山田 太郎"),
    cities=("Xanadorf",),
    domains=("greenwave.io", "zephyr.fr"),
    pages=("gw-energy",),
    texts=("GreenWave cleans a green sea, wave after wave.",),
    legal_forms=FORMS,
)
HIDDEN = Hiding(TEAM)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We are GreenWave.", "We are #."),
        ("We are GreenWave SAS, greenwave s.a.s.", "We are #, #."),
        ("green-wave, GREEN WAVE and Green’Wave", "#, # and #"),
        ("ｇｒｅｅｎｗａｖｅ", "#"),  # full-width letters
        ("Gr\u00ade\u200benWave", "#"),  # a soft hyphen and a space of no width within
        ("gréenwavé", "#"),
        ("www.greenwave.io/team", "#"),
        ("See http://greenwave.io.", "See #"),
        ("q.b@elsewhere.example", "#"),
        ("Ask Jose Maria, MÜLLER or Mu\u0308ller’s.", "Ask # #, # or #’s."),
        ("Wu signs", "# signs"),
        ("山田太郎さん", "#さん"),
        ("BRAMBLETHORPE of XANADORF", "# of #"),
        ("Zephyr", "#"),
        ("linkedin.com/company/gw-energy", "#"),
        ("@greenwave_eu", "#"),
    ],
)
def test_a_name_is_held_back_however_it_is_written(text, shown):
    assert HIDDEN.hide(text, "#") == shown


@pytest.mark.parametrize(
    "text",
    [
        "a green sea, the last wave",
        "No green. Wave here.",
        "wu and quillon in small letters are not names",
        "Ask www.lemonde.fr or @lemonde",
        "evergreen waveguides",
    ],
)
def test_plain_words_stay(text):
    assert HIDDEN.hide(text, "#") == text


def test_addresses_that_stay_are_told():
    assert HIDDEN.left("Our press: https://lemonde.fr/a1, @lemonde, greenwave.io") == [
        "https://lemonde.fr/a1,",
        "@lemonde",
    ]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Acme S.A.S.", ["acme"]),
        ("S.A.S. Dupont & Fils", ["dupont", "fils"]),
        ("Acme S. de R.L. de C.V.", ["acme"]),
        ("Blue GmbH & Co. KG", ["blue"]),
        ("Foo Co., Ltd.", ["foo"]),
        ("株式会社 山田", ["山田"]),
        ("SAS", ["sas"]),  # a name that is only that stays
        ("Tell Me", ["tell", "me"]),
    ],
)
def test_legal_forms_are_no_part_of_a_name(name, bare):
    assert without_legal_form(words_of(name), FORMS) == bare


def test_the_first_words_stand_for_the_name_unless_the_team_writes_them_small():
    name = "Clean Harbour Robotics"
    plain = Hiding(Team(name, texts=("We keep each harbour clean.", "A clean harbour is a home.")))
    assert plain.hide("Clean Harbour made a clean harbour.", "#") == "Clean Harbour made a clean harbour."
    own = Hiding(Team(name, texts=("Clean Harbour makes robots.",)))
    assert own.hide("Clean Harbour made it, says CLEAN-HARBOUR.", "#") == "# made it, says #."


def test_an_ordinary_word_within_others_is_no_name():
    assert Hiding(Team("On It")).hide("Monitoring, on items", "#") == "Monitoring, on items"


@pytest.mark.parametrize(
    ("website", "page"),
    [
        ("https://www.linkedin.com/company/greenwave/", "greenwave"),
        ("https://medium.com/@greenwave", "greenwave"),
        ("https://greenwave.io/team", ""),
        ("https://github.com", ""),
    ],
)
def test_a_page_below_a_shared_host_names_its_owner(website, page):
    assert shared_page(website) == page


LETTERS = st.text(max_size=40)


@given(LETTERS, LETTERS)
def test_nothing_of_the_name_is_left_wherever_it_stands(before, after):
    text = f"{before} GreenWave {after}"
    shown = HIDDEN.hide(text, "#")
    assert "greenwave" not in fold(shown)[0]


@given(LETTERS)
def test_what_is_not_held_back_stays_as_it_was_typed(text):
    spans = HIDDEN.spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] < two[0] for one, two in zip(spans, spans[1:], strict=False))
    kept = [place for place in range(len(text)) if not any(start <= place < end for start, end in spans)]
    assert HIDDEN.hide(text, "") == "".join(text[place] for place in kept)
