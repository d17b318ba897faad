"""What a round's rule has to be: said in words before it is saved, and once more, as a whole,
before the round opens."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from judging.domain.rule.values import is_in_itself
from judging.models import Criterion, CriterionGroup, Round
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.balloting import ballot_of
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.correcting import CORRECTIONS, corrects
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.kinds.criterion_kinds import counting, kind_of
from judging.rounds.kinds.levels import level_of
from judging.rounds.kinds.seeing_others import setting_of
from judging.rounds.kinds.thresholds import effect_of
from judging.rounds.kinds.tie_rules import TIE_RULES
from toolkit.refusals import Refusal

MOST_DECIMALS = 9


def check_round(round: Round) -> None:
    """What the database also refuses, said in words, and what only the rule itself can know."""
    if round.closes_at <= round.opens_at:
        _no(_("The round has to close after it opens."), "closes_at")
    if round.weight > 100:
        _no(_("A round weighs 100 per cent at most."), "weight")
    COMBINATIONS.ask(round.rule.combine, field="combine")
    BLANKS.ask(round.rule.blanks, field="blanks")
    setting_of(round)
    ballot_of(round)
    level_of(round)
    effect_of(round)
    _check_jury(round)
    _check_rounding(round)
    field, sentence = CORRECTIONS.ask(round.rule.correction, field="correction").refused(round)
    if sentence:
        _no(sentence, field)
    _check_chain(round.rule.tie_chain)


def _no(sentence: str, field: str, of: str = "round") -> None:
    raise Refusal(sentence, code=f"{of}.{field}", field=field, status=422)


def _check_jury(round: Round) -> None:
    if round.load_min > round.load_max:
        _no(_("The least number of entries per juror is above the most."), "load_min")
    if round.rule.min_scorecards < 1:
        _no(_("An entry needs one scorecard at least."), "min_scorecards")
    if round.rule.min_scorecards + round.rule.min_peer_scorecards > round.jurors_per_entry:
        _no(_("An entry gets fewer jurors than the scorecards it needs."), "jurors_per_entry")
    COUNTINGS.ask(round.rule.counting, field="counting")
    field, sentence = AGGREGATIONS.ask(round.rule.across, field="across").refused(round)
    if sentence:
        _no(sentence, field)


def _check_rounding(round: Round) -> None:
    for name in ("decimals", "decimals_criterion", "decimals_group", "final_decimals", "correction_decimals"):
        if (getattr(round.rule, name) or 0) > MOST_DECIMALS:
            _no(_("Nine decimals at most."), name)


def _check_chain(chain: list[Any]) -> None:
    for place, link in enumerate(chain, start=1):
        rule = TIE_RULES.ask(link.get("kind") if isinstance(link, dict) else link, field="tie_chain")
        if sentence := rule.refused(link):
            _no(sentence, "tie_chain")
        if rule.decides and place != len(chain):
            _no(_("A person's decision ends the chain: nothing comes after it."), "tie_chain")


def check_criterion(criterion: Criterion) -> None:
    """A criterion on its own and against its round."""

    def refuse(sentence: str, field: str) -> None:
        _no(sentence, field, "criterion")

    if not criterion.code:
        refuse(_("Give the criterion a short code."), "code")
    twin = Criterion.objects.filter(round=criterion.round, code=criterion.code).exclude(pk=criterion.pk)
    if twin.exists():
        refuse(_("Another criterion of this round has this code."), "code")
    low, high, step = criterion.scale_min, criterion.scale_max, criterion.scale_step
    if high <= low or high <= 0:
        refuse(_("The highest mark has to be above the lowest, and above zero."), "scale_max")
    if step <= 0 or (high - low) % step:
        refuse(_("The steps have to lead from the lowest mark to the highest."), "scale_step")
    for field in ("threshold", "comment_below", "comment_above"):
        value = getattr(criterion, field)
        if value is not None and not low <= value <= high:
            refuse(
                _("The mark needed lies outside the scale.")
                if field == "threshold"
                else _("This mark lies outside the scale."),
                field,
            )
    _check_weight(criterion, refuse)
    if criterion.group and criterion.group.round_id != criterion.round_id:
        refuse(_("This group belongs to another round."), "group")
    if kind_of(criterion).is_beside and criterion.group:
        refuse(_("Points on top, or off, belong to the total: take the criterion out of its group."), "group")


def _check_weight(criterion: Criterion, refuse: Callable[[str, str], None]) -> None:
    kind = kind_of(criterion)
    if not criterion.weight and kind.without_weight:
        refuse(str(kind.without_weight), "weight")
    if criterion.ranking_weight == 0:
        refuse(_("A weight for the rank is more than zero. Leave it empty where it is the same."), "ranking_weight")
    if criterion.cap is not None and (not criterion.cap or not kind.is_beside):
        refuse(_("Points at most go with points on top, or off, and are more than zero."), "cap")
    if criterion.threshold is not None and kind.is_beside:
        refuse(_("Only what is marked and counts can be needed."), "threshold")


def check_group(group: CriterionGroup) -> None:
    """A group on its own, and that it does not stand inside itself."""

    def refuse(sentence: str, field: str) -> None:
        _no(sentence, field, "group")

    if not group.code:
        refuse(_("Give the group a short code."), "code")
    twin = CriterionGroup.objects.filter(round=group.round, code=group.code).exclude(pk=group.pk)
    if twin.exists():
        refuse(_("Another group of this round has this code."), "code")
    if group.combine:
        COMBINATIONS.ask(group.combine, field="combine")
    if not group.weight:
        refuse(_("A group weighs more than zero."), "weight")
    if group.ranking_weight == 0:
        refuse(_("A weight for the rank is more than zero. Leave it empty where it is the same."), "ranking_weight")
    if group.parent and group.parent.round_id != group.round_id:
        refuse(_("This group belongs to another round."), "parent")
    rows = CriterionGroup.objects.filter(round=group.round)
    parents: dict[int, int | None] = dict(rows.values_list("pk", "parent_id"))
    if is_in_itself(group.pk, {**parents, group.pk: group.parent_id}):
        refuse(_("A group can't stand inside itself."), "parent")


def check_ballot(round: Round) -> None:
    """What a ballot other than marks needs, and what does not go with it."""
    ballot = ballot_of(round)
    if corrects(round) and not ballot.gives_marks:
        _no(_("Corrections work on marks, and jurors give none in this round: choose none."), "correction")
    field, sentence = ballot.refused(round)
    if sentence:
        _no(sentence, field)


def check_rule(round: Round) -> None:
    """The rule as a whole, before jurors rely on it. Raises Refusal with the first thing that can't be."""
    check_ballot(round)
    if not ballot_of(round).gives_marks:
        _check_chain_codes(round, set(), set())
        return
    criteria = list(round.criteria.select_related("group"))
    counts = [c for c in counting(criteria) if c.weight]
    if not counts:
        raise Refusal(_("The round has no criterion with a weight."), code="round.no_criteria")
    groups = list(round.groups.all())
    _check_groups(groups, counts)
    marked = {c.code for c in criteria if kind_of(c).is_marked}
    _check_chain_codes(round, marked, {g.code for g in groups})


def _check_groups(groups: list[CriterionGroup], counting: list[Criterion]) -> None:
    parents: dict[int, int | None] = {group.pk: group.parent_id for group in groups}
    filled: set[int | None] = set()
    for group in groups:
        if is_in_itself(group.pk, parents):
            raise Refusal(_("The group “%(group)s” stands inside itself.") % {"group": group}, code="round.group_cycle")
    for criterion in counting:
        pk = criterion.group_id
        while pk is not None:
            filled.add(pk)
            pk = parents[pk]
    for group in groups:
        if group.pk not in filled:
            raise Refusal(
                _("The group “%(group)s” has no criterion that counts.") % {"group": group}, code="round.empty_group"
            )


def _check_chain_codes(round: Round, criteria: set[str], groups: set[str]) -> None:
    for link in round.rule.tie_chain:
        known = TIE_RULES[link["kind"]].parts(criteria, groups)
        if known is not None and link.get("code") not in known:
            raise Refusal(
                _("The chain of rules for ties names a criterion that jurors don't mark in this round: %(code)s.")
                % {"code": link.get("code")},
                code="round.tie_chain",
            )
