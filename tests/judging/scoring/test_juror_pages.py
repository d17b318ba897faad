"""What a juror sees and does, over HTTP."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contest.models import Answer, Question
from judging.models import Conflict
from network.models import Message
from tests import build
from tests.judging.scoring.cards import address, fields, kept, send


def test_the_list_shows_own_entries_with_state_and_progress(seat):
    build.marks(seat.cards[0][1], 4, 3)
    page = seat.client.get("/judging/")
    [section] = page.context["sections"]
    assert [(row.label, row.status) for row in section.rows] == [
        ("Firm 1 of 2027 pitches", "todo"),
        ("Firm 2 of 2027 pitches", "submitted"),
        ("Firm 3 of 2027 pitches", "todo"),
    ]
    assert [row.beside for row in section.rows] == [f"Firm {n} of 2027 · E0{n}" for n in (1, 2, 3)]
    assert "Firm 3 of 2027 · E03 · Magog" in " ".join(page.content.decode().split())
    assert (section.submitted, section.total, section.phase) == (1, 3, "open")
    assert page.context["next_pk"] == seat.card.pk
    assert "1 of 3 submitted" in page.content.decode()


def test_the_deadline_is_told_in_the_jurors_own_zone(seat):
    user = seat.jurors[0].user
    user.time_zone = "America/Toronto"
    user.save()
    assert "Toronto time" in seat.client.get("/judging/").content.decode()
    assert "Toronto time" in seat.client.get(address(seat.card)).content.decode()


@pytest.mark.parametrize(("show", "rows"), [("todo", 2), ("submitted", 1), ("all", 3), ("nonsense", 3)])
def test_the_list_can_be_filtered(seat, show, rows):
    build.marks(seat.card, 4, 3)
    assert len(seat.client.get(f"/judging/?show={show}").context["sections"][0].rows) == rows


def test_rounds_of_several_seats_stand_apart_and_closed_ones_last(seat):
    other = build.edition("2028")
    juror = build.juror(other, 9, user=seat.jurors[0].user)
    over = build.round(other, state="open", opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now())
    build.assign(over, juror, build.competing(other, 1)[0])
    sections = seat.client.get("/judging/").context["sections"]
    assert [(section.round.edition.slug, section.phase) for section in sections] == [
        ("2027", "open"),
        ("2028", "closed"),
    ]


def test_a_juror_without_assignments_is_told_so(enter, db):
    juror = build.juror(build.edition("2027"), 1)
    page = enter(juror.user).get("/judging/")
    assert page.status_code == 200
    assert page.context["sections"] == []
    assert "Nothing to score yet" in page.content.decode()


def test_who_has_no_seat_finds_no_list(enter, stranger):
    assert enter(stranger).get("/judging/").status_code == 404


def test_the_list_makes_the_same_number_of_queries_for_3_as_for_30(enter, organiser):
    counts = []
    for slug, number in (("2027", 3), ("2028", 30)):
        edition = build.edition(slug)
        juror = build.juror(edition, number)
        round = build.round(edition, state="open")
        for entry in build.competing(edition, number):
            build.assign(round, juror, entry)
        client = enter(juror.user)
        marks = f"/judging/rounds/{round.pk}/marks/"
        client.get("/judging/"), client.get(marks)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get("/judging/")
            assert client.get(marks).status_code == 200
        assert page.context["sections"][0].total == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_entry_and_scorecard_stand_side_by_side(seat):
    question = Question.objects.create(edition=seat.edition, code="who", text={"en": "Who pays?"})
    Answer.objects.create(entry=seat.entries[0], question=question, value="Cities do.")
    page = seat.client.get(address(seat.card)).content.decode()
    for words in ("Firm 1 of 2027 pitches", "Who pays?", "Cities do.", "Innovation", "60 %", "Not marked yet"):
        assert words in page


def test_where_names_are_held_back_nothing_tells_the_team(seat):
    seat.round.shows_names = False
    seat.round.save()
    entry = seat.entries[0]
    entry.summary = "At FIRM 1 OF 2027 we float sensors."
    entry.save()
    asked = Question.objects.create(edition=seat.edition, code="team", text={"en": "Who are you?"}, names_team=True)
    Answer.objects.create(entry=entry, question=asked, value="Ada and Grace")
    marks = f"/judging/rounds/{seat.round.pk}/marks/"
    for path in ("/judging/", marks, address(seat.card), address(seat.card, "recuse/")):
        page = seat.client.get(path).content.decode()
        assert entry.code in page
        for leak in ("Firm 1", "FIRM 1", "firm-1", "Ada and Grace", "Braga"):
            assert leak not in page, (path, leak)
    assert "we float sensors" in seat.client.get(address(seat.card)).content.decode()


def test_another_jurors_scorecard_is_not_there(seat):
    other = seat.cards[1][0]
    assert seat.client.get(address(other)).status_code == 404
    assert seat.client.post(address(other), fields(other, 4, 4)).status_code == 404
    assert send(seat.client, other, seat.jurors[0].user, "4", "4").status_code == 404
    for more in ("reopen/", "recuse/"):
        assert seat.client.post(address(other, more), {"reason": "No"}).status_code == 404
    assert kept(other) == ([], "", 0, "draft")


def test_a_conflicted_entry_is_not_there(seat):
    Conflict.objects.create(
        juror=seat.jurors[0],
        entry=seat.entries[0],
        kind="organiser",
        reason="Aunt",
        by=seat.jurors[0].user,
        at=timezone.now(),
    )
    assert seat.client.get(address(seat.card)).status_code == 404
    assert "Firm 1 of" not in seat.client.get("/judging/").content.decode()


@pytest.mark.parametrize("who", ["organiser", "stranger"])
def test_the_scorecard_is_the_jurors_page_only(seat, enter, request, who):
    person = request.getfixturevalue(who)
    assert enter(person).get(address(seat.card)).status_code == 404


def test_save_without_scripts(seat):
    answer = seat.client.post(address(seat.card), fields(seat.card, "4", "", comment="Strong trial."))
    assert answer.status_code == 302
    assert kept(seat.card) == ([4000], "Strong trial.", 1, "draft")


def test_submit_says_what_is_missing_and_keeps_the_rest(seat):
    answer = seat.client.post(address(seat.card), fields(seat.card, "4", "", comment="Good.", do="submit"))
    assert answer.status_code == 422
    assert [row.criterion.code for row in answer.context["missing"]] == ["market"]
    assert kept(seat.card) == ([4000], "Good.", 1, "draft")
    again = fields(seat.card, "4", "3", version=answer.context["form"]["version"].value(), do="submit")
    assert seat.client.post(address(seat.card), again).status_code == 302
    assert kept(seat.card)[3] == "submitted"


def test_submit_and_open_the_next(seat):
    answer = seat.client.post(address(seat.card), fields(seat.card, "4", "3", do="submit_next"))
    assert answer.headers["Location"] == address(seat.cards[0][1])
    for card in seat.cards[0][1:]:
        answer = seat.client.post(address(card), fields(card, "4", "3", do="submit_next"))
    assert answer.headers["Location"] == "/judging/"


def test_a_mark_off_the_scale_is_refused_and_nothing_typed_is_lost(seat):
    answer = seat.client.post(address(seat.card), fields(seat.card, "7", "3", comment="Half written"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Give a number from 0 to 5, in steps of 1." in page
    assert "Half written" in page


def test_a_stale_form_is_shown_beside_what_is_kept(seat):
    seat.client.post(address(seat.card), fields(seat.card, "4", "3", comment="From the first tab"))
    answer = seat.client.post(address(seat.card), fields(seat.card, "2", "3", comment="From the second tab"))
    assert answer.status_code == 409
    assert answer.context["kept"] == [
        ("Comment for the start-up", "From the second tab", "From the first tab"),
        ("Innovation", "2", "4"),
    ]
    assert kept(seat.card)[:2] == ([4000, 3000], "From the first tab")
    answer = seat.client.post(
        address(seat.card),
        fields(seat.card, "2", "3", comment="From the second tab", version=answer.context["form"]["version"].value()),
    )
    assert kept(seat.card)[:2] == ([2000, 3000], "From the second tab")


def test_closed_in_the_meantime_the_typed_words_come_back(seat):
    seat.round.closes_at = timezone.now() - timedelta(minutes=1)
    seat.round.save()
    answer = seat.client.post(address(seat.card), fields(seat.card, "4", "3", comment="Too late, alas"), follow=True)
    page = answer.content.decode()
    assert "Too late, alas" in page
    assert "It is kept for you and counts for nothing as long as the round is closed." in page
    assert kept(seat.card) == ([], "", 0, "draft")


def test_a_submitted_scorecard_can_be_changed_until_the_round_closes(seat):
    build.marks(seat.card, 4, 3)
    assert "Change it" in seat.client.get(address(seat.card)).content.decode()
    seat.client.post(address(seat.card, "reopen/"))
    assert kept(seat.card)[3] == "draft"


def test_recusing_takes_the_entry_out_of_sight_and_tells_the_organiser(seat, organiser):
    assert seat.client.post(address(seat.card, "recuse/"), {"reason": ""}).status_code == 200
    answer = seat.client.post(address(seat.card, "recuse/"), {"reason": "I advise them."})
    assert answer.headers["Location"] == "/judging/"
    assert seat.client.get(address(seat.card)).status_code == 404
    assert Message.objects.filter(to_user=organiser).count() == 1
    assert seat.client.get("/judging/").context["sections"][0].recused == ["E01"]


def test_a_form_sent_without_a_session_shows_what_was_typed(seat, client):
    answer = client.post(address(seat.card), fields(seat.card, "4", "3", comment="Long and precious"))
    assert answer.status_code == 401
    assert "Long and precious" in answer.content.decode()
    assert client.get(address(seat.card)).status_code == 302


@pytest.mark.parametrize(("typed", "value"), [("62.5", 62500), ("62,5", 62500), ("0", 0), ("", None), ("n/a", None)])
def test_a_fine_scale_is_a_number_field_that_takes_comma_and_point(seat, typed, value):
    criterion = seat.round.criteria.get(code="market")
    criterion.scale_max, criterion.scale_step, criterion.is_required = 100_000, 500, False
    criterion.save()
    assert 'inputmode="decimal"' in seat.client.get(address(seat.card)).content.decode()
    seat.client.post(address(seat.card), fields(seat.card, "4", typed))
    mark = seat.card.marks.filter(criterion=criterion).first()
    assert (mark.value if mark else None) == value
    assert bool(mark and mark.not_applicable) == (typed == "n/a")


def test_a_required_criterion_can_t_be_put_as_not_applicable(seat):
    answer = seat.client.post(address(seat.card), fields(seat.card, "n/a", "3"))
    assert answer.status_code == 422
    assert kept(seat.card)[0] == []


def test_the_private_note_is_the_jurors_alone(seat, organiser, enter):
    seat.client.post(address(seat.card), fields(seat.card, "4", "3", private_note="Ask about the patent"))
    assert "Ask about the patent" in seat.client.get(address(seat.card)).content.decode()
    client = enter(organiser)
    for page in ("progress/", "standings/", f"standings/{seat.entries[0].pk}/"):
        assert "Ask about the patent" not in client.get(f"/organise/rounds/{seat.round.pk}/{page}").content.decode()


def test_own_marks_spread_ties_and_two_side_by_side(seat):
    """By hand: 60 % and 40 % of 0 to 5; 4 and 1 make 48 + 8 = 56, 2 and 4 make 24 + 32 = 56."""
    build.marks(seat.cards[0][0], 4, 1)
    build.marks(seat.cards[0][1], 2, 4, state="draft")
    build.marks(seat.cards[0][2], 5, None, state="draft")
    build.marks(seat.cards[1][0], 1, 1)
    page = seat.client.get(f"/judging/rounds/{seat.round.pk}/marks/")
    one, two, three = page.context["cards"]
    assert [card.total for card in (one, two, three)] == ["56", "56", ""]
    assert [card.beside for card in (one, two, three)] == [f"Firm {n} of 2027 · E0{n}" for n in (1, 2, 3)]
    assert [card.scorecard.pk for card in page.context["level"][0]] == [card.pk for card in seat.cards[0][:2]]
    innovation, market = page.context["spread"]
    assert (innovation.lowest, innovation.median, innovation.highest, innovation.counts) == (
        "2.0",
        "4.0",
        "5.0",
        "2 once; 4 once; 5 once",
    )
    assert (market.number, page.context["submitted"], page.context["next"].scorecard.pk) == (2, 1, seat.cards[0][1].pk)
    first, second, rows = page.context["pair"]
    assert [(str(row[0]), row[1], row[2]) for row in rows] == [("Innovation", "4", "2"), ("Market", "1", "4")]
    asked = f"?a={seat.cards[0][2].pk}&b={seat.cards[0][0].pk}"
    first, second, rows = seat.client.get(f"/judging/rounds/{seat.round.pk}/marks/{asked}").context["pair"]
    assert (first.scorecard.pk, second.scorecard.pk) == (seat.cards[0][2].pk, seat.cards[0][0].pk)
    assert f"?a={seat.cards[1][0].pk}" not in page.content.decode()
    assert seat.client.get("/judging/rounds/999999/marks/").status_code == 404
