"""A round's rule in words: what counts and how much, what is missing and what that does, who goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.models import Criterion, Round
from judging.rounds.kinds.across import AGGREGATIONS, way_in_words
from judging.rounds.kinds.balloting import ballot_of
from judging.rounds.kinds.blanks import blank_words
from judging.rounds.kinds.combining import combination_in_words
from judging.rounds.kinds.correcting import correction_words
from judging.rounds.kinds.criterion_kinds import kind_of, points
from judging.rounds.kinds.levels import level_in_words, level_of
from judging.rounds.kinds.thresholds import effect_of
from judging.rounds.reading.rule_data import bests_by_category, languages_of
from judging.rounds.words.figures import figure
from judging.rounds.words.parts import language_of, link_words

if TYPE_CHECKING:
    from judging.models import CriterionGroup


def rule_words(round: Round) -> list[str]:
    """The round's rule, one sentence for each part, in the order in which it is applied. Two queries, four more where
    criteria of categories make sums or means."""
    criteria = list(round.criteria.all())
    groups = list(round.groups.all())
    ballot = ballot_of(round)
    lines = _mark_words(round, criteria, groups) if ballot.gives_marks else ballot.words(round)
    lines += correction_words(round)
    lines += _rounding_words(round)
    lines += _need_words(round, criteria, groups)
    lines += _tie_words(round, criteria, groups)
    lines += _cut_words(round)
    if round.weight != 100:
        lines.append(_("The round weighs %(weight)s per cent of the final result.") % {"weight": round.weight})
    if round.rule.version > 1:
        lines.append(
            _("This is version %(version)s of the rule: it changed while jurors scored.")
            % {"version": round.rule.version}
        )
    return lines


def _mark_words(round: Round, criteria: Sequence[Criterion], groups: Sequence[CriterionGroup]) -> list[str]:
    """From marks to the total."""
    lines = [_("A scorecard: %(combine)s.") % {"combine": combination_in_words(round.rule.combine)}]
    if groups:
        lines.append(_("Groups of criteria weigh as one each: %(groups)s.") % {"groups": _weights(groups)})
    lines += kind_words(criteria)
    if bests := best_words(round):
        lines.append(bests)
    if any(c.ranking_weight is not None for c in criteria) or any(g.ranking_weight is not None for g in groups):
        lines.append(_("For the rank some parts weigh otherwise; thresholds look at the total without that."))
    lines.append(
        _("Several jurors: %(across)s; %(order)s.")
        % {"across": way_in_words(round.rule.across), "order": level_in_words(round.rule.aggregate_at)}
    )
    lines += AGGREGATIONS[round.rule.across].words(round) if round.rule.across in AGGREGATIONS else []
    return lines + absence_words(round)


def absence_words(round: Round) -> list[str]:
    """What is not a number, and what each does: blank, not applicable, recused.
    For the juror's and the organiser's screens."""
    return [
        blank_words(round.rule.blanks),
        _("Not applicable: the criterion leaves that scorecard with its weight; the others make the total."),
        _("Recused, or never submitted: the whole scorecard does not count, nor towards the number an entry needs."),
    ]


def best_words(round: Round) -> str:
    """Where categories that are ranked together differ in what an entry can reach: which can reach what;
    otherwise nothing."""
    bests = bests_by_category(round)
    if not bests:
        return ""
    parts = ", ".join(_("%(category)s %(best)s") % {"category": name, "best": figure(best)} for name, best in bests)
    return _("The best possible total differs by category, and all are in one ranking: %(parts)s.") % {"parts": parts}


def kind_words(criteria: Iterable[Criterion]) -> list[str]:
    """What criteria do that don't simply count, one sentence each."""
    return [said for criterion in criteria if (said := kind_of(criterion).words(criterion))]


def _weights(groups: Sequence[CriterionGroup]) -> str:
    return ", ".join(_("%(group)s %(weight)s") % {"group": group, "weight": points(group.weight)} for group in groups)


