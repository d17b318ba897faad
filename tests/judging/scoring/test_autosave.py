"""What a juror's device sends while they type, and what becomes of what comes too late."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contest.models import Nomination
from judging.models import Conflict, Scorecard, SetAside
from judging.results.services.closing import close_round
from network.devices import is_box_of, offline_boxes
from network.models import Event
from tests import build
from tests.judging.scoring.cards import address, kept, send

LIMIT = 9


def writes(queries) -> list[str]:
    """Queries without the brackets of transactions."""
    return [
        row["sql"] for row in queries.captured_queries if not row["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
    ]


def late(round):
    round.closes_at = timezone.now() - timedelta(minutes=1)
    round.save()


def version_of(card) -> SetAside:
    return SetAside.objects.get(scorecard=card)


@pytest.mark.parametrize("criteria", [2, 30])
def test_an_autosave_asks_the_database_nine_times_at_most(seat, criteria):
    """Even one that writes some marks and clears others; whatever the number of criteria."""
    for number in range(2, criteria):
        seat.round.criteria.create(code=f"c{number}", name={"en": f"C{number}"}, weight=1000, order=number)
    user, blank = seat.jurors[0].user, [""] * (criteria - 1)
    seat.card = Scorecard.objects.prefetch_related("assignment__round__criteria").get(pk=seat.card.pk)
    send(seat.client, seat.card, user, "4", *blank)
    with CaptureQueriesContext(connection) as queries:
        answer = send(seat.client, seat.card, user, "", *["3" for _ in blank], version=1, comment="So")
    assert answer.status_code == 200
    assert kept(seat.card)[:2] == ([3000] * len(blank), "So")
    assert len(writes(queries)) == LIMIT


def test_a_text_that_is_too_long_is_told_and_the_rest_is_kept(seat):
    user = seat.jurors[0].user
    told = send(seat.client, seat.card, user, "4", "3", comment="x" * 4001, private_note="Short").json()
    assert told["errors"] == {"comment": "4001 characters: 4000 at most. This text is not saved yet."}
    assert kept(seat.card)[:2] == ([4000, 3000], "")
    assert send(seat.client, seat.card, user, "4", "3", version=1, comment="x" * 4000).json()["errors"] == {}


@pytest.mark.parametrize("typed", [" 4 ", "4,0", "4.000", "\u00a04\u202f", "\uff14"])
def test_a_mark_pasted_with_its_surroundings_is_read(seat, typed):
    assert send(seat.client, seat.card, seat.jurors[0].user, typed, "").json()["errors"] == {}
    assert kept(seat.card)[0] == [4000]


def test_the_box_on_the_device_is_the_persons_alone(seat, settings):
    own, other = (offline_boxes(juror.user) for juror in seat.jurors[:2])
    assert {box["name"] for box in own} & {box["name"] for box in other} == set()
    assert {box["key"] for box in own} & {box["key"] for box in other} == set()
    page = seat.client.get(address(seat.card)).content.decode()
    assert own[0]["key"] in page
    assert other[0]["key"] not in page
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, [settings.SECRET_KEY]
    assert offline_boxes(seat.jurors[0].user)[1] == own[0], "what was kept before a change of secret is still read"
    assert is_box_of(seat.jurors[0].user, own[0]["name"])


@pytest.mark.parametrize(
    ("why", "status"),
    [("submitted", 409), ("late", 409), ("closed", 409), ("recused", 409), ("tie", 403), ("left", 409)],
)
def test_what_comes_too_late_is_kept_aside_and_not_applied(seat, organiser, enter, why, status):
    build.marks(seat.card, 2, 2, state={"submitted": "submitted", "recused": "recused"}.get(why, "draft"))
    before = kept(seat.card)
    if why == "late":
        late(seat.round)
    elif why == "closed":
        close_round(by=organiser, round=seat.round, reason_for_missing="Enough.")
    elif why == "left":
        Nomination.objects.filter(entry=seat.entries[0]).delete()
    elif why == "tie":
        declared = {"kind": "organiser", "reason": "Aunt", "by": organiser, "at": timezone.now()}
        Conflict.objects.create(juror=seat.jurors[0], entry=seat.entries[0], **declared)
    for _twice in range(2):
        answer = send(seat.client, seat.card, seat.jurors[0].user, "5", "1", version=1, comment="Typed in a train")
        assert (answer.status_code, answer.json()["aside"]) == (
            status,
            f"/judging/set-aside/{version_of(seat.card).pk}/",
        )
    assert kept(seat.card) == before
    version = version_of(seat.card)
    assert (version.why, version.marks) == (why, {"innovation": "5", "market": "1"})
    page = seat.client.get(answer.json()["aside"]).content.decode()
    assert "Typed in a train" in page
    hidden = why in ("recused", "tie", "left")
    assert ("Firm 1" in page) is not hidden
    assert "Compare the versions" in seat.client.get("/judging/").content.decode()
    if why != "closed":
        progress = enter(organiser).get(f"/organise/rounds/{seat.round.pk}/progress/").content.decode()
        assert "Waits for the juror" in progress
        assert "Typed in a train" not in progress
    assert enter(seat.jurors[1].user).get(answer.json()["aside"]).status_code == 404
    assert Event.objects.filter(verb="set_aside").count() == 1


def test_the_same_as_what_is_kept_is_no_version(seat):
    build.marks(seat.card, 2, 2)
    answer = send(seat.client, seat.card, seat.jurors[0].user, "2", "2", version=1)
    assert (answer.status_code, "aside" in answer.json()) == (409, False)
    assert SetAside.objects.count() == 0


def test_somebody_elses_scorecard_takes_nothing_aside(seat):
    other = build.marks(seat.cards[1][0], 2, 2)
    assert send(seat.client, other, seat.jurors[0].user, "5", "5").status_code == 404
    assert SetAside.objects.count() == 0


def test_the_juror_takes_a_version_over_when_the_round_allows(seat):
    build.marks(seat.card, 2, 2)
    late(seat.round)
    place = send(seat.client, seat.card, seat.jurors[0].user, "5", "1", version=1, comment="Better").json()["aside"]
    assert "take this version over" not in seat.client.get(place).content.decode()
    seat.client.post(place, {"do": "take"})
    assert kept(seat.card)[0] == [2000, 2000], "the round is still closed"
    seat.round.closes_at = timezone.now() + timedelta(days=1)
    seat.round.save()
    assert "Reopen my scorecard and take this version over" in seat.client.get(place).content.decode()
    assert seat.client.post(place, {"do": "take"}).headers["Location"] == address(seat.card)
    assert kept(seat.card)[:2] == ([5000, 1000], "Better")
    assert kept(seat.card)[3] == "draft"
    assert version_of(seat.card).settled_as == "taken"
    seat.client.post(place, {"do": "leave"})
    assert version_of(seat.card).settled_as == "taken"


def test_a_version_with_a_mark_off_the_scale_is_not_taken_over(seat):
    build.marks(seat.card, 2, 2)
    place = send(seat.client, seat.card, seat.jurors[0].user, "77", "1", version=1).json()["aside"]
    assert "outside" in seat.client.post(place, {"do": "take"}, follow=True).content.decode()
    assert kept(seat.card)[0] == [2000, 2000]
    assert kept(seat.card)[3] == "submitted"
    assert seat.client.post(place, {"do": "leave"}).headers["Location"] == "/judging/"
    assert version_of(seat.card).settled_as == "left"


def test_without_scripts_a_form_that_comes_after_stepping_back_is_kept_aside(seat):
    build.marks(seat.card, None, None, state="recused")
    fields = {f"m{criterion.pk}": "5" for criterion in seat.round.criteria.all()}
    answer = seat.client.post(
        address(seat.card), {**fields, "version": 0, "comment": "Before I knew", "private_note": ""}
    )
    assert answer.headers["Location"] == f"/judging/set-aside/{version_of(seat.card).pk}/"
    assert version_of(seat.card).texts == {"comment": "Before I knew", "private_note": ""}


def test_autosave_answers_with_version_time_and_running_total(seat):
    answer = send(seat.client, seat.card, seat.jurors[0].user, "4", "", comment="So ")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["version"], told["so_far"], told["errors"]) == (1, "48 of 60", {})
    assert told["saved"].startswith("Saved ")
    assert kept(seat.card) == ([4000], "So", 1, "draft")


def test_autosave_keeps_the_good_marks_and_names_the_bad_one(seat):
    told = send(seat.client, seat.card, seat.jurors[0].user, "4", "9").json()
    [wrong] = told["errors"]
    assert wrong == f"m{seat.round.criteria.get(code='market').pk}"
    assert kept(seat.card)[0] == [4000]


def test_a_stale_autosave_is_not_applied_and_gets_what_is_kept(seat):
    user = seat.jurors[0].user
    send(seat.client, seat.card, user, "4", "3", comment="First")
    answer = send(seat.client, seat.card, user, "1", "1", comment="Second")
    assert (answer.status_code, answer.json()["code"]) == (409, "scorecard.stale")
    assert answer.json()["kept"]["version"] == 1
    assert answer.json()["kept"]["values"]["comment"] == "First"
    assert kept(seat.card) == ([4000, 3000], "First", 1, "draft")


def test_autosave_without_a_session_asks_for_a_log_in(seat, client):
    answer = send(client, seat.card, seat.jurors[0].user, "4", "3")
    assert (answer.status_code, answer.json()["code"]) == (401, "user.none")


def test_autosave_of_somebody_elses_page_is_not_sent_as_ones_own(seat, enter):
    """Two people on one device: the page of the first, the session of the second."""
    second = enter(seat.jurors[1].user)
    answer = send(second, seat.cards[1][0], seat.jurors[0].user, "4", "3")
    assert (answer.status_code, answer.json()["code"]) == (401, "user.other")
    assert kept(seat.cards[1][0]) == ([], "", 0, "draft")


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"user": "1", "version": "x", "values": {}}'])
def test_an_autosave_that_can_t_be_read_is_refused(seat, body):
    answer = seat.client.post(address(seat.card, "save/"), body, content_type="application/json")
    assert answer.status_code == 400
