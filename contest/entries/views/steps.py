"""The entry in steps: each saved on its own, none losing what was typed when a rule says no."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.dossier.forms import VersionedForm, with_version
from contest.dossier.services.drafts import Stale as StaleDossier
from contest.entries.forms import (
    FilesForm,
    PitchForm,
    QuestionsForm,
    StartupForm,
    SubmitForm,
)
from contest.entries.services.attachments import attach_deck, remove_attachment
from contest.entries.services.drafts import save_draft
from contest.entries.services.entries import submit_entry
from contest.entries.services.facts import missing_of
from contest.entries.services.startups import update_startup
from contest.forms import show_refusal
from contest.models import Entry
from contest.states import AttachmentKind
from network.requests import AuthedRequest
from toolkit.refusals import Refusal

STEPS = {
    "startup": gettext_lazy("Start-up and city"),
    "pitch": gettext_lazy("Pitch"),
    "questions": gettext_lazy("Questions"),
    "files": gettext_lazy("Deck and video"),
    "check": gettext_lazy("Check and submit"),
}


@dataclass
class Stale:
    """What is kept now, beside what was typed in a form made from an older version."""

    entry: Entry
    differences: list[dict[str, Any]]


@login_required
def edit_step(request: AuthedRequest, pk: int, step: str) -> HttpResponse:
    """Shows a step, or saves it and goes on to the next."""
    if step not in STEPS:
        raise Http404
    entry = get_object_or_404(Entry.objects.of_team(request.user).with_all(), pk=pk)
    form, stale = _form_of(entry, step, request), None
    if request.method == "POST" and form.is_valid():
        try:
            _SAVE[step](request, entry, form)
        except StaleDossier as refusal:
            form.add_error(None, refusal.message)
            stale = Stale(refusal.row, form.compare(refusal.row) if isinstance(form, VersionedForm) else [])
            form.data = with_version(request.POST, refusal.row.version)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(*_next(request, entry, step))
    return render(request, f"contest/entries/step_{step}.html", _context(entry, step, form, stale))


@login_required
def remove_deck(request: AuthedRequest, pk: int) -> HttpResponse:
    """Takes the deck away; asks by POST only."""
    entry = get_object_or_404(Entry.objects.of_team(request.user).with_people(), pk=pk)
    if request.method == "POST":
        deck = get_object_or_404(entry.attachments, kind=AttachmentKind.DECK)
        remove_attachment(by=request.user, attachment=deck)
        messages.success(request, _("The deck is removed."))
    return redirect("entry_step", entry.pk, "files")


def _form_of(
    entry: Entry, step: str, request: AuthedRequest
) -> FilesForm | PitchForm | QuestionsForm | StartupForm | SubmitForm:
    data = request.POST if request.method == "POST" else None
    if step == "startup":
        return StartupForm(data, startup=entry.startup)
    if step == "pitch":
        return PitchForm(data, entry=entry)
    if step == "questions":
        return QuestionsForm(data, entry=entry)
    if step == "files":
        return FilesForm(data, request.FILES or None, entry=entry)
    return SubmitForm(data, entry=entry)


def _save_startup(request: AuthedRequest, entry: Entry, form: Any) -> None:
    update_startup(by=request.user, startup=entry.startup, **form.values())


def _save_pitch(request: AuthedRequest, entry: Entry, form: Any) -> None:
    save_draft(by=request.user, entry=entry, version=form.cleaned_data["version"], values=form.values())


def _save_questions(request: AuthedRequest, entry: Entry, form: Any) -> None:
    save_draft(by=request.user, entry=entry, version=form.cleaned_data["version"], answers=form.answers())


def _save_files(request: AuthedRequest, entry: Entry, form: Any) -> None:
    """The address first: a refused file must not lose it."""
    values = {"video_url": form.cleaned_data["video_url"]}
    save_draft(by=request.user, entry=entry, version=form.cleaned_data["version"], values=values)
    if form.cleaned_data["deck"]:
        attach_deck(by=request.user, entry=entry, upload=form.cleaned_data["deck"])


def _submit(request: AuthedRequest, entry: Entry, form: Any) -> None:
    submit_entry(by=request.user, entry=entry, rules_version=form.cleaned_data["rules_version"])


_SAVE = {
    "startup": _save_startup,
    "pitch": _save_pitch,
    "questions": _save_questions,
    "files": _save_files,
    "check": _submit,
}


def _next(request: AuthedRequest, entry: Entry, step: str) -> tuple[Any, ...]:
    entry = Entry.objects.get(pk=entry.pk)
    if step == "check":
        messages.success(request, _("Your entry is submitted. A receipt is on its way to your team."))
        return ("entry", entry.pk)
    if entry.was_sent:
        messages.success(request, _("Saved. Your entry stays submitted, with this change."))
    else:
        messages.success(request, _("Saved as a draft."))
    names = list(STEPS)
    stay = "stay" in request.POST
    return ("entry_step", entry.pk, step if stay else names[names.index(step) + 1])


def _context(entry: Entry, step: str, form: forms.Form, stale: Stale | None) -> dict[str, Any]:
    missing = missing_of(entry)
    names = list(STEPS)
    place = names.index(step)
    return {
        "entry": entry,
        "edition": entry.edition,
        "form": form,
        "stale": stale,
        "step": step,
        "title": STEPS[step],
        "number": place + 1,
        "missing": [(part, reverse("entry_step", args=[entry.pk, part.step])) for part in missing],
        "steps": _stepper(entry, step, {part.step for part in missing}),
        "previous": reverse("entry_step", args=[entry.pk, names[place - 1]]) if place else "",
        "deck": entry.attachments.filter(kind=AttachmentKind.DECK).first() if step in ("files", "check") else None,
    }


def _stepper(entry: Entry, step: str, unfinished: set[str]) -> list[dict[str, Any]]:
    def state(name: str) -> str:
        if name == step:
            return "now"
        if name == "check":
            return "done" if entry.was_sent else "ahead"
        return "ahead" if name in unfinished else "done"

    return [
        {"label": label, "url": reverse("entry_step", args=[entry.pk, name]), "state": state(name)}
        for name, label in STEPS.items()
    ]
