"""Criteria of a round and the groups they stand in, while the round is a draft."""

from collections.abc import Iterable, Mapping, Set
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from contest.models import Category
from judging.models import Criterion, CriterionGroup, Round
from judging.permissions import require_runs
from judging.rounds.kinds.criterion_kinds import kind_of
from judging.rounds.services.rule_checks import check_criterion, check_group
from judging.states import RoundState
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal

CRITERION_FIELDS = {
    "code", "name", "guidance", "weight", "scale_min", "scale_max", "scale_step", "anchors", "threshold", "is_required",
    "order", "group", "kind", "categories", "ranking_weight", "cap", "comment_below", "comment_above",
}  # fmt: skip
GROUP_FIELDS = {"code", "name", "parent", "weight", "ranking_weight", "threshold", "combine", "order"}


@transaction.atomic
def save_criterion(*, by: User, round: Round, criterion: Criterion | None, **fields: Any) -> Criterion:
    """Adds a criterion to a draft round, or changes one.

    `fields` are fields of Criterion, numbers in thousandths; `group` a CriterionGroup of the round, its code, or None;
    `categories` are categories of the edition: the criterion is marked only on entries in them (none: on all).
    """
    return write_criterion(by=by, round=draft(by, round), criterion=criterion, fields=fields)


def write_criterion(*, by: User, round: Round, criterion: Criterion | None, fields: Mapping[str, Any]) -> Criterion:
    """The same inside the caller's transaction, of a round that the caller has locked. Raises TypeError for a field
    that a criterion has not."""
    criterion = _held(Criterion, round, criterion, fields.keys() - CRITERION_FIELDS)
    for name, value in fields.items():
        if name != "categories":
            setattr(criterion, name, _group(round, value) if name == "group" else value)
    if not kind_of(criterion).is_marked:
        criterion.is_required = False  # nobody marks it
    check_criterion(criterion)
    categories = _categories(round, fields["categories"]) if "categories" in fields else None
    criterion.save()
    if categories is not None:
        criterion.categories.set(categories)
    record_event(by=by, verb="save", thing=criterion, after={name: plain(value) for name, value in fields.items()})
    return criterion


Part = TypeVar("Part", Criterion, CriterionGroup)


def _held(model: type[Part], round: Round, part: Part | None, unknown: Set[str]) -> Part:
    """What is saved, locked; a new one stands after the others. Raises TypeError for fields that it has not."""
    if unknown:
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    of_round = model._default_manager.filter(round=round)
    if part is not None:
        return locked(of_round.filter(pk=part.pk)).get()
    last = of_round.aggregate(last=Max("order"))["last"]
    return model(round=round, order=0 if last is None else last + 1)


def _group(round: Round, group: CriterionGroup | str | None) -> CriterionGroup | None:
    """A group by itself or by its code."""
    if not isinstance(group, str):
        return group
    found = CriterionGroup.objects.filter(round=round, code=group).first()
    if group and found is None:
        raise Refusal(_("The round has no such group."), code="criterion.group", field="group", status=422)
    return found


def _categories(round: Round, categories: Iterable[Category]) -> list[Category]:
    found = list(categories)
    if any(category.edition_id != round.edition_id for category in found):
        raise Refusal(
            _("This category belongs to another edition."), code="criterion.categories", field="categories", status=422
        )
    return found


@transaction.atomic
def remove_criterion(*, by: User, criterion: Criterion) -> None:
    """Takes a criterion out of a draft round."""
    draft(by, criterion.round)
    record_event(by=by, verb="remove", thing=criterion, before={"code": criterion.code})
    criterion.delete()


@transaction.atomic
def save_group(*, by: User, round: Round, group: CriterionGroup | None, **fields: Any) -> CriterionGroup:
    """Adds a group of criteria to a draft round, or changes one.

    `fields` are fields of CriterionGroup, weights and threshold in thousandths; `parent` a group of the round, its
    code, or None. Refuses a group without a weight, and one that would stand inside itself.
    """
    return write_group(by=by, round=draft(by, round), group=group, fields=fields)


def write_group(*, by: User, round: Round, group: CriterionGroup | None, fields: Mapping[str, Any]) -> CriterionGroup:
    """The same inside the caller's transaction, of a round that the caller has locked. Raises TypeError for a field
    that a group has not."""
    group = _held(CriterionGroup, round, group, fields.keys() - GROUP_FIELDS)
    for name, value in fields.items():
        setattr(group, name, _group(round, value) if name == "parent" else value)
    check_group(group)
    group.save()
    record_event(by=by, verb="save", thing=group, after={name: plain(value) for name, value in fields.items()})
    return group


@transaction.atomic
def remove_group(*, by: User, group: CriterionGroup) -> None:
    """Takes an empty group out of a draft round."""
    draft(by, group.round)
    delete_group(by=by, group=group)


def delete_group(*, by: User, group: CriterionGroup) -> None:
    """Takes an empty group away. Raises Refusal while criteria or groups stand in it."""
    if group.criteria.exists() or group.children.exists():
        raise Refusal(_("Move what stands in this group first, then remove it."), code="group.not_empty")
    record_event(by=by, verb="remove", thing=group, before={"code": group.code})
    group.delete()


def draft(by: User, round: Round) -> Round:
    """The round, locked, if `by` runs it and jurors don't rely on its rule yet. Raises Forbidden, or Refusal,
    otherwise."""
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    if round.state != RoundState.DRAFT:
        raise Refusal(_("The criteria can't change once jurors score."), code="round.rule_is_fixed")
    return round


def plain(value: Any) -> Any:
    """A value as JSON takes it, for the event."""
    if isinstance(value, (str, int, bool, dict)) or value is None:
        return value
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    code = getattr(value, "code", None) or getattr(value, "data", None)
    return code or getattr(value, "pk", None) or str(value)
