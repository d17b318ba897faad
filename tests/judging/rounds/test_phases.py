"""Rounds wait until it is settled who competes; what can't wait says why, to everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contest.editions.services.editions import save_edition
from judging.jury.services.opening import open_round
from judging.models import RoundRule
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.results.shown.records import records_of
from judging.rounds.services.rounds import save_round
from network.models import Event
from tests import build
from toolkit import clock
from toolkit.refusals import Refusal

NOW = timezone.now


def move(edition, **dates):
    """The edition's dates, in days from now."""
    for name, days in dates.items():
        setattr(edition, name, NOW() + timedelta(days=days))
    edition.save()


PHASES = {  # {phase: the dates that make it}
    "upcoming": {"call_opens": 1, "call_closes": 5, "nominations_close": 9},
    "call": {"call_opens": -5, "call_closes": 5, "nominations_close": 9},
    "nomination": {"call_opens": -9, "call_closes": -1, "nominations_close": 5},
    "jury": {"call_opens": -9, "call_closes": -5, "nominations_close": -1},
}


@pytest.fixture
def ready(stage):
    """The stage's round as a draft, every scorecard marked, so that it can be opened and closed in one go."""
    for cards in stage.cards:
        for card in cards:
            build.marks(card, 4, 4)
    type(stage.round).objects.update(state="draft")
    RoundRule.objects.update(min_scorecards=3)
    stage.round.refresh_from_db()
    return stage


