"""A person's data in an application: a copy on request, and their erasure."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from corridor.applications import notices
from corridor.applications.services.dossier import APPLICATIONS
from corridor.applications.services.papers import forget
from corridor.models import Application, ApplicationCall, Candidate, Stay
from corridor.models.applications import PERSONAL
from corridor.permissions import require
from corridor.states import APPLICATION, HOLDS_PLACES, ApplicationState, CandidateState
from network.models import Message, User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Refusal
from toolkit.states import move

UNDECIDED = [ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.APPROVED, ApplicationState.WAITING]


@transaction.atomic
def erase_application(*, by: User | None, application: Application, reason: str) -> Application:
    """Empties an application: date of birth, address, diploma, texts and papers are gone; that it was made, and
    decided, stays. What nobody has decided about is withdrawn with it.

    By the person at any time, or an organiser, with a reason; `by` None is the clock, at the end of the time stated.
    Refused for somebody admitted whose stay has not begun: the age rule and the agreement still need the data.
    """
    application = APPLICATIONS.held(application)
    allowed = by is None or by.pk == application.user_id or is_organiser(by)
    require(allowed, _("Only the person who applied, or an organiser, erases these data."))
    if application.erased_at is not None:
        return application
    if not reason.strip():
        raise Refusal(_("Say why, in a sentence."), code="erase.reason", field="reason", status=422)
    if application.state == ApplicationState.ADMITTED and _still_needed(application.candidate):
        raise Refusal(
            _("Your place still depends on these data. Withdraw first, or wait until the stay has begun."),
            code="erase.needed",
        )
    counts = {"answers": application.answers.count(), "documents": application.documents.count()}
    for document in application.documents.all():
        forget(document)
    application.answers.all().delete()
    # Mails said until which day a stay may begin, which tells a birthday.
    Message.objects.filter(key__startswith=f"application:{application.pk}:").update(text="", html="")
    for name, value in PERSONAL.items():
        setattr(application, name, value)
    if application.candidate_id is not None:
        Candidate.objects.filter(pk=application.candidate_id).update(nationalities=[], languages=[])
    application.erased_at = clock.now()
    application.version += 1
    was_sent = application.was_sent
    undecided = application.state in UNDECIDED
    if undecided:  # nobody is asked to decide about nothing
        move(application, "withdraw", APPLICATION)
    application.save()
    event = record_event(by=by, verb="erase", thing=application, before=counts, after={"reason": reason.strip()[:500]})
    if undecided and was_sent and by is not None:
        notices.ApplicationWithdrawn.tell(application, event.pk)
    return application


def erase_due_applications(limit: int) -> int:
    """Empties what was not admitted and has been kept as long as its programme states. Returns how many."""
    now, done = clock.now(), 0
    for call in ApplicationCall.objects.filter(keep_months__isnull=False, closes_at__lt=now).order_by("pk"):
        if call.erased_from is None or call.erased_from > now:
            continue
        left = call.programme.applications.filter(erased_at__isnull=True).exclude(state=ApplicationState.ADMITTED)
        for application in left.select_related("user").order_by("pk")[: limit - done]:
            with translation.override(application.user.language):  # kept for who applied
                reason = _("The time stated by the programme is over.")
            erase_application(by=None, application=application, reason=reason)
            done += 1
        if done >= limit:
            break
    return done


def copy_of(application: Application) -> dict[str, object]:
    """Everything that is kept about an application, as JSON values: the person's own copy."""
    stay = Stay.objects.filter(candidate__application=application, state__in=HOLDS_PLACES).first()
    return {
        "programme": application.programme.slug,
        "name": application.user.full_name,
        "email": application.user.email,
        "state": application.state,
        "submitted_at": application.submitted_at,
        "home_city": application.home_city.name if application.home_city else None,
        "status": application.status,
        **{name: getattr(application, name) for name in PERSONAL},
        "answers": {answer.question.code: answer.value for answer in application.answers.select_related("question")},
        "documents": [
            {"asked": paper.asked.code, "name": paper.name, "pages": paper.pages, "sha256": paper.sha256}
            for paper in application.documents.select_related("asked")
        ],
        "rulings": [
            {"ruling": row.ruling, "reason": row.reason, "rank": row.rank, "by": str(row.by), "at": row.at}
            for row in application.rulings.select_related("by")
        ],
        "stay": {"incubator": str(stay.incubator), "starts": stay.starts, "ends": stay.ends} if stay else None,
        "erased_at": application.erased_at,
    }


def _still_needed(candidate: Candidate | None) -> bool:
    if candidate is None or candidate.state == CandidateState.WITHDRAWN:
        return False
    stay = candidate.stays.filter(state__in=HOLDS_PLACES).first()
    return stay is None or stay.starts > clock.now().date()
