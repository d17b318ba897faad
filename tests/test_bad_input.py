"""What goes wrong for people, over HTTP: each time the sentence they read, and what they typed is still there.

Elsewhere: a deck that is refused, every fault of an entry's questions (contest/test_forms.py), a stale autosave and the
page of one person with the session of another (judging/scoring/test_autosave.py), two at once (the tests marked
“processes”).
"""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contest.models import Entry, Nomination
from judging.models import Mark, Scorecard
from network.models import Event
from tests import build
from tests.contest import cast
from toolkit import clock

TYPED = "Two hours of work & more."


def page_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture
def seat(organiser, enter):
    """A juror's client and their one scorecard, in an open round of marks from 0 to 5 in steps of 1."""
    edition = build.edition()
    juror = build.juror(edition, 1)
    card = build.assign(build.round(edition, state="open"), juror, build.competing(edition, 1)[0])
    return enter(juror.user), card


def fill(card, first, second="3", version=0, **more):
    marks = zip(card.assignment.round.criteria.all(), (first, second), strict=True)
    values = {f"m{criterion.pk}": mark for criterion, mark in marks}
    return {**values, "version": version, "comment": TYPED, "private_note": "", **more}


def address(card):
    return f"/judging/scorecards/{card.pk}/"


@pytest.mark.parametrize("mark", ["6", "-1", "2.5", "2,25", "1e9999", "NaN", "many"])
def test_a_mark_outside_its_scale_or_step(seat, mark):
    client, card = seat
    answer = client.post(address(card), fill(card, mark))
    assert answer.status_code == 422
    assert "Give a number from 0 to 5, in steps of 1." in page_of(answer)
    assert TYPED in page_of(answer)
    assert not Mark.objects.filter(criterion=card.assignment.round.criteria.first()).exists()


def test_the_round_closes_while_one_types(seat):
    client, card = seat
    round = card.assignment.round
    round.closes_at = timezone.now() - timedelta(seconds=1)
    round.save()
    answer = client.post(address(card), fill(card, "4"), follow=True)
    assert answer.redirect_chain[0][0].startswith("/judging/set-aside/")  # kept on the server, not applied
    assert TYPED in page_of(answer)
    assert not card.marks.exists()


def test_the_call_closes_while_one_types(founder, enter):
    edition = build.edition()
    entry = cast.draft(founder, edition)
    values = {
        "version": entry.version,
        "title": "Late",
        "summary": TYPED,
        "category": edition.categories.get().pk,
        "language": "en",
    }
    with clock.at(edition.call_closes):
        answer = enter(founder).post(reverse("entry_step", args=[entry.pk, "pitch"]), values)
    assert "The call closed on" in page_of(answer)
    assert TYPED in page_of(answer)
    assert Entry.objects.get().summary == "Sensors float."


def test_the_quota_of_a_city_is_used_up(founder, coordinator, city, enter):
    edition = build.edition(quota_sent=1, quota_competing=1)
    cast.nominated(founder, edition, coordinator)
    second = cast.eligible(cast.team("Second", city), edition, coordinator)
    sent = {"act": "nominate", "competes": "on", "reason": TYPED}
    answer = enter(coordinator).post(reverse("city_entry", args=[second.pk]), sent)
    assert "Clermont-Ferrand has used its 1 place. Release it first." in page_of(answer)
    assert TYPED in page_of(answer)
    assert Nomination.objects.count() == 1


@pytest.mark.parametrize("pk", ["999999", "99999999999999999999"])
def test_an_id_that_nobody_has(seat, pk):
    client, card = seat
    for path in (f"/judging/scorecards/{pk}/", f"/entries/{pk}/", f"/agreements/{pk}/", f"/stays/{pk}/"):
        assert client.get(path).status_code == 404, path
        assert client.post(path, fill(card, "4")).status_code in (404, 405), path


def test_somebody_else_s_id_is_as_unknown_as_none(seat, enter):
    _client, card = seat
    other = enter(build.juror(card.assignment.round.edition, 2).user)
    assert other.get(address(card)).status_code == 404
    answer = other.post(address(card), fill(card, "4"))
    assert answer.status_code == 404
    assert "Firm 1" not in page_of(answer)
    assert not Mark.objects.exists()


def test_a_double_click_on_submit_is_one_submission(seat):
    client, card = seat
    sent = fill(card, "4", do="submit")
    assert client.post(address(card), sent).status_code == 302
    again = client.post(address(card), sent)
    assert again.status_code < 500
    assert Scorecard.objects.values_list("state", "comment").get() == ("submitted", TYPED)
    assert Event.objects.filter(verb="submit").count() == 1


def test_two_tabs_show_both_texts(seat):
    client, card = seat
    client.post(address(card), {**fill(card, "4"), "comment": "From the first tab"})
    answer = client.post(address(card), fill(card, "2"))
    assert answer.status_code == 409
    assert TYPED in page_of(answer)
    assert "From the first tab" in page_of(answer)


def test_the_session_ends_in_the_middle_of_a_scorecard(seat, client):
    _client, card = seat
    answer = client.post(address(card), fill(card, "4"))
    assert answer.status_code == 401
    assert TYPED in page_of(answer)
    assert not Mark.objects.exists()


def test_a_form_that_is_too_old_says_how_to_get_the_text_back(seat):
    """The token no longer fits: nothing is trusted, so nothing is shown again; the browser's Back holds it."""
    _client, card = seat
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(card.assignment.juror.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = strict.post(address(card), fill(card, "4"))
    assert answer.status_code == 403
    assert "Go back in your browser: what you typed is still there. Copy the longer texts." in page_of(answer)
    assert not Mark.objects.exists()
