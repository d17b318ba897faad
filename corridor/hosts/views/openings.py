"""The places that an incubator offers, an opening taken back, its closed days."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corridor.forms import ReasonForm
from corridor.hosts.forms import BlackoutForm, OpeningForm
from corridor.hosts.services.openings import (
    cancel_opening,
    remove_blackout,
    remove_opening,
    save_blackout,
    save_opening,
)
from corridor.placement.views.frame import editable
from network.requests import AuthedRequest
from toolkit.refusals import Refusal
from toolkit.refusals_told import told_in


@login_required
def edit_blackout(request: AuthedRequest, pk: int, blackout_pk: int | None = None) -> HttpResponse:
    incubator = editable(request, pk)
    blackout = get_object_or_404(incubator.blackouts, pk=blackout_pk) if blackout_pk else None
    form = BlackoutForm(request.POST or None, instance=blackout)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            save_blackout(by=request.user, incubator=incubator, blackout=blackout, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("incubator", pk=pk)
    context = {"form": form, "incubator": incubator, "blackout_pk": blackout_pk}
    return render(request, "corridor/hosts/blackout_form.html", context)


@login_required
@require_POST
def drop_blackout(request: AuthedRequest, pk: int, blackout_pk: int) -> HttpResponse:
    incubator = editable(request, pk)
    remove_blackout(by=request.user, blackout=get_object_or_404(incubator.blackouts, pk=blackout_pk))
    messages.success(request, _("Removed."))
    return redirect("incubator", pk=pk)


@login_required
@require_POST
def cancel(request: AuthedRequest, pk: int, opening_pk: int) -> HttpResponse:
    """Takes an opening back although proposals count on it."""
    incubator = editable(request, pk)
    opening = get_object_or_404(incubator.openings, pk=opening_pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Say why, in a sentence."), code="stay.reason", field="reason", status=422)
    ended = cancel_opening(by=request.user, opening=opening, reason=form.cleaned_data["reason"])
    sentence = ngettext(
        "The places are taken back; %(count)s proposal ends.",
        "The places are taken back; %(count)s proposals end.",
        len(ended),
    )
    messages.success(request, sentence % {"count": len(ended)})
    return redirect("incubator", pk=pk)


@login_required
def edit_opening(request: AuthedRequest, pk: int, opening_pk: int | None = None) -> HttpResponse:
    incubator = editable(request, pk)
    opening = get_object_or_404(incubator.openings, pk=opening_pk) if opening_pk else None
    form = OpeningForm(request.POST or None, instance=opening)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            saved = save_opening(by=request.user, incubator=incubator, opening=opening, **form.cleaned_data)
            messages.success(request, _("Saved."))
            others = incubator.openings.exclude(pk=saved.pk)
            if others.filter(starts__lt=saved.ends, ends__gt=saved.starts).exists():
                messages.info(request, _("These places overlap others of yours: their desks add up."))
            return redirect("incubator", pk=pk)
    return render(
        request,
        "corridor/hosts/opening_form.html",
        {"form": form, "incubator": incubator, "opening_pk": opening_pk, "reason_form": ReasonForm()},
    )


@login_required
@require_POST
def drop_opening(request: AuthedRequest, pk: int, opening_pk: int) -> HttpResponse:
    incubator = editable(request, pk)
    remove_opening(by=request.user, opening=get_object_or_404(incubator.openings, pk=opening_pk))
    messages.success(request, _("Removed."))
    return redirect("incubator", pk=pk)
