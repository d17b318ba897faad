"""/api/v1/scorecards/ and /standings/: what a juror reads and writes, what others read."""

import pytest

from judging.models import Scorecard
from tests import build

LIST = "/api/v1/scorecards/"


def test_each_role_reads_its_scorecards(stage, ids, organiser, stranger):
    one, two, three = (card.pk for card in stage.cards)
    assert ids(organiser, LIST) == [one, two, three]
    assert ids(stage.juror(1), LIST) == [one, two]
    assert ids(stage.juror(2), LIST) == [three]
    assert ids(stage.founder(1), LIST) == []
    assert ids(stranger, LIST) == []


def test_a_juror_with_a_tie_does_not_find_the_entry(stage, ids, enter):
    juror = stage.cards[0].assignment.juror
    juror.city = stage.entries[0].city
    juror.save()
    assert ids(stage.juror(1), LIST) == [stage.cards[1].pk]
    assert enter(stage.juror(1)).get(f"{LIST}{stage.cards[0].pk}/").status_code == 404


def test_somebody_elses_scorecard_is_not_found(stage, enter, send):
    address = f"{LIST}{stage.cards[2].pk}/"
    assert enter(stage.juror(1)).get(address).status_code == 404
    assert send(stage.juror(1), "patch", address, {"version": 0, "marks": {"innovation": 5}})[0] == 404
    assert send(stage.juror(1), "post", f"{address}submit/", {"version": 0})[0] == 404


def test_a_juror_saves_and_submits(stage, send):
    address = f"{LIST}{stage.cards[0].pk}/"
    stage.cards[0].assignment.round.criteria.filter(code="market").update(is_required=False)
    body = {
        "version": 0,
        "marks": {"innovation": 4, "market": "n/a"},
        "comment": "Strong.",
        "private_note": "Ask again.",
    }
    status, answer = send(stage.juror(1), "patch", address, body)
    assert (status, answer["version"], answer["marks"]) == (200, 1, {"innovation": "4", "market": "n/a"})
    status, answer = send(stage.juror(1), "patch", address, {"version": 1, "marks": {"market": "3"}})
    assert (answer["marks"], answer["comment"]) == ({"innovation": "4", "market": "3"}, "Strong.")
    status, answer = send(stage.juror(1), "post", f"{address}submit/", {"version": 2})
    assert (status, answer["state"]) == (200, "submitted")


@pytest.mark.parametrize(
    ("mark", "status", "code"),
    [(6, 422, "mark.scale"), (-1, 422, "mark.scale"), (2.5, 422, "mark.step"), ("NaN", 422, "mark.number")],
)
def test_a_mark_outside_its_scale_is_refused(stage, send, mark, status, code):
    body = {"version": 0, "marks": {"innovation": mark}}
    got, answer = send(stage.juror(1), "patch", f"{LIST}{stage.cards[0].pk}/", body)
    assert (got, answer["code"]) == (status, code)
    assert stage.cards[0].marks.count() == 0


def test_a_mark_that_is_no_number_or_of_no_criterion_is_refused(stage, send):
    address = f"{LIST}{stage.cards[0].pk}/"
    assert send(stage.juror(1), "patch", address, {"version": 0, "marks": {"innovation": True}})[0] == 400
    assert send(stage.juror(1), "patch", address, {"version": 0, "marks": {"beauty": 5}}) == (
        400,
        {"marks": ["This round has no criterion “beauty”."]},
    )


def test_a_stale_save_is_refused_with_what_is_kept(stage, send):
    build.marks(stage.cards[0], 4, 3, state="draft")
    Scorecard.objects.filter(pk=stage.cards[0].pk).update(version=7)
    body = {"version": 6, "marks": {"innovation": 1}}
    status, answer = send(stage.juror(1), "patch", f"{LIST}{stage.cards[0].pk}/", body)
    assert (status, answer["code"]) == (409, "scorecard.stale")
    assert (answer["current"]["version"], answer["current"]["marks"]) == (7, {"innovation": "4", "market": "3"})


