"""Who is told of their appointment in a live session: when it is, and that it is gone."""

from typing import Any

from judging.live.reading import Appointment
from judging.models import LiveSession
from network.services import send_message


def slot_of(appointment: Appointment) -> str:
    """Which of a person's appointments in a session: the jury's, or that of one entry."""
    return appointment.entry.code if appointment.entry else "jury"


def tell_session(session: LiveSession, appointment: Appointment, *, is_change: bool) -> None:
    """A juror: when the session is; a team: when it pitches."""
    _tell("judging.session", session, appointment, is_change=is_change, path=f"/sessions/{session.pk}/")


def tell_session_off(session: LiveSession, appointment: Appointment) -> None:
    """A juror or a team: the appointment is gone (the session is cancelled, or they are no longer in it)."""
    _tell("judging.session_off", session, appointment, path="/home/")


def _tell(kind: str, session: LiveSession, appointment: Appointment, **more: Any) -> None:
    """Once for each sequence of the session, person and appointment."""
    person = appointment.user
    send_message(
        key=f"{kind}:{session.pk}:{session.sequence}:{person.pk}:{slot_of(appointment)}",
        kind=kind,
        to=person,
        context={
            "session": session,
            "round": session.round,
            "starts": appointment.span.starts,
            "zone": person.time_zone or session.time_zone,
            "entry": appointment.entry,
            **more,
        },
    )
