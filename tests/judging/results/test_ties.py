"""Ties as everybody reads them: a rank for each that the chain told apart, by which rule,
and where nothing had to be decided."""

import io
import json
import subprocess

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from contest.entries.services.entries import withdraw_entry
from contest.models import Edition
from judging.models import RoundRule, Scorecard, TieDecision
from judging.results.files.sheets import standings_sheet
from judging.results.minutes.document import freeze_minutes, minutes_pdf
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round, decide_tie, publish_results
from tests import build
from toolkit.refusals import Refusal

APART = "1 other entry has the same result; told apart by: higher mark for Innovation."
EQUAL = "Equal to 1 other entry: no rule tells them apart, and nothing needs to be decided."
NONE = "No two entries have the same result: nothing had to be decided."


def marked(stage, organiser, enter, *marks, **fields):
    """Marks of E01, E02, E03, the same by each juror; weights 50 and 50."""
    stage.round.criteria.update(weight=50_000)
    RoundRule.objects.filter(round=stage.round).update(
        tie_chain=[{"kind": "criterion", "code": "innovation"}, {"kind": "human"}], **fields
    )
    stage.round.refresh_from_db()
    for cards in stage.cards:
        for card, values in zip(cards, marks, strict=True):
            build.marks(card, *values)
    stage.client = enter(organiser)
    return stage


@pytest.fixture
def apart(stage, organiser, enter):
    """80 each, innovation 5 and 3: E02 before E01. E03 60."""
    return marked(stage, organiser, enter, (3, 5), (5, 3), (3, 3), advance_count=2)


@pytest.fixture
def level(stage, organiser, enter):
    """E01 and E02 80 to the last mark, both in. E03 60."""
    return marked(stage, organiser, enter, (4, 4), (4, 4), (3, 3), advance_count=2)


def page(stage, name="round_standings", *more):
    return stage.client.get(reverse(name, args=[stage.round.pk, *more])).content.decode()


def closed(stage, organiser):
    result = close_round(by=organiser, round=stage.round)
    publish_results(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    return json.loads(result.file)


def everywhere(stage, organiser, enter, tmp_path, capsys, file):
    """{where: [(rank, what is said of the tie)] of E02 and E01, as a founder, a statistician,
    an archive reads them}."""
    board = stage.client.get(reverse("round_standings", args=[stage.round.pk])).context["board"]
    client = stage.client
    api = client.get("/api/v1/standings/").json()["results"]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("round_workbook", args=[stage.round.pk])).content), data_only=True
    )
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    tie = head.index("Equal results")
    path = tmp_path / "round.json"
    path.write_text(json.dumps(file))
    call_command("rank", str(path), "--json")
    report = json.loads(capsys.readouterr().out)
    return {
        "page": [(line.place.rank, line.tie) for line in board.lines[:2]],
        "csv": [(row["rank"], row["tie"]) for row in standings_sheet(stage.round).rows[:2]],
        "minutes": [(int(line.rank), line.tie) for line in minutes_of(stage.round).standings[:2]],
        "workbook": [(row[0], row[tie]) for row in rows[:2]],
        "api": [(row["rank"], (row["tie"]["kind"], row["tie"]["code"], row["tie"]["others"],
                row["tie"]["equal"])) for row in api[:2]],
        "rank": [(int(row["rank"]), (row["tie"]["kind"], row["tie"]["code"], int(row["tie"]["others"]),
                int(row["tie"]["equal"]))) for row in report["standings"][:2]],
    }  # fmt: skip


