"""Erasing what a stay says of people, once it is over: the rows stay, their words go, and a log says so."""

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.applications.services.personal_data import erase_application
from corridor.life.personal_data import applications_of, held_by, requests_of, words_of
from corridor.life.reading.stays import phase_of
from corridor.models import Candidate, Stay, StayErasure
from corridor.permissions import require
from corridor.states import HOLDS_PLACES
from network.models import Message, User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal


@transaction.atomic
def erase_stay(*, by: User, stay: Stay, reason: str) -> StayErasure:
    """Empties names, letters, mentors, incidents and free answers of a stay that is over;
    what `KEPT` lists stays. Final.

    The texts of mails that carried its letters go with them, and what a person said to be admitted. Again erases what
    was written since. Raises Refusal before it is over, or without a reason.
    """
    require(is_organiser(by), _("Only an organiser erases personal data."))
    stay = locked(Stay.objects.filter(pk=stay.pk)).with_parties().get()
    if stay.state in HOLDS_PLACES and phase_of(stay) != "completed":
        raise Refusal(_("The stay is not over: its people still need this."), code="erasure.early")
    if not reason.strip():
        raise Refusal(_("Say why, in a sentence."), code="erasure.reason", field="reason", status=422)
    counts = {kind: len(rows) for kind, rows in held_by(stay).items()}
    stay.travellers.update(name="")
    stay.mentor_hours.update(mentor="", about="")
    stay.incidents.update(what="", done="")
    for letter in stay.letters.exclude(text=""):
        Message.objects.filter(key__startswith=f"corridor.letter:{letter.pk}:").update(text="", html="")
    stay.letters.update(text="")
    for report in stay.reports.all():
        if words := words_of(report):
            report.answers = {**report.answers, **{row["question"]: "" for row in words}}
            report.save(update_fields=["answers"])
    for application in applications_of(stay):
        erase_application(by=by, application=application, reason=reason)
    if counts["nationalities"]:
        Candidate.objects.filter(pk=stay.candidate_id).update(nationalities=[])
    requests_of(stay).update(reason="", answer="", proposal={})
    erased = StayErasure.objects.create(stay=stay, at=clock.now(), by=by, reason=reason.strip()[:500], counts=counts)
    record_event(by=by, verb="erase", thing=stay, after={"counts": counts})
    return erased
