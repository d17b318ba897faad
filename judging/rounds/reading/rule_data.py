"""A round's rule as the frozen file spells it: numbers as text, texts in all their languages."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from i18nfield.strings import LazyI18nString

from judging.domain.marks.scoring import text_of
from judging.domain.results.document import FiledEntry
from judging.domain.results.semantics import NOWHERE
from judging.domain.rule.reading import outside_in, rule_of
from judging.domain.rule.stated import StatedCorrection, StatedCriterion, StatedCut, StatedGroup, StatedLink, StatedRule
from judging.models import Criterion, CriterionGroup, Round
from judging.models.rounds import SCALE
from judging.rounds.kinds.balloting import ballot_of
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.reading.ballot_data import ballot_rule


def rule_data(round: Round) -> StatedRule:
    """The round's rule, numbers as text. Three queries."""
    criteria = list(round.criteria.select_related("group").prefetch_related("categories").order_by("order", "pk"))
    groups = list(round.groups.select_related("parent").order_by("order", "pk"))
    return StatedRule(
        version=str(round.rule.version),
        combine=round.rule.combine,
        across=round.rule.across,
        aggregate_at=round.rule.aggregate_at,
        trim=str(round.rule.trim),
        decimals=count_text(round.rule.decimals),
        decimals_criterion=count_text(round.rule.decimals_criterion),
        decimals_group=count_text(round.rule.decimals_group),
        final_decimals=count_text(round.rule.final_decimals),
        threshold=thousandths_text(round.rule.threshold),
        threshold_effect=round.rule.threshold_effect,
        blanks=round.rule.blanks,
        min_scorecards=str(round.rule.min_scorecards),
        min_peer_scorecards=str(round.rule.min_peer_scorecards),
        correction=StatedCorrection(
            kind=round.rule.correction,
            deviation=str(round.rule.deviation),
            decimals=count_text(round.rule.correction_decimals),
            min_marks=str(round.rule.correction_min_marks),
        ),
        ties=tuple(map(_link, round.rule.tie_chain)),
        cut=_cut(round),
        groups=tuple(map(_group, groups)),
        criteria=tuple(map(_criterion, criteria)),
        **ballot_rule(round),
    )


def bests_by_category(round: Round) -> list[tuple[str, Fraction]]:
    """(name of a category of the edition, the best total that an entry in it can reach), in their order; nothing where
    the best is the same for all. Four queries, none where it must be."""
    if COMBINATIONS.ask(round.rule.combine).is_share or not ballot_of(round).gives_marks:
        return []
    data = rule_data(round)
    if not any(criterion.categories for criterion in data.criteria):
        return []
    categories = list(round.edition.categories.all())
    rule = rule_of(data)
    rubrics = outside_in(data, rule.codes, [FiledEntry(code=c.code, category=c.code) for c in categories])
    found = [(str(category), rule.best_for(rubrics.get(category.code, NOWHERE))) for category in categories]
    return found if len({best for _name, best in found}) > 1 else []


def _link(link: Mapping[str, Any]) -> StatedLink:
    return StatedLink(
        kind=link["kind"],
        code=link.get("code", ""),
        first=link.get("first", "higher"),
        name=languages_of(link.get("name", {})),
    )


def _cut(round: Round) -> StatedCut:
    return StatedCut(
        count=count_text(round.rule.advance_count),
        per_city=count_text(round.rule.advance_per_city),
        per_category=count_text(round.rule.advance_per_category),
        wild_cards=str(round.rule.wild_cards),
        all_tied_go_on=round.rule.all_tied_go_on,
    )


def _group(group: CriterionGroup) -> StatedGroup:
    return StatedGroup(
        code=group.code,
        name=languages_of(group.name),
        parent=group.parent.code if group.parent else "",
        weight=thousandths_text(group.weight),
        ranking_weight=thousandths_text(group.ranking_weight),
        threshold=thousandths_text(group.threshold),
        combine=group.combine,
    )


def _criterion(criterion: Criterion) -> StatedCriterion:
    return StatedCriterion(
        code=criterion.code,
        name=languages_of(criterion.name),
        kind=criterion.kind,
        group=criterion.group.code if criterion.group else "",
        categories=tuple(sorted(category.code for category in criterion.categories.all())),
        weight=thousandths_text(criterion.weight),
        ranking_weight=thousandths_text(criterion.ranking_weight),
        cap=thousandths_text(criterion.cap),
        scale_min=thousandths_text(criterion.scale_min),
        scale_max=thousandths_text(criterion.scale_max),
        scale_step=thousandths_text(criterion.scale_step),
        threshold=thousandths_text(criterion.threshold),
        comment_below=thousandths_text(criterion.comment_below),
        comment_above=thousandths_text(criterion.comment_above),
        required=criterion.is_required,
    )


def languages_of(value: LazyI18nString | Mapping[str, str] | str) -> dict[str, str]:
    """All languages of a text by their key; a text without languages under the key “und”."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, Mapping):
        return {language: text for language, text in data.items() if text}
    return {"und": data} if data else {}


def moment_text(moment: datetime | None) -> str:
    """An instant as text, in UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def thousandths_text(value: int | None) -> str:
    """A number in thousandths as the file spells it, exactly: 4500 is “4.5”; empty for None."""
    return "" if value is None else text_of(Fraction(value, SCALE))


def count_text(value: int | None) -> str:
    """A whole number as the file spells it; empty for None."""
    return "" if value is None else str(value)
