"""Progress, closing, standings, ties, publishing and awards, over HTTP."""

import hashlib
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import Award, Result, TieDecision
from judging.results.services.closing import close_round, publish_results
from judging.results.services.feedback import review_comments
from network.models import Message
from tests import build


@pytest.fixture
def desk(stage, organiser, enter):
    """The organiser's client on a stage where two jurors have submitted everything and the third nothing."""
    for cards, marks in zip(stage.cards[:2], ([(5, 4), (3, 3), (2, 5)], [(4, 4), (3, 2), (2, 2)]), strict=True):
        for card, values in zip(cards, marks, strict=True):
            build.marks(card, *values)
    stage.client = enter(organiser)
    stage.base = f"/organise/rounds/{stage.round.pk}/"
    return stage


def test_progress_says_who_is_missing(desk):
    page = desk.client.get(desk.base + "progress/")
    assert [(line.thing.code, line.submitted, line.total) for line in page.context["by_juror"]] == [
        ("J03", 0, 3),
        ("J01", 3, 3),
        ("J02", 3, 3),
    ]
    assert page.context["short"] == []
    assert "6 of 9 scorecards submitted" in page.content.decode()


def test_the_refresh_is_the_moving_part_only(desk):
    part = desk.client.get(desk.base + "progress/", headers={"HX-Request": "true"}).content.decode()
    assert "6 of 9 scorecards submitted" in part
    assert "<html" not in part


def test_closing_asks_for_a_reason_while_scorecards_are_missing(desk):
    page = desk.client.get(desk.base + "close/").content.decode()
    assert "Juror 3: 3 scorecards" in page
    answer = desk.client.post(desk.base + "close/", {"reason_for_missing": ""})
    assert answer.status_code == 422
    assert not Result.objects.exists()
    answer = desk.client.post(desk.base + "close/", {"reason_for_missing": "Ill since Monday."})
    assert answer.headers["Location"] == desk.base + "standings/"
    page = desk.client.get(desk.base + "standings/").content.decode()
    assert "Closed with scorecards missing: Ill since Monday." in page


def test_standings_are_provisional_while_open(desk):
    page = desk.client.get(desk.base + "standings/")
    assert "Provisional" in page.content.decode()
    # By hand: E01 is the mean of 92 and 80, E02 of 60 and 52, E03 of 64 and 40.
    assert [(line.place.rank, line.entry.code, line.total) for line in page.context["board"].lines] == [
        (1, "E01", "86"),
        (2, "E02", "56"),
        (3, "E03", "52"),
    ]


def test_the_picture_stands_in_svg_geometry_without_style(desk):
    page = desk.client.get(desk.base + "standings/")
    line = page.context["board"].lines[0]
    # The track goes from 40 to 95 in steps of 5: 86 stands at 46/55, 80 at 40/55, 92 at 52/55.
    assert (line.picture.dot, line.picture.low, line.picture.high) == ("83.64%", "72.73%", "94.55%")
    assert 'cx="83.64%"' in page.content.decode()
    assert "style=" not in page.content.decode()


def test_why_shows_every_mark_and_the_arithmetic(desk):
    page = desk.client.get(f"{desk.base}standings/{desk.entries[0].pk}/")
    sums = page.context["sums"]
    assert sums.jurors == ["Juror 1", "Juror 2"]
    assert [(row.name, row.share, row.marks, row.together) for row in sums.rows] == [
        ("Innovation", "60 %", ["5", "4"], "4.5"),
        ("Market", "40 %", ["4", "4"], "4.0"),
    ]
    assert (sums.totals, sums.exact) == (["92", "80"], "86")
    assert "Goes on: the result is within the places there are." in page.content.decode()


def test_figures_of_the_arithmetic_stand_under_each_other(stage, organiser, enter):
    """A scale from −1 to 5 in halves, weights of 1 and 2: innovation weighs a third. By hand: juror 1 has (−0.5 + 2 ×
    4) ÷ 3 = 2.5, juror 2 market alone, 5. Together 3.75; on innovation −0.5, on market 4.5."""
    stage.round.rule.combine = "weighted_mean"
    stage.round.rule.save()
    innovation, market = stage.round.criteria.all()
    innovation.weight, innovation.scale_min, innovation.scale_step, market.weight = 1000, -1000, 500, 2000
    innovation.save()
    market.save()
    build.marks(stage.cards[0][0], "-0.5", 4)
    build.marks(stage.cards[1][0], "n/a", 5)
    client = enter(organiser)
    page = client.get(f"/organise/rounds/{stage.round.pk}/standings/{stage.entries[0].pk}/")
    sums = page.context["sums"]
    assert [(row.share, row.marks, row.together) for row in sums.rows] == [
        ("33.3 %", ["−0.5", "n/a"], "−0.50"),
        ("66.7 %", ["4.0", "5.0"], "4.50"),
    ]
    assert (sums.totals, sums.together) == (["2.5", "5.0"], "3.75")


