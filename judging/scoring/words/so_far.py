"""The running total of a scorecard in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.marks.scoring import Rule
from judging.domain.marks.so_far import BLANK, sum_so_far
from judging.models import Criterion, Round, Scorecard
from judging.rounds.kinds.criterion_kinds import counting, kind_of
from judging.rounds.words.figures import figure


@dataclass(frozen=True)
class Words:
    text: str
    detail: str


def so_far_of(scorecard: Scorecard, criteria: list[Criterion]) -> Words:
    """“39 of 55”, and how many criteria that counts. `criteria` are those marked on this entry; marks come prefetched.

    Where groups weigh against each other, or a bonus comes on top, part of a card has no total yet:
    only the count is told.
    """
    counted = counting(criteria)
    kept = {mark.criterion_id: None if mark.not_applicable else mark.value for mark in scorecard.marks.all()}
    rule = rule_for(scorecard.assignment.round, counted)
    total = sum_so_far(rule, [kept.get(criterion.pk, BLANK) for criterion in counted])
    simple = all(criterion.group_id is None and not kind_of(criterion).is_beside for criterion in criteria)
    counts = {"marked": total.marked, "all": total.applicable, "best": figure(total.best)}
    if not simple:
        return Words(
            _("%(marked)s of %(all)s") % counts,
            _("Criteria marked. The total, with groups and bonus points, stands under “My marks”."),
        )
    if total.marked < total.applicable:
        some = ngettext(
            "%(marked)s of %(all)s criterion marked. The best possible is %(best)s.",
            "%(marked)s of %(all)s criteria marked. The best possible is %(best)s.",
            total.applicable,
        )
        detail = some % counts
    else:
        detail = _("All criteria marked. The best possible is %(best)s.") % counts
    if not total.marked:
        return Words("–", detail)
    return Words(_("%(points)s of %(reach)s") % {"points": figure(total.points), "reach": figure(total.reach)}, detail)


def rule_for(round: Round, criteria: list[Criterion]) -> Rule:
    """What of the round's rule a single scorecard needs."""
    return Rule(
        codes=tuple(c.code for c in criteria),
        weights=tuple(c.weight for c in criteria),
        maxima=tuple(c.scale_max for c in criteria),
        criterion_thresholds=tuple(c.threshold for c in criteria),
        combine=round.rule.combine,
    )
