"""The words of the common template tags."""

from decimal import Decimal
from types import SimpleNamespace

from django.template import Context, Template
from django.utils import translation

from toolkit.protocols import NavLink
from toolkit.templatetags.house import nearest, tongues, true_minus


def test_languages_have_names():
    assert tongues("fr") == "French"
    assert tongues(["pt", "en", "tlh"]) == "Portuguese, English, tlh"
    with translation.override("fr"):
        assert tongues(["en"]) == "Anglais"


def test_a_page_belongs_to_the_longest_address_above_it_or_to_one_of_also():
    links = [
        NavLink("Overview", "/organise/editions/2027/"),
        NavLink("Rounds", "/organise/editions/2027/rounds/", also=("/organise/rounds/",)),
    ]

    def at(path):
        return nearest({"request": SimpleNamespace(path=path)}, links)

    assert at("/organise/editions/2027/") == "/organise/editions/2027/"
    assert at("/organise/editions/2027/rounds/add/") == "/organise/editions/2027/rounds/"
    assert at("/organise/rounds/3/progress/") == "/organise/editions/2027/rounds/"
    assert at("/mail/") == ""


def test_a_number_below_zero_has_a_minus():
    assert [true_minus(number) for number in (-3, 0, None, Decimal("-1.5"))] == ["−3", "0", "", "−1.5"]
    with translation.override("fr"):
        assert true_minus(Decimal("-1.5")) == "−1,5"


def test_signs_between_parts_stand_as_each_language_sets_them():
    page = Template("{{ what }}{% colon %} {{ parts|in_a_row }}")
    values = Context({"what": "A", "parts": ["x", "y"]})
    assert page.render(values) == "A: x; y"
    with translation.override("fr"):
        assert page.render(values) == "A\N{NO-BREAK SPACE}: x\N{NO-BREAK SPACE}; y"