def code_of(act) -> str:
    """The code of the refusal, at its field; empty where there is none."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code if refusal.field == "reason_for_early" else str(refusal.message)
    return ""


@pytest.mark.parametrize(
    ("phase", "answer"),
    [("upcoming", "round.early"), ("call", "round.early"), ("nomination", "round.early"), ("jury", "")],
)
@pytest.mark.parametrize("step", ["open", "close"])
def test_a_round_of_the_edition_waits_for_call_and_cities(ready, organiser, step, phase, answer):
    move(ready.edition, **PHASES[phase])
    if step == "close":
        type(ready.round).objects.update(state="open")
    do = open_round if step == "open" else close_round
    assert code_of(lambda: do(by=organiser, round=ready.round, reason_for_early="   ")) == answer


def test_a_citys_own_selection_waits_for_the_call_alone(ready, organiser):
    city = build.city("braga")
    juror = build.juror(ready.edition, 9, for_city=city)
    round = build.round(ready.edition, city=city, same_city_conflicts=False)
    build.marks(build.assign(round, juror, ready.entries[0]), 4, 4)
    move(ready.edition, **PHASES["call"])
    assert code_of(lambda: open_round(by=organiser, round=round)) == "round.early"
    move(ready.edition, **PHASES["nomination"])
    open_round(by=organiser, round=round)
    move(ready.edition, **PHASES["call"])
    assert code_of(lambda: close_round(by=organiser, round=round)) == "round.early"
    move(ready.edition, **PHASES["nomination"])
    close_round(by=organiser, round=round)


def test_a_reason_stands_on_the_page_in_the_minutes_and_before_the_public(ready, organiser, enter, client):
    move(ready.edition, **PHASES["nomination"])
    browser, base = enter(organiser), f"/organise/rounds/{ready.round.pk}/"
    refused = browser.post(f"{base}open/", {})
    assert refused.status_code == 422
    assert "Cities choose until" in refused.content.decode()
    assert browser.post(f"{base}open/", {"reason_for_early": "The hall is free today only."}).status_code == 302
    refused = browser.post(f"{base}close/", {})
    assert refused.status_code == 422
    assert browser.post(f"{base}close/", {"reason_for_early": "The jury flies home."}).status_code == 302
    for page in (browser.get(base), browser.get(f"{base}standings/"), client.get(f"/editions/{ready.edition.slug}/")):
        text = page.content.decode()
        assert "The hall is free today only." in text
        assert "The jury flies home." in text
    early = {
        e.verb: e.after["early"] for e in Event.objects.filter(object_type="judging.round", after__has_key="early")
    }
    assert early == {"open": "The hall is free today only.", "close": "The jury flies home."}
    ready.round.refresh_from_db()
    said = [(line.reason, line.by) for line in minutes_of(ready.round).records]
    assert said == [("The hall is free today only.", "Odile Organiser"), ("The jury flies home.", "Odile Organiser")]


def test_what_is_on_time_says_nothing(ready, organiser, client):
    open_round(by=organiser, round=ready.round, reason_for_early="Not needed, so not kept.")
    close_round(by=organiser, round=ready.round)
    ready.round.refresh_from_db()
    assert (ready.round.opened_early, ready.round.closed_early) == ("", "")
    assert "Not needed" not in client.get(f"/editions/{ready.edition.slug}/").content.decode()


def test_the_end_of_an_open_round_only_moves_later(stage, organiser):
    with pytest.raises(Refusal) as refused:
        save_round(by=organiser, round=stage.round, closes_at=stage.round.closes_at - timedelta(hours=1))
    assert refused.value.code == "round.shortened"
    later = stage.round.closes_at + timedelta(hours=1)
    assert save_round(by=organiser, round=stage.round, closes_at=later).closes_at == later


@pytest.mark.parametrize("away", [timedelta(0), timedelta(days=1)])
def test_the_road_back_over_the_opening_is_closed(organiser, away):
    """Move the opening into the future, save, move both back: refused at the first step, whenever it is tried."""
    edition = build.edition("2031")
    with clock.at(NOW() + away):
        with pytest.raises(Refusal) as refused:
            save_edition(
                by=organiser,
                edition=edition,
                call_opens=clock.now() + timedelta(days=1),
                call_closes=edition.call_closes + timedelta(days=1),
                nominations_close=edition.nominations_close + timedelta(days=1),
            )
        assert refused.value.field == "call_opens"
        for values in ({"call_opens": None}, {"call_closes": None}, {"call_closes": clock.now()}):
            with pytest.raises(Refusal):
                save_edition(by=organiser, edition=edition, **values)
    edition.refresh_from_db()
    assert edition.phase == "call"


class TestWhatHadEndedIsOpenAnew:
    """The call or the choice of the cities gets more time while judging is under way: the same as judging too early."""

    LATER = {"nominations_close": 5}

    def again(self, organiser, edition, reason="", **days):
        values = {name: NOW() + timedelta(days=number) for name, number in (days or self.LATER).items()}
        return save_edition(by=organiser, edition=edition, reason_for_early=reason, **values)

    @pytest.mark.parametrize("days", [{"nominations_close": 5}, {"call_closes": 3, "nominations_close": 5}])
    def test_an_open_round_takes_a_reason(self, stage, organiser, days):
        move(stage.edition, **PHASES["jury"])
        assert code_of(lambda: self.again(organiser, stage.edition, "  ", **days)) == "round.early"
        stage.edition.refresh_from_db()
        assert stage.edition.phase == "jury"
        self.again(organiser, stage.edition, "A city was cut off by the storm.", **days)
        stage.round.refresh_from_db()
        assert stage.round.opened_early == "A city was cut off by the storm."
        self.again(organiser, stage.edition, **{name: number + 1 for name, number in days.items()})  # more time yet

    def test_what_is_closed_is_settled(self, ready, organiser):
        move(ready.edition, **PHASES["jury"])
        open_round(by=organiser, round=ready.round)
        close_round(by=organiser, round=ready.round)
        with pytest.raises(Refusal) as refused:
            self.again(organiser, ready.edition, "A city was cut off by the storm.")
        assert refused.value.code == "round.settled"

    def test_a_draft_and_practice_wait_for_nothing(self, ready, organiser):
        build.round(ready.edition, state="open", order=2, is_calibration=True, weight=0)
        move(ready.edition, **PHASES["jury"])
        assert self.again(organiser, ready.edition).phase == "nomination"

    def test_a_citys_own_selection_minds_the_call_alone(self, ready, organiser):
        build.round(ready.edition, state="open", city=build.city("braga"), same_city_conflicts=False)
        move(ready.edition, **PHASES["jury"])
        assert self.again(organiser, ready.edition).phase == "nomination"
        days = {"call_closes": 3, "nominations_close": 5}
        assert code_of(lambda: self.again(organiser, ready.edition, **days)) == "round.early"

    def test_page_public_and_minutes_read_why(self, stage, organiser, enter, client):
        move(stage.edition, **PHASES["jury"])
        type(stage.round).objects.update(opened_at=NOW())
        browser, address = enter(organiser), f"/organise/editions/{stage.edition.slug}/set-up/"
        form = browser.get(address).context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        typed["nominations_close"] = (NOW() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
        refused = browser.post(address, typed)
        assert refused.context["form"].errors.keys() == {"reason_for_early"}
        typed["reason_for_early"] = "A city was cut off by the storm."
        assert browser.post(address, typed).status_code == 302
        base = f"/organise/rounds/{stage.round.pk}/"
        for page in (browser.get(base), client.get(f"/editions/{stage.edition.slug}/")):
            assert "A city was cut off by the storm." in page.content.decode()
        stage.round.refresh_from_db()
        (line,) = records_of(stage.round, {})
        assert (line.reason, line.by) == ("A city was cut off by the storm.", "Odile Organiser")
