"""Before the awards are given, nobody outside the jury's own pages learns from the last round who stands where."""

import pytest
from django.utils import timezone

from config.public import published_rounds
from judging.models import RoundRule
from judging.results.services.closing import close_round, publish_results
from judging.road_overview import road
from network.models import Message
from tests import build


@pytest.fixture
def last(stage, organiser, settings):
    """The only round, of which one of three goes on, published; no award is given. Team 1 is first, team 2 last."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    for cards in stage.cards:
        for card, values in zip(cards, [(5, 5), (3, 3), (4, 4)], strict=True):
            build.marks(card, *values)
    RoundRule.objects.update(advance_count=1)
    stage.round.refresh_from_db()
    close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    publish_results(by=organiser, round=stage.round)
    stage.teams = [entry.startup.organisation.memberships.get().user for entry in stage.entries]
    return stage


def said_to(last, number, enter, client) -> dict[str, str]:
    """Everything that a team, and anybody, reads of the round."""
    team = enter(last.teams[number])
    mail = Message.objects.get(kind="judging.published", to_user=last.teams[number])
    pk, slug = last.entries[number].pk, last.edition.slug
    return {
        "mail": mail.subject + mail.text + mail.html,
        "results": team.get(f"/entries/{pk}/results/").content.decode(),
        "entry": team.get(f"/entries/{pk}/").content.decode(),
        "home": team.get("/home/").content.decode(),
        "api": str(team.get("/api/v1/standings/").json()["results"]),
        "public": client.get(f"/editions/{slug}/").content.decode(),
        "public api": str(client.get("/api/v1/standings/").json()),
    }


GIVES_AWAY = (
    "ongratulations",
    "oes on",
    "go on",
    "goes on",
    "tops here",
    "Rank ",
    "'rank': 1",
    "'advances': True",
    "Not reached",
)


@pytest.mark.parametrize("number", [0, 1])
def test_first_and_last_read_the_same_nothing(last, number, enter, client):
    for where, text in said_to(last, number, enter, client).items():
        told = [word for word in GIVES_AWAY if word in text]
        assert told == [], where
    own = enter(last.teams[number]).get(f"/entries/{last.entries[number].pk}/results/").content.decode()
    assert "Total:" in own
    assert "told when the awards are given" in own
    assert "told when the awards are given" in Message.objects.filter(kind="judging.published")[number].text


def test_the_road_of_first_and_last_is_one_road(last):
    assert [s.state for s in road(last.entries[0])] == [s.state for s in road(last.entries[1])] == ["done", "now"]


def test_once_awards_are_given_all_is_told(last, enter, client):
    build.award(last.entries[0])
    type(last.edition).objects.update(results_published_at=timezone.now())
    last.entries[0].edition.refresh_from_db()
    assert len(published_rounds(last.edition)[0].going_on) == 1
    page = enter(last.teams[0]).get(f"/entries/{last.entries[0].pk}/results/").content.decode()
    assert "Rank 1 of 3." in page
    assert (
        "'rank': 1" in str(client.get("/api/v1/standings/").json())
        or client.get("/api/v1/standings/").status_code == 403
    )


def test_a_round_before_the_last_says_who_goes_on(last, enter):
    build.round(last.edition, order=2)
    page = enter(last.teams[0]).get(f"/entries/{last.entries[0].pk}/results/").content.decode()
    assert "Goes on" in page
    assert len(published_rounds(last.edition)) == 1


def test_who_runs_the_round_reads_it_all(last, organiser, enter):
    api = enter(organiser).get("/api/v1/standings/").json()["results"]
    assert [row["rank"] for row in api] == [1, 2, 3]
