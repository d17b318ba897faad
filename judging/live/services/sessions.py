"""Live sessions: set up, and told to everybody whom they concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from contest.models import Entry
from judging.live import notices
from judging.live.reading import Appointment, appointments, clashes
from judging.models import Juror, LiveSession, Round, Slot
from judging.permissions import require_runs
from judging.reads.rounds import entries_of
from judging.states import SESSION, RoundState, SessionState
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

LONGEST = 12 * 60  # minutes


@dataclass(frozen=True)
class SlotDraft:
    """A line of a running order: an entry, or a break when there is none."""

    entry: Entry | None
    pitch_minutes: int
    questions_minutes: int = 0
    recording_url: str = ""


def _refusal(sentence: str, code: str, field: str | None = None) -> Refusal:
    return Refusal(sentence, code=f"live.{code}", field=field, status=422)


def _held(by: User, session: LiveSession) -> LiveSession:
    """The session, locked after its round (so that two sessions of a round are never compared at once),
    with its slots."""
    round = locked(Round.objects.filter(pk=session.round_id)).get()
    require_runs(by, round)
    require_editable(round)
    return fresh(session)


def fresh(session: LiveSession) -> LiveSession:
    """The session, locked, with its slots at hand."""
    locked(LiveSession.objects.filter(pk=session.pk)).get()
    return LiveSession.objects.with_slots().get(pk=session.pk)


def require_editable(round: Round) -> None:
    """Raises Refusal once the round is closed: its sessions are history."""
    if round.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")


@transaction.atomic
def save_session(
    *,
    by: User,
    round: Round,
    session: LiveSession | None,
    name: str,
    starts_at: datetime,
    time_zone: str,
    meeting_url: str = "",
    chair: Juror | None = None,
) -> LiveSession:
    """Makes a session, or changes one; whoever's appointment changes by that is told.
    Refused outside the round's window."""
    if session is None:
        round = locked(Round.objects.filter(pk=round.pk)).get()
        require_runs(by, round)
        require_editable(round)
        session = LiveSession(round=round)
        before = {}
    else:
        session = _held(by, session)
        before = appointments(session)
    jury = Juror.objects.of_jury(round.edition_id, round.city_id).active()
    if chair is not None and not jury.filter(pk=chair.pk).exists():
        raise _refusal(_("The chair is one of the round's own jurors, once they have accepted."), "chair", "chair")
    session.name, session.starts_at, session.time_zone = name.strip(), starts_at, time_zone
    session.meeting_url, session.chair = check_link(meeting_url, "meeting_url"), chair
    is_new = session.pk is None
    session.save()
    session = LiveSession.objects.with_slots().get(pk=session.pk)
    _check(session)
    verb = "create" if is_new else "change"
    record_event(by=by, verb=verb, thing=session, after={"name": session.name, "starts_at": starts_at.isoformat()})
    tell_changes(session, before)
    return session


@transaction.atomic
def save_running_order(*, by: User, session: LiveSession, slots: Sequence[SlotDraft]) -> LiveSession:
    """Sets the whole running order; whoever's appointment changes by that is told.

    Refused: an entry that stands there twice, or in another session of the round, or doesn't take part; a team or a
    juror who is elsewhere at that time; a length of nothing.
    """
    session = _held(by, session)
    before = appointments(session)
    _check_slots(session, slots)
    Slot.objects.filter(session=session).delete()
    Slot.objects.bulk_create(
        Slot(
            session=session,
            order=place,
            entry=draft.entry,
            pitch_minutes=draft.pitch_minutes,
            questions_minutes=draft.questions_minutes,
            recording_url=check_link(draft.recording_url),
        )
        for place, draft in enumerate(slots, 1)
    )
    session = LiveSession.objects.with_slots().get(pk=session.pk)
    _check(session)
    order = [slot.entry.code if slot.entry else "" for slot in session.slots.all()]
    record_event(by=by, verb="order", thing=session, after={"order": order})
    tell_changes(session, before)
    return session


