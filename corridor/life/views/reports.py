"""Reports of a stay: written by each side, read by everybody with a part in it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.domain.life.reports import Form
from corridor.life.reading.stays import OwedReport, reports_of
from corridor.life.services.reports import WrongAnswers, begin_correction, file_report, form_asked, save_report
from corridor.life.views.context import crumbs_of_stay, stay_of
from corridor.life.views.report_autosave import words_of_page
from corridor.life.views.report_questions import question_rows
from corridor.models import Report, Stay
from corridor.permissions import writes_report
from network.devices import boxes_for, offline_boxes
from network.requests import AuthedRequest
from toolkit.refusals import Refusal


def _line(stay: Stay, code: str, side: str) -> OwedReport:
    lines = reports_of(stay, stay.reports.filter(code=code, side=side).select_related("filed_by"))
    line = next((line for line in lines if (line.form.code, line.form.side) == (code, side)), None)
    if line is None:
        raise Http404
    return line


@login_required
def show_report(request: AuthedRequest, pk: int, report: str, side: str) -> HttpResponse:
    """The report as its writer fills it in, or as others read it."""
    stay = stay_of(request, pk)
    line = _line(stay, report, side)
    writes = writes_report(request.user, stay, side)
    if not writes and line.filed is None:
        raise Http404
    may_write = writes and line.is_open and (line.filed is None or line.draft is not None)
    typed, problems, revision, status = None, {}, None, 200
    if request.method == "POST":
        typed = request.POST
        try:
            return _written(request, stay, line)
        except WrongAnswers as wrong:
            problems, status = wrong.problems, wrong.status
            messages.error(request, wrong.message)
        except Refusal as refusal:
            status = refusal.status
            messages.error(request, refusal.message)
        # What was saved meanwhile is shown beside what was typed; the next save replaces it knowingly.
        line = _line(stay, report, side)
        revision = line.draft.revision if isinstance(line.draft, Report) else 0
    shown = line.draft if may_write else line.filed
    context = {
        "stay": stay,
        "line": line,
        "report": shown,
        "may_write": may_write,
        "may_correct": writes and line.filed is not None and line.draft is None,
        "rows": question_rows(_form(line, shown), getattr(shown, "answers", {}), typed, problems),
        "revision": revision if revision is not None else getattr(shown, "revision", 0),
        "versions": stay.reports.visible_to(request.user)
        .filter(code=report, side=side, state="filed")
        .select_related("filed_by"),
        "trail": crumbs_of_stay(stay),
        "problems": problems,
        "place": f"{stay.pk}-{report}-{side}",
        "words": words_of_page(),
        "boxes": offline_boxes(request.user),
        "own_boxes": boxes_for(request.user, "reports"),
    }
    return render(request, "corridor/life/report.html", context, status=status)


def _form(line: OwedReport, report: Any) -> Form:
    return form_asked(report) if isinstance(report, Report) else line.form


def _written(request: AuthedRequest, stay: Stay, line: OwedReport) -> HttpResponse:
    revision = request.POST.get("revision", "")
    what: dict[str, Any] = {
        "by": request.user,
        "stay": stay,
        "code": line.form.code,
        "side": line.form.side,
        "revision": int(revision) if revision.isdigit() and len(revision) < 9 else -1,
        "typed": {key: value for key, value in request.POST.items() if key not in ("revision", "do")},
    }
    if request.POST.get("do") == "file":
        file_report(**what)
        messages.success(request, _("The report is filed. Thank you."))
        return redirect("stay", pk=stay.pk)
    save_report(**what)
    messages.success(request, _("The draft is saved."))
    return redirect("stay_report", pk=stay.pk, report=line.form.code, side=line.form.side)


@login_required
@require_POST
def correct(request: AuthedRequest, pk: int, report: str, side: str) -> HttpResponse:
    stay = stay_of(request, pk)
    begin_correction(by=request.user, stay=stay, code=report, side=side)
    return redirect("stay_report", pk=pk, report=report, side=side)
