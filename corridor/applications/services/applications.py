"""An application from its start to its submission, or its withdrawal."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.applications import notices
from corridor.applications.services.dossier import APPLICATIONS, mark_submitted, require_open
from corridor.models import Application, Programme
from corridor.states import APPLICATION, ApplicationState
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move


@transaction.atomic
def start_application(*, by: User, programme: Programme) -> Application:
    """Begins a draft, once per person and programme; a withdrawn one becomes a draft again.
    Refuses outside the call."""
    programme = locked(Programme.objects.filter(pk=programme.pk)).get()
    if not programme.is_public:
        raise Refusal(_("This programme is not open to applications."), code="application.hidden", status=404)
    require_open(programme)
    application = Application.objects.filter(programme=programme, user=by).first()
    if application is None:
        application = Application.objects.create(programme=programme, user=by)
        record_event(by=by, verb="start", thing=application, after={"state": application.state})
    elif application.state == ApplicationState.WITHDRAWN:
        before, after = move(application, "start", APPLICATION)
        application.erased_at = None
        application.save()
        record_event(by=by, verb="start", thing=application, before={"state": before}, after={"state": after})
    return application


def save_application(
    *,
    by: User,
    application: Application,
    version: int,
    values: Mapping[str, Any] | None = None,
    answers: Mapping[int, str] | None = None,
) -> Application:
    """Saves the parts given, as DossierKind.save_parts says. What is submitted must stay whole and eligible.

    `values` takes the names of ApplicationDossier.written, `answers` text by question id.
    """
    return APPLICATIONS.save_parts(by=by, row=application, version=version, values=values, answers=answers)


@transaction.atomic
def submit_application(*, by: User, application: Application) -> Application:
    """Sends the application to the home city. What is already sent and unchanged is left as it is.

    Refuses outside the call, when a part is missing, and when the programme's rule does not hold on its first start.
    """
    application = APPLICATIONS.held(application)
    APPLICATIONS.require_author(by, application)
    if application.state == ApplicationState.SUBMITTED and application.submitted_version == application.version:
        return application
    require_open(application.programme)
    mark_submitted(by, application)
    notices.tell_submitted(application)
    return application


@transaction.atomic
def withdraw_application(*, by: User, application: Application, reason: str = "") -> Application:
    """The person no longer applies. While the call is open they can start again with what they wrote."""
    application = APPLICATIONS.held(application)
    APPLICATIONS.require_author(by, application)
    before, after = move(application, "withdraw", APPLICATION)
    application.save()
    event = record_event(
        by=by,
        verb="withdraw",
        thing=application,
        before={"state": before},
        after={"state": after, "reason": reason.strip()[:500]},
    )
    if before != ApplicationState.DRAFT:
        notices.ApplicationWithdrawn.tell(application, event.pk)
    return application
