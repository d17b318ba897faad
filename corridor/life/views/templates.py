"""The organiser's page of what a programme's stays begin with."""

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from corridor.life.forms.life import UsualTaskForm
from corridor.life.reading.stays import forms_of, template_of
from corridor.life.services.templates import save_checklist_of
from corridor.models import Programme
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.refusals import Refusal

Lines = formset_factory(UsualTaskForm, extra=3, max_num=60)


@organisers_only
def edit_checklist(request: AuthedRequest, pk: int) -> HttpResponse:
    """The checklist as the programme has it, three empty lines more; and which reports its stays owe."""
    programme = get_object_or_404(Programme.objects.select_related("stay_template"), pk=pk)
    own = getattr(programme, "stay_template", None)
    version = str(own.version if own else 0)
    lines = Lines(request.POST or None, initial=template_of(programme)["checklist"], prefix="line")
    problem = ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        if lines.is_valid() and not (problem := _problem(request, programme, version, lines)):
            messages.success(request, _("Saved. Stays that have their list keep it."))
            return redirect("programme_checklist", pk=pk)
    context = {
        "programme": programme,
        "lines": lines,
        "version": version,
        "problem": problem,
        "reports": [LazyI18nString(dict(form.title)) for form in forms_of(programme)],
        "trail": [(_("Corridor"), reverse("programme_list")), (str(programme), reverse("programme", args=[pk]))],
    }
    return render(
        request,
        "corridor/life/programme_checklist.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


def _problem(request: AuthedRequest, programme: Programme, version: str, lines: Any) -> str:
    kept = [line for form in lines if form.has_changed() or form.initial if (line := form.line())]
    try:
        number = int(version) if version.isdigit() and len(version) < 9 else -1
        save_checklist_of(by=request.user, programme=programme, version=number, lines=kept)
    except Refusal as refusal:
        return str(refusal.message)
    return ""
