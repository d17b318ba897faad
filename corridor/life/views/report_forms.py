"""The organiser's pages of the reports that a programme's stays owe: which, when, and what they ask."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.domain.calendar.spans import add_months
from corridor.domain.life.reports import Form, as_data, form_of, window
from corridor.life.forms.report_forms import QuestionForm, ReportFormForm, title_of
from corridor.life.reading.stays import stays_bound, template_of
from corridor.life.services.templates import MOST_QUESTIONS, remove_report_form, save_report_form
from corridor.life.views.report_questions import question_rows
from corridor.models import Programme, Report
from corridor.states import Side
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.kinds import UnknownKind
from toolkit.refusals import Refusal

Questions = formset_factory(QuestionForm, extra=3, max_num=MOST_QUESTIONS, can_order=True)


def _programme(pk: int) -> Programme:
    return get_object_or_404(Programme.objects.select_related("stay_template"), pk=pk)


def _version(programme: Programme) -> int:
    own = getattr(programme, "stay_template", None)
    return own.version if own else 0


def _typed_version(request: AuthedRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdigit() and len(typed) < 9 else -1


def _trail(programme: Programme) -> list[tuple[str, str]]:
    return [(_("Corridor"), reverse("programme_list")), (str(programme), reverse("programme", args=[programme.pk]))]


def _days(programme: Programme, form: Form) -> tuple[date, date]:
    """When the report of the programme's first stay opens and is due: an example that people can check."""
    return window(form, programme.first_start, add_months(programme.first_start, programme.months))


@organisers_only
def list_forms(request: AuthedRequest, pk: int) -> HttpResponse:
    """The reports in the order of their days, for a stay that starts on the programme's first day."""
    programme = _programme(pk)
    begun = Report.objects.filter(stay__programme=programme).order_by().values_list("code", "side")
    counts = {(code, side): n for code, side, n in begun.annotate(n=Count("stay", distinct=True))}
    bound = stays_bound(programme)
    rows = []
    for values in template_of(programme)["reports"]:
        form = form_of(values, Side.values)
        opens, due = _days(programme, form)
        rows.append(
            {
                "form": form,
                "title": title_of(values),
                "side": Side(form.side).label,
                "opens": opens,
                "due": due,
                "questions": len(form.questions),
                "bound": bound.get((form.code, form.side), 0),
                "begun": counts.get((form.code, form.side), 0),
            }
        )
    context = {
        "programme": programme,
        "rows": sorted(rows, key=lambda row: (row["due"], row["form"].code, row["form"].side)),
        "version": _version(programme),
        "trail": _trail(programme),
    }
    return render(request, "corridor/life/report_forms.html", context)


@organisers_only
def edit_form(request: AuthedRequest, pk: int, report: str = "", side: str = "") -> HttpResponse:
    """A report with its questions, two empty ones more, and how it looks to who writes it: as saved, or as typed."""
    programme = _programme(pk)
    was = (report, side) if report else None
    kept = next((row for row in template_of(programme)["reports"] if (row["code"], row["side"]) == was), None)
    if was and kept is None:
        raise Http404
    # Written out, as the domain reads it: what a file leaves unsaid (the figure that a question asks) would be saved as
    # nothing.
    first: dict[str, Any] = as_data(form_of(kept, Side.values)) if kept else {"side": "team", "anchor": "start"}
    form = ReportFormForm(request.POST or None, initial=first)
    questions = Questions(request.POST or None, initial=first.get("questions", []), prefix="question")
    problem, shown = "", form_of(kept, Side.values) if kept else None
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        values = {**form.values(), "questions": _asked(questions)}
        if request.POST.get("do") == "preview":
            shown, problem = _read(values, was)
        elif not (problem := _problem(request, programme, was, values)):
            messages.success(request, _("Saved. Reports that were begun keep the form that they were begun with."))
            return redirect("report_forms", pk=pk)
    context = {
        "programme": programme,
        "form": form,
        "questions": questions,
        "problem": problem,
        "is_new": was is None,
        "bound": stays_bound(programme).get(was, 0) if was else 0,
        "title": title_of(kept) if kept else "",
        "version": request.POST.get("version", _version(programme)),
        "preview": question_rows(shown, {}) if shown else [],
        "trail": [*_trail(programme), (_("Reports"), reverse("report_forms", args=[pk]))],
    }
    fine = request.method == "GET" or (request.POST.get("do") == "preview" and shown and not problem)
    return render(request, "corridor/life/report_form.html", context, status=200 if fine else 422)


def _asked(questions: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """What is asked, in the order that was typed."""
    rows = [(row.cleaned_data.get("ORDER"), asked) for row in questions.forms if (asked := row.question())]
    placed = sorted(enumerate(rows), key=lambda item: (item[1][0] is None, item[1][0] or 0, item[0]))
    return [asked for _number, (_order, asked) in placed]


def _read(values: dict[str, Any], was: tuple[str, str] | None) -> tuple[Form | None, str]:
    coded = [{**row, "code": f"q{number}"} for number, row in enumerate(values["questions"])]
    try:
        return form_of({**values, "code": was[0] if was else "new", "questions": coded}, Side.values), ""
    except UnknownKind as refusal:
        return None, str(refusal)
    except ValueError:
        return None, _("Ask at least one question, and each figure only once.")


def _problem(request: AuthedRequest, programme: Programme, was: tuple[str, str] | None, values: dict[str, Any]) -> str:
    version = _typed_version(request)
    try:
        save_report_form(by=request.user, programme=programme, version=version, was=was, values=values)
    except Refusal as refusal:
        return str(refusal.message)
    return ""


@organisers_only
@require_POST
def remove_form(request: AuthedRequest, pk: int, report: str, side: str) -> HttpResponse:
    programme = _programme(pk)
    version = _typed_version(request)
    remove_report_form(by=request.user, programme=programme, version=version, was=(report, side))
    messages.success(request, _("Removed. What was filed stays."))
    return redirect("report_forms", pk=pk)
