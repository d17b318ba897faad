"""What leaves a round under way: an entry that no longer takes part, or one juror's when a tie became known.

Reads ask afresh (judging.reads.taking_part, judging.reads.conflicts): what has left is gone at that instant.
Here it is written down
once, so that people are told, and taken back when the entry returns.
"""

from collections.abc import Iterable

from django.db import transaction

from contest.models import Entry
from contest.states import EntryState
from judging.jury.notices import departures
from judging.jury.reading.facts import ties_of
from judging.live.reading import appointments
from judging.live.services.sessions import tell_changes
from judging.models import Departure, Juror, LiveSession, Round, Scorecard
from judging.permissions import require_runs
from judging.reads.rounds import entries_of
from judging.states import DepartureKind, RoundState, ScorecardState, SessionState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked

Left = tuple[int, int | None]  # entry, and the juror from whom a tie hides it


def follow_entry(entry: Entry) -> None:
    """What judging does when an entry changes, in the same transaction:
    it may have left rounds, or come back to them."""
    rounds = Round.objects.filter(state=RoundState.OPEN, assignments__entry=entry).order_by("pk").distinct()
    for pk in list(rounds.values_list("pk", flat=True)):
        note_departures(pk, entries=[entry.pk])


def note_owed_departures(limit: int) -> int:
    """Of every open round: what left it, or came back, without anybody having said so.
    Returns in how many rounds it was so."""
    noted = 0
    for pk in Round.objects.filter(state=RoundState.OPEN).order_by("pk").values_list("pk", flat=True):
        if noted < limit:
            noted += note_departures(pk)
    return noted


@transaction.atomic
def note_departures(round_pk: int, entries: Iterable[int] | None = None) -> bool:
    """Writes down what has left the open round, ends what came back, and tells people. With `entries`: about these
    alone, and without looking for ties. Whether anything was new."""
    round = locked(Round.objects.filter(pk=round_pk, state=RoundState.OPEN)).first()
    if round is None:
        return False
    cards = Scorecard.objects.filter(assignment__round=round).exclude(state=ScorecardState.RECUSED)
    standing = Departure.objects.standing().filter(round=round)
    if entries is not None:
        entries = list(entries)
        cards, standing = cards.filter(assignment__entry__in=entries), standing.filter(entry__in=entries, juror=None)
    wanted = _left(round, list(cards.select_related("assignment__juror__organisation")), with_ties=entries is None)
    known: dict[Left, Departure] = {(row.entry_id, row.juror_id): row for row in standing}
    for key in sorted(wanted.keys() - known.keys(), key=repr):
        _begin(round, key, wanted[key])
    for key in sorted(known.keys() - wanted.keys(), key=repr):
        _end(round, known[key])
    return wanted.keys() != known.keys()


def _left(round: Round, cards: list[Scorecard], *, with_ties: bool) -> dict[Left, DepartureKind]:
    """Whole entries first: what has left for everybody is not said to have left for one."""
    there = set(entries_of(round).values_list("pk", flat=True))
    gone = {card.assignment.entry_id for card in cards} - there
    states = dict(Entry.objects.filter(pk__in=gone).values_list("pk", "state"))
    why = {EntryState.WITHDRAWN: DepartureKind.WITHDRAWN, EntryState.INELIGIBLE: DepartureKind.INELIGIBLE}
    left: dict[Left, DepartureKind] = {
        (pk, None): why.get(EntryState(states[pk]), DepartureKind.RELEASED) for pk in gone
    }
    if with_ties:
        seats = {(card.assignment.juror_id, card.assignment.entry_id) for card in cards}
        jurors = {card.assignment.juror_id: card.assignment.juror for card in cards}
        tied = {(tie.juror, tie.entry) for tie in ties_of(round, jurors.values())} & seats
        left |= {(entry, juror): DepartureKind.TIE for juror, entry in tied}
    return left


def _begin(round: Round, key: Left, why: DepartureKind) -> None:
    entry, juror = key
    departure = Departure.objects.create(round=round, entry_id=entry, juror_id=juror, why=why, at=clock.now())
    after = {"entry": departure.entry.code, "why": why, **({"juror": departure.juror.code} if departure.juror else {})}
    record_event(by=None, verb="leave", thing=departure, after=after)
    departures.tell_left(departure, _begun(departure))
    _tell_sessions(departure, came_back=False)


def _end(round: Round, departure: Departure) -> None:
    departure.ended_at = clock.now()
    departure.save(update_fields=["ended_at"])
    record_event(by=None, verb="end", thing=departure, after={"entry": departure.entry.code})
    departures.BackForJuror.tell(departure, _begun(departure))
    _tell_sessions(departure, came_back=True)


def _begun(departure: Departure) -> list[Juror]:
    """Whose work on the entry has begun: they are told that it is over."""
    cards = Scorecard.objects.filter(assignment__round=departure.round_id, assignment__entry=departure.entry_id)
    cards = cards.exclude(state=ScorecardState.RECUSED).exclude(state=ScorecardState.DRAFT, version=0)
    if departure.juror_id:
        cards = cards.filter(assignment__juror=departure.juror_id)
    return [card.assignment.juror for card in cards.select_related("assignment__juror__user").order_by("pk")]


def _tell_sessions(departure: Departure, *, came_back: bool) -> None:
    """A team that no longer pitches, or does again, and the jurors whose running order changes by it."""
    if departure.juror_id:
        return
    sessions = LiveSession.objects.with_slots().filter(round=departure.round_id, state=SessionState.PUBLISHED)
    for session in sessions.filter(slots__entry=departure.entry_id):
        slots = [slot for slot in session.slots.all() if slot.entry_id == departure.entry_id]
        now = [slot.takes_part for slot in slots]
        for slot in slots:
            slot.takes_part = not came_back
        before = appointments(session)
        for slot, takes_part in zip(slots, now, strict=True):
            slot.takes_part = takes_part
        tell_changes(session, before)


@transaction.atomic
def see_departure(*, by: User, departure: Departure) -> Departure:
    """Who runs the round has looked at what left: it is no longer among what they have to do."""
    departure = locked(Departure.objects.filter(pk=departure.pk)).select_related("round").get()
    require_runs(by, departure.round)
    if departure.seen_at is None:
        departure.seen_by, departure.seen_at = by, clock.now()
        departure.save(update_fields=["seen_by", "seen_at"])
        record_event(by=by, verb="see", thing=departure)
    return departure
