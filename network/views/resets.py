"""Resetting the account of who lost address, passkey or app:
the organisers' page, and the page that the old address is sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from network.forms import ResetForm
from network.gates import organisers_only
from network.models import AccountReset
from network.requests import AuthedRequest, PageRequest
from network.services import ask_reset, confirm_reset, stop_reset
from network.states import OPEN_RESETS
from toolkit import clock
from toolkit.refusals_told import told_in

SHOWN = 50  # the newest


@organisers_only
def list_resets(request: AuthedRequest) -> HttpResponse:
    """What is under way and what was done; asks for another one."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            ask_reset(by=request.user, **form.cleaned_data)
            messages.success(request, _("The old address is told. Another organiser has to confirm."))
            return redirect("resets")
    resets = list(AccountReset.objects.select_related("user", "asked_by", "confirmed_by")[:SHOWN])
    for reset in resets:
        reset.is_open = reset.state in OPEN_RESETS
        reset.may_confirm = reset.state == "asked" and request.user.pk not in (reset.asked_by_id, reset.user_id)
    return render(request, "network/resets.html", {"form": form, "resets": resets})


@organisers_only
@require_POST
def confirm(request: AuthedRequest, pk: int) -> HttpResponse:
    reset = confirm_reset(by=request.user, reset=get_object_or_404(AccountReset, pk=pk))
    said = (
        _("Confirmed. The account is reset.") if reset.ended_at else _("Confirmed. It happens when its hour has come.")
    )
    messages.success(request, said)
    return redirect("resets")


@organisers_only
@require_POST
def stop(request: AuthedRequest, pk: int) -> HttpResponse:
    stop_reset(by=request.user, reset=get_object_or_404(AccountReset, pk=pk))
    messages.success(request, _("Stopped. The account stays as it is."))
    return redirect("resets")


@never_cache
@require_http_methods(["GET", "POST"])
def show_reset(request: PageRequest, token: str) -> HttpResponse:
    """What is to happen to an account, for who has the link of the mail: no log-in, for one may have lost it.
    POST stops it."""
    reset = get_object_or_404(AccountReset.objects.select_related("user", "asked_by"), token=token)
    if request.method == "POST":
        by = request.user if request.user.is_authenticated and request.user.pk == reset.user_id else None
        reset = stop_reset(by=by, reset=reset, token=token)
        messages.success(request, _("Stopped. The account stays as it is."))
        return redirect("reset", token)
    context = {"reset": reset, "is_open": reset.state in OPEN_RESETS, "is_due": reset.applies_at <= clock.now()}
    return render(request, "network/reset.html", context)
