"""A round that was closed by an earlier version of the product shows what was frozen;
opened and closed again, what is right."""

import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import reverse

from judging.integrity import check_judging
from judging.models import Result, Standing
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import OpenTies, close_round, decide_tie, open_ties_of
from judging.results.services.reopening import confirm_reopening, propose_reopening
from judging.results.shown.outcomes import inputs_of, standings_to_write
from tests import build
from tests.judging.domain import plain as frozen
from toolkit.canonical import canonical_bytes, digest


@pytest.fixture
def second(db):
    return build.person("second@network.example", "Second Person", "organiser", build.secretariat())


@pytest.fixture
def tied(stage, organiser):
    """Two places. E01 and E02 equal with 80 and decided, E01 first; then E03 rises to 80."""
    for cards in stage.cards:
        for card, values in zip(cards, [(4, 4), (4, 4), (3, 3)], strict=True):
            build.marks(card, *values)
    stage.round.rule.advance_count = 1
    stage.round.rule.tie_chain = [{"kind": "human"}]
    stage.round.rule.save()
    decide_tie(by=organiser, round=stage.round, entries=stage.entries[:2], reason="Further from the market.")
    for cards in stage.cards:
        cards[2].marks.update(value=4000)
        cards[2].version += 1
        cards[2].save()
    stage.round.rule.advance_count = 2
    stage.round.rule.save()
    return stage


@pytest.fixture
def closed(tied, organiser):
    """As version 2 closed it: E03 last, although nobody ever compared it with the others."""
    Result.objects.all().delete()
    inputs = inputs_of(tied.round, closed_at=tied.round.closes_at)
    outcome = frozen.compute(replace(inputs, version=2, standings=()))
    file = frozen.freeze(inputs, outcome)
    assert file["version"] == 2
    tied.result = Result.objects.create(
        round=tied.round, file=canonical_bytes(file).decode(), sha256=digest(file), key={}, closed_by=organiser,
        closed_at=tied.round.closes_at,
    )  # fmt: skip
    Standing.objects.bulk_create(standings_to_write(tied.round, outcome))
    tied.round.state = "closed"
    tied.round.closed_at = tied.round.closes_at
    tied.round.save()
    return tied


FROZEN = [("E01", 1, True, "won_tie"), ("E02", 1, True, "won_tie"), ("E03", 1, False, "lost_tie")]


def test_what_was_frozen_is_shown_and_verified(closed, organiser, enter, capsys):
    client = enter(organiser)
    page = client.get(reverse("round_standings", args=[closed.round.pk]))
    lines = [
        (line.entry.code, line.place.rank, line.place.advances, line.place.reason["code"])
        for line in page.context["board"].lines
    ]
    assert lines == FROZEN
    assert [(line.entry, line.rank, line.advances) for line in minutes_of(closed.round).standings] == [
        ("E01", "1", True), ("E02", "1", True), ("E03", "1", False),
    ]  # fmt: skip
    call_command("verify", round=closed.round.pk)
    assert f"The same: hash {closed.result.sha256}" in capsys.readouterr().out
    assert list(check_judging()) == []


def test_opened_and_closed_again_it_is_of_the_present_version(closed, organiser, second):
    """The tie is open again: all three are put in order, and each has a rank of its own."""
    reopening = propose_reopening(by=organiser, round=closed.round, reason="E03 was never compared.")
    confirm_reopening(by=second, reopening=reopening)
    closed.round.refresh_from_db()
    with pytest.raises(OpenTies) as refused:
        close_round(by=organiser, round=closed.round)
    assert [entry.code for entry in refused.value.ties[0]] == ["E01", "E02", "E03"]
    assert open_ties_of(closed.round) == [{"E01", "E02", "E03"}]
    first, after, risen = closed.entries
    decide_tie(by=organiser, round=closed.round, entries=[risen, first, after], reason="All compared.")
    result = close_round(by=organiser, round=closed.round)
    file = json.loads(result.file)
    assert (result.version, file["version"]) == (2, 3)
    assert [(row["entry"], row["rank"], row["advances"], row["tie"]["kind"]) for row in file["standings"]] == [
        ("E03", "1", True, "human"), ("E01", "2", True, "human"), ("E02", "3", False, "human"),
    ]  # fmt: skip
    assert list(check_judging()) == []
    assert json.loads(Result.objects.get(version=1).file)["version"] == 2