def test_a_tie_that_the_chain_settled(apart, organiser, enter, tmp_path, capsys):
    assert APART in page(apart)
    file = closed(apart, organiser)
    said = everywhere(apart, organiser, enter, tmp_path, capsys, file)
    for where in ("page", "csv", "minutes", "workbook"):
        assert said[where] == [(1, APART), (2, APART)], where
    for where in ("api", "rank"):
        assert said[where] == [(1, ("criterion", "innovation", 1, 0)), (2, ("criterion", "innovation", 1, 0))], where
    assert [row["rank"] for row in file["standings"]] == ["1", "2", "3"]
    assert "Told apart by: higher mark for Innovation." in page(apart)
    assert APART in page(apart, "round_why", apart.entries[0].pk)
    call_command("rank", str(tmp_path / "round.json"))
    assert "Equal at 80: E02 > E01, told apart by criterion innovation" in capsys.readouterr().out
    # A team reads the last round when the awards are given.
    Edition.objects.update(results_published_at=timezone.now())
    for entry, rank in ((apart.entries[0], 2), (apart.entries[1], 1)):
        founder = enter(entry.startup.organisation.memberships.get().user)
        told = founder.get(reverse("entry_results", args=[entry.pk])).content.decode()
        assert f"Rank {rank} of 3." in told
        assert APART in told


def test_a_tie_that_stays_equal_and_needs_nobody(level, organiser, enter, tmp_path, capsys):
    file = closed(level, organiser)
    said = everywhere(level, organiser, enter, tmp_path, capsys, file)
    for where in ("page", "csv", "minutes", "workbook"):
        assert said[where] == [(1, EQUAL), (1, EQUAL)], where
    for where in ("api", "rank"):
        assert said[where] == [(1, ("", "", 1, 1)), (1, ("", "", 1, 1))], where
    assert [row["rank"] for row in file["standings"]] == ["1", "1", "3"]
    call_command("rank", str(tmp_path / "round.json"))
    out = capsys.readouterr().out
    assert "Equal at 80: E01 = E02\n  E01 = E02: not told apart, and nothing has to be decided" in out


def test_no_tie_at_all_is_said_too(stage, organiser, enter, tmp_path, capsys):
    marked(stage, organiser, enter, (5, 5), (4, 4), (3, 3))
    assert NONE in page(stage)
    (tmp_path / "round.json").write_text(json.dumps(closed(stage, organiser)))
    call_command("rank", str(tmp_path / "round.json"))
    assert "No two results are equal: nothing had to be decided." in capsys.readouterr().out
    assert {row["tie"] for row in standings_sheet(stage.round).rows} == {""}


@pytest.mark.sensitive
def test_the_minutes_in_print(apart, organiser, tmp_path):
    closed(apart, organiser)
    (tmp_path / "minutes.pdf").write_bytes(minutes_pdf(freeze_minutes(apart.round, "en")))
    command = ["pdftotext", str(tmp_path / "minutes.pdf"), "-"]
    text = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert APART in text
    assert "Told apart by: higher mark for Innovation." in text


class TestOpenAgain:
    """E01 and E02 equal at the cut of one, decided. Then E03 rises to the same."""

    SAID = (
        "Open again: a person put Firm 2 of 2027 pitches › Firm 1 of 2027 pitches in this order, which stays among "
        "them. Nobody has compared them with Firm 3 of 2027 pitches, now equal: put all of them in order."
    )

    @pytest.fixture
    def risen(self, stage, organiser, enter):
        marked(stage, organiser, enter, (4, 4), (4, 4), (3, 3), advance_count=1)
        first, second, _third = stage.entries
        decide_tie(by=organiser, round=stage.round, entries=[second, first], reason="A field trial.")
        for card in Scorecard.objects.filter(assignment__entry=stage.entries[2]):
            card.marks.update(value=4000)
            card.version += 1
            card.save()
        return stage

    def test_the_organiser_sees_why_and_is_asked(self, risen):
        said = page(risen).replace("&amp;", "&")
        asked = "&".join(f"entry={risen.entries[n].pk}" for n in (1, 0, 2))
        address = f"{reverse('round_tie', args=[risen.round.pk])}?{asked}"
        assert self.SAID in said
        assert address in said
        assert self.SAID in page(risen, "round_close")
        assert self.SAID in risen.client.get(address).content.decode()
        refused = risen.client.post(reverse("round_close", args=[risen.round.pk]), {})
        assert refused.status_code == 422
        assert "A tie at the cut is still open." in refused.content.decode()

    def test_who_is_asked_decides_all_of_them(self, risen, organiser):
        first, second, third = risen.entries
        places = {f"place_{third.pk}": "1", f"place_{second.pk}": "2", f"place_{first.pk}": "3"}
        risen.client.post(
            reverse("round_tie", args=[risen.round.pk]),
            {"entry": [first.pk, second.pk, third.pk], **places, "reason": "Compared."},
        )
        assert TieDecision.objects.count() == 2
        assert "Open again" not in page(risen)
        file = closed(risen, organiser)
        assert [(row["entry"], row["rank"], row["advances"]) for row in file["standings"]] == [
            ("E03", "1", True), ("E02", "2", False), ("E01", "3", False),
        ]  # fmt: skip


