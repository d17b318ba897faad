"""Who is told of their appointment in a live session: when it is, and that it is gone."""

from typing import Any

from judging.live.reading import Appointment
from judging.models import LiveSession
from judging.rounds.notices import RoundMail
from network.kinds.mail_kinds import MAIL_KINDS


def slot_of(appointment: Appointment) -> str:
    """Which of a person's appointments in a session: the jury's, or that of one entry."""
    return appointment.entry.code if appointment.entry else "jury"


class SessionMail(RoundMail):
    """A mail about an appointment in a live session."""

    @classmethod
    def send(cls, session: LiveSession, appointment: Appointment, **more: Any) -> None:
        """Once for each sequence of the session, person and appointment."""
        person = appointment.user
        cls.write(
            key=f"{cls.code}:{session.pk}:{session.sequence}:{person.pk}:{slot_of(appointment)}",
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


@MAIL_KINDS.register
class SessionSet(SessionMail):
    """A juror: when the session is; a team: when it pitches."""

    code = "judging.session"

    @classmethod
    def tell(cls, session: LiveSession, appointment: Appointment, *, is_change: bool) -> None:
        cls.send(session, appointment, is_change=is_change, path=f"/sessions/{session.pk}/")


@MAIL_KINDS.register
class SessionOff(SessionMail):
    """A juror or a team: the appointment is gone (the session is cancelled, or they are no longer in it)."""

    code = "judging.session_off"

    @classmethod
    def tell(cls, session: LiveSession, appointment: Appointment) -> None:
        cls.send(session, appointment, path="/home/")
