"""The rules by which jurors are assigned to entries, and pairs that a person sets."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging.jury.forms.assignment import AssignmentRulesForm, PairForm
from judging.jury.kinds.assignment_rules import set_by_hand, unknown_in_words
from judging.jury.services.assignment_rules import remove_pair_rule, save_assignment_rules, set_pair_rule
from judging.models import Juror, PairRule, Round
from judging.reads.rounds import entries_of
from judging.reads.taking_part import FROZEN
from judging.rounds.views.frame import round_run_by, show
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in


def forms_of(
    round: Round, data: Mapping[str, Any] | None = None, what: str = ""
) -> tuple[AssignmentRulesForm, PairForm]:
    jurors = Juror.objects.of_jury(round.edition_id, round.city_id).active()
    entries = entries_of(round).select_related("startup__organisation")
    rules = AssignmentRulesForm(data if what == "rules" else None, round=round)
    return rules, PairForm(data if what == "pair" else None, jurors=jurors, entries=entries)


@login_required
def show_rules(request: AuthedRequest, pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    if round.state in FROZEN:
        return redirect("round_assignment", pk)
    what = request.POST.get("what", "")
    rules, pair = forms_of(round, request.POST or None, what)
    form = {"rules": rules, "pair": pair}.get(what)
    if form is not None and form.is_valid():
        with told_in(form):
            if what == "rules":
                save_assignment_rules(by=request.user, round=round, **rules.values())
            else:
                set_pair_rule(by=request.user, round=round, **pair.cleaned_data)
            messages.success(request, _("Saved. Propose a plan to see what it changes."))
            return redirect("assignment_rules", pk)
    rows = PairRule.objects.filter(round=round).select_related("juror", "entry__startup", "by")
    words = dict(set_by_hand())
    pairs = [(row, words.get(row.kind) or unknown_in_words(row.kind)) for row in rows]
    context = {"round": round, "form": rules, "pair_form": pair, "pairs": pairs}
    return show(request, "judging/jury/assignment_rules.html", context, 422 if form is not None else 200)


@login_required
@require_POST
def remove_pair(request: AuthedRequest, pk: int, rule_pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    rule = get_object_or_404(PairRule, round=round, pk=rule_pk)
    attempt(request, lambda: remove_pair_rule(by=request.user, rule=rule), _("The pair is open again."))
    return redirect("assignment_rules", pk)