def founder_of(entry):
    return entry.startup.organisation.memberships.get().user


class TestLeft:
    """All three equal at the cut of one; a person put E03, E01, E02 in order. Then one of them leaves."""

    @pytest.fixture
    def decided(self, stage, organiser, enter):
        marked(stage, organiser, enter, (4, 4), (4, 4), (4, 4), advance_count=1)
        first, second, third = stage.entries
        decide_tie(by=organiser, round=stage.round, entries=[third, first, second], reason="A field trial.")
        return stage

    HOLDS = "not in the round any more; the order of the others, decided among all of them, holds."

    @pytest.mark.sensitive
    def test_the_order_of_the_others_holds_and_everybody_reads_so(self, decided, organiser):
        """The person compared all three: that E01 is before E02 did not hang on E03."""
        withdraw_entry(by=founder_of(decided.entries[2]), entry=decided.entries[2], reason="Sold.")
        said = page(decided)
        assert f"Firm 3 of 2027 pitches: {self.HOLDS}" in said
        assert "Firm 3 of 2027 pitches › Firm 1 of 2027 pitches › Firm 2 of 2027 pitches" in said
        file = closed(decided, organiser)
        assert [(row["entry"], row["advances"], row["reason"]["code"]) for row in file["standings"]] == [
            ("E01", True, "won_tie"), ("E02", False, "lost_tie"),
        ]  # fmt: skip
        assert file["decisions"] == [["E01", "E02"]]
        assert f"E03: {self.HOLDS}" in page(decided)
        [decision] = minutes_of(decided.round).decisions
        assert decision.left == f"E03: {self.HOLDS}"
        # fmt: skip
        printed = subprocess.run(
            ["pdftotext", "-", "-"],
            input=minutes_pdf(freeze_minutes(decided.round, "en")),
            capture_output=True,
            check=True,
        )
        assert self.HOLDS in " ".join(printed.stdout.decode().split())

    def test_who_is_left_alone_is_in_no_order_any_more(self, decided, organiser):
        for entry in decided.entries[1:]:
            withdraw_entry(by=founder_of(entry), entry=entry, reason="Sold.")
        nobody = (
            "Firm 3 of 2027 pitches, Firm 2 of 2027 pitches: not in the round any more, so that this puts nobody "
            "in order."
        )
        assert nobody in page(decided)
        assert closed(decided, organiser)["decisions"] == []


def test_a_decision_on_the_last_room_of_a_city_is_not_called_needless(stage, organiser, enter):
    """All equal; E01 and E02 of one city that sends one, decided by a person.
    E03 is equal to both, and nobody had to compare it."""
    marked(stage, organiser, enter, (4, 4), (4, 4), (4, 4), advance_count=2, advance_per_city=1)
    first, second, third = stage.entries
    type(first).objects.filter(pk=second.pk).update(city=first.city)
    with pytest.raises(Refusal, match="A tie at the cut is still open"):
        close_round(by=organiser, round=stage.round)
    decide_tie(by=organiser, round=stage.round, entries=[second, first], reason="A field trial.")
    file = closed(stage, organiser)
    assert [(row["entry"], row["advances"], row["reason"]["code"]) for row in file["standings"]] == [
        ("E02", True, "goes_on"), ("E01", False, "city_full"), ("E03", True, "goes_on"),
    ]  # fmt: skip
    words = {
        line.entry.code: line.tie
        for line in stage.client.get(reverse("round_standings", args=[stage.round.pk])).context["board"].lines
    }
    both = "2 other entries have the same result; told apart by: a person's decision. " + EQUAL
    assert words == {"E01": both, "E02": both, third.code: EQUAL.replace("1 other entry", "2 other entries")}
