"""The steps of an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contest.dossier.forms import VersionedForm
from contest.dossier.views.steps import LAST, StepPages
from corridor.applications.forms.applying import DocumentsForm, MotivationForm, SendForm, StudiesForm, YouForm
from corridor.applications.reading import check, facts_in_words, rule_of
from corridor.applications.services.applications import submit_application
from corridor.applications.services.dossier import APPLICATIONS
from corridor.applications.services.papers import attach_document, remove_document
from corridor.applications.words import spoken
from corridor.models import Application
from network.models import User
from network.requests import AuthedRequest, PageRequest
from network.typed import Typed, saves_typed

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict


class ApplicationPages(StepPages[Application]):
    kind = APPLICATIONS
    page = "application"
    templates = "corridor/applications"
    steps = {
        "you": gettext_lazy("About you"),
        "studies": gettext_lazy("Studies"),
        "motivation": gettext_lazy("Motivation"),
        "documents": gettext_lazy("Documents"),
        LAST: gettext_lazy("Check and submit"),
    }
    typed_in = ("you", "studies", "motivation")
    forms = {"you": YouForm, "studies": StudiesForm, "motivation": MotivationForm, "documents": DocumentsForm}

    def own(self, user: User, pk: int) -> Application:
        return get_object_or_404(Application.objects.of(user).with_all(), pk=pk)

    def form_of(
        self, row: Application, step: str, data: QueryDict | None, files: MultiValueDict[str, Any] | None = None
    ) -> VersionedForm | SendForm:
        return SendForm(data) if step == LAST else self.forms[step](data, files, entry=row)

    def is_written(self, row: Application) -> bool:
        """What is decided is read, not changed."""
        return row.state in APPLICATIONS.writable

    def save_step(self, by: User, row: Application, step: str, form: Any) -> None:
        """Files one after the other: one that is refused leaves those before it."""
        if step != "documents":
            super().save_step(by, row, step, form)
            return
        for asked, upload in form.uploads():
            attach_document(by=by, application=row, asked=asked, upload=upload)

    def send(self, by: User, row: Application, form: Any) -> None:
        submit_application(by=by, application=row)

    def context(self, row: Application, step: str, form: Any) -> dict[str, Any]:
        given = {paper.asked_id: paper for paper in row.documents.all()}
        asked = form.asked if step == "documents" else []
        return {
            "application": row,
            "programme": row.programme,
            "call": row.programme.call,
            "facts": facts_in_words(check(row)) if step == LAST else [],
            "papers": [(form[f"document_{paper.pk}"], given.get(paper.pk)) for paper in asked],
            "asks_diploma": rule_of(row.programme).diploma,
            "is_current": row.was_sent and row.submitted_version == row.version,
            "shows_private": True,
            **spoken(row),
        }

    def say(self, code: str) -> str:
        return {
            "sent": _("Your application is submitted. A receipt is on its way to you."),
            "saved": _("Saved. Your application stays submitted, with this change."),
        }[code]


PAGES = ApplicationPages()


@login_required
def edit_step(request: AuthedRequest, pk: int, part: str) -> HttpResponse:
    """Shows a step, or saves it and goes on to the next."""
    return PAGES.edit(request, pk, part)


@saves_typed
def save_step(_request: PageRequest, typed: Typed, pk: int, part: str) -> HttpResponse:
    """Keeps a step while it is typed."""
    return PAGES.keep(typed, pk, part)


@login_required
@require_POST
def drop_document(request: AuthedRequest, pk: int, paper_pk: int) -> HttpResponse:
    application = PAGES.own(request.user, pk)
    document = get_object_or_404(application.documents, pk=paper_pk)
    remove_document(by=request.user, document=document)
    messages.success(request, _("The document is removed."))
    return redirect("application_step", pk, "documents")
