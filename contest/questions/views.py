"""Categories and questions of an edition."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.models import Edition
from contest.questions.forms import AskedForm, CategoryForm, QuestionForm
from contest.questions.services.categories import remove_category, save_category
from contest.questions.services.questions import remove_question, save_question
from contest.states import Phase
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in


@organisers_only
def list_questions(request: AuthedRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    context = {
        "edition": edition,
        "questions": edition.questions.annotate(answered=Count("answers", filter=~Q(answers__value=""))),
        "categories": edition.categories.annotate(used=Count("entries")),
        "is_open": edition.phase != Phase.UPCOMING,
    }
    return render(request, "contest/questions/organise_questions.html", context)


@organisers_only
def edit_question(request: AuthedRequest, slug: str, pk: int | None = None) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug, is_archive=False)
    question = get_object_or_404(edition.questions, pk=pk) if pk else None
    form = QuestionForm(request.POST or None, row=question, next_order=next_order(edition.questions))

    def save(values: dict[str, Any]) -> object:
        return save_question(by=request.user, edition=edition, question=question, **values)

    return _edit(request, edition, form, save, question)


@organisers_only
def edit_category(request: AuthedRequest, slug: str, pk: int | None = None) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug, is_archive=False)
    category = get_object_or_404(edition.categories, pk=pk) if pk else None
    form = CategoryForm(request.POST or None, row=category, next_order=next_order(edition.categories))

    def save(values: dict[str, Any]) -> object:
        return save_category(by=request.user, edition=edition, category=category, **values)

    return _edit(request, edition, form, save, category)


def edit_asked(
    request: AuthedRequest,
    form: AskedForm,
    save: Callable[[dict[str, object]], object],
    *,
    back: str,
    template: str,
    context: dict[str, object],
) -> HttpResponse:
    """Shows a form of what is asked, or saves what it holds and goes back to the list, at the address `back`."""
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            save(form.values())
            messages.success(request, _("Saved."))
            return redirect(back)
    return render(request, template, {"form": form, "back": back, **context})


def next_order(rows: Any) -> int:
    """The place after the last of `rows`."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def _edit(
    request: AuthedRequest,
    edition: Edition,
    form: AskedForm,
    save: Callable[[dict[str, Any]], object],
    thing: object,
) -> HttpResponse:
    context = {"edition": edition, "thing": thing, "is_open": edition.phase != Phase.UPCOMING}
    back = reverse("edition_questions", args=[edition.slug])
    return edit_asked(request, form, save, back=back, template="contest/questions/question_form.html", context=context)


@organisers_only
@require_POST
def drop_question(request: AuthedRequest, slug: str, pk: int) -> HttpResponse:
    question = get_object_or_404(get_object_or_404(Edition, slug=slug).questions, pk=pk)
    remove_question(by=request.user, question=question)
    messages.success(request, _("The question is removed."))
    return redirect("edition_questions", slug)


@organisers_only
@require_POST
def drop_category(request: AuthedRequest, slug: str, pk: int) -> HttpResponse:
    category = get_object_or_404(get_object_or_404(Edition, slug=slug).categories, pk=pk)
    remove_category(by=request.user, category=category)
    messages.success(request, _("The category is removed."))
    return redirect("edition_questions", slug)
