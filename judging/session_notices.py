"""Who is told of their appointment in a live session: when it is, and that it is gone."""

from judging.live import Appointment
from judging.models import LiveSession
from network.services import send_message


def slot_of(appointment: Appointment) -> str:
    """Which of a person's appointments in a session: the jury's, or that of one entry."""
    return appointment.entry.code if appointment.entry else "jury"


def tell_session(session: LiveSession, appointment: Appointment, *, is_change: bool) -> None:
    """A juror: when the session is; a team: when it pitches. Once for each sequence of the session."""
    person = appointment.user
    send_message(
        key=f"judging.session:{session.pk}:{session.sequence}:{person.pk}:{slot_of(appointment)}",
        kind="judging.session",
        to=person,
        context={
            "session": session,
            "round": session.round,
            "starts": appointment.span.starts,
            "zone": person.time_zone or session.time_zone,
            "entry": appointment.entry,
            "is_change": is_change,
            "path": f"/sessions/{session.pk}/",
        },
    )


def tell_session_off(session: LiveSession, appointment: Appointment) -> None:
    """A juror or a team: the appointment is gone (the session is cancelled, or they are no longer in it)."""
    person = appointment.user
    send_message(
        key=f"judging.session_off:{session.pk}:{session.sequence}:{person.pk}:{slot_of(appointment)}",
        kind="judging.session_off",
        to=person,
        context={
            "session": session,
            "round": session.round,
            "starts": appointment.span.starts,
            "zone": person.time_zone or session.time_zone,
            "entry": appointment.entry,
            "path": "/home/",
        },
    )
