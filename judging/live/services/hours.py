"""A live session while it lasts: who is absent, the timer, the deliberation and its notes; and everybody's calendar."""

from django.db import transaction
from django.utils.translation import gettext as _

from judging.live import notices
from judging.live.reading import appointments, leads, phases, timer_of
from judging.live.services.sessions import fresh, require_editable
from judging.models import Absence, CalendarFeed, Juror, LiveSession
from judging.models.live import new_feed_token
from judging.states import RoundState, SessionState
from network.models import Event, Message, User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal


@transaction.atomic
def mark_absent(*, by: User, session: LiveSession, juror: Juror, absent: bool) -> None:
    """Notes that a juror can't be, or was not, at a session: by themselves, or by who leads it. Or takes the note back.
    Raises Forbidden to anybody else."""
    session = fresh(session)
    if juror.user_id != by.pk and not leads(by, session):
        raise Forbidden(_("Only the juror, or who leads the session, may note that."), code="live.not_yours")
    require_editable(session.round)
    if absent:
        Absence.objects.get_or_create(session=session, juror=juror, defaults={"at": clock.now()})
    else:
        Absence.objects.filter(session=session, juror=juror).delete()
    record_event(by=by, verb="absent" if absent else "present", thing=session, after={"juror": juror.code})


@transaction.atomic
def run_timer(*, by: User, session: LiveSession, do: str, phase: int) -> LiveSession:
    """`do`: start, pause, next, back or restart, at the phase that the person had before them. When the timer has gone
    on since (two people pressed at once), nothing happens. Raises Forbidden to who does not lead the session; Refusal
    unless it is published and its round open."""
    session = fresh(session)
    if not leads(by, session):
        raise Forbidden(_("The organiser or the session's chair runs the timer."), code="live.not_leading")
    if session.state != SessionState.PUBLISHED or session.round.state != RoundState.OPEN:
        raise Refusal(_("The timer runs once the session is published, while the round is open."), code="live.no_timer")
    now = clock.now()
    timer = timer_of(session, now)
    if timer.phase is None or timer.number != phase or (do == "start") == timer.runs and do in ("start", "pause"):
        return session
    every = phases(session)
    session.timer_phase = timer.number
    if do == "start":
        session.timer_since = now
    elif do == "pause":
        session.timer_elapsed, session.timer_since = timer.spent, None
    elif do == "restart":
        session.timer_elapsed, session.timer_since = 0, None
    elif do in ("next", "back"):
        to = timer.number + (1 if do == "next" else -1)
        if not 0 <= to < len(every):
            return session
        goes_on = timer.runs and do == "next" and every[to].slot == timer.phase.slot
        session.timer_phase, session.timer_elapsed = to, 0
        session.timer_since = now if goes_on else None  # questions follow a pitch at once; the next team is waited for
    session.save(update_fields=["timer_phase", "timer_elapsed", "timer_since"])
    record_event(by=by, verb=f"timer_{do}", thing=session, after={"phase": session.timer_phase})
    return session


@transaction.atomic
def open_deliberation(*, by: User, session: LiveSession) -> LiveSession:
    """Shows the round's standings to the session's jurors from now on. Once, by the chair or who runs the round. Raises
    Forbidden to anybody else; Refusal before the session begins, and a second time."""
    session = fresh(session)
    if not leads(by, session):
        raise Forbidden(_("The organiser or the session's chair opens the deliberation."), code="live.not_leading")
    if session.state != SessionState.PUBLISHED or clock.now() < session.starts_at:
        raise Refusal(_("The deliberation is opened once the session has begun."), code="live.not_begun")
    if session.opened_at:
        raise Refusal(_("The deliberation is open already."), code="live.open")
    session.opened_at, session.opened_by = clock.now(), by
    session.save(update_fields=["opened_at", "opened_by"])
    record_event(by=by, verb="open_deliberation", thing=session, after={"at": session.opened_at.isoformat()})
    return session


@transaction.atomic
def save_notes(*, by: User, session: LiveSession, version: int, notes: str, is_typed: bool = False) -> LiveSession:
    """Keeps the notes of an open deliberation; they end in the minutes. Refused when somebody else saved in between.

    Saved while they are typed (`is_typed`), an event tells who writes them, not each pause of the writer.
    """
    session = fresh(session)
    if not leads(by, session):
        raise Forbidden(_("The organiser or the session's chair writes the notes."), code="live.not_leading")
    if session.opened_at is None:
        raise Refusal(_("The deliberation is not open yet."), code="live.not_open")
    if session.round.state == RoundState.PUBLISHED:
        raise Refusal(_("The results are published: the notes stay as they are."), code="live.published")
    if session.notes_version != version:
        raise Refusal(
            _("Somebody else saved these notes since you opened them. Yours are below, not saved: compare, then save."),
            code="live.stale",
        )
    session.notes, session.notes_version = notes.strip(), version + 1
    session.save(update_fields=["notes", "notes_version"])
    if not (is_typed and _wrote_last(by, session)):
        record_event(by=by, verb="note", thing=session, after={"version": session.notes_version})
    return session


def _wrote_last(by: User, session: LiveSession) -> bool:
    of_session = Event.objects.filter(object_type=session._meta.label_lower, object_id=str(session.pk), verb="note")
    last = of_session.last()
    return last is not None and last.actor_id == by.pk


@transaction.atomic
def renew_feed(*, by: User) -> CalendarFeed:
    """A new secret address for the person's calendar; the one before leads nowhere from now on."""
    feed, made = CalendarFeed.objects.get_or_create(user=by, defaults={"renewed_at": clock.now()})
    if not made:
        feed.token, feed.renewed_at = new_feed_token(), clock.now()
        feed.save()
    record_event(by=by, verb="renew", thing=feed)
    return feed


def told_of(key: str) -> tuple[int, str]:
    """(person, which appointment) of the key of a mail about a session."""
    person, _sep, which = key.split(":", 3)[3].partition(":")
    return int(person), which


def tell_newcomers(limit: int) -> int:
    """Tells whoever came to a session after it was published (a juror who was assigned late, somebody new on a team),
    up to `limit` people. Returns how many."""
    written = 0
    sessions = LiveSession.objects.filter(state=SessionState.PUBLISHED, starts_at__gt=clock.now())
    for pk in sessions.order_by("starts_at", "pk").values_list("pk", flat=True):
        with transaction.atomic():
            session = fresh(LiveSession(pk=pk))
            mails = Message.objects.filter(key__startswith=f"judging.session:{pk}:")
            told = {told_of(key) for key in mails.values_list("key", flat=True)}
            for (person, _entry), appointment in appointments(session).items():
                if (person, notices.slot_of(appointment)) not in told and written < limit:
                    notices.SessionSet.tell(session, appointment, is_change=False)
                    written += 1
    return written
