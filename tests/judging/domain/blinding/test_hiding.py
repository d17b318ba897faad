"""What is held back of a text, however it is written; and plain words that stay."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.blinding.hiding import Hiding
from judging.domain.blinding.letters import fold, read_legal_forms, read_plain_words, without_legal_form, words_of
from judging.domain.blinding.own_pages import host_of_website, own_pages
from judging.domain.blinding.patterns import Team

DATA = Path(__file__).resolve().parents[4] / "data" / "legal_forms.txt"
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
        ("Ask Jose Maria, MÜLLER or Mu\u0308ller’s.", "Ask #, # or #’s."),
        ("Wu signs", "# signs"),
        ("山田太郎さん", "#さん"),
        ("BRAMBLETHORPE of XANADORF", "# of #"),
        ("Zephyr", "#"),
        ("linkedin.com/company/gw-energy", "#"),
        ("@greenwave_eu", "#"),
    ],
)
def test_a_name_is_held_back_however_it_is_written(text, shown):
    assert Hiding(TEAM).hide(text, "#") == shown


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
    assert Hiding(TEAM).hide(text, "#") == text


def test_addresses_that_stay_are_told():
    assert Hiding(TEAM).left("Our press: https://lemonde.fr/a1, @lemonde, greenwave.io") == [
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


def test_a_site_s_name_of_eight_letters_is_held_back_within_a_word_too():
    eight, seven = (Hiding(Team("Quite Another", domains=(f"{label}.io",))) for label in ("zephyrus", "zephyra"))
    assert eight.hide("Join myzephyrusclub, @zephyrus_eu", "#") == "Join my#club, #"
    assert seven.hide("Join myzephyraclub, @zephyra_eu", "#") == "Join myzephyraclub, #"


def test_an_ordinary_word_within_others_is_no_name():
    assert Hiding(Team("On It")).hide("Monitoring, on items", "#") == "Monitoring, on items"


@pytest.mark.parametrize(
    ("website", "pages"),
    [
        ("https://www.linkedin.com/company/greenwave/", ("greenwave",)),
        ("https://fr.linkedin.com/company/greenwave?trk=x", ("greenwave",)),
        ("https://medium.com/@greenwave", ("greenwave",)),
        ("https://sites.google.com/view/green-wave/home", ("green-wave",)),
        ("https://apps.apple.com/fr-fr/app/greenwave/id1234567", ("greenwave",)),
        ("github.com/greenwave", ("greenwave",)),
        ("https://greenwave.io/team", ()),
        ("https://github.com", ()),
        ("http://[", ()),
    ],
)
def test_a_page_below_a_shared_host_names_its_owner(website, pages):
    assert own_pages(website) == pages


PLAIN = read_plain_words((DATA.parent / "plain_words.txt").read_text(encoding="utf-8").splitlines())


def shown(name: str, text: str, *, people: tuple[str, ...] = (), own: str = "", domains: tuple[str, ...] = ()) -> str:
    """What a juror reads where the team wrote `text` and `own`."""
    team = Team(name, people, domains=domains, texts=(text, own), legal_forms=FORMS, plain_words=PLAIN)
    return Hiding(team).hide(text, "#")


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        # Letters that Unicode does not take apart, and those that German and the Nordic languages spell with two.
        ("Ørsted Maritime A/S", "Orsted Maritime, ORSTED MARITIME, Oersted Maritime, ørsted", "#, #, #, #"),
        ("Łódź Robotics sp. z o.o.", "Lodz Robotics, lodzrobotics", "#, #"),
        ("Æther Labs", "Aether Labs, AETHERLABS", "#, #"),
        ("Cœur Vert", "Coeur vert, coeurvert", "#, #"),
        ("Müller Energie", "Mueller Energie, MUELLER-ENERGIE, Muller Energie, Mu\u0308ller Energie", "#, #, #, #"),
        ("Mueller Energie", "Müller Energie", "#"),
        # Punctuation in the name itself.
        ("Green+Wave", "Green+Wave, Green & Wave, GREENWAVE, green and wave, Green et Wave", "#, #, #, #, #"),
        ("Johnson & Johnson", "Johnson & Johnson, Johnson and Johnson", "#, #"),
        ("Green/Wave", "Green|Wave, Green · Wave, Green – Wave, Green   Wave, Gre-\nenwave", "#, #, #, #, #"),
        ("Hello! Water", "hello! water, Hello  Water", "#, #"),
        # Other scripts: words with vowel signs, legal forms without a space.
        ("हरी लहर", "हरी लहर, हरीलहर, हरी-लहर", "#, #, #"),
        ("தமிழ் நீர்", "தமிழ் நீர் நிறுவனம்", "# நிறுவனம்"),
        ("株式会社グリーンウェーブ", "グリーンウェーブは, ｸﾞﾘｰﾝｳｪｰﾌﾞ", "#は, #"),
        ("绿波科技有限公司", "我们是绿波科技", "我们是#"),
        ("주식회사그린웨이브", "그린웨이브는", "#는"),
        ("Πράσινο Κύμα Α.Ε.", "ΠΡΑΣΙΝΟ ΚΥΜΑ, πρασινο κυμα", "#, #"),
        ("Зелёная Волна ООО", "Зеленая волна", "#"),
        # A name without its article, a brand behind a plain word, a brand that its team writes in small letters.
        ("The Ocean Cleanup", "Ocean Cleanup sails", "# sails"),
        ("Groupe Hydrava", "Chez Hydrava", "Chez #"),
        ("Hydrava Labs", "at hydrava we, HYDRAVA", "at # we, #"),
        ("I.C.E. Systems", "I.C.E. on the road, ice on the road", "#. on the road, ice on the road"),
    ],
)
def test_a_name_is_held_back_in_whatever_spelling(name, text, read):
    assert shown(name, text) == read


@pytest.mark.parametrize(
    ("name", "text", "own"),
    [
        ("Hope", "We hope that all hopes come true.", ""),
        ("Energy SAS", "It saves energy; renewable energy is cheap.", ""),
        ("Wave", "a wave, a microwave, waves", ""),
        ("We", "We clean. What we do: We mend.", ""),
        ("Solar Solutions Ltd", "Each solar panel is one of many solutions.", ""),
        ("Clean Harbour Robotics", "robotics for a clean harbour", ""),
        ("Mycelium Labs", "The mycelium grows in all labs.", ""),
        ("Green Wave", "We go green. Wave after wave.", ""),
    ],
)
def test_a_plain_word_of_a_name_blanks_no_text(name, text, own):
    assert shown(name, text, own=own) == text


def test_a_domain_of_a_plain_word_hides_that_word_with_a_capital_only():
    text = "It saves energy: energy.example, Energy"
    assert shown("Hydrava", text, domains=("energy.example",)) == "It saves energy: #, Energy"
    assert shown("Hydrava", "Ask Energy.", domains=("energy.example",)) == "Ask #."


@pytest.mark.parametrize(
    ("person", "text", "read"),
    [
        ("Sean O’Neil", "O'Neil, Oneil, ONEIL and O Neil", "#, #, # and #"),
        ("Piet van der Berg", "van der Berg, Vanderberg", "#, #"),
        ("María del Mar Ruiz", "Maria Del Mar Ruiz, at the sea: cine del mar", "#, at the sea: cine del mar"),
        ("Jeanne d’Arc", "d'Arc", "#"),
        ("山田 太郎", "山田さん", "#さん"),
        ("Will Grace", "Will do. Ask Will. We will, with grace.", "Will do. Ask #. We will, with grace."),
    ],
)
def test_people_are_held_back_and_words_like_their_names_are_not(person, text, read):
    assert shown("Hydrava", text, people=(person,)) == read


LETTERS = st.text(max_size=40)


@given(LETTERS, LETTERS)
def test_nothing_of_the_name_is_left_wherever_it_stands(before, after):
    text = f"{before} GreenWave {after}"
    shown = Hiding(TEAM).hide(text, "#")
    assert "greenwave" not in fold(shown)[0]


@given(LETTERS)
def test_what_is_not_held_back_stays_as_it_was_typed(text):
    spans = Hiding(TEAM).spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] < two[0] for one, two in zip(spans, spans[1:], strict=False))
    kept = [place for place in range(len(text)) if not any(start <= place < end for start, end in spans)]
    assert Hiding(TEAM).hide(text, "") == "".join(text[place] for place in kept)


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("\u5f0f\u4f1a", "\u337f A", "# A"),  # within a sign that stands for four letters
        ("\u5c71\u7530", "\u5c71\u7530\u5c71\u7530\u3055\u3093", "#\u3055\u3093"),  # twice without a space
        ("(Re)Wave!", "about(re)wave! now", "about# now"),  # its own signs bound it
    ],
)
def test_a_name_has_its_bounds_where_its_letters_have_them(name, text, shown):
    assert Hiding(Team(name)).hide(text, "#") == shown


def test_a_handle_beside_a_name_is_held_back_only_where_they_overlap():
    assert Hiding(Team("Zephyrus")).hide("Zephyrus@lemonde", "#") == "#@lemonde"


def test_of_a_name_of_two_parts_the_short_first_one_stays():
    """“Li” alone is too short to be told from a word; “Wu”, a surname, goes."""
    assert Hiding(TEAM).hide("Li is a mile. Wu is not.", "#") == "Li is a mile. # is not."


def test_a_plain_word_of_four_letters_is_a_name_at_the_beginning_of_a_sentence_and_one_of_three_is_none():
    def hide(name: str, written: str, text: str) -> str:
        words = frozenset({name.casefold()})
        return Hiding(Team(name=name, texts=(written,), plain_words=words)).hide(text, "#")

    assert hide("Wave", "one wave", "Wave is here, said Wave.") == "# is here, said #."
    assert hide("Ice", "some ice", "Ice is here, said Ice.") == "Ice is here, said #."


def test_letters_that_nobody_sees_fold_to_nothing():
    assert fold("a\u00adb\u200bc") == ("abc", [0, 2, 4])


def test_one_sign_of_a_script_without_capitals_is_a_word_and_two_are_a_name():
    hidden = Hiding(Team("Hydrava", people=("王 小明",)))
    assert hidden.hide("国王 says: 小明", "#") == "国王 says: #"


def test_letters_with_dashes_between_them_spell_a_name_of_six_and_none_of_five():
    assert Hiding(Team("Zyxoba")).hide("Z-y-x-o-b-a", "#") == "#"
    assert Hiding(Team("Zyxob")).hide("Z-y-x-o-b, Zyxob", "#") == "Z-y-x-o-b, #"


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [("(Re)Wave!", "lemonde.fr/(re)wave!", "lemonde.fr/"), ("(Re)Wave!", "(Re)Wave!www.lemonde.fr", "www.lemonde.fr")],
)
def test_an_address_that_only_touches_a_name_stays_and_is_told(name, text, left):
    assert Hiding(Team(name)).left(text) == [left]


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.GreenWave.io:8080/a", "www.greenwave.io"),
        ("greenwave.io.", "greenwave.io"),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_website(website, host):
    assert host_of_website(website) == host
