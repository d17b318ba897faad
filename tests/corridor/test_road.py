"""The road tells the truth: for each state of an entry and each step, its words and whether it is ahead, now,
done or missed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from contest.entries.services.entries import withdraw_entry
from contest.models import Edition, Entry, Nomination
from corridor.models import Stay
from judging.live.overview import to_do as live_tasks
from judging.results.services.closing import close_round, publish_results
from tests import build
from toolkit import clock
from toolkit.protocols import ToDo, collect

DATES = {
    "call": (-5, 5, 9),
    "choice": (-9, -1, 5),
    "jury": (-9, -5, -1),
}
PLACE, ABROAD = "A place abroad", "Six months abroad"
AHEAD = [("ahead", "Round 1"), ("ahead", "Award"), ("ahead", PLACE), ("ahead", ABROAD)]
MISSED = [("missed", label) for _state, label in AHEAD]
SENT, FOUND, CHOSEN = ("done", "Entry sent"), ("done", "Found eligible"), ("done", "Chosen by your city")
TABLE = {  # {(state of the entry, phase): every step}
    ("draft", "call"): [
        ("now", "You write your entry"), ("ahead", "Check of eligibility"), ("ahead", "Choice of your city"), *AHEAD,
    ],
    # A draft that nobody may send any more is out.
    ("draft", "choice"): [
        ("missed", "Entry sent"), ("missed", "Found eligible"), ("missed", "Chosen by your city"), *MISSED,
    ],
    ("submitted", "call"): [SENT, ("now", "Your city checks your entry"), ("ahead", "Choice of your city"), *AHEAD],
    ("submitted", "choice"): [SENT, ("now", "Your city checks your entry"), ("ahead", "Choice of your city"), *AHEAD],
    ("submitted", "jury"): [SENT, ("missed", "Found eligible"), ("missed", "Chosen by your city"), *MISSED],
    ("eligible", "choice"): [SENT, FOUND, ("now", "Your city chooses"), *AHEAD],
    ("eligible", "jury"): [SENT, FOUND, ("missed", "Chosen by your city"), *MISSED],
    ("ineligible", "choice"): [SENT, ("missed", "Found eligible"), ("missed", "Chosen by your city"), *MISSED],
    ("withdrawn", "choice"): [
        ("missed", "Entry sent"), ("missed", "Found eligible"), ("missed", "Chosen by your city"), *MISSED,
    ],
    ("nominated", "choice"): [SENT, FOUND, CHOSEN, *AHEAD],
    ("nominated", "jury"): [SENT, FOUND, CHOSEN, ("now", "Round 1: the jury scores"), *AHEAD[1:]],
}  # fmt: skip


def told(entry) -> list[tuple[str, str]]:
    entry = Entry.objects.select_related("edition", "startup__organisation").get(pk=entry.pk)
    return [(s.state, str(s.label)) for s in sorted(collect("road", entry), key=lambda step: step.order)]


def dated(edition, phase):
    days = [timezone.now() + timedelta(days=n) for n in DATES[phase]]
    names = ("call_opens", "call_closes", "nominations_close")
    Edition.objects.filter(pk=edition.pk).update(**dict(zip(names, days, strict=True)))


@pytest.mark.parametrize(("state", "phase"), TABLE)
def test_every_state_and_step(db, city, state, phase):
    edition = build.edition()
    build.round(edition, state="open" if phase == "jury" else "draft")
    entry = build.entry(edition, build.startup("Alpha", city), state="eligible" if state == "nominated" else state)
    if state in ("withdrawn",):
        Entry.objects.filter(pk=entry.pk).update(submitted_at=None)
    if state == "nominated":
        build.nominate(entry)
    dated(edition, phase)
    assert told(entry) == TABLE[state, phase]


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("draft", [("missed", "Entry sent"), ("missed", "Found eligible"), ("missed", "Chosen by your city")]),
        ("submitted", [SENT, ("missed", "Found eligible"), ("missed", "Chosen by your city")]),
        ("eligible", [SENT, FOUND, ("missed", "Chosen by your city")]),
        ("nominated", [SENT, FOUND, CHOSEN]),
    ],
)
def test_who_withdrew_reads_how_far_the_entry_came(db, city, state, steps):
    edition = build.edition()
    build.round(edition, state="open")
    startup = build.startup("Alpha", city)
    entry = build.entry(edition, startup, state="eligible" if state == "nominated" else state)
    if state == "nominated":
        build.nominate(entry)
    founder = build.person("founder@alpha.example", "Ana Alpha", "founder", startup.organisation)
    withdraw_entry(by=founder, entry=entry, reason="")
    assert told(entry) == [*steps, *MISSED]


def test_who_is_sent_without_competing_never_goes_before_the_jury(db, city):
    """While cities choose, theirs may still let them compete; afterwards nothing of the jury's lies ahead."""
    edition = build.edition()
    build.round(edition, state="open")
    entry = build.entry(edition, build.startup("Alpha", city), state="eligible")
    build.nominate(entry)
    Nomination.objects.update(competing_slot=None)
    dated(edition, "choice")
    assert told(entry) == [SENT, FOUND, CHOSEN, *AHEAD]
    dated(edition, "jury")
    assert told(entry) == [SENT, FOUND, CHOSEN, *MISSED]


