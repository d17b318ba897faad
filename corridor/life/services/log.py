"""What people write down during a stay: letters between its sides, mentor hours, incidents."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.life.notices import LetterWritten
from corridor.models import Incident, Letter, MentorHour, Stay
from corridor.permissions import can_arrange, require, takes_part
from corridor.states import StayState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal

LONGEST_DAY = 24 * 60


@transaction.atomic
def send_letter(*, by: User, stay: Stay, text: str) -> Letter:
    """A message to the other side, kept with the stay and mailed. An organiser's goes to both sides. Raises Refusal
    without a text."""
    stay = Stay.objects.with_parties().get(pk=stay.pk)
    require(takes_part(by, stay), _("The guest, the host and the organisers write to each other here."))
    if not text.strip():
        raise Refusal(_("Write something first."), code="letter.empty", field="text", status=422)
    letter = Letter.objects.create(stay=stay, author=by, text=text.strip()[:4000], at=clock.now())
    record_event(by=by, verb="write", thing=letter, after={"stay": stay.pk})
    LetterWritten.tell(letter)
    return letter


@transaction.atomic
def note_hours(*, by: User, stay: Stay, day: date, minutes: int, mentor: str, about: str = "") -> MentorHour:
    """The host notes what a mentor gave to the team. Raises Refusal without a name, outside 1 to 1,440 minutes, and for
    a day that has not come."""
    stay = _arranged(by, stay, _("The host notes mentor hours."))
    if not mentor.strip():
        raise Refusal(_("Name the mentor."), code="hours.mentor", field="mentor", status=422)
    if not 1 <= minutes <= LONGEST_DAY:
        raise Refusal(_("A day has from 1 to 1440 minutes."), code="hours.minutes", field="minutes", status=422)
    _check_day(stay, day)
    noted = MentorHour.objects.create(
        stay=stay,
        day=day,
        minutes=minutes,
        mentor=mentor.strip(),
        about=about.strip(),
        noted_by=by,
        noted_at=clock.now(),
    )
    record_event(by=by, verb="note", thing=noted, after={"stay": stay.pk, "day": day.isoformat(), "minutes": minutes})
    return noted


@transaction.atomic
def remove_hours(*, by: User, noted: MentorHour) -> None:
    """Takes back what was noted by mistake."""
    stay = _arranged(by, noted.stay, _("The host notes mentor hours."))
    row = locked(stay.mentor_hours.filter(pk=noted.pk)).get()
    record_event(by=by, verb="remove", thing=row, before={"day": row.day.isoformat(), "minutes": row.minutes})
    row.delete()


@transaction.atomic
def save_incident(*, by: User, stay: Stay, incident: Incident | None, day: date, what: str, done: str) -> Incident:
    """Something that went wrong, or what was done about it since. The host and the organisers read it. Raises Refusal
    without a text, and for a day that has not come."""
    stay = _arranged(by, stay, _("The host and the organisers record incidents."))
    if not what.strip():
        raise Refusal(_("Say what happened."), code="incident.what", field="what", status=422)
    _check_day(stay, day)
    before: dict[str, str | bool] = {}
    if incident is None:
        incident = Incident(stay=stay, recorded_by=by, recorded_at=clock.now())
    else:
        incident = locked(stay.incidents.filter(pk=incident.pk)).get()
        before = _facts(incident)
    incident.day, incident.what, incident.done = day, what.strip(), done.strip()
    incident.save()
    record_event(by=by, verb="save", thing=incident, before=before, after=_facts(incident))
    return incident


def _arranged(by: User, stay: Stay, message: str) -> Stay:
    stay = locked(Stay.objects.filter(pk=stay.pk)).with_parties().get()
    require(can_arrange(by, stay), message)
    if stay.state not in (StayState.ACCEPTED, StayState.CONFIRMED, StayState.CANCELLED):
        raise Refusal(_("Nothing happens in a stay that both sides have not accepted."), code="stay.not_accepted")
    return stay


def _check_day(stay: Stay, day: date) -> None:
    # Where the host is it may be tomorrow already.
    if (day - clock.now().date()).days > 1:
        raise Refusal(_("This day has not come yet."), code="log.day", field="day", status=422)


def _facts(incident: Incident) -> dict[str, str | bool]:
    # The words stay out of the log, which nothing can erase.
    return {"day": incident.day.isoformat(), "is_answered": bool(incident.done)}
