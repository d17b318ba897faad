"""The running total of a scorecard in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from judging.domain.scoring import Rule
from judging.domain.so_far import BLANK, sum_so_far
from judging.models import Round, Scorecard
from judging.wording import figure


@dataclass(frozen=True)
class Words:
    text: str
    detail: str


def so_far_of(scorecard: Scorecard) -> Words:
    """“39 of 55”, and how many criteria that counts. Marks and criteria come prefetched."""
    round = scorecard.assignment.round
    kept = {mark.criterion_id: None if mark.not_applicable else mark.value for mark in scorecard.marks.all()}
    total = sum_so_far(rule_for(round), [kept.get(criterion.pk, BLANK) for criterion in round.criteria.all()])
    counts = {"marked": total.marked, "all": total.applicable, "best": figure(total.best)}
    if total.marked < total.applicable:
        detail = _("%(marked)s of %(all)s criteria marked. The best possible is %(best)s.") % counts
    else:
        detail = _("All criteria marked. The best possible is %(best)s.") % counts
    if not total.marked:
        return Words("–", detail)
    return Words(_("%(points)s of %(reach)s") % {"points": figure(total.points), "reach": figure(total.reach)}, detail)


def rule_for(round: Round) -> Rule:
    """What of the round's rule a single scorecard needs."""
    criteria = list(round.criteria.all())
    return Rule(
        codes=tuple(c.code for c in criteria),
        weights=tuple(c.weight for c in criteria),
        maxima=tuple(c.scale_max for c in criteria),
        criterion_thresholds=tuple(c.threshold for c in criteria),
        combine=round.combine,
    )