def test_a_jury_comes_where_no_round_is_set_up_yet(db, city):
    """Being chosen does not lead straight to a place abroad."""
    edition = build.edition()
    entry = build.entry(edition, build.startup("Alpha", city), state="eligible")
    ahead = [("ahead", "The jury scores"), *AHEAD[1:]]
    dated(edition, "choice")
    assert told(entry) == [SENT, FOUND, ("now", "Your city chooses"), *ahead]
    build.nominate(entry)
    dated(edition, "jury")
    assert told(entry) == [SENT, FOUND, CHOSEN, *ahead]
    Nomination.objects.update(competing_slot=None)
    assert told(entry)[3:] == [("missed", "The jury scores"), *MISSED[1:]]


def test_a_round_says_when_its_jury_has_scored(db, city):
    edition = build.edition()
    now = timezone.now()
    round = build.round(edition, state="open", opens_at=now + timedelta(hours=1), closes_at=now + timedelta(hours=2))
    entry = build.entry(edition, build.startup("Alpha", city), state="eligible")
    build.nominate(entry)
    dated(edition, "jury")
    seen = []
    for hours in (0, 1.5, 3):
        with clock.at(now + timedelta(hours=hours)):
            seen.append(told(entry)[3])
    assert seen == [("ahead", "Round 1"), ("now", "Round 1: the jury scores"), ("now", "Round 1: the result follows")]
    type(round).objects.update(state="closed")
    with clock.at(now + timedelta(hours=1.5)):  # closed before its time
        assert told(entry)[3] == ("now", "Round 1: the result follows")


class TestAfterTheJury:
    @pytest.fixture
    def done(self, organiser, settings):
        """Two rounds: the first, of which one of two goes on, is published; the second is a draft."""
        edition = build.edition()
        entries = build.competing(edition, 2)
        round = build.round(edition, state="open", advance_count=1)
        juror = build.juror(edition, 1)
        for entry, mark in zip(entries, (5, 3), strict=True):
            build.marks(build.assign(round, juror, entry), mark, mark)
        build.round(edition, order=2, name={"en": "Round 2", "fr": "Second tour"})
        close_round(by=organiser, round=round)
        publish_results(by=organiser, round=round)
        return entries

    def test_who_stops_has_nothing_ahead(self, done):
        won, lost = done
        assert told(won)[3:] == [("done", "Round 1"), ("ahead", "Round 2"), *AHEAD[1:]]
        assert told(lost)[3:] == [("done", "Round 1"), ("missed", "Round 2"), *MISSED[1:]]

    def test_who_leaves_later_was_there(self, done):
        """The round that is published stays behind them, with their results."""
        won, _lost = done
        withdraw_entry(by=won.startup.organisation.memberships.get().user, entry=won, reason="")
        assert told(won) == [SENT, FOUND, CHOSEN, ("done", "Round 1"), ("missed", "Round 2"), *MISSED[1:]]

    def test_a_laureates_entry_says_so(self, done, enter):
        build.award(done[0])
        Edition.objects.update(results_published_at=timezone.now())
        team = done[0].startup.organisation.memberships.get().user
        page = enter(team).get(f"/entries/{done[0].pk}/").content.decode()
        assert "Your entry was awarded: Award 1." in page
        assert told(done[0])[5] == ("done", "Awarded")
        assert told(done[1])[5:] == [("missed", "Award"), ("missed", PLACE), ("missed", ABROAD)]


@pytest.mark.parametrize(
    ("state", "starts", "steps"),
    [
        ("proposed", date(2031, 3, 1), [("now", "A place abroad is offered"), ("ahead", ABROAD)]),
        ("accepted", date(2031, 3, 1), [("now", "A place abroad is accepted"), ("ahead", ABROAD)]),
        ("confirmed", date(2031, 3, 1), [("done", "A place abroad is signed"), ("now", ABROAD)]),
        ("confirmed", date(2026, 10, 1), [("done", "A place abroad is signed"), ("now", "You are abroad")]),
        ("confirmed", date(2026, 1, 1), [("done", "A place abroad is signed"), ("done", "Back home")]),
    ],
)
def test_from_the_place_to_the_way_home(corridor, organiser, city, state, starts, steps):
    entry = build.entry(corridor.programme.edition, build.startup("Omega", city), state="submitted")
    award = build.award(entry)
    candidate = corridor.teams[0]
    type(candidate).objects.filter(pk=candidate.pk).update(award=award)
    type(candidate).objects.filter(award=award).exclude(pk=candidate.pk).delete()
    stay = build.stay_of(candidate, corridor.braga)
    Stay.objects.filter(pk=stay.pk).update(
        state=state, starts=starts, ends=date(starts.year, starts.month, 1) + timedelta(days=180)
    )
    with clock.at(timezone.datetime(2026, 12, 1, tzinfo=timezone.get_current_timezone())):
        assert told(entry)[-2:] == steps


def test_words_before_a_date(db):
    now = timezone.now()
    said = [ToDo("x", "/", "y", until).when for until in (now + timedelta(hours=1), now - timedelta(hours=1))]
    assert said == ["until", "since"]
    edition = build.edition()
    (entry,), juror = build.competing(edition, 1), build.juror(edition, 1)
    round = build.round(edition, state="open")
    build.assign(round, juror, entry)
    session = build.live_session(round, entry, starts_at=now + timedelta(hours=1))
    (task,) = live_tasks(juror.user)
    assert (task.when, task.until) == ("on", session.starts_at)