def test_the_file_is_what_its_hash_says(desk, organiser):
    result = close_round(by=organiser, round=desk.round, reason_for_missing="Ill")
    answer = desk.client.get(desk.base + "standings/file/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2027-round-1.json"'
    assert hashlib.sha256(answer.content).hexdigest() == result.sha256
    assert result.sha256 in desk.client.get(desk.base + "standings/").content.decode()
    assert "Juror 1" not in answer.content.decode()
    assert json.loads(answer.content)["standings"][0]["total"] == "86"


@pytest.fixture
def tied(stage, organiser, enter):
    """Two entries equal at the cut, which no rule of the chain tells apart."""
    stage.round.rule.advance_count = 1
    stage.round.rule.save()
    for cards in stage.cards:
        for card, values in zip(cards, ((4, 4), (4, 4), (1, 1)), strict=True):
            build.marks(card, *values)
    stage.client = enter(organiser)
    stage.base = f"/organise/rounds/{stage.round.pk}/"
    return stage


def test_a_tie_at_the_cut_is_decided_by_a_person_with_a_reason(tied):
    assert tied.client.post(tied.base + "close/").status_code == 422
    first, second = tied.entries[:2]
    address = f"{tied.base}standings/tie/?entry={first.pk}&entry={second.pk}"
    assert address in tied.client.get(tied.base + "standings/").content.decode().replace("&amp;", "&")
    places = {"entry": [first.pk, second.pk], f"place_{first.pk}": "2", f"place_{second.pk}": "1"}
    assert tied.client.post(tied.base + "standings/tie/", {**places, "reason": ""}).status_code == 422
    twice = {**places, f"place_{first.pk}": "1", "reason": "Because"}
    assert tied.client.post(tied.base + "standings/tie/", twice).status_code == 422
    tied.client.post(tied.base + "standings/tie/", {**places, "reason": "It has a field trial."})
    assert TieDecision.objects.get().entries == ["E02", "E01"]
    assert tied.client.post(tied.base + "close/").status_code == 302
    page = tied.client.get(tied.base + "standings/")
    assert [(line.entry.code, line.place.advances) for line in page.context["board"].lines][:2] == [
        ("E02", True),
        ("E01", False),
    ]
    assert "It has a field trial." in page.content.decode()


def test_entries_that_are_no_tie_can_t_be_put_in_order(tied):
    pks = [tied.entries[0].pk, tied.entries[2].pk]
    answer = tied.client.post(tied.base + "standings/tie/", {"entry": pks, "reason": "No"})
    assert answer.headers["Location"] == tied.base + "standings/"
    assert not TieDecision.objects.exists()


def test_publish_then_grant_awards_in_both_languages(desk, organiser):
    awards = f"/organise/editions/{desk.edition.slug}/awards/"
    assert "Close it and publish it first" in desk.client.get(awards).content.decode()
    close_round(by=organiser, round=desk.round, reason_for_missing="Ill")
    desk.client.post(desk.base + "publish/")
    desk.round.refresh_from_db()
    assert desk.round.state == "published"
    page = desk.client.get(awards)
    assert [row.entry.code for row, _form, _result in page.context["rows"]] == ["E01", "E02", "E03"]
    forms = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "3"}
    words = {"form-0-give": "on", "form-0-rank": "1", "form-0-name_en": "First prize", "form-0-name_fr": "Premier prix"}
    answer = desk.client.post(awards, {**forms, "form-0-give": "on", "form-0-rank": "1", "form-0-name_en": ""})
    assert answer.status_code == 422
    assert desk.client.post(awards, {**forms, **words}).status_code == 302
    award = Award.objects.get()
    assert (award.entry.code, award.name.localize("fr"), award.rank) == ("E01", "Premier prix", 1)


