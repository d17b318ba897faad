"""The application as a dossier: one person writes it while the call is open, and the home city decides on it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contest.dossier.reading import Missing
from contest.dossier.services.drafts import DossierKind, refuse_missing
from corridor.applications import notices
from corridor.applications.reading import check, missing_of, refused_in_words
from corridor.domain.eligibility import failed
from corridor.models import Application, ApplicationCall, Programme, ProgrammeQuestion
from corridor.models.applications import PERSONAL, TEXT_LIMIT
from corridor.states import APPLICATION, ApplicationState, PersonStatus
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move
from toolkit.templatetags.house import moment_text


class ApplicationDossier(DossierKind[Application]):
    name = "application"
    written = ("home_city", "status", *PERSONAL)
    limits = {"address": 300, "diploma_title": 200, "diploma_school": 200, "motivation": TEXT_LIMIT}
    writable = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)  # what no city has decided about

    def held(self, row: Application) -> Application:
        rows = locked(Application.objects.filter(pk=row.pk))
        return rows.select_related("programme", "user", "home_city", "candidate").get()

    def require_author(self, by: User, row: Application) -> None:
        if by.pk != row.user_id:
            raise Forbidden(_("Only the person who applies can do this."), code="application.own")

    def require_open(self, row: Application) -> None:
        require_open(row.programme)

    def questions(self, row: Application) -> QuerySet[ProgrammeQuestion]:
        return ProgrammeQuestion.objects.filter(programme=row.programme_id)

    def missing_of(self, row: Application) -> list[Missing]:
        return missing_of(row)

    def say(self, code: str) -> str:
        return {
            "stale": _(
                "The application was saved elsewhere since you opened this page. Both texts are on this page: "
                "choose, then save again."
            ),
            "fixed": _("This application can’t be changed any more: the state is “%(state)s”."),
            "not_asked": _("This programme does not ask that question."),
        }[code]

    def require_sound(self, row: Application, values: Mapping[str, Any]) -> None:
        if values.get("status") and values["status"] not in PersonStatus.values:
            raise Refusal(_("Choose one of the list."), code="application.status", field="status", status=422)
        born = values.get("born_on")
        if born and not 1900 <= born.year <= clock.now().year - 14:
            raise Refusal(
                _("This can’t be your date of birth."), code="application.born_on", field="born_on", status=422
            )

    def send_again(self, by: User, row: Application) -> None:
        mark_submitted(by, row)

    def saved(self, by: User, row: Application, changed: Mapping[str, Any]) -> None:
        if "home_city" in changed and row.state == ApplicationState.SUBMITTED:
            notices.tell_submitted(row)  # another city decides now

    def require_place(self, row: Application, place: Mapping[str, Any]) -> None:
        row.programme.documents_asked.get(pk=place["asked"].pk)

    def file_values(self, by: User) -> dict[str, object]:
        return {"created_at": clock.now()}


APPLICATIONS = ApplicationDossier()


def require_open(programme: Programme) -> None:
    """The call of the programme is open now. Raises Refusal with its dates, in the programme's zone."""
    call = ApplicationCall.objects.filter(programme=programme).first()
    if call is None or call.opens_at is None or call.closes_at is None:
        raise Refusal(_("This programme takes no applications."), code="application.no_call")
    if call.is_ahead:
        sentence = _("Applications open on %(moment)s.") % {"moment": moment_text(call.opens_at, programme.time_zone)}
        raise Refusal(sentence, code="application.ahead")
    if not call.is_open:
        sentence = _(
            "Applications closed on %(moment)s. What you typed is still on this page, but it can’t be saved any more."
        )
        moment = moment_text(call.closes_at, programme.time_zone)
        raise Refusal(sentence % {"moment": moment}, code="application.closed")


def mark_submitted(by: User, application: Application) -> None:
    """Refuses what is not whole or not eligible, else moves, saves and records. Under the row's lock."""
    refuse_missing(missing_of(application), _("This is still missing: %(parts)s"), code="application.incomplete")
    refuse_ineligible(application)
    before, after = move(application, "submit", APPLICATION)
    application.submitted_at, application.submitted_version = clock.now(), application.version
    application.save()
    facts = {"state": after, "version": application.version}
    record_event(by=by, verb="submit", thing=application, before={"state": before}, after=facts)


def refuse_ineligible(application: Application) -> None:
    """Raises Refusal with each part of the programme's rule that does not hold on its first start,
    and without the data to tell."""
    if application.erased_at is not None:
        sentence = _("The personal data were erased on %(at)s. What was decided stays.")
        at = moment_text(application.erased_at, application.programme.time_zone)
        raise Refusal(sentence % {"at": at}, code="application.erased")
    wrong = refused_in_words(failed(check(application)))
    if wrong:
        sentences = [
            _("The application does not meet the rule of this programme."),
            *wrong,
            _("If one of these facts is wrong, it is corrected in the application; else write to us."),
        ]
        raise Refusal(" ".join(sentences), code="application.ineligible", status=422)
