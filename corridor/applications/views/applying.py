"""The application in steps: each saved on its own, none losing what was typed when a rule says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from contest.dossier.forms import VersionedForm, with_version
from contest.dossier.services.drafts import Stale as StaleDossier
from contest.forms import show_refusal
from corridor.applications.forms.applying import (
    DocumentsForm,
    EraseForm,
    MotivationForm,
    SendForm,
    StudiesForm,
    WithdrawForm,
    YouForm,
)
from corridor.applications.reading import check, facts_in_words, missing_of, rule_of
from corridor.applications.services.applications import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from corridor.applications.services.papers import attach_document, remove_document
from corridor.applications.services.personal_data import copy_of, erase_application
from corridor.applications.words import history_of, spoken
from corridor.models import Application, ApplicationCall, ApplicationDocument
from corridor.states import APPLICATION, ApplicationState
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals import Refusal
from toolkit.states import can_move
from toolkit.uploads import serve_private

STEPS = {
    "you": gettext_lazy("About you"),
    "studies": gettext_lazy("Studies"),
    "motivation": gettext_lazy("Motivation"),
    "documents": gettext_lazy("Documents"),
    "check": gettext_lazy("Check and submit"),
}
FORMS = {"you": YouForm, "studies": StudiesForm, "motivation": MotivationForm, "documents": DocumentsForm}


@dataclass
class Stale:
    """What is kept now, beside what was typed in a form made from an older version."""

    application: Application
    differences: list[dict[str, Any]]


@login_required
def list_applications(request: AuthedRequest) -> HttpResponse:
    """One's own applications, and the programmes that take some."""
    own = list(Application.objects.of(request.user).with_row().order_by("-pk"))
    taken = {one.programme_id for one in own if one.state != ApplicationState.WITHDRAWN}
    calls = ApplicationCall.objects.open_at(clock.now()).exclude(programme__in=taken)
    return render(request, "corridor/applications/list.html", {"applications": own, "calls": calls})


@login_required
def begin(request: AuthedRequest, programme: str) -> HttpResponse:
    """Asks once, then begins the draft; whoever has one already goes on with it."""
    call = get_object_or_404(ApplicationCall.objects.public(), programme__slug=programme)
    own = Application.objects.of(request.user).filter(programme=call.programme).first()
    if own is not None and own.state != ApplicationState.WITHDRAWN:
        return redirect("application", own.pk)
    if request.method == "POST":
        application = start_application(by=request.user, programme=call.programme)
        return redirect("application_step", application.pk, "you")
    context = {"call": call, "programme": call.programme, "again": own is not None}
    return render(request, "corridor/applications/begin.html", context)


def _own(request: AuthedRequest, pk: int) -> Application:
    return get_object_or_404(Application.objects.of(request.user).with_all(), pk=pk)


@login_required
def show_application(request: AuthedRequest, pk: int) -> HttpResponse:
    """Where it stands, what was decided by whom and why, and what was sent."""
    application = _own(request, pk)
    call = application.programme.call
    can_edit = call.is_open and application.state in (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
    context = {
        "application": application,
        "programme": application.programme,
        "call": call,
        "can_edit": can_edit,
        "can_start_again": application.state == ApplicationState.WITHDRAWN and call.is_open,
        "can_withdraw": can_move(APPLICATION, application.state, "withdraw"),
        "ruling": list(application.rulings.all())[-1:],
        "history": history_of(application),
        "facts": facts_in_words(check(application)) if application.was_sent and not application.erased_at else [],
        "shows_private": True,
        **spoken(application),
    }
    return render(request, "corridor/applications/show.html", context)


@login_required
def edit_step(request: AuthedRequest, pk: int, part: str) -> HttpResponse:
    """Shows a step, or saves it and goes on to the next."""
    step = part
    if step not in STEPS:
        raise Http404
    application = _own(request, pk)
    if request.method == "GET" and application.state not in (ApplicationState.DRAFT, ApplicationState.SUBMITTED):
        return redirect("application", pk)  # decided: to be read, not changed
    form, stale = _form_of(application, step, request), None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, application, step, form)
        except StaleDossier as refusal:
            form.add_error(None, refusal.message)
            changed = form.compare(refusal.row) if isinstance(form, VersionedForm) else []
            stale = Stale(refusal.row, changed)
            form.data = with_version(request.POST, refusal.row.version)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(*_next(request, application, step))
        application = _own(request, pk)
    return render(request, f"corridor/applications/step_{step}.html", _context(application, step, form, stale))


