"""A round's criteria and the groups they stand in: shown as a tree with weights, added, changed,
removed while it is a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from judging.models import Criterion, CriterionGroup, Round
from judging.models.rounds import SCALE, from_thousandths
from judging.rounds.forms.criteria import CriterionForm, GroupForm
from judging.rounds.kinds.combining import combination_in_words
from judging.rounds.kinds.criterion_kinds import counting, kind_of
from judging.rounds.services.criteria import remove_criterion, remove_group, save_criterion, save_group
from judging.rounds.views.frame import round_run_by, show
from judging.rounds.words.criteria import share_of
from judging.rounds.words.figures import plural_of
from judging.rounds.words.rule import best_words
from judging.states import RoundState
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in
from toolkit.templatetags.house import true_minus


@dataclass(frozen=True)
class Row:
    """A criterion of the table. `share` is of its group's weight, or of the total's; empty where it does not count."""

    criterion: Criterion
    weight: str
    share: str
    low: str
    high: str
    step: str
    is_marked: bool
    notes: list[str]


@dataclass(frozen=True)
class Section:
    """A group with its criteria, `level` deep (0: at the top); without a group: what stands directly in the total."""

    group: CriterionGroup | None
    level: int
    weight: str
    share: str
    notes: list[str]
    rows: list[Row]


def sections_of(round: Round) -> dict[str, object]:
    """{"sections", "criteria_count", "total_weight"} for the round's page:
    groups outside in, criteria in their order."""
    criteria = list(round.criteria.all().prefetch_related("categories"))
    groups = list(round.groups.all())
    inside: dict[int | None, list[CriterionGroup]] = {}
    for group in groups:
        inside.setdefault(group.parent_id, []).append(group)
    of: dict[int | None, list[Criterion]] = {}
    for criterion in criteria:
        of.setdefault(criterion.group_id, []).append(criterion)
    sums = {node: weight_in(of.get(node, []), inside.get(node, [])) for node in {None, *(group.pk for group in groups)}}
    sections = [section(None, 0, of.get(None, []), sums)] if of.get(None) or not groups else []
    sections += walk(None, 0, inside, of, sums)
    return {
        "sections": sections,
        "criteria_count": len(criteria),
        "groups": groups,
        "total_weight": number(sums[None]),
    }


def walk(node: int | None, level: int, inside: Any, of: Any, sums: Any) -> Iterator[Section]:
    for group in inside.get(node, []):
        yield section(group, level, of.get(group.pk, []), sums)
        yield from walk(group.pk, level + 1, inside, of, sums)


def weight_in(criteria: list[Criterion], groups: list[CriterionGroup]) -> int:
    return sum(c.weight for c in counting(criteria)) + sum(group.weight for group in groups)


def section(
    group: CriterionGroup | None, level: int, criteria: list[Criterion], sums: dict[int | None, int]
) -> Section:
    node = group.pk if group else None
    notes = []
    if group and group.threshold is not None:
        notes.append(_("%(needed)s needed") % {"needed": number(group.threshold)})
    if group and group.combine:
        notes.append(combination_in_words(group.combine))
    return Section(
        group=group,
        level=level,
        weight=number(group.weight) if group else "",
        share=share_of(group.weight, sums[group.parent_id]) if group else "",
        notes=notes,
        rows=[row_of(criterion, sums[node]) for criterion in criteria],
    )


def row_of(criterion: Criterion, total: int) -> Row:
    kind = kind_of(criterion)
    return Row(
        criterion=criterion,
        weight=number(criterion.weight) if kind.has_weight else "",
        share=share_of(criterion.weight, total) if kind.counts else "",
        low=number(criterion.scale_min),
        high=number(criterion.scale_max),
        step=number(criterion.scale_step),
        is_marked=kind.is_marked,
        notes=list(notes_of(criterion)),
    )


def notes_of(criterion: Criterion) -> Iterator[str]:
    """What is special about a criterion, in a few words each."""
    kind = kind_of(criterion)
    if not kind.counts:
        yield str(kind.name)
    if criterion.cap is not None:
        most = ngettext(
            "%(points)s point at most", "%(points)s points at most", plural_of(Fraction(criterion.cap, SCALE))
        )
        yield most % {"points": number(criterion.cap)}
    if criterion.threshold is not None:
        yield _("%(needed)s needed") % {"needed": number(criterion.threshold)}
    if criterion.comment_below is not None:
        yield _("comment asked below %(mark)s") % {"mark": number(criterion.comment_below)}
    if criterion.comment_above is not None:
        yield _("comment asked above %(mark)s") % {"mark": number(criterion.comment_above)}
    if categories := [str(category) for category in criterion.categories.all()]:
        yield _("only for %(categories)s") % {"categories": ", ".join(categories)}
    if criterion.ranking_weight is not None:
        yield _("weighs %(weight)s for the rank") % {"weight": number(criterion.ranking_weight)}


def number(value: int | None) -> str:
    return "" if value is None else true_minus(from_thousandths(value))


@login_required
def edit_criterion(request: AuthedRequest, pk: int, criterion_pk: int | None = None) -> HttpResponse:
    """Adds a criterion, or changes one. Locked once the round is open."""
    round = round_run_by(request.user, pk)
    criterion = get_object_or_404(round.criteria.all(), pk=criterion_pk) if criterion_pk else None
    if round.state != RoundState.DRAFT:
        return redirect("round", pk)
    form = CriterionForm(request.POST or None, round=round, criterion=criterion)
    if request.method == "POST" and form.is_valid():
        values = form.values({other.code for other in round.criteria.all()})
        with told_in(form):
            save_criterion(by=request.user, round=round, criterion=criterion, **values)
            messages.success(request, _("Saved."))
            return redirect("round", pk)
    context = {"round": round, "form": form, "criterion": criterion, "bests": best_words(round)}
    return show(request, "judging/rounds/criterion_form.html", context, 422 if request.method == "POST" else 200)


@login_required
@require_POST
def delete_criterion(request: AuthedRequest, pk: int, criterion_pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    criterion = get_object_or_404(round.criteria.all(), pk=criterion_pk)
    attempt(request, lambda: remove_criterion(by=request.user, criterion=criterion), _("The criterion is gone."))
    return redirect("round", pk)


@login_required
def edit_group(request: AuthedRequest, pk: int, group_pk: int | None = None) -> HttpResponse:
    """Adds a group of criteria, or changes one."""
    round = round_run_by(request.user, pk)
    group = get_object_or_404(round.groups.all(), pk=group_pk) if group_pk else None
    if round.state != RoundState.DRAFT:
        return redirect("round", pk)
    form = GroupForm(request.POST or None, round=round, group=group)
    if request.method == "POST" and form.is_valid():
        values = form.values({other.code for other in round.groups.all()})
        with told_in(form):
            save_group(by=request.user, round=round, group=group, **values)
            messages.success(request, _("Saved."))
            return redirect("round", pk)
    context = {"round": round, "form": form, "group": group}
    return show(request, "judging/rounds/group_form.html", context, 422 if request.method == "POST" else 200)


@login_required
@require_POST
def delete_group(request: AuthedRequest, pk: int, group_pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    group = get_object_or_404(round.groups.all(), pk=group_pk)
    attempt(request, lambda: remove_group(by=request.user, group=group), _("The group is gone."))
    return redirect("round", pk)
