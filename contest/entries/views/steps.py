"""The steps of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.dossier.views.steps import LAST, StepPages
from contest.entries.forms import FilesForm, PitchForm, QuestionsForm, StartupForm, SubmitForm
from contest.entries.services.attachments import attach_deck, remove_attachment
from contest.entries.services.dossier import ENTRIES
from contest.entries.services.entries import submit_entry
from contest.entries.services.startups import update_startup
from contest.models import Entry
from contest.states import AttachmentKind
from network.models import User
from network.requests import AuthedRequest, PageRequest
from network.typed import Typed, saves_typed

if TYPE_CHECKING:
    from django import forms
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict


class EntryPages(StepPages[Entry]):
    kind = ENTRIES
    page = "entry"
    templates = "contest/entries"
    steps = {
        "startup": gettext_lazy("Start-up and city"),
        "pitch": gettext_lazy("Pitch"),
        "questions": gettext_lazy("Questions"),
        "files": gettext_lazy("Deck and video"),
        LAST: gettext_lazy("Check and submit"),
    }
    typed_in = ("pitch", "questions", "files")

    def own(self, user: User, pk: int) -> Entry:
        return get_object_or_404(Entry.objects.of_team(user).with_all(), pk=pk)

    def form_of(
        self, row: Entry, step: str, data: QueryDict | None, files: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        if step == "startup":
            return StartupForm(data, startup=row.startup)
        if step == "files":
            return FilesForm(data, files, entry=row)
        return {"pitch": PitchForm, "questions": QuestionsForm, LAST: SubmitForm}[step](data, entry=row)

    def save_step(self, by: User, row: Entry, step: str, form: Any) -> None:
        """The texts first: a refused file must not lose them."""
        if step == "startup":
            update_startup(by=by, startup=row.startup, **form.values())
            return
        super().save_step(by, row, step, form)
        if form.cleaned_data.get("deck"):
            attach_deck(by=by, entry=row, upload=form.cleaned_data["deck"])

    def send(self, by: User, row: Entry, form: Any) -> None:
        submit_entry(by=by, entry=row, rules_version=form.cleaned_data["rules_version"])

    def context(self, row: Entry, step: str, form: Any) -> dict[str, Any]:
        deck = row.attachments.filter(kind=AttachmentKind.DECK).first() if step in ("files", LAST) else None
        return {"entry": row, "edition": row.edition, "deck": deck}

    def say(self, code: str) -> str:
        return {
            "sent": _("Your entry is submitted. A receipt is on its way to your team."),
            "saved": _("Saved. Your entry stays submitted, with this change."),
        }[code]


PAGES = EntryPages()


@login_required
def edit_step(request: AuthedRequest, pk: int, step: str) -> HttpResponse:
    """Shows a step, or saves it and goes on to the next."""
    return PAGES.edit(request, pk, step)


@saves_typed
def save_step(_request: PageRequest, typed: Typed, pk: int, step: str) -> HttpResponse:
    """Keeps a step while it is typed."""
    return PAGES.keep(typed, pk, step)


@login_required
def remove_deck(request: AuthedRequest, pk: int) -> HttpResponse:
    """Takes the deck away; asks by POST only."""
    entry = get_object_or_404(Entry.objects.of_team(request.user).with_people(), pk=pk)
    if request.method == "POST":
        deck = get_object_or_404(entry.attachments, kind=AttachmentKind.DECK)
        remove_attachment(by=request.user, attachment=deck)
        messages.success(request, _("The deck is removed."))
    return redirect("entry_step", entry.pk, "files")
