"""One's own account: name, language of mails, time zone; and the home page."""

import pytest

from network.models import Event
from network.services import learn_time_zone, update_profile
from tests import build
from toolkit.refusals import Refusal

GOOD = {"full_name": "Sam Étranger", "language": "fr", "time_zone": "America/Toronto"}


def test_profile_is_saved_and_told_without_the_name(enter, stranger):
    answer = enter(stranger).post("/me/", GOOD)
    assert answer.headers["Location"] == "/me/"
    stranger.refresh_from_db()
    assert (stranger.full_name, stranger.language, stranger.time_zone) == tuple(GOOD.values())
    event = Event.objects.get()
    assert (event.verb, event.before, event.after) == (
        "update_profile",
        {},
        {"changed": ["full_name", "language", "time_zone"]},
    )


def test_saving_the_same_again_tells_nothing(stranger):
    update_profile(by=stranger, **GOOD)
    update_profile(by=stranger, **GOOD)
    assert Event.objects.count() == 1


def test_a_name_is_wanted_and_what_was_typed_stays(enter, stranger):
    page = enter(stranger).post("/me/", {**GOOD, "full_name": " "}).content.decode()
    assert '<ul class="errorlist" id="id_full_name_error">' in page
    assert '<option value="America/Toronto" selected>Toronto</option>' in page
    assert '<span class="name">Sam Stranger</span>' in page
    stranger.refresh_from_db()
    assert stranger.time_zone == ""


@pytest.mark.parametrize(("field", "value"), [("language", "xx"), ("time_zone", "Mars/Base")])
def test_what_is_not_offered_is_refused(stranger, field, value):
    with pytest.raises(Refusal) as said:
        update_profile(by=stranger, **{**GOOD, field: value})
    assert (said.value.field, said.value.status) == (field, 422)
    assert not Event.objects.exists()


def test_the_browsers_zone_is_learnt_once(enter, stranger):
    assert enter(stranger).post("/me/zone/", {"time_zone": "Europe/Lisbon"}).status_code == 204
    assert enter(stranger).post("/me/zone/", {"time_zone": "Asia/Tokyo"}).status_code == 204
    stranger.refresh_from_db()
    assert stranger.time_zone == "Europe/Lisbon"
    assert Event.objects.count() == 1


def test_a_made_up_zone_is_refused(stranger):
    with pytest.raises(Refusal):
        learn_time_zone(by=stranger, time_zone="Mars/Base")


def test_home_names_the_zone_of_its_reader(enter, stranger):
    assert "Your times are shown in UTC." in enter(stranger).get("/home/").content.decode()
    learn_time_zone(by=stranger, time_zone="Europe/Paris")
    page = enter(stranger).get("/home/").content.decode()
    assert "Your times are shown in Paris time." in page
    assert "zone.js" not in page


def test_home_lists_every_part_of_a_person(enter, coordinator):
    build.person(coordinator.email, role="organiser", organisation=build.secretariat())
    page = enter(coordinator).get("/home/").content.decode()
    assert '<strong>City coordinator</strong><br><span class="small muted">City of Clermont-Ferrand</span>' in page
    assert '<strong>Organiser</strong><br><span class="small muted">Secretariat</span>' in page


def test_home_tells_a_newcomer_what_a_part_is(enter, stranger, coordinator):
    assert "<h2>You have no part yet</h2>" in enter(stranger).get("/home/").content.decode()
    assert "<h2>You have no part yet</h2>" not in enter(coordinator).get("/home/").content.decode()


def test_pages_about_oneself_need_a_log_in(client, db):
    for path in ("/home/", "/me/"):
        assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    assert client.post("/me/zone/", {"time_zone": "Europe/Paris"}).headers["Location"].startswith("/accounts/login/")
