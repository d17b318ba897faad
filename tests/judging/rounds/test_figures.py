"""Numbers for reading: those of one column with the same decimals and a true minus, counts in the singular too."""

from fractions import Fraction

import pytest
from django.utils import translation

from judging.management.commands.rank import in_column
from judging.results.shown.board import axis
from judging.rounds.words.figures import column, decimals_of, figure, plural_of
from judging.rounds.words.rule import kind_words, rule_words
from tests import build


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["88", "83.75", "239/3"], ["88.00", "83.75", "79.67"]),
        (["88", "60", ""], ["88", "60", "–"]),
        (["4.5", "−3".replace("−", "-")], ["4.5", "−3.0"]),
        (["0.004", "1"], ["0", "1"]),
        ([], []),
    ],
)
def test_a_column_has_the_decimals_that_its_finest_number_needs(texts, shown):
    with translation.override("en"):
        assert column(texts) == shown


def test_in_the_reader_s_language():
    with translation.override("fr"):
        assert column(["-1.5", "1000"]) == ["−1,5", column(["1000.5"])[0].replace(",5", ",0")]


def test_a_terminal_s_column_keeps_six_decimals_at_most():
    assert in_column(["239/3", "-4.5", "", "4.9991"], "not ranked") == [
        "79.666667",
        "−4.500000",
        "not ranked",
        "4.999100",
    ]
    assert in_column(["88", "-83.75"]) == ["88.00", "−83.75"]
    assert in_column(["88", "60"]) == ["88", "60"]


def test_how_many_decimals():
    assert [decimals_of([Fraction(text) for text in texts]) for texts in (["1"], ["1", "1.5"], ["1/3"], [])] == [
        0,
        1,
        2,
        0,
    ]
    with translation.override("en"):
        assert (figure(Fraction("-0.5")), figure(Fraction(3), 2, whole=True)) == ("−0.5", "3.00")


@pytest.mark.parametrize(
    ("table", "ends"),
    [
        ({"best": "100", "low": "100", "high": "100"}, (95, 100)),  # one juror, or all, gave everything
        ({"best": "100", "low": "0", "high": "0"}, (0, 5)),
        ({"best": "100", "low": "60", "high": "60"}, (60, 65)),
        ({"best": "100", "low": "61", "high": "98"}, (60, 100)),
        ({"best": "100", "low": "103", "high": "103"}, (100, 105)),  # points on top
        ({"best": "5", "low": "5", "high": "5"}, (Fraction("4.75"), 5)),
        ({"best": "100", "low": "", "high": ""}, (0, 100)),
    ],
)
def test_the_axis_never_passes_what_can_be_reached(table, ends):
    assert axis(**table) == ends


def test_numbers_that_need_not_be_whole_are_counted_as_each_language_does():
    """English: 1 point, all else points. French: below 2 point, from 2 on points."""
    assert [plural_of(Fraction(text)) for text in ("1", "0.5", "1.5", "0", "2", "-1.5", "-3")] == [1, 0, 0, 0, 2, 0, 2]


def test_a_rule_counts_one_in_the_singular(db):
    round = build.round(build.edition("2027"), min_scorecards=1, decimals=1)
    fields = {"name": {"en": "Late", "fr": "Retard"}, "kind": "penalty", "is_required": False}
    for n, weight in enumerate((1000, 1500)):
        round.criteria.create(code=f"late-{n}", weight=weight, order=8 + n, **fields)
    one, half = round.criteria.filter(kind="penalty")
    with translation.override("en"):
        said = " ".join(rule_words(round))
        assert "An entry needs 1 scorecard." in said
        assert "The total is rounded to 1 decimal, half up." in said
        assert kind_words([one, half]) == [
            "Late: 1 point off for each breach.",
            "Late: 1.5 points off for each breach.",
        ]
    with translation.override("fr"):
        assert "Il faut 1 fiche de notation pour un dossier." in " ".join(rule_words(round))
        assert kind_words([half]) == ["Retard\xa0: 1,5 point en moins pour chaque manquement."]