def _form_of(application: Application, step: str, request: AuthedRequest) -> VersionedForm | SendForm:
    data = request.POST if request.method == "POST" else None
    if step == "check":
        return SendForm(data)
    return FORMS[step](data, request.FILES or None, entry=application)


def _save(request: AuthedRequest, application: Application, step: str, form: Any) -> None:
    """Files one after the other: one that is refused leaves those before it."""
    if step == "check":
        submit_application(by=request.user, application=application)
    elif step == "documents":
        for asked, upload in form.uploads():
            attach_document(by=request.user, application=application, asked=asked, upload=upload)
    else:
        save_application(
            by=request.user,
            application=application,
            version=form.cleaned_data["version"],
            values=form.values(),
            answers=form.answers() if step == "motivation" else None,
        )


def _next(request: AuthedRequest, application: Application, step: str) -> tuple[Any, ...]:
    if step == "check":
        messages.success(request, _("Your application is submitted. A receipt is on its way to you."))
        return ("application", application.pk)
    if application.was_sent:
        messages.success(request, _("Saved. Your application stays submitted, with this change."))
    else:
        messages.success(request, _("Saved as a draft."))
    names = list(STEPS)
    follows = step if "stay" in request.POST else names[names.index(step) + 1]
    return ("application_step", application.pk, follows)


def _context(application: Application, step: str, form: Any, stale: Stale | None) -> dict[str, Any]:
    missing = missing_of(application)
    names = list(STEPS)
    place = names.index(step)
    given = {paper.asked_id: paper for paper in application.documents.all()}
    return {
        "application": application,
        "programme": application.programme,
        "call": application.programme.call,
        "form": form,
        "stale": stale,
        "title": STEPS[step],
        "number": place + 1,
        "missing": [(part, reverse("application_step", args=[application.pk, part.step])) for part in missing],
        "facts": facts_in_words(check(application)) if step == "check" else [],
        "papers": [(form[f"document_{paper.pk}"], given.get(paper.pk)) for paper in form.asked]
        if step == "documents"
        else [],
        "asks_diploma": rule_of(application.programme).diploma,
        "steps": _stepper(application, step, {part.step for part in missing}),
        "previous": reverse("application_step", args=[application.pk, names[place - 1]]) if place else "",
        "is_current": application.was_sent and application.submitted_version == application.version,
        "shows_private": True,
        **spoken(application),
    }


def _stepper(application: Application, step: str, unfinished: set[str]) -> list[dict[str, Any]]:
    def state(name: str) -> str:
        if name == step:
            return "now"
        if name == "check":
            return "done" if application.was_sent else "ahead"
        return "ahead" if name in unfinished else "done"

    return [
        {"label": label, "url": reverse("application_step", args=[application.pk, name]), "state": state(name)}
        for name, label in STEPS.items()
    ]


@login_required
@require_POST
def drop_document(request: AuthedRequest, pk: int, paper_pk: int) -> HttpResponse:
    application = _own(request, pk)
    document = get_object_or_404(application.documents, pk=paper_pk)
    remove_document(by=request.user, document=document)
    messages.success(request, _("The document is removed."))
    return redirect("application_step", pk, "documents")


@login_required
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    application = _own(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_application(by=request.user, application=application, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your application is withdrawn."))
        return redirect("application", pk)
    return render(request, "corridor/applications/withdraw.html", {"application": application, "form": form})


@login_required
def erase(request: AuthedRequest, pk: int) -> HttpResponse:
    """One's own data out of the application; what was decided stays, without them."""
    application = _own(request, pk)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_application(by=request.user, application=application, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your data are erased from this application."))
            return redirect("application", pk)
    return render(request, "corridor/applications/erase.html", {"application": application, "form": form})


@login_required
@require_safe
def download_copy(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything that is kept, as a file."""
    response = JsonResponse(copy_of(_own(request, pk)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="application-{pk}.json"'
    return response


@login_required
@require_safe
def serve_document(request: AuthedRequest, pk: int) -> HttpResponseBase:
    """A paper, to the person, the home city, the organisers, and to hosts what is meant for them."""
    rows = ApplicationDocument.objects.visible_to(request.user).select_related("asked", "application")
    document = get_object_or_404(rows, pk=pk)
    return serve_private(document.file, f"application-{document.application_id}-{document.asked.code}.pdf")
