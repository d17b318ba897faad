"""Live sessions as their people see them: who is in one, when, and what the minutes say of the deliberation."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contest.models import Entry
from judging.domain.running_order import Phase, Span, phases_of, seconds_spent
from judging.models import Assignment, Juror, LiveSession, Round
from judging.permissions import runs_round
from judging.states import JurorState, SessionState
from network.models import Membership, User
from network.states import Role


def chairs(user: User, session: LiveSession) -> bool:
    """Whether the person leads the session as its chair, a juror who has accepted."""
    chair = session.chair
    return chair is not None and chair.user_id == user.pk and chair.state == JurorState.ACTIVE


def leads(user: User, session: LiveSession) -> bool:
    """Runs the timer, opens the deliberation, writes its notes: who runs the round, or the session's chair."""
    return runs_round(user, session.round) or chairs(user, session)


@dataclass(frozen=True)
class Appointment:
    """What a person's calendar holds of a session: a juror's is the whole of it, a team's its own slot (`entry`)."""

    user: User
    span: Span
    meeting_url: str
    entry: Entry | None
    order: tuple[str, ...]  # the running order by code, for jurors


def jurors_of(session: LiveSession) -> list[Juror]:
    """The active jurors who score an entry of the session, and its chair, by name. One query."""
    entries = [slot.entry_id for slot in session.slots.all() if slot.entry_id]
    seats = (
        Assignment.objects.filter(round=session.round_id, entry__in=entries, juror__state=JurorState.ACTIVE)
        .in_force()
        .select_related("juror__user")
        .order_by("juror__full_name", "pk")
    )
    found = {seat.juror_id: seat.juror for seat in seats}
    if session.chair and session.chair.state == JurorState.ACTIVE:
        found.setdefault(session.chair_id or 0, session.chair)
    return list(found.values())


def appointments(session: LiveSession) -> dict[tuple[int, int], Appointment]:
    """{(user pk, entry pk or 0 for the jury): appointment} of everybody who takes part;
    nobody's as long as it isn't published.

    Somebody who founded two start-ups that pitch has two. Two queries.
    """
    if session.state != SessionState.PUBLISHED:
        return {}
    timed = [(slot, span) for slot, span in session.timed_slots() if slot.entry and slot.takes_part]
    homes: dict[int, list[tuple[Entry, Span]]] = {}
    for slot, span in timed:
        if slot.entry:
            homes.setdefault(slot.entry.startup.organisation_id, []).append((slot.entry, span))
    found = {}
    teams = Membership.objects.filter(role=Role.FOUNDER, organisation__in=homes, user__is_active=True)
    for member in teams.select_related("user").order_by("pk"):
        for entry, span in homes[member.organisation_id]:
            found[member.user_id, entry.pk] = Appointment(member.user, span, session.meeting_url, entry, ())
    order = tuple(slot.entry.code for slot, _span in timed if slot.entry)
    for juror in jurors_of(session):
        if juror.user and juror.user.is_active:
            found[juror.user.pk, 0] = Appointment(juror.user, session.span(), session.meeting_url, None, order)
    return found


def clashes(session: LiveSession, others: list[LiveSession]) -> list[tuple[str, LiveSession]]:
    """(who, where else) for each juror and each team that is in another session at the same time. Slots at hand."""
    span, found = session.span(), []
    near = [other for other in others if other.pk != session.pk and span.overlaps(other.span())]
    here = {juror.user_id or -juror.pk: juror.full_name for juror in jurors_of(session)}
    for other in near:
        there = {juror.user_id or -juror.pk for juror in jurors_of(other)}
        found += [(name, other) for key, name in here.items() if key in there]
        theirs = _teams(other)
        found += [
            (name, other)
            for startup, (name, when) in _teams(session).items()
            if startup in theirs and when.overlaps(theirs[startup][1])
        ]
    return found


def _teams(session: LiveSession) -> dict[int, tuple[str, Span]]:
    return {
        slot.entry.startup_id: (slot.entry.startup.name, span)
        for slot, span in session.timed_slots()
        if slot.entry and slot.takes_part
    }


def phases(session: LiveSession) -> list[Phase]:
    """Pitch and questions of each slot in turn; a break is one. The session's slots are fetched."""
    return phases_of(
        (slot.entry_id is None, slot.pitch_minutes, slot.questions_minutes) for slot in session.slots.all()
    )


@dataclass(frozen=True)
class Timer:
    """What the clock of a session shows. `number` is the phase's place in `of`;
    none when the running order is empty."""

    phase: Phase | None
    number: int
    of: int
    spent: int
    runs: bool


def timer_of(session: LiveSession, now: datetime) -> Timer:
    """Where the timer stands at `now`; a phase of None for a session with nothing on its order."""
    every = phases(session)
    if not every:
        return Timer(None, 0, 0, 0, False)
    number = min(session.timer_phase, len(every) - 1)
    spent = seconds_spent(session.timer_elapsed, session.timer_since, now)
    return Timer(every[number], number, len(every), spent, session.timer_since is not None)


def why_no_recording(round: Round, recording_url: str, now: datetime) -> str:
    """Why a juror who is absent can't score from the recording; empty when they can."""
    if not round.recording_allowed:
        return _(
            "You are noted as absent, and the rules of this round ask jurors to be there: your marks can't be taken."
        )
    if round.recording_until and now >= round.recording_until:
        return _("The time to score from the recording is over.")
    if not recording_url:
        return _("You are noted as absent. Score from the recording: its link is not here yet.")
    return ""


@dataclass(frozen=True)
class DeliberationLine:
    """A deliberation for the minutes: when its standings were opened, by whom, and what was noted."""

    session: str
    starts_at: datetime
    chair: str
    opened_at: datetime
    opened_by: str
    notes: str


def deliberations_of(round: Round) -> list[DeliberationLine]:
    """The deliberations that were opened in a round, in their order. One query."""
    sessions = LiveSession.objects.filter(round=round, opened_at__isnull=False)
    return [
        DeliberationLine(
            session=session.name,
            starts_at=session.starts_at,
            chair=session.chair.full_name if session.chair else "",
            opened_at=session.opened_at,
            opened_by=str(session.opened_by or ""),
            notes=session.notes,
        )
        for session in sessions.select_related("chair", "opened_by").order_by("starts_at", "pk")
        if session.opened_at
    ]
