"""The jury of an edition: who is on it, who may not score what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.models import Entry
from judging.forms.jury import ConflictForm, JurorForm, ReasonForm
from judging.models import Juror
from judging.services import declare_conflict, invite_juror, update_juror, withdraw_juror
from judging.states import ConflictKind, JurorState
from judging.views.frame import attempt, edition_run_by, refused, show
from judging.views.ties import ties_of_juror
from network.permissions import is_organiser


@login_required
def list_jurors(request, slug):
    edition = edition_run_by(request.user, slug)
    jurors = list(Juror.objects.filter(edition=edition).with_progress().prefetch_related("conflicts"))
    counts = {state: sum(juror.state == state for juror in jurors) for state in JurorState.values}
    return show(request, "judging/jury.html", {"edition": edition, "jurors": jurors, "counts": counts})


@login_required
def invite(request, slug):
    edition = edition_run_by(request.user, slug)
    form = JurorForm(request.POST or None, edition=edition, initial={"languages": ["en"], "language": "en"})
    if form.is_valid() and not refused(form, lambda: invite_juror(by=request.user, edition=edition, **form.values())):
        messages.success(
            request, _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]}
        )
        return redirect("jury", slug)
    return show(request, "judging/juror_invite.html", {"edition": edition, "form": form}, 422 if form.is_bound else 200)


def seat(user, pk: int) -> Juror:
    """A juror's seat, for the organiser; for anybody else it is not there."""
    if not is_organiser(user):
        raise Http404
    return get_object_or_404(Juror.objects.select_related("edition", "user", "city", "organisation"), pk=pk)


@login_required
def show_juror(request, pk):
    """One juror: what is known, every tie with an entry, and adding one."""
    juror = seat(request.user, pk)
    entries = Entry.objects.filter(edition=juror.edition).select_related("startup__organisation", "city")
    form = ConflictForm(request.POST or None, entries=entries)
    if request.method == "POST" and form.is_valid():
        values = {"entry": form.cleaned_data["entry"], "reason": form.cleaned_data["reason"]}
        kind = ConflictKind.ORGANISER
        if not refused(form, lambda: declare_conflict(by=request.user, juror=juror, kind=kind, **values)):
            messages.success(request, _("The juror will not score this entry."))
            return redirect("juror", pk)
    context = {"edition": juror.edition, "juror": juror, "form": form, "ties": ties_of_juror(juror)}
    return show(request, "judging/juror.html", context, 422 if form.is_bound else 200)


@login_required
def edit_juror(request, pk):
    juror = seat(request.user, pk)
    form = JurorForm.for_juror(request.POST or None, juror)
    if form.is_valid() and not refused(form, lambda: update_juror(by=request.user, juror=juror, **form.values())):
        messages.success(request, _("Saved."))
        return redirect("juror", pk)
    context = {"edition": juror.edition, "juror": juror, "form": form}
    return show(request, "judging/juror_form.html", context, 422 if form.is_bound else 200)


@login_required
@require_POST
def invite_again(request, pk):
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
def withdraw(request, pk):
    juror = seat(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if not refused(form, lambda: withdraw_juror(by=request.user, juror=juror, reason=reason)):
            messages.success(request, _("%(name)s is no longer on the jury.") % {"name": juror})
            return redirect("jury", juror.edition.slug)
    context = {"edition": juror.edition, "juror": juror, "form": form}
    return show(request, "judging/juror_withdraw.html", context, 422 if form.is_bound else 200)
