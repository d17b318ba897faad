"""The pages of a person who applies: beginning, where it stands, withdrawing, one's data."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.applications.forms.applying import (
    EraseForm,
    WithdrawForm,
)
from corridor.applications.reading import check, facts_in_words
from corridor.applications.services.applications import (
    start_application,
    withdraw_application,
)
from corridor.applications.services.personal_data import copy_of, erase_application
from corridor.applications.words import history_of, spoken
from corridor.models import Application, ApplicationCall, ApplicationDocument
from corridor.states import APPLICATION, ApplicationState
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals_told import told_in
from toolkit.states import can_move
from toolkit.uploads import serve_private


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
        with told_in(form):
            erase_application(by=request.user, application=application, reason=form.cleaned_data["reason"])
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
