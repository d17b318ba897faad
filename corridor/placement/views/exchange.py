"""Pages of the organiser about countries and cities: lead times, the ledger of who sent and hosted,
a stay moved by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.domain.calendar.lead_times import EU
from corridor.models import Candidate, LeadTime, Programme, Stay
from corridor.placement.forms.placement import BalanceForm, LeadTimeForm, MoveForm
from corridor.placement.reading.inputs import ledger
from corridor.placement.services.exchange import remove_lead_time, save_balance, save_lead_time, set_priority
from corridor.placement.services.stays import move_stay, pin_stay
from network.countries import country_name
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in


@organisers_only
def list_lead_times(request: AuthedRequest, pk: int | None = None) -> HttpResponse:
    """The table, and the form that adds or (with `pk`) changes a row."""
    row = get_object_or_404(LeadTime, pk=pk) if pk else None
    form = LeadTimeForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        with told_in(form):
            save_lead_time(by=request.user, lead_time=row, **values)
            messages.success(request, _("Saved."))
            return redirect("lead_times")
    rows = [
        {
            "row": one,
            "nationality": _name(one.nationality) if one.nationality else _("every other nationality"),
            "host": _name(one.host_country),
        }
        for one in LeadTime.objects.all()
    ]
    return render(request, "corridor/placement/lead_times.html", {"rows": rows, "form": form, "row": row})


def _name(code: str) -> str:
    return _("European Union") if code == EU else country_name(code)


@organisers_only
@require_POST
def drop_lead_time(request: AuthedRequest, pk: int) -> HttpResponse:
    remove_lead_time(by=request.user, lead_time=get_object_or_404(LeadTime, pk=pk))
    messages.success(request, _("Removed."))
    return redirect("lead_times")


@organisers_only
def show_ledger(request: AuthedRequest) -> HttpResponse:
    """Who has sent and hosted over the years; the form enters what lies before this site."""
    form = BalanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_balance(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("ledger")
    context = {"rows": _ledger_rows(is_sample=False), "sample_rows": _ledger_rows(is_sample=True), "form": form}
    return render(request, "corridor/placement/ledger.html", context)


def _ledger_rows(*, is_sample: bool) -> list[dict[str, Any]]:
    rows = []
    for row in sorted(ledger(is_sample=is_sample).values(), key=lambda row: row["name"]):
        sent, hosted = row["sent"] + row["sent_before"], row["hosted"] + row["hosted_before"]
        rows.append({**row, "all_sent": sent, "all_hosted": hosted, "difference": sent - hosted})
    return rows


@organisers_only
def choose(request: AuthedRequest, pk: int) -> HttpResponse:
    """From the calendar to the form that moves the chosen stay."""
    chosen = request.GET.get("stay", "")
    if not chosen.isdigit():
        return redirect("programme_calendar", pk=pk)
    return redirect("stay_move", pk=get_object_or_404(Stay, pk=int(chosen[:18]), programme=pk).pk)


@organisers_only
def move(request: AuthedRequest, pk: int) -> HttpResponse:
    """Another start or another incubator, by form."""
    stay = get_object_or_404(Stay.objects.with_parties(), pk=pk)
    form = MoveForm(request.POST or None, initial={"starts": stay.starts, "incubator": stay.incubator_id})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            move_stay(by=request.user, stay=stay, **form.cleaned_data)
            messages.success(request, _("The stay is moved. Both sides are asked to answer again."))
            return redirect("stay", pk=pk)
    status = 422 if form.errors else 200
    return render(request, "corridor/placement/move.html", {"stay": stay, "form": form}, status=status)


@organisers_only
@require_POST
def pin(request: AuthedRequest, pk: int) -> HttpResponse:
    """`pinned` 1 or 0."""
    pinned = request.POST.get("pinned") == "1"
    pin_stay(by=request.user, stay=get_object_or_404(Stay, pk=pk), pinned=pinned)
    messages.success(request, _("Plans leave this stay as it is.") if pinned else _("Plans may move this stay."))
    return redirect("stay", pk=pk)


@organisers_only
@require_POST
def weigh(request: AuthedRequest, pk: int) -> HttpResponse:
    """Priorities of a programme's candidates, for the weighted sum: fields priority_<candidate>."""
    programme = get_object_or_404(Programme, pk=pk)
    for candidate in Candidate.objects.filter(programme=programme).order_by("pk"):
        typed = request.POST.get(f"priority_{candidate.pk}", "")
        if typed.isdigit() and int(typed[:9]) != candidate.priority:
            set_priority(by=request.user, candidate=candidate, priority=int(typed[:9]))
    messages.success(request, _("Saved."))
    return redirect("programme", pk=pk)
