"""Criteria for some categories: what an entry can reach at best is said before the round opens,
and beside each total."""

import pytest
from django.urls import reverse

from judging.models import RoundRule
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round, publish_results
from judging.rounds.words.rule import rule_words
from tests import build

SAID = "The best possible total differs by category, and all are in one ranking: Energy 15, Water 10."
PROPOSED = "The “weighted percentage of the best possible” puts all on one scale."


@pytest.fixture
def desk(stage, organiser, enter):
    """Sums. Innovation (5) for all, market (10) for energy, water (5) for water.
    E01 and E02 are of energy, E03 of water."""
    water = stage.edition.categories.create(code="water", name={"en": "Water", "fr": "Eau"})
    stage.entries[2].category = water
    stage.entries[2].save()
    round = stage.round
    round.rule.combine = "weighted_sum"
    round.rule.save()
    round.criteria.update(weight=1000)
    market = round.criteria.get(code="market")
    market.scale_max = 10_000
    market.save()
    market.categories.add(stage.edition.categories.get(code="energy"))
    extra = round.criteria.create(code="water", name={"en": "Water saved", "fr": "Eau"}, weight=1000, order=3)
    extra.categories.add(water)
    stage.client = enter(organiser)
    return stage


def mark(desk):
    for cards in desk.cards:
        for card, values in zip(cards, [(4, 9, None), (5, 7, None), (4, None, 5)], strict=True):
            build.marks(card, *values)


def text(desk, name, *more):
    return desk.client.get(reverse(name, args=[desk.round.pk, *more])).content.decode()


@pytest.mark.parametrize("name", ["round", "round_edit", "criterion_edit", "round_open"])
def test_pages_and_forms_say_so_and_propose_per_cent(desk, name):
    type(desk.round).objects.update(state="draft")
    more = [desk.round.criteria.first().pk] if name == "criterion_edit" else []
    said = text(desk, name, *more)
    assert SAID in said
    assert PROPOSED in said
    RoundRule.objects.update(combine="percent")
    assert "differs by category" not in text(desk, name, *more)


def test_a_mean_on_other_scales_says_so_too_and_equal_bests_say_nothing(desk):
    assert SAID in rule_words(desk.round)
    desk.round.rule.combine = "weighted_mean"
    [said] = [line for line in rule_words(desk.round) if "differs" in line]
    assert said.endswith("Energy 7.5, Water 5.")
    desk.round.rule.combine = "weighted_sum"
    desk.round.criteria.filter(code="market").update(scale_max=5000)
    assert not [line for line in rule_words(desk.round) if "differs" in line]


def test_results_say_of_how_much(desk, organiser, enter):
    """13 and 12 of 15, 9 of 10: by points the ranking is this, and everybody reads what could be reached."""
    mark(desk)
    lines = desk.client.get(reverse("round_standings", args=[desk.round.pk])).context["board"].lines
    assert [(line.entry.code, line.total, line.best) for line in lines] == [
        ("E01", "13", "15"), ("E02", "12", "15"), ("E03", "9", "10"),
    ]  # fmt: skip
    assert "of 10</span>" in text(desk, "round_standings")
    close_round(by=organiser, round=desk.round)
    publish_results(by=organiser, round=desk.round)
    desk.round.refresh_from_db()
    assert [line.total for line in minutes_of(desk.round).standings] == ["13 of 15", "12 of 15", "9 of 10"]
    founder = enter(desk.entries[2].startup.organisation.memberships.get().user)
    assert (
        "Total: 9 of 10 possible." in founder.get(reverse("entry_results", args=[desk.entries[2].pk])).content.decode()
    )


def test_why_shows_the_own_rubric_only(desk):
    mark(desk)
    page = desk.client.get(reverse("round_why", args=[desk.round.pk, desk.entries[2].pk]))
    assert [(row.name, row.share) for row in page.context["sums"].rows] == [
        ("Innovation", "50 %"), ("Water saved", "50 %"),
    ]  # fmt: skip


def test_a_juror_s_own_marks_are_summed_alike(desk, enter):
    """4 of 5 and “not applicable”: filled up to 8 of 10, not to 16 of the 20 that no entry can reach."""
    build.marks(desk.cards[0][2], 4, None, "n/a", state="draft")
    desk.round.criteria.update(is_required=False)
    page = enter(desk.jurors[0].user).get(reverse("own_marks", args=[desk.round.pk]))
    assert {card.scorecard.assignment.entry.code: card.total for card in page.context["cards"]}["E03"] == "8"