def test_who_runs_the_round_reads_marks_once_submitted_and_never_private_notes(stage, enter, organiser):
    build.marks(stage.cards[0], 4, 3, state="draft")
    build.marks(stage.cards[1], 2, 1, state="submitted")
    Scorecard.objects.update(comment="For the team.", private_note="For myself.")
    rows = enter(organiser).get(LIST).json()["results"]
    shown = [(row["marks"], row["comment"], row["private_note"]) for row in rows]
    assert shown == [
        (None, None, None),
        ({"innovation": "2", "market": "1"}, "For the team.", None),
        (None, None, None),
    ]
    own = enter(stage.juror(1)).get(f"{LIST}{stage.cards[0].pk}/").json()
    assert (own["marks"], own["private_note"]) == ({"innovation": "4", "market": "3"}, "For myself.")


def test_where_names_are_held_back_the_juror_reads_none(stage, enter):
    entry = stage.entries[0]
    entry.summary = f"{entry.startup.name} cleans rivers."
    entry.save()
    team = entry.edition.questions.create(code="team", text={"en": "Who are you?"}, names_team=True, order=1)
    proof = entry.edition.questions.create(code="proof", text={"en": "Does it work?"}, order=2)
    entry.answers.create(question=team, value="Ada and Bob")
    entry.answers.create(question=proof, value="Yes, twice.")
    address = f"{LIST}{stage.cards[0].pk}/"
    pitch = enter(stage.juror(1)).get(address).json()["pitch"]
    assert (pitch["team"], len(pitch["answers"])) == ("Firm 1 of 2027", 2)
    stage.round.shows_names = False
    stage.round.save()
    response = enter(stage.juror(1)).get(address)
    assert response.json()["pitch"] == {
        "label": "E01",
        "heading": "[name held back] pitches",
        "team": "",
        "summary": "[name held back] cleans rivers.",
        "answers": [{"question": "Does it work?", "answer": "Yes, twice."}],
    }
    assert b"Firm 1" not in response.content
    assert b"Ada" not in response.content


def freeze(stage, state: str) -> None:
    stage.round.state = state
    stage.round.save()
    for place, entry in enumerate(stage.entries, 1):
        stage.round.standings.create(
            entry=entry, rank=place, place=place, total="80.5", final="80.5", scorecards=3, advances=place == 1
        )


def read(enter, person) -> list[tuple]:
    rows = enter(person).get("/api/v1/standings/").json()["results"]
    return [(row["startup"], row["rank"], row["total"], row["entry_code"]) for row in rows]


def test_closed_standings_are_for_who_runs_the_round(stage, enter, organiser, stranger):
    freeze(stage, "closed")
    assert [row[:3] for row in read(enter, organiser)] == [
        ("Firm 1 of 2027", 1, "80.5"),
        ("Firm 2 of 2027", 2, "80.5"),
        ("Firm 3 of 2027", 3, "80.5"),
    ]
    assert [read(enter, person) for person in (stranger, stage.founder(1), stage.juror(1))] == [[], [], []]


def test_published_standings_name_who_goes_on_and_show_a_team_its_own(stage, enter, stranger):
    freeze(stage, "published")
    assert read(enter, stranger) == []  # the last round, before the awards
    build.round(stage.edition, order=9)
    assert read(enter, stranger) == [("Firm 1 of 2027", 1, None, None)]
    assert read(enter, stage.founder(2)) == [("Firm 1 of 2027", 1, None, None), ("Firm 2 of 2027", 2, "80.5", "E02")]


def test_somebody_elses_standing_is_not_found(stage, enter):
    freeze(stage, "published")
    third = stage.round.standings.get(place=3)
    assert enter(stage.founder(2)).get(f"/api/v1/standings/{third.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/api/v1/scorecards/", "/api/v1/standings/", "/api/v1/entries/"])
def test_the_number_of_queries_does_not_grow(db, organiser, enter, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        client = enter(organiser)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def add(slug: str, number: int) -> None:
        edition = build.edition(slug)
        question = edition.questions.create(code="q", text={"en": "Why?"})
        round = build.round(edition, state="closed")
        juror = build.juror(edition, 1)
        for place, entry in enumerate(build.competing(edition, number), 1):
            entry.answers.create(question=question, value="Because.")
            build.marks(build.assign(round, juror, entry), 4, 3)
            round.standings.create(entry=entry, rank=place, place=place, scorecards=1)

    add("few", 3)
    few = queries()
    add("many", 27)
    assert queries() == few
