"""A version that came too late, beside what is kept; its juror decides."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from judging.models import Scorecard, SetAside
from judging.models.rounds import from_thousandths, to_thousandths
from judging.scoring.reading.pitch import label_of
from judging.scoring.services.autosave import TEXTS
from judging.scoring.services.marks import NOT_APPLICABLE
from judging.scoring.services.set_aside import kept_of, leave_aside, marked_on, take_over
from judging.scoring.views.entries import phase_of
from judging.states import ScorecardState
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.columns import column_of
from toolkit.refusals import Refusal
from toolkit.templatetags.house import true_minus


@dataclass(frozen=True)
class Line:
    """One field of the scorecard in both versions."""

    label: str
    typed: str
    kept: str

    @property
    def differs(self) -> bool:
        return self.typed != self.kept


@never_cache
@login_required
def show_set_aside(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was typed, what is kept, and the choice; the entry itself only while the juror may read it."""
    rows = SetAside.objects.of_juror(request.user).select_related(
        "scorecard__assignment__round__edition", "scorecard__assignment__entry__startup__organisation"
    )
    version = get_object_or_404(rows, pk=pk)
    scorecard, round = version.scorecard, version.scorecard.assignment.round
    readable = Scorecard.objects.of_juror(request.user).filter(pk=scorecard.pk).exists()
    is_open = readable and phase_of(round, clock.now()) == "open" and version.settled_at is None
    if request.method == "POST":
        return settle(request, version)
    context = {
        "version": version,
        "scorecard": scorecard,
        "round": round,
        "label": label_of(scorecard.assignment.entry, round) if readable else scorecard.assignment.entry.code,
        "readable": readable,
        "lines": lines_of(version),
        "can_take_over": is_open and scorecard.state in (ScorecardState.DRAFT, ScorecardState.SUBMITTED),
        "is_submitted": scorecard.state == ScorecardState.SUBMITTED,
    }
    return render(request, "judging/scoring/set_aside.html", context)


def settle(request: AuthedRequest, version: SetAside) -> HttpResponse:
    try:
        if request.POST.get("do") == "take":
            scorecard = take_over(by=request.user, version=version)
            messages.success(request, _("Taken over. Read it once more, then submit."))
            return redirect("scorecard", scorecard.pk)
        leave_aside(by=request.user, version=version)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("set_aside", version.pk)
    messages.success(request, _("Left aside. What is kept stays as it is."))
    return redirect("judging")


def _label_of_field(name: str) -> str:
    return str(column_of(Scorecard, name).verbose_name).capitalize()


def lines_of(version: SetAside) -> list[Line]:
    marks, texts = kept_of(version.scorecard)
    criteria = marked_on(version.scorecard)
    names = {name: _label_of_field(name) for name in TEXTS}
    why = _("Why: %(criterion)s")
    names |= {f"remark:{c.code}": why % {"criterion": c} for c in criteria if f"remark:{c.code}" in texts}
    lines = [Line(str(c), in_figures(version.marks.get(c.code, "")), in_figures(marks[c.code])) for c in criteria]
    return lines + [Line(label, version.texts.get(name, ""), texts[name]) for name, label in names.items()]


def in_figures(text: str) -> str:
    """A mark as typed, in the reader's figures where it is a number."""
    if text == NOT_APPLICABLE:
        return _("Not applicable")
    try:
        return true_minus(from_thousandths(to_thousandths(text)))
    except (ArithmeticError, ValueError):
        return text
