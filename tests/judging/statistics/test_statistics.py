"""Agreement and stability on screen: worked out in a task, from the very inputs that stand,
and told in plain sentences."""

import pytest
from django.urls import reverse

from judging.models import Computed
from judging.results.services.closing import close_round
from judging.scoring.services.scorecards import reopen_scorecard, submit_scorecard
from judging.statistics.services import ask_statistics, compute_owed_statistics, statistics_kept
from tests import build

# Juror 3 is two points stricter on both criteria (each point is 12 or 8 per cent), but once: something is left to
# chance.
MARKS = [[(5, 4), (3, 4), (4, 5)], [(5, 5), (3, 3), (4, 4)], [(3, 2), (1, 2), (2, 2)]]


@pytest.fixture
def desk(stage, organiser, enter):
    for cards, row in zip(stage.cards, MARKS, strict=True):
        for card, values in zip(cards, row, strict=True):
            build.marks(card, *values)
    stage.client = enter(organiser)
    stage.pages = {
        name: reverse(f"round_{name}", args=[stage.round.pk]) for name in ("agreement", "stability", "standings")
    }
    return stage


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_page_says_that_it_is_being_worked_out_and_then_shows_it(desk):
    first = desk.client.get(desk.pages["agreement"])
    assert "Being worked out from the scorecards as they are now." in text_of(first)
    assert Computed.objects.get(kind="statistics").data == ""
    assert (compute_owed_statistics(5), compute_owed_statistics(5)) == (1, 0)
    page = desk.client.get(desk.pages["agreement"])
    jurors = {row["name"]: row for row in page.context["jurors"]}
    assert jurors["Juror 3"]["flags"] == ["marks the same entries clearly lower than the others"]
    # By hand: 92, 68, 88; 100, 60, 80; 52, 28, 40. Juror 3 lies 44, 36 and 44 below the mean of the other two.
    # fmt: skip
    assert [(row["mean"], row["difference"]) for row in jurors.values()] == [
        ("82.67", "22.67"),
        ("80.00", "18.67"),
        ("40.00", "−41.33"),
    ]
    assert "The jurors differ much" in text_of(page)
    assert "ICC(2,1)" in text_of(page)


def test_raw_and_corrected_stand_side_by_side_and_the_correction_ranks_nothing(desk):
    ask_statistics(desk.round)
    compute_owed_statistics(5)
    page = desk.client.get(desk.pages["stability"])
    assert [(row["name"], row["rank_raw"]) for row in page.context["corrected"]] == [
        ("Firm 1 of 2027 pitches", "1"), ("Firm 3 of 2027 pitches", "2"), ("Firm 2 of 2027 pitches", "3"),
    ]  # fmt: skip
    assert "this ranks nothing" in text_of(page)
    assert "style=" not in page.content.decode()
    standings = desk.client.get(desk.pages["standings"])
    lines = standings.context["board"].lines
    assert [(line.place.rank, bool(line.corrected)) for line in lines] == [(1, True), (2, True), (3, True)]
    assert "for comparison only" in text_of(standings)


def test_stability_tells_what_would_have_changed(desk):
    ask_statistics(desk.round)
    compute_owed_statistics(5)
    page = desk.client.get(desk.pages["stability"])
    words = [row["words"] for row in page.context["scenarios"]]
    assert words == [
        "Without Juror 1", "Without Juror 2", "Without Juror 3",
        "Without the criterion “Innovation”", "Without the criterion “Market”",
        "“Innovation” weighs 5 points less", "“Innovation” weighs 5 points more",
        "“Market” weighs 5 points less", "“Market” weighs 5 points more",
        "Corrected for the jurors' severity",
    ]  # fmt: skip
    assert [row["rank"] for row in page.context["entries"]] == ["1", "2", "3"]
    assert (page.context["by_cut"], page.context["column"], page.context["cut_x"]) == (
        False,
        "Among the first 2",
        "81.50%",
    )


def test_what_was_worked_out_from_other_inputs_is_never_shown(desk):
    ask_statistics(desk.round)
    compute_owed_statistics(5)
    assert statistics_kept(desk.round) is not None
    juror, card = desk.jurors[0].user, desk.cards[0][0]
    card = reopen_scorecard(by=juror, scorecard=card)
    assert statistics_kept(desk.round) is None
    assert "Being worked out" in text_of(desk.client.get(desk.pages["stability"]))
    submit_scorecard(by=juror, scorecard=card, version=card.version)
    assert statistics_kept(desk.round) is None
    compute_owed_statistics(5)
    assert statistics_kept(desk.round) is not None


def test_a_closed_round_keeps_its_figures_and_names_jurors_by_its_key(desk, organiser):
    close_round(by=organiser, round=desk.round)
    desk.round.refresh_from_db()
    ask_statistics(desk.round)
    compute_owed_statistics(5)
    assert "Juror 3" in text_of(desk.client.get(desk.pages["agreement"]))


def test_what_can_t_be_computed_says_why(stage, organiser, enter):
    build.marks(stage.cards[0][0], 4, 4)
    ask_statistics(stage.round)
    compute_owed_statistics(5)
    client = enter(organiser)
    page = client.get(reverse("round_agreement", args=[stage.round.pk]))
    assert [value for _label, _says, value, _missing in page.context["measures"]] == [""] * 6
    assert "too few entries were marked by two jurors" in text_of(page)
    assert client.get(reverse("round_stability", args=[stage.round.pk])).status_code == 200