def test_a_founder_reads_own_results_after_publication_only(desk, organiser, enter):
    desk.cards[0][0].comment = "Show the cost of a sensor."
    desk.cards[0][0].private_note = "Not convinced at all"
    desk.cards[0][0].save()
    build.person("mate@firm1.example")
    client = enter(build.person("founder1@firm1.example"))
    address = f"/entries/{desk.entries[0].pk}/results/"
    assert client.get(address).status_code == 404
    close_round(by=organiser, round=desk.round, reason_for_missing="Ill")
    assert client.get(address).status_code == 404
    build.round(desk.edition, order=9)
    publish_results(by=organiser, round=desk.round)
    assert "Show the cost of a sensor." not in client.get(address).content.decode()  # nobody has released it
    review_comments(by=organiser, round=desk.round, released={desk.cards[0][0].pk: True})
    page = client.get(address).content.decode()
    assert "Rank 1 of 3." in page
    assert re.findall(r'<td class="right num">([^<]+)', page) == [
        "4.5",
        "5",
        "4.0",
        "5",
    ]  # a column's decimals are the same
    assert "Show the cost of a sensor." in page
    for held_back in ("Juror 1", "Not convinced at all"):
        assert held_back not in page
    assert enter(build.person("founder2@firm2.example")).get(address).status_code == 404


@pytest.mark.parametrize(
    "page", ["", "edit/", "progress/", "standings/", "close/", "open/", "standings/file/", "assignment/"]
)
def test_the_rounds_pages_are_the_organisers(desk, enter, page, coordinator):
    close_round(by=desk.client.get("/home/").wsgi_request.user, round=desk.round, reason_for_missing="Ill")
    for person in (desk.jurors[0].user, coordinator, build.person("founder1@firm1.example")):
        assert enter(person).get(desk.base + page).status_code == 404


def test_pages_make_the_same_number_of_queries_for_3_entries_as_for_30(organiser, enter):
    client = enter(organiser)
    counts = {}
    for slug, number in (("2027", 3), ("2028", 30)):
        edition = build.edition(slug)
        entries = build.competing(edition, number)
        round = build.round(edition, state="open")
        for n in range(1, number + 1):
            build.marks(build.assign(round, build.juror(edition, n), entries[n - 1]), n % 5, 3)
        base = f"/organise/rounds/{round.pk}/"
        pages = [base + "progress/", base + "standings/", base + "close/", base + "assignment/"]
        pages += [f"/organise/editions/{slug}/{page}/" for page in ("rounds", "jury", "awards")]
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.setdefault(page.replace(slug, "").replace(str(round.pk), ""), []).append(len(queries))
    assert {page: len(set(numbers)) for page, numbers in counts.items()} == dict.fromkeys(counts, 1), counts


def test_reminding_writes_to_those_who_have_work_left(desk):
    Message.objects.all().delete()
    assert "Remind those who have work left" in desk.client.get(desk.base + "progress/").content.decode()
    desk.client.post(desk.base + "progress/remind/")
    assert [message.to_email for message in Message.objects.all()] == ["juror3@jury3.example"]


def test_a_second_round_shows_what_it_carries(desk, organiser):
    desk.round.weight = 40
    desk.round.save()
    close_round(by=organiser, round=desk.round, reason_for_missing="Ill")
    second = build.round(desk.edition, order=2, weight=60, state="open")
    for entry, values in zip(desk.entries, ((0, 0), (5, 5), (1, 1)), strict=True):
        build.marks(build.assign(second, desk.jurors[0], entry), *values)
    base = f"/organise/rounds/{second.pk}/standings/"
    board = desk.client.get(base).context["board"]
    # By hand: E02 has 0.4 × 56 + 0.6 × 100, E01 0.4 × 86, E03 0.4 × 52 + 0.6 × 20.
    assert [(line.entry.code, line.total, line.result) for line in board.lines] == [
        ("E02", "100", "82.4"),
        ("E01", "0", "34.4"),
        ("E03", "20", "32.8"),
    ]
    sums = desk.client.get(f"{base}{desk.entries[1].pk}/").context["sums"]
    assert [(row.name, row.share, row.weight) for row in sums.carried] == [("Round 1", "56.0", "40")]
    assert (sums.own_share, sums.own_weight, sums.result) == ("100.0", 60, "82.4")


def test_a_coordinator_runs_the_selection_of_their_own_city(desk, coordinator, city, enter):
    own = build.round(desk.edition, city=city, state="open")
    other = build.round(desk.edition, city=build.city("braga"), state="open")
    client = enter(coordinator)
    for page in ("", "assignment/", "progress/", "standings/", "close/", "open/"):
        assert client.get(f"/organise/rounds/{own.pk}/{page}").status_code == 200
        assert client.get(f"/organise/rounds/{other.pk}/{page}").status_code == 404
