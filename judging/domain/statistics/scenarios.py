"""What if: the same round without a juror, without a criterion, with other weights, with or without the correction.

Every scenario is a changed rule or changed marks, settled by the very way that made the standing
(judging.domain.statistics.replay). Its answer is who would win and who would be in the shortlist.

    juror        without what this juror gave; the least number of scorecards is lowered by the one who left (see
                 Replay.without_juror)
    criterion    as if this criterion applied to nobody (its weight leaves the denominator, as the rule treats that)
    weights      this criterion's or group's share among its siblings 5 points up or down, the others' in proportion,
                 exactly
    correction   by totals as they are, where the rule corrects; corrected for severity, where it does not

Ranked lists and pairs have no criteria, no weights and no correction: only jurors are left out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from judging.domain.marks.scoring import Marks
from judging.domain.numbers import Thousandths
from judging.domain.rule.values import NO_CORRECTION, Rule
from judging.domain.statistics.correction import (
    SEVERITY,
    CannotCorrect,
    corrected_for_severity,
    is_corrected,
    without_correction,
)
from judging.domain.statistics.replay import Replay, Standing

POINTS = 5
JUROR, CRITERION, WEIGHTS, CORRECTION = "juror", "criterion", "weights", "correction"


@dataclass(frozen=True)
class Scenario:
    """`change`: points of weight, 0 otherwise. `missing` says why it can't be worked out; then nothing else holds.

    `enters` and `leaves`: the shortlist's differences from the real one; `moved`: (entry, its rank, its rank here), the
    longest way first, then by name. `lowered`: entries that are ranked here only because the least number of scorecards
    is lowered.
    """

    kind: str
    code: str
    change: int = 0
    missing: str = ""
    winners: tuple[str, ...] = ()
    winner_changes: bool = False
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    moved: tuple[tuple[str, int | None, int | None], ...] = ()
    lowered: tuple[str, ...] = ()

    @property
    def shortlist_changes(self) -> bool:
        """Whether anybody comes into the shortlist or leaves it."""
        return bool(self.enters or self.leaves)


def scenarios(round: Replay) -> tuple[Scenario, ...]:
    """All of them: by kind in the order above, then by code.
    Raises CannotCorrect where there is no standing to compare with."""
    rule, marks = round.rule, round.marks
    found = [_without_juror(round, juror) for juror in round.given_by]
    if marks is None:
        return tuple(found)

    def by(changed: Rule, some: Marks | None = None) -> Callable[[], Standing]:
        return lambda: round.settled(changed, round.scored(changed, round.entries, some))

    for n, code in enumerate(rule.codes):
        if _counts(rule, n):
            found.append(_scenario(round, CRITERION, code, 0, by(rule, without_criterion(marks, n))))
    for code, change, changed in other_weights(rule):
        found.append(_scenario(round, WEIGHTS, code, change, by(changed)))
    if is_corrected(rule):
        found.append(_scenario(round, CORRECTION, NO_CORRECTION, 0, by(without_correction(rule))))
    elif is_correctable(rule):
        found.append(_scenario(round, CORRECTION, SEVERITY, 0, by(corrected_for_severity(rule))))
    return tuple(found)


def is_correctable(rule: Rule) -> bool:
    """Whether the rule could declare a correction: it works on the mean of jurors' totals."""
    return rule.takes_mean and rule.of_totals and rule.best_given is None


def _without_juror(round: Replay, juror: str) -> Scenario:
    scores, lowered = round.without_juror(juror)
    return replace(_scenario(round, JUROR, juror, 0, lambda: round.settled(round.rule, scores)), lowered=lowered)


def _scenario(round: Replay, kind: str, code: str, change: int, again: Callable[[], Standing]) -> Scenario:
    real = round.standing
    try:
        here = again()
    except CannotCorrect as no:
        return Scenario(kind, code, change, missing=no.why)
    if not any(here.ranks.values()):
        return Scenario(kind, code, change, missing="no_result")
    far = len(real.ranks) + 1
    moved = [(e, real.ranks[e], here.ranks.get(e)) for e in real.ranks if real.ranks[e] != here.ranks.get(e)]
    return Scenario(
        kind,
        code,
        change,
        winners=here.winners,
        winner_changes=here.winners != real.winners,
        enters=tuple(sorted(here.shortlist - real.shortlist)),
        leaves=tuple(sorted(real.shortlist - here.shortlist)),
        moved=tuple(sorted(moved, key=lambda row: (-abs((row[1] or far) - (row[2] or far)), row[0]))),
    )


def without_criterion(marks: Marks, place: int) -> Marks:
    """The marks as if nobody had marked the criterion at that place."""
    nothing: Sequence[None] = (None,) * len(marks.entries)
    return replace(
        marks, values=tuple(tuple(nothing) if n == place else column for n, column in enumerate(marks.values))
    )


def other_weights(rule: Rule, points: int = POINTS) -> Iterator[tuple[str, int, Rule]]:
    """(code of the criterion or group, change, the rule so changed): every one that weighs and has siblings that do."""
    for node, (criteria, groups) in rule.children.items():
        for kind, place in [("criterion", c) for c in criteria] + [("group", g) for g in groups]:
            code = rule.codes[place] if kind == "criterion" else rule.groups[place].code
            for change in (-points, points):
                changed = _shifted(rule, node, (kind, place), change)
                if changed is not None:
                    yield code, change, changed


def _shifted(rule: Rule, node: int | None, part: tuple[str, int], change: int) -> Rule | None:
    """The rule with one part's share changed within its node, exactly;
    None where the share is 0 or the whole, before or after."""
    criteria, groups = rule.children[node]
    places = [("criterion", c) for c in criteria] + [("group", g) for g in groups]
    found = {}
    for ranking in (False, True):
        of_criteria, of_groups = rule.weights_for(ranking)
        weights = [of_criteria[n] if kind == "criterion" else of_groups[n] for kind, n in places]
        total, own = sum(weights), weights[places.index(part)]
        wanted = Fraction(own) + Fraction(total * change, 100)
        if own in (0, total) or not 0 <= wanted <= total:
            return None
        others = (total - wanted) / (total - own)
        shares = [wanted if place == part else weight * others for place, weight in zip(places, weights, strict=True)]
        found[ranking] = dict(zip(places, shares, strict=True))

    def weight(ranking: bool, kind: str, n: int, before: Thousandths) -> Thousandths:
        return found[ranking].get((kind, n), before)

    changed = replace(
        rule,
        weights=tuple(weight(False, "criterion", n, w) for n, w in enumerate(rule.weights)),
        groups=tuple(replace(g, weight=weight(False, "group", n, g.weight)) for n, g in enumerate(rule.groups)),
    )
    if not rule.ranks_otherwise:
        return changed
    of_criteria, of_groups = rule.weights_for(ranking=True)
    return replace(
        changed,
        ranking_weights=tuple(weight(True, "criterion", n, w) for n, w in enumerate(of_criteria)),
        groups=tuple(
            replace(g, ranking_weight=weight(True, "group", n, of_groups[n])) for n, g in enumerate(changed.groups)
        ),
    )


def _counts(rule: Rule, criterion: int) -> bool:
    """Whether the criterion weighs in either total or gives points on top."""
    weighs = any(rule.weights_for(ranking)[0][criterion] for ranking in (False, True))
    return weighs or any(bonus.criterion == criterion for bonus in rule.bonuses)
