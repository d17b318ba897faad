"""What a person records or decides in a round, each with its reason, and the versions of its rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging.models import CutDecision, EntryFact, Penalty, Round
from judging.reads.rounds import entries_of
from judging.reads.taking_part import FROZEN
from judging.results.forms.decisions import CutForm, FactForm, PenaltyForm, RuleChangeForm
from judging.results.services.decisions import (
    decide_cut,
    record_fact,
    record_penalty,
    withdraw_cut_decision,
    withdraw_penalty,
)
from judging.results.shown.outcomes import outcome_of
from judging.rounds.kinds.criterion_kinds import kind_of
from judging.rounds.kinds.thresholds import effect_of
from judging.rounds.services.rule_changes import change_open_rule
from judging.rounds.views.frame import round_run_by, show
from judging.states import CutKind, RoundState
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in

if TYPE_CHECKING:
    from network.models import User


@dataclass
class Forms:
    """The forms of the page; None where the rule has no use for one, or the round is over."""

    penalty: PenaltyForm | None = None
    wild_card: CutForm | None = None
    below: CutForm | None = None
    fact: FactForm | None = None


def forms_of(round: Round, user: User, data: Mapping[str, Any] | None = None, which: str = "") -> Forms:
    """`data` goes to the form named `which`; the others are empty."""
    found = Forms()
    if round.state in FROZEN:
        return found
    entries = entries_of(round).select_related("startup__organisation")

    def given(name: str) -> Any:
        return data if which == name else None

    if any(not kind_of(criterion).is_marked for criterion in round.criteria.all()):
        found.penalty = PenaltyForm(given("penalty"), round=round, entries=entries)
    if round.state == RoundState.OPEN and round.rule.wild_cards:
        found.wild_card = CutForm(given("wild_card"), entries=entries, kinds=[CutKind.WILD_CARD], prefix="wild")
    if round.state == RoundState.OPEN and effect_of(round).asks:
        below = entries.filter(code__in=outcome_of(round).warned)
        if below.exists():
            found.below = CutForm(given("below"), entries=below, kinds=[CutKind.KEEP, CutKind.DROP], prefix="below")
    if is_organiser(user):
        found.fact = FactForm(given("fact"), entries=entries)
    return found


@login_required
def show_decisions(request: AuthedRequest, pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    which = request.POST.get("what", "")
    forms = forms_of(round, request.user, request.POST or None, which)
    form = getattr(forms, which, None) if which else None
    if form is not None and form.is_valid():
        with told_in(form):
            act(request.user, round, which, form)
            messages.success(request, _("Recorded."))
            return redirect("round_decisions", pk)
    context = {
        "round": round,
        "forms": forms,
        "penalties": list(
            Penalty.objects.filter(criterion__round=round).select_related("entry__startup", "criterion", "by")
        ),
        "decisions": list(CutDecision.objects.filter(round=round).select_related("entry__startup", "by")),
        "facts": list(
            EntryFact.objects.filter(entry__in=entries_of(round).order_by().values("pk")).select_related(
                "entry__startup", "by"
            )
        ),
        "versions": list(round.former_rules.select_related("by").order_by("-version")),
        "is_open": round.state == RoundState.OPEN,
        "is_over": round.state in FROZEN,
    }
    return show(request, "judging/results/decisions.html", context, 422 if form is not None else 200)


def act(user: User, round: Round, which: str, form: Any) -> object:
    """Does what the form named `which` says."""
    values = form.cleaned_data
    if which == "penalty":
        return record_penalty(by=user, round=round, **values)
    if which == "fact":
        return record_fact(by=user, **values)
    return decide_cut(by=user, round=round, **values)


def taken_back(request: AuthedRequest, pk: int, withdraw: Callable[[str], object]) -> HttpResponse:
    """Does it with the reason that was given, and goes back to the list."""
    reason = request.POST.get("reason", "")
    attempt(request, lambda: withdraw(reason), _("Taken back. The history keeps it, with the reason."))
    return redirect("round_decisions", pk)


@login_required
@require_POST
def take_back_penalty(request: AuthedRequest, pk: int, penalty_pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    penalty = get_object_or_404(Penalty.objects.filter(criterion__round=round), pk=penalty_pk)
    return taken_back(request, pk, lambda reason: withdraw_penalty(by=request.user, penalty=penalty, reason=reason))


@login_required
@require_POST
def take_back_decision(request: AuthedRequest, pk: int, decision_pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    decision = get_object_or_404(CutDecision.objects.filter(round=round), pk=decision_pk)
    return taken_back(
        request, pk, lambda reason: withdraw_cut_decision(by=request.user, decision=decision, reason=reason)
    )


@login_required
def change_rule(request: AuthedRequest, pk: int) -> HttpResponse:
    """A new version of an open round's rule: everyone who scores is told why."""
    round = round_run_by(request.user, pk)
    if round.state != RoundState.OPEN:
        return redirect("round", pk)
    form = RuleChangeForm(request.POST or None, edition=round.edition, instance=round)
    if request.method == "POST" and form.is_valid():
        stored = Round.objects.get(pk=pk)
        with told_in(form):
            change_open_rule(
                by=request.user,
                round=stored,
                reason=form.cleaned_data["reason"],
                fields=form.fields_changed(),
                criteria=form.criteria_changed(),
            )
            messages.success(request, _("The rule has a new version, and the jurors are told."))
            return redirect("round", pk)
    context = {"round": round, "form": form}
    return show(request, "judging/results/rule_change.html", context, 422 if request.method == "POST" else 200)
