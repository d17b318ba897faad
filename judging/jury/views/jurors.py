"""A jury, of an edition or of a city's own selection: who is on it, who may not score what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.models import Entry
from contest.reads.entries import WAS_SENT
from judging.jury.forms.jurors import ConflictForm, JurorForm, ReasonForm
from judging.jury.services.conflicts import declare_conflict, take_back_conflict
from judging.jury.services.jurors import invite_juror, update_juror, withdraw_juror
from judging.jury.views.conflicts import ties_of_juror
from judging.models import Conflict, Juror
from judging.rounds.views.frame import Ground, ground_run_by, show
from judging.states import ConflictKind, JurorState
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in

if TYPE_CHECKING:
    from network.models import User


@login_required
def list_jurors(request: AuthedRequest, slug: str, city: str | None = None) -> HttpResponse:
    ground = ground_run_by(request.user, slug, city)
    seats = Juror.objects.of_jury(ground.edition.pk, ground.city.pk if ground.city else None)
    jurors = list(seats.with_progress().prefetch_related("conflicts"))
    counts = {state: sum(juror.state == state for juror in jurors) for state in JurorState.values}
    return show(request, "judging/jury/jury.html", {"ground": ground, "jurors": jurors, "counts": counts})


@login_required
def invite(request: AuthedRequest, slug: str, city: str | None = None) -> HttpResponse:
    ground = ground_run_by(request.user, slug, city)
    begun = {"languages": ["en"], "language": "en"}
    form = JurorForm(request.POST or None, edition=ground.edition, for_city=ground.city, initial=begun)
    if form.is_valid():
        with told_in(form):
            juror = invite_juror(by=request.user, edition=ground.edition, for_city=ground.city, **form.values())
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": juror.email})
            return redirect(ground.jury)
    return show(
        request, "judging/jury/juror_invite.html", {"ground": ground, "form": form}, 422 if form.is_bound else 200
    )


def seat(user: User, pk: int) -> Juror:
    """A juror's seat, for who runs the jury; for anybody else it is not there."""
    seats = Juror.objects.run_by(user).select_related("edition", "for_city", "user", "city", "organisation")
    return get_object_or_404(seats, pk=pk)


def ground_of(juror: Juror) -> Ground:
    return Ground(juror.edition, juror.for_city)


@login_required
def show_juror(request: AuthedRequest, pk: int) -> HttpResponse:
    """One juror: what is known, every tie with an entry, and adding one."""
    juror = seat(request.user, pk)
    entries = Entry.objects.filter(WAS_SENT, edition=juror.edition).select_related("startup__organisation", "city")
    if juror.for_city_id:
        entries = entries.filter(city=juror.for_city_id)
    form = ConflictForm(request.POST or None, entries=entries)
    if request.method == "POST" and form.is_valid():
        values = {"entry": form.cleaned_data["entry"], "reason": form.cleaned_data["reason"]}
        kind = ConflictKind.ORGANISER
        with told_in(form):
            declare_conflict(by=request.user, juror=juror, kind=kind, **values)
            messages.success(request, _("The juror will not score this entry."))
            return redirect("juror", pk)
    context = {"ground": ground_of(juror), "juror": juror, "form": form, "ties": ties_of_juror(juror)}
    return show(request, "judging/jury/juror.html", context, 422 if form.is_bound else 200)


@login_required
@require_POST
def take_back_tie(request: AuthedRequest, pk: int, conflict_pk: int) -> HttpResponse:
    """A tie that was declared by mistake: gone, with a reason; the marks are the juror's again, as a draft."""
    juror = seat(request.user, pk)
    conflict = get_object_or_404(Conflict, juror=juror, pk=conflict_pk)
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: take_back_conflict(by=request.user, conflict=conflict, reason=reason),
        _("The tie is taken back. The juror is told."),
    )
    return redirect("juror", pk)


@login_required
def edit_juror(request: AuthedRequest, pk: int) -> HttpResponse:
    juror = seat(request.user, pk)
    form = JurorForm.for_juror(request.POST or None, juror)
    if form.is_valid():
        with told_in(form):
            update_juror(by=request.user, juror=juror, **form.values())
            messages.success(request, _("Saved."))
            return redirect("juror", pk)
    context = {"ground": ground_of(juror), "juror": juror, "form": form}
    return show(request, "judging/jury/juror_form.html", context, 422 if form.is_bound else 200)


@login_required
@require_POST
def invite_again(request: AuthedRequest, pk: int) -> HttpResponse:
    juror = seat(request.user, pk)
    again = {
        "email": juror.email,
        "full_name": juror.full_name,
        "city": juror.city,
        "organisation": juror.organisation,
        "languages": juror.languages,
        "expertise": list(juror.expertise.all()),
        "load_max": juror.load_max,
        "kind": juror.kind,
        "for_city": juror.for_city,
        "own_entry": juror.own_entry,
        "groups": juror.groups,
        "language": (juror.user.language if juror.user else (juror.languages or ["en"])[0]),
    }
    attempt(
        request,
        lambda: invite_juror(by=request.user, edition=juror.edition, **again),
        _("A new invitation to %(email)s is on its way.") % {"email": juror.email},
    )
    return redirect("juror", pk)


@login_required
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    juror = seat(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with told_in(form):
            withdraw_juror(by=request.user, juror=juror, reason=reason)
            messages.success(request, _("%(name)s is no longer on the jury.") % {"name": juror})
            return redirect(ground_of(juror).jury)
    context = {"ground": ground_of(juror), "juror": juror, "form": form}
    return show(request, "judging/jury/juror_withdraw.html", context, 422 if form.is_bound else 200)
