"""A rule of ranked lists or pairs in words: what is said of it holds for it, wherever it is said;
nothing of marks is in it."""

import pytest
from django.utils import translation

from judging.rounds.words.rule import rule_words
from tests import build

pytestmark = pytest.mark.django_db
OF_MARKS = ("scorecard", "criterion", "Several jurors", "Not applicable")


def said(**rule) -> list[str]:
    edition = build.edition("2027")
    return rule_words(build.round(edition, criteria=(), min_scorecards=1, **rule))


def test_points_for_the_first_places():
    lines = said(ballot="ranking", counting="points", place_points=[3, 2, 1], list_least=2, list_most=3)
    assert lines[:4] == [
        "Each juror puts entries in order, the best first: 2 at least.",
        "A list names 3 entries at most.",
        "The first places earn 3, 2, 1 points, in this order; the others none.",
        "The result is the mean over the lists that could name the entry.",
    ]
    assert "A result needs 1 list that could name the entry." in lines
    assert not [line for line in lines if any(word in line for word in OF_MARKS)]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([1], "The first place earns 1 point, the others none."),
        ([5], "The first place earns 5 points, the others none."),
    ],
)
def test_one_place_alone(points, sentence):
    assert sentence in said(ballot="ranking", counting="points", place_points=points)


@pytest.mark.parametrize(
    ("counting", "begins"), [("positional", "Borda's count: on a list"), ("copeland", "Every two entries are compared")]
)
def test_other_ways_of_counting(counting, begins):
    assert any(line.startswith(begins) for line in said(ballot="ranking", counting=counting))


def test_pairs():
    lines = said(ballot="duels", duels_each=1, decimals=1)
    assert lines[0] == "Each juror compares 1 pair of entries: one of the two is better, or the juror can't tell."
    assert "A result needs 1 juror who compared the entry." in lines
    assert not [line for line in lines if any(word in line for word in OF_MARKS)]


def test_in_french():
    with translation.override("fr"):
        assert "Chaque juré compare 6 paires de dossiers" in said(ballot="duels", duels_each=6, decimals=1)[0]


@pytest.mark.parametrize(
    ("trim", "sentence"),
    [(1, "The highest and the lowest are dropped."), (2, "The 2 highest and the 2 lowest are dropped.")],
)
def test_marks_dropped_at_each_end(trim, sentence):
    round = build.round(build.edition("2027"), across="trimmed_mean", trim=trim)
    assert sentence in rule_words(round)


def test_the_round_s_page_says_it_and_every_limit(organiser, enter):
    limits = {"advance_count": None, "advance_per_city": 2, "advance_per_category": 1}
    round = build.round(build.edition("2027"), criteria=(), ballot="ranking", counting="copeland", **limits)
    page = enter(organiser).get(f"/organise/rounds/{round.pk}/").content.decode()
    assert "The result is the share of the comparisons won, in per cent; an even one counts half." in page
    assert "<dt>Goes on</dt><dd>2 per city at most, 1 per category at most</dd>" in page
    assert "Others&#x27; marks" not in page
    round.rule.advance_per_city = round.rule.advance_per_category = None
    round.rule.save()
    # fmt: skip
    assert (
        "<dt>Goes on</dt><dd>not limited</dd>" in enter(organiser).get(f"/organise/rounds/{round.pk}/").content.decode()
    )
