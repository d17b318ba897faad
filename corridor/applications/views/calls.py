"""The organiser sets up how people apply to a programme: dates, rule, questions, papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.questions.views import edit_asked, next_order
from corridor.applications.forms.deciding import CallForm, DocumentAskedForm, ProgrammeQuestionForm
from corridor.applications.services.calls import (
    remove_document_asked,
    remove_programme_question,
    save_call,
    save_document_asked,
    save_programme_question,
)
from corridor.models import Programme
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in


def _programme(pk: int) -> Programme:
    return get_object_or_404(Programme.objects.select_related("edition", "call"), pk=pk)


@organisers_only
def edit_call(request: AuthedRequest, pk: int) -> HttpResponse:
    """When people may apply, who is eligible, what the public page says; and what is asked."""
    programme = _programme(pk)
    call = getattr(programme, "call", None)
    form = CallForm(request.POST or None, programme=programme, call=call)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            save_call(by=request.user, programme=programme, rule=form.rule(), **form.values())
            messages.success(request, _("Saved."))
            return redirect("programme_call", pk)
    context = {
        "programme": programme,
        "call": call,
        "form": form,
        "questions": programme.questions.annotate(answered=Count("answers", filter=~Q(answers__value=""))),
        "papers": programme.documents_asked.annotate(used=Count("given")),
    }
    return render(request, "corridor/applications/call.html", context)


@organisers_only
def edit_question(request: AuthedRequest, pk: int, question_pk: int | None = None) -> HttpResponse:
    programme = _programme(pk)
    question = get_object_or_404(programme.questions, pk=question_pk) if question_pk else None
    form = ProgrammeQuestionForm(request.POST or None, row=question, next_order=next_order(programme.questions))

    def save(values: dict[str, Any]) -> object:
        return save_programme_question(by=request.user, programme=programme, question=question, **values)

    return _edit(request, programme, form, save, question)


@organisers_only
def edit_document(request: AuthedRequest, pk: int, asked_pk: int | None = None) -> HttpResponse:
    programme = _programme(pk)
    asked = get_object_or_404(programme.documents_asked, pk=asked_pk) if asked_pk else None
    form = DocumentAskedForm(request.POST or None, row=asked, next_order=next_order(programme.documents_asked))

    def save(values: dict[str, Any]) -> object:
        return save_document_asked(by=request.user, programme=programme, asked=asked, **values)

    return _edit(request, programme, form, save, asked)


def _edit(
    request: AuthedRequest,
    programme: Programme,
    form: ProgrammeQuestionForm | DocumentAskedForm,
    save: Callable[[dict[str, Any]], object],
    thing: object,
) -> HttpResponse:
    context = {"programme": programme, "thing": thing}
    back = reverse("programme_call", args=[programme.pk])
    return edit_asked(request, form, save, back=back, template="corridor/applications/asked_form.html", context=context)


@organisers_only
@require_POST
def drop_question(request: AuthedRequest, pk: int, question_pk: int) -> HttpResponse:
    remove_programme_question(by=request.user, question=get_object_or_404(_programme(pk).questions, pk=question_pk))
    messages.success(request, _("The question is removed."))
    return redirect("programme_call", pk)


@organisers_only
@require_POST
def drop_document(request: AuthedRequest, pk: int, asked_pk: int) -> HttpResponse:
    remove_document_asked(by=request.user, asked=get_object_or_404(_programme(pk).documents_asked, pk=asked_pk))
    messages.success(request, _("The document is no longer asked."))
    return redirect("programme_call", pk)
