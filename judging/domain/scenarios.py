"""What if: the same marks without a juror, without a criterion, with other weights, with or without the correction.

Every scenario is a changed rule or changed marks, scored by the very scorer that made the standing. Its answer is who would win
and who would be in the shortlist.

    juror        without this juror's scorecards
    criterion    as if this criterion applied to nobody (its weight leaves the denominator, as the rule treats that)
    weights      this criterion's or group's share among its siblings 5 points up or down, the others' in proportion
    correction   by totals as they are, where the rule corrects; corrected for severity, where it does not
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from judging.domain.correction import CannotCorrect, corrected_results, is_corrected
from judging.domain.cut import failed_thresholds
from judging.domain.rule import NO_CORRECTION, WEIGHTED_SUM, Correction, Rule
from judging.domain.scoring import Marks, Score, score_entries

POINTS = 5
JUROR, CRITERION, WEIGHTS, CORRECTION = "juror", "criterion", "weights", "correction"
FINE = 1000  # weights that are only relative are made finer before they are shared out anew


@dataclass(frozen=True)
class Standing:
    """Ranks by entry (1, 1, 3; None: not ranked) and who is in the shortlist; the best ranked of those win."""

    ranks: Mapping[str, int | None]
    shortlist: frozenset[str]

    @property
    def winners(self) -> tuple[str, ...]:
        best = min((self.ranks[entry] for entry in self.shortlist), default=None)
        return tuple(sorted(entry for entry in self.shortlist if self.ranks[entry] == best))


Scorer = Callable[[Rule, Marks], Standing]


@dataclass(frozen=True)
class Scenario:
    """`change`: points of weight, 0 otherwise. `missing` says why it can't be worked out; then nothing else holds.

    `enters` and `leaves`: the shortlist's differences from the real one; `moved`: (entry, its rank, its rank here), the longest
    way first, then by name.
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

    @property
    def shortlist_changes(self) -> bool:
        return bool(self.enters or self.leaves)


@dataclass(frozen=True)
class Scoring:
    """The usual scorer: totals, the declared correction, thresholds, and the first `places` with all who tie at the edge."""

    entries: tuple[str, ...]
    places: int
    penalties: Mapping[str, Fraction] = field(default_factory=dict)
    peers: Collection[str] = ()

    def __call__(self, rule: Rule, marks: Marks) -> Standing:
        return self.standing(rule, self.scores(rule, marks, self.entries))

    def scores(self, rule: Rule, marks: Marks, entries: Sequence[str]) -> list[Score]:
        return score_entries(rule, entries, marks, self.penalties, self.peers)

    def results(self, rule: Rule, scores: Sequence[Score]) -> Mapping[str, Fraction | None]:
        return corrected_results(rule, scores) if is_corrected(rule) else {s.entry: s.ranking for s in scores}

    def standing(self, rule: Rule, scores: Sequence[Score]) -> Standing:
        failed = {score.entry for score in scores if failed_thresholds(rule, score)}
        return standing_of(self.results(rule, scores), self.places, set() if rule.threshold_warns else failed)


def standing_of(results: Mapping[str, Fraction | None], places: int, out: Collection[str] = ()) -> Standing:
    """By result; an entry of `out` keeps its rank and has no place in the shortlist."""
    values = sorted((value for value in results.values() if value is not None), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(values, start=1)))}
    fit = sorted((v for entry, v in results.items() if v is not None and entry not in out), reverse=True)
    last = fit[min(places, len(fit)) - 1] if fit and places else None
    return Standing(
        ranks={entry: None if value is None else first[value] for entry, value in results.items()},
        shortlist=frozenset(
            entry
            for entry, value in results.items()
            if value is not None and last is not None and entry not in out and value >= last
        ),
    )


def scenarios(rule: Rule, marks: Marks, score: Scorer) -> tuple[Scenario, ...]:
    """All of them: by kind in the order above, then by code."""
    real = score(rule, marks)
    return (
        *_without_jurors(rule, marks, score, real),
        *(
            _scenario(CRITERION, code, 0, real, lambda n=n: score(rule, without_criterion(marks, n)))
            for n, code in enumerate(rule.codes)
            if _counts(rule, n)
        ),
        *(
            _scenario(WEIGHTS, code, change, real, lambda changed=changed: score(changed, marks))
            for code, change, changed in other_weights(rule)
        ),
        _other_correction(rule, marks, score, real),
    )


def _without_jurors(rule: Rule, marks: Marks, score: Scorer, real: Standing) -> Iterator[Scenario]:
    """Where no correction ties all entries together, only the entries that the juror scored are scored anew."""
    usual = score if isinstance(score, Scoring) and not is_corrected(rule) else None
    known = {s.entry: s for s in usual.scores(rule, marks, usual.entries)} if usual else {}
    for juror in sorted(set(marks.jurors)):
        rest = without_juror(marks, juror)
        touched = sorted({e for e, j in zip(marks.entries, marks.jurors, strict=True) if j == juror and e in known})

        def again(rest=rest, touched=touched) -> Standing:
            if usual is None:
                return score(rule, rest)
            return usual.standing(
                rule, [*{**known, **{s.entry: s for s in usual.scores(rule, rest, touched)}}.values()]
            )

        yield _scenario(JUROR, juror, 0, real, again)


def _other_correction(rule: Rule, marks: Marks, score: Scorer, real: Standing) -> Scenario:
    decimals = 2 if rule.decimals is None else rule.decimals
    other = Correction() if is_corrected(rule) else Correction("severity", decimals=decimals)
    code = NO_CORRECTION if is_corrected(rule) else other.kind
    return _scenario(CORRECTION, code, 0, real, lambda: score(replace(rule, correction=other), marks))


def _scenario(kind: str, code: str, change: int, real: Standing, again: Callable[[], Standing]) -> Scenario:
    try:
        here = again()
    except CannotCorrect as no:
        return Scenario(kind, code, change, missing=no.why)
    if not here.winners:
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


def without_juror(marks: Marks, juror: str) -> Marks:
    rows = [n for n, name in enumerate(marks.jurors) if name != juror]
    return take(marks, rows)


def take(marks: Marks, rows: Sequence[int]) -> Marks:
    """The scorecards at these places, as often as they are named."""
    return replace(
        marks,
        entries=tuple(marks.entries[n] for n in rows),
        jurors=tuple(marks.jurors[n] for n in rows),
        values=tuple(tuple(column[n] for n in rows) for column in marks.values),
    )


def without_criterion(marks: Marks, place: int) -> Marks:
    nothing = (None,) * len(marks.entries)
    return replace(marks, values=tuple(nothing if n == place else column for n, column in enumerate(marks.values)))


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
    """The rule with one part's share changed within its node; None where the share is 0 or the whole, before or after."""
    criteria, groups = rule.children[node]
    places = [("criterion", c) for c in criteria] + [("group", g) for g in groups]
    fine = 1 if rule.combine_in(node) == WEIGHTED_SUM else FINE
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
        found[ranking] = {place: round(share * fine) for place, share in zip(places, shares, strict=True)}

    def weight(ranking: bool, kind: str, n: int, before: int) -> int:
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
