"""What a person may see follows what they are now: a role that ended, an account that was closed, a log-out."""

from datetime import date

import pytest

from contest.models import Entry, Startup
from corridor.models import Stay
from network.models import Message
from network.services import end_membership
from tests import build

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/organise/rounds/1/progress/?page=2"}


@pytest.fixture
def stay(founder, city):
    entry = build.nominate(build.entry(build.edition(), Startup.objects.get()))
    house = build.incubator("House", build.city("braga"), (date(2027, 1, 1), date(2027, 12, 31), 4))
    return build.stay(build.award(entry), house)


def test_visibility_ends_with_the_membership(stay, organiser, coordinator, enter):
    host = build.host(stay.incubator)
    for person, page, sees in (
        (coordinator, f"/city/entries/{stay.candidate.award.entry_id}/", Entry),
        (host, f"/stays/{stay.pk}/", Stay),
    ):
        client = enter(person)
        assert client.get(page).status_code == 200
        assert list(sees.objects.visible_to(person))
        end_membership(by=organiser, membership=person.memberships.get())
        assert client.get(page).status_code == 404
        assert client.get("/api/v1/stays/").json()["results"] == []
        again = type(person).objects.get(pk=person.pk)
        assert not list(sees.objects.visible_to(again))


def test_a_closed_account_is_out_in_the_middle_of_its_session(stay, coordinator, enter):
    client = enter(coordinator)
    assert client.get("/home/").status_code == 200
    type(coordinator).objects.filter(pk=coordinator.pk).update(is_active=False)
    for page in ("/home/", "/city/", f"/stays/{stay.pk}/"):
        assert client.get(page).headers["Location"] == f"/accounts/login/?next={page}"
    assert client.get("/api/v1/stays/").status_code == 403
    client.post("/accounts/login/", {"login": coordinator.email})
    assert not Message.objects.filter(kind="account.email.login_code").exists()


def test_a_fragment_asked_for_after_a_log_out_sends_the_whole_page_to_the_log_in(organiser, enter):
    round = build.round(build.edition(), state="open")
    place = f"/organise/rounds/{round.pk}/progress/"
    client = enter(organiser)
    fragment = client.get(place, headers=HTMX)
    assert fragment.status_code == 200
    assert "HX-Redirect" not in fragment.headers
    client.logout()
    answer = client.get(place, headers=HTMX)
    back = "/accounts/login/?next=%2Forganise%2Frounds%2F1%2Fprogress%2F%3Fpage%3D2"
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.content) == (200, back, b"")
    assert client.get(place).headers["Location"] == f"/accounts/login/?next={place}"


def test_the_way_back_is_never_another_site(client, db):
    answer = client.get("/home/", headers={**HTMX, "HX-Current-URL": "https://elsewhere.example/x"})
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fhome%2F"
