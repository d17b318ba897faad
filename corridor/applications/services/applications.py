"""An application from its start to its submission. A save carries the version that it started from:
a stale one is shown, never applied."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contest.domain.answers import Fault, tidy
from contest.questions.words import say_fault
from corridor.applications import notices
from corridor.applications.reading import check, missing_of, refused_in_words
from corridor.domain.eligibility import failed
from corridor.models import Application, ApplicationAnswer, ApplicationCall, Programme, ProgrammeQuestion
from corridor.models.applications import TEXT_LIMIT
from corridor.states import APPLICATION, ApplicationState, PersonStatus
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move
from toolkit.templatetags.house import moment_text

WRITTEN = (
    "home_city",
    "status",
    "born_on",
    "nationalities",
    "languages",
    "address",
    "diploma_title",
    "diploma_school",
    "diploma_on",
    "motivation",
)
LIMITS = {"address": 300, "diploma_title": 200, "diploma_school": 200, "motivation": TEXT_LIMIT}


class StaleApplication(Refusal):
    """Somebody saved the application after this form was opened. `application` is what is kept now."""

    def __init__(self, application: Application) -> None:
        sentence = _(
            "The application was saved elsewhere since you opened this page. Both texts are on this page: "
            "choose, then save again."
        )
        super().__init__(sentence, code="application.stale")
        self.application = application


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


@transaction.atomic
def save_application(
    *,
    by: User,
    application: Application,
    version: int,
    values: Mapping[str, Any] | None = None,
    answers: Mapping[int, str] | None = None,
) -> Application:
    """Saves the parts given and leaves the others. What is submitted must stay whole and eligible,
    and is submitted again.

    `values` takes the names of WRITTEN, `answers` text by question id. Raises StaleApplication when `version` is not
    the application's (unless nothing would change), Refusal for a bad value, outside the call, or once the city has
    decided.
    """
    application = held(application)
    changed = _changed(application, values or {})
    texts = _changed_answers(application, answers or {})
    require_own(by, application)
    if not changed and not texts:
        return application
    if version != application.version:
        raise StaleApplication(application)
    require_writable(application)
    _require_sound(changed)
    _require_answers(application, texts)
    for name, value in changed.items():
        setattr(application, name, value)
    for question_id, text in texts.items():
        ApplicationAnswer.objects.update_or_create(
            application=application, question_id=question_id, defaults={"value": text}
        )
    touch(by=by, application=application, parts=[*changed, *(f"question_{pk}" for pk in texts)])
    if "home_city" in changed and application.state == ApplicationState.SUBMITTED:
        notices.tell_submitted(application)  # another city decides now
    return application


@transaction.atomic
def submit_application(*, by: User, application: Application) -> Application:
    """Sends the application to the home city. What is already sent and unchanged is left as it is.

    Refuses outside the call, when a part is missing, and when the programme's rule does not hold on its first start.
    """
    application = held(application)
    require_own(by, application)
    if application.state == ApplicationState.SUBMITTED and application.submitted_version == application.version:
        return application
    require_open(application.programme)
    _mark_submitted(by, application)
    notices.tell_submitted(application)
    return application


@transaction.atomic
def withdraw_application(*, by: User, application: Application, reason: str = "") -> Application:
    """The person no longer applies. While the call is open they can start again with what they wrote."""
    application = held(application)
    require_own(by, application)
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
        notices.tell_withdrawn(application, event.pk)
    return application


def held(application: Application) -> Application:
    """The application's row, locked and read anew. Call it inside a transaction."""
    rows = locked(Application.objects.filter(pk=application.pk))
    return rows.select_related("programme", "user", "home_city", "candidate").get()


def require_own(by: User, application: Application) -> None:
    """Raises Forbidden unless the application is the person's own."""
    if by.pk != application.user_id:
        raise Forbidden(_("Only the person who applies can do this."), code="application.own")


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


def require_writable(application: Application) -> None:
    """Drafts and what no city has decided about, while the call is open."""
    require_open(application.programme)
    if application.state not in (ApplicationState.DRAFT, ApplicationState.SUBMITTED):
        raise Refusal(
            _("This application can’t be changed any more: the state is “%(state)s”.")
            % {"state": application.get_state_display()},
            code="application.fixed",
        )


def touch(*, by: User, application: Application, parts: list[str]) -> None:
    """Counts one more version and records which parts changed, never what they say. For services that hold the lock."""
    application.version += 1
    application.save()
    record_event(by=by, verb="save", thing=application, after={"version": application.version, "parts": parts})
    if application.state == ApplicationState.SUBMITTED:
        _mark_submitted(by, application)


def _mark_submitted(by: User, application: Application) -> None:
    missing = missing_of(application)
    if missing:
        parts = "; ".join(part.label for part in missing)
        raise Refusal(
            _("This is still missing: %(parts)s") % {"parts": parts},
            code="application.incomplete",
            field=missing[0].field,
            status=422,
        )
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


def _changed(application: Application, values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(WRITTEN)
    if unknown:
        raise TypeError(f"not written by who applies: {', '.join(sorted(unknown))}")
    tidied = {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}
    return {name: value for name, value in tidied.items() if getattr(application, name) != value}


def _changed_answers(application: Application, answers: Mapping[int, str]) -> dict[int, str]:
    kept = dict(application.answers.filter(question_id__in=answers).values_list("question_id", "value"))
    tidied = {question_id: tidy(text) for question_id, text in answers.items()}
    return {question_id: text for question_id, text in tidied.items() if kept.get(question_id, "") != text}


def _require_sound(values: dict[str, Any]) -> None:
    for name, limit in LIMITS.items():
        if len(values.get(name, "")) > limit:
            fault = Fault("too_long", limit=limit, length=len(values[name]))
            raise Refusal(say_fault(fault), code=f"application.{name}", field=name, status=422)
    if values.get("status") and values["status"] not in PersonStatus.values:
        raise Refusal(_("Choose one of the list."), code="application.status", field="status", status=422)
    born = values.get("born_on")
    if born and not 1900 <= born.year <= clock.now().year - 14:
        raise Refusal(_("This can’t be your date of birth."), code="application.born_on", field="born_on", status=422)


def _require_answers(application: Application, texts: dict[int, str]) -> None:
    questions = {one.pk: one for one in ProgrammeQuestion.objects.filter(programme=application.programme_id)}
    for question_id, text in texts.items():
        question = questions.get(question_id)
        if question is None:
            raise Refusal(_("This programme does not ask that question."), code="application.question", status=422)
        fault = question.fault_in(text)
        if fault:
            field = f"question_{question_id}"
            raise Refusal(fault, code="application.answer", field=field, status=422)