def _check_slots(session: LiveSession, slots: Sequence[SlotDraft]) -> None:
    minutes = [(draft.pitch_minutes, draft.questions_minutes) for draft in slots]
    if any(pitch < 1 or questions < 0 for pitch, questions in minutes):
        raise _refusal(_("Every pitch and every break takes a minute at least."), "length")
    if sum(map(sum, minutes)) > LONGEST:
        raise _refusal(_("A session lasts twelve hours at most: make two of it."), "length")
    entries = [draft.entry for draft in slots if draft.entry]
    codes = [entry.code for entry in entries]
    double = sorted({code for code in codes if codes.count(code) > 1})
    if double:
        raise _refusal(
            _("An entry pitches once: %(codes)s stands there twice.") % {"codes": ", ".join(double)}, "twice"
        )
    part = set(entries_of(session.round).values_list("pk", flat=True))
    strange = [entry.code for entry in entries if entry.pk not in part]
    if strange:
        raise _refusal(_("Not in this round: %(codes)s.") % {"codes": ", ".join(strange)}, "entry")
    elsewhere = Slot.objects.filter(session__round=session.round_id, entry__in=entries).exclude(session=session)
    for slot in elsewhere.exclude(session__state=SessionState.CANCELLED).select_related("entry", "session")[:1]:
        said = {"code": slot.entry.code if slot.entry else "", "session": slot.session}
        raise _refusal(_("%(code)s already pitches in “%(session)s”.") % said, "twice")


def check_link(url: str, field: str | None = None) -> str:
    """A link that may be given to people: https, to a host, without a name and password in it. Raises Refusal for any
    other."""
    url = url.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        fits = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username and len(url) <= 500
    except ValueError:
        fits = False
    if not fits or any(character.isspace() for character in url):
        said = _("“%(url)s” is no link that people can follow: it begins with https:// and names a site.")
        raise _refusal(said % {"url": url[:80]}, "link", field)
    return url


def _check(session: LiveSession) -> None:
    """Inside the round's window; once published, nobody in two places at once."""
    span, round = session.span(), session.round
    if span.starts < round.opens_at or span.ends > round.closes_at:
        raise _refusal(
            _("The session lies outside the time in which jurors score. Move it, or change the round's dates."),
            "window",
            "starts_at",
        )
    if session.state != SessionState.PUBLISHED:
        return
    others = LiveSession.objects.with_slots().filter(round__edition=round.edition_id, state=SessionState.PUBLISHED)
    found = clashes(session, list(others.exclude(pk=session.pk)))
    if found:
        said = "; ".join(
            _("%(person)s is in “%(session)s” at that time") % {"person": person, "session": other}
            for person, other in found[:5]
        )
        raise _refusal(_("Nobody can be in two sessions at once: %(people)s.") % {"people": said}, "clash")


def tell_changes(session: LiveSession, before: dict[tuple[int, int], Appointment]) -> None:
    """Tells those whose appointment is new, another, or gone; each time, calendars get a higher sequence."""
    after = appointments(session)
    changed = [key for key, there in after.items() if before.get(key) != there]
    gone = [there for key, there in before.items() if key not in after]
    if not changed and not gone:
        return
    session.sequence += 1
    session.save(update_fields=["sequence"])
    for key in changed:
        notices.SessionSet.tell(session, after[key], is_change=key in before)
    for there in gone:
        notices.SessionOff.tell(session, there)


@transaction.atomic
def publish_session(*, by: User, session: LiveSession) -> LiveSession:
    """Tells jurors and teams when and where. Refused before the round is open (nobody is assigned),
    or without a running order."""
    session = _held(by, session)
    if session.round.state != RoundState.OPEN:
        raise Refusal(_("Open the round first: until then no juror is given an entry."), code="live.round_not_open")
    if not any(slot.entry_id for slot in session.slots.all()):
        raise Refusal(_("Put the entries into the running order first."), code="live.empty")
    before, after = move(session, "publish", SESSION)
    _check(session)
    session.save()
    record_event(by=by, verb="publish", thing=session, before={"state": before}, after={"state": after})
    tell_changes(session, {})
    return session


@transaction.atomic
def cancel_session(*, by: User, session: LiveSession) -> LiveSession:
    """Calls a published session off: everybody is told, and calendars show it as cancelled."""
    session = _held(by, session)
    told = appointments(session)
    before, after = move(session, "cancel", SESSION)
    session.timer_since = None
    session.save()
    record_event(by=by, verb="cancel", thing=session, before={"state": before}, after={"state": after})
    tell_changes(session, told)
    return session


@transaction.atomic
def allow_recordings(*, by: User, round: Round, allowed: bool, until: datetime | None) -> Round:
    """Whether jurors who are absent may score from the recording, and until when. Part of the round's rules: jurors
    read it. Raises Refusal for an end after the round's own."""
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    require_editable(round)
    if allowed and until and until > round.closes_at:
        raise _refusal(_("Jurors score until the round closes, not longer."), "recording_until", "until")
    before = {"allowed": round.recording_allowed}
    round.recording_allowed, round.recording_until = allowed, until if allowed else None
    round.save(update_fields=["recording_allowed", "recording_until"])
    after = {"allowed": allowed, "until": until.isoformat() if allowed and until else ""}
    record_event(by=by, verb="recordings", thing=round, before=before, after=after)
    return round
