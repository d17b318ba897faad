"""What people write down during a stay: letters, mentor hours, incidents; and the host's page of its teams."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.domain.calendar.spans import add_months
from corridor.life.forms.life import IncidentForm, LetterForm, MentorHourForm
from corridor.life.services.checklists import LIVES
from corridor.life.services.log import note_hours, remove_hours, save_incident, send_letter
from corridor.life.views.context import crumbs_of_stay, host_rows, stay_of
from corridor.models import Incident, Incubator, Letter, MentorHour, Stay
from corridor.permissions import can_arrange, can_edit_incubator, require, takes_part
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals_told import told_in


def _did(form: forms.BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the valid form's act was done; its refusal is told in the form."""
    if not form.is_valid():
        return False
    with told_in(form):
        act(form.cleaned_data)
        return True
    return False


def _page(request: AuthedRequest, stay: Stay, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    wrong = request.method == "POST"
    values = {"stay": stay, "form": form, "trail": crumbs_of_stay(stay), **context}
    return render(request, f"corridor/life/{template}.html", values, status=422 if wrong else 200)


@login_required
def show_letters(request: AuthedRequest, pk: int) -> HttpResponse:
    """The thread between the team, the host and the organisers."""
    stay = stay_of(request, pk)
    require(takes_part(request.user, stay), _("The guest, the host and the organisers write to each other here."))
    form = LetterForm(request.POST or None)
    if request.method == "POST" and _did(form, lambda said: send_letter(by=request.user, stay=stay, **said)):
        messages.success(request, _("Sent."))
        return redirect("stay_letters", pk=pk)
    letters = Letter.objects.visible_to(request.user).filter(stay=stay).select_related("author").distinct()
    return _page(request, stay, "letters", form, letters=letters)


@login_required
def show_hours(request: AuthedRequest, pk: int) -> HttpResponse:
    """What mentors gave, noted by the host, read by everybody with a part in the stay."""
    stay = stay_of(request, pk)
    may_note = can_arrange(request.user, stay) and stay.state in LIVES
    if request.method == "POST":
        require(can_arrange(request.user, stay), _("The host notes mentor hours."))
    form = MentorHourForm(request.POST or None)
    if request.method == "POST" and _did(form, lambda said: note_hours(by=request.user, stay=stay, **said)):
        messages.success(request, _("Saved."))
        return redirect("stay_hours", pk=pk)
    rows = list(stay.mentor_hours.select_related("noted_by"))
    total = sum(row.minutes for row in rows)
    hours = {"hours": total // 60, "minutes": total % 60}
    return _page(request, stay, "hours", form, rows=rows, may_note=may_note, total=hours if rows else None)


@login_required
@require_POST
def drop_hours(request: AuthedRequest, pk: int, hour_pk: int) -> HttpResponse:
    stay = stay_of(request, pk)
    remove_hours(
        by=request.user, noted=get_object_or_404(MentorHour.objects.select_related("stay"), pk=hour_pk, stay=stay)
    )
    messages.success(request, _("Removed."))
    return redirect("stay_hours", pk=pk)


@login_required
def show_incidents(request: AuthedRequest, pk: int, incident_pk: int | None = None) -> HttpResponse:
    """What went wrong and what was done: the host and the organisers."""
    stay = stay_of(request, pk)
    require(can_arrange(request.user, stay), _("The host and the organisers record incidents."))
    rows = Incident.objects.visible_to(request.user).filter(stay=stay).select_related("recorded_by").distinct()
    incident = get_object_or_404(rows, pk=incident_pk) if incident_pk else None
    form = IncidentForm(request.POST or None, instance=incident)
    act = lambda said: save_incident(by=request.user, stay=stay, incident=incident, **said)  # noqa: E731
    if request.method == "POST" and _did(form, act):
        messages.success(request, _("Saved."))
        return redirect("stay_incidents", pk=pk)
    return _page(request, stay, "incidents", form, rows=rows, incident=incident)


@login_required
def show_teams(request: AuthedRequest, pk: int) -> HttpResponse:
    """A host's teams: who arrives this month, what each still needs, what the host owes."""
    incubator = get_object_or_404(
        Incubator.objects.visible_to(request.user).select_related("organisation__city"), pk=pk
    )
    require(can_edit_incubator(request.user, incubator), _("Only the incubator’s own people see its guests here."))
    rows = host_rows(request.user, incubator)
    city = incubator.city
    today = clock.today(zoneinfo.ZoneInfo(city.time_zone)) if city else clock.now().date()
    first = today.replace(day=1)
    return render(
        request,
        "corridor/life/teams.html",
        {
            "incubator": incubator,
            "rows": rows,
            "arrivals": [row for row in rows if first <= row["stay"].starts < add_months(first, 1)],
            "next": next((row for row in rows if row["stay"].starts >= add_months(first, 1)), None),
            "month": first,
        },
    )