def _rounding_words(round: Round) -> list[str]:
    lines = []
    if round.rule.decimals_criterion is not None:
        lines.append(
            ngettext(
                "Each criterion's result is rounded to %(decimals)s decimal, half up.",
                "Each criterion's result is rounded to %(decimals)s decimals, half up.",
                round.rule.decimals_criterion,
            )
            % {"decimals": round.rule.decimals_criterion}
        )
        if level_of(round).of_totals:
            lines.append(_("That does not touch the total, which is made of the jurors' totals."))
    if round.rule.decimals_group is not None:
        lines.append(
            ngettext(
                "Each group's result is rounded to %(decimals)s decimal, half up.",
                "Each group's result is rounded to %(decimals)s decimals, half up.",
                round.rule.decimals_group,
            )
            % {"decimals": round.rule.decimals_group}
        )
    if round.rule.decimals is not None:
        lines.append(
            ngettext(
                "The total is rounded to %(decimals)s decimal, half up.",
                "The total is rounded to %(decimals)s decimals, half up.",
                round.rule.decimals,
            )
            % {"decimals": round.rule.decimals}
        )
    if round.rule.final_decimals is not None:
        lines.append(
            ngettext(
                "The result of all rounds is rounded to %(decimals)s decimal, half up.",
                "The result of all rounds is rounded to %(decimals)s decimals, half up.",
                round.rule.final_decimals,
            )
            % {"decimals": round.rule.final_decimals}
        )
    return lines or [_("Nothing is rounded.")]


def _need_words(round: Round, criteria: Sequence[Criterion], groups: Sequence[CriterionGroup]) -> list[str]:
    lines = [ballot_of(round).least_words(round)]
    if round.rule.min_peer_scorecards:
        lines.append(
            _("And %(scorecards)s of fellow applicants, who never score their own entry.")
            % {"scorecards": round.rule.min_peer_scorecards}
        )
    marked: list[Criterion | CriterionGroup] = [*criteria, *groups]
    needed = [(str(part), part.threshold) for part in marked if part.threshold is not None]
    if needed:
        parts = ", ".join(
            _("%(part)s %(needed)s") % {"part": part, "needed": points(threshold)} for part, threshold in needed
        )
        lines.append(_("Needed: %(parts)s.") % {"parts": parts})
    if round.rule.threshold is not None:
        lines.append(_("A total of %(threshold)s is needed.") % {"threshold": points(round.rule.threshold)})
    if (needed or round.rule.threshold is not None) and (said := effect_of(round).words()):
        lines.append(said)
    return lines


def _tie_words(round: Round, criteria: Sequence[Criterion], groups: Sequence[CriterionGroup]) -> list[str]:
    if not round.rule.tie_chain:
        return [_("Ties: a person decides and says why.")]
    names = {criterion.code: str(criterion.name) for criterion in criteria}
    names |= {f"group:{group.code}": str(group.name) for group in groups}
    for link in round.rule.tie_chain:
        if link.get("name"):
            names[f"{link['kind']}:{link.get('code', '')}"] = language_of(languages_of(link["name"]))
    chain = ", ".join(link_words(link["kind"], link.get("code", ""), names) for link in round.rule.tie_chain)
    return [_("Ties, in order: %(chain)s. At the end, a person decides and says why.") % {"chain": chain}]


def _cut_words(round: Round) -> list[str]:
    lines = []
    if round.rule.advance_count is not None:
        lines.append(
            ngettext("%(number)s entry goes on.", "%(number)s entries go on.", round.rule.advance_count)
            % {"number": round.rule.advance_count}
        )
        if round.rule.all_tied_go_on:
            lines.append(_("All who are equal to the last place go on."))
    if round.rule.advance_per_city is not None:
        lines.append(_("Of one city, %(number)s at most.") % {"number": round.rule.advance_per_city})
    if round.rule.advance_per_category is not None:
        lines.append(_("Of one category, %(number)s at most.") % {"number": round.rule.advance_per_category})
    if round.rule.wild_cards:
        lines.append(
            ngettext(
                "%(number)s wild card at most, on top, given by a person with a reason.",
                "%(number)s wild cards at most, on top, given by a person with a reason.",
                round.rule.wild_cards,
            )
            % {"number": round.rule.wild_cards}
        )
    return lines
