"""The file of a closed round: everything that its result follows from, and the result; and the way to recompute it.

All numbers are text (exact: “79.75”, “239/3”), texts hold every language by its key, entries and jurors stand by random
code: the key to the names is kept apart and can be erased. Lists have one order, so that the same round makes the same
bytes. What stands in it: judging.domain.results.document, and of its rule judging.domain.rule.stated.

Version 1 had no groups, kinds, penalties, peers, corrections or decisions at the cut. Version 3 has the inputs of
version 2 and computes some of them otherwise, and its standings say the best possible of each entry and of a tie what
settled it. Files that were frozen by an earlier version recompute by that version's semantics
(judging.domain.results.semantics).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from judging.domain.ballots.scores import scores_of_ballots
from judging.domain.marks.scoring import Marks, Rule, Score, points_off, score_entries, text_of
from judging.domain.numbers import Thousandths
from judging.domain.results.carry import carried, share
from judging.domain.results.cut import failed_thresholds
from judging.domain.results.document import FORMAT, Card, FiledEntry, FiledStanding, ResultFile
from judging.domain.results.ranking import Cut, Place, Ranking, rank_entries
from judging.domain.results.semantics import BY_VERSION, NOWHERE, PRESENT, semantics_of
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.blanks import blanks_in
from judging.domain.rule.reading import outside_in, rule_of, thousandths, whole
from judging.domain.statistics.correction import CannotCorrect, corrected_results, is_corrected
from judging.domain.ties.chain import Facts, Link, TieTrace

VERSION = PRESENT.version
NOT_APPLICABLE = "n/a"


@dataclass(frozen=True)
class Outcome:
    """What a round's inputs make: scores by entry, per-cent shares of this round, results that rank, the ranking.

    `corrected` are the results of this round after the declared correction; empty when none is declared, or when it
    can't be worked out: then `uncorrected` says why in a code, and the results are provisional.
    """

    rule: Rule
    scores: dict[str, Score]
    shares: dict[str, Fraction | None]
    results: dict[str, Fraction | None]
    ranking: Ranking
    corrected: Mapping[str, Fraction | None] = field(default_factory=dict)
    uncorrected: str = ""

    @property
    def version(self) -> int:
        """Of the result's format, by whose semantics it was computed."""
        return self.rule.semantics.version

    @cached_property
    def warned(self) -> frozenset[str]:
        """Entries below a threshold of which whether they go on is a person's decision."""
        if not self.rule.below_asks:
            return frozenset()
        return frozenset(entry for entry, score in self.scores.items() if failed_thresholds(self.rule, score))

    @property
    def undecided(self) -> tuple[str, ...]:
        """Those of them that would go on, and about whom nobody has decided."""
        return self.ranking.undecided

    @property
    def open_ties(self) -> tuple[tuple[str, ...], ...]:
        """The groups of entries that nothing declared could put in order: a person has to."""
        return self.ranking.open


def compute(inputs: ResultFile) -> Outcome:
    """The outcome of a file's inputs, as read from JSON or as written. Where standings are frozen in it, by the
    semantics of its version, so that it gives them again; otherwise by the present ones
    (judging.domain.results.semantics)."""
    rule = rule_in(inputs)
    return settle(terms_of(inputs), rule, scores_of(rule, inputs))


def rule_in(inputs: ResultFile) -> Rule:
    """The rule as the file's own version reads it. Raises KeyError for a file without one."""
    return rule_of(inputs.rule, semantics_of(inputs))


Earlier = tuple[tuple[int, Mapping[str, Fraction]], ...]  # of earlier rounds with a weight: (weight, shares by entry)


@dataclass(frozen=True)
class Terms:
    """What a file says of ranking beside criteria and marks, read once: any scores can be settled by it."""

    chain: tuple[Link, ...]
    cut: Cut
    facts: Mapping[str, Facts]
    decisions: Sequence[Sequence[str]]
    verdicts: Mapping[str, str]
    earlier: Earlier
    weight: int


def terms_of(inputs: ResultFile) -> Terms:
    """What the file says beside the marks: ties, cut, facts, people's decisions, and earlier rounds' shares with their
    weights (those of weight 0 left out)."""
    rule, cut = inputs.rule, inputs.rule.cut
    return Terms(
        chain=tuple(Link(link.kind, (link.code or ""), (link.first or "higher")) for link in rule.ties),
        cut=Cut(whole(cut.count), whole(cut.per_city), cut.all_tied_go_on, whole(cut.per_category or "")),
        facts={entry.code: _facts(entry) for entry in inputs.entries},
        decisions=inputs.decisions,
        verdicts={row.entry: row.kind for row in inputs.cut_decisions or ()},
        earlier=tuple(
            (int(row.weight), {entry: Fraction(text) for entry, text in row.shares.items() if text})
            for row in inputs.counting
        ),
        weight=int(inputs.round.weight),
    )


def scores_of(rule: Rule, inputs: ResultFile) -> list[Score]:
    """Every entry's score in this round, whatever jurors gave."""
    if is_other_ballot(inputs.rule):
        return scores_of_ballots(rule, inputs.rule, inputs)
    peers = frozenset(inputs.peers or ())
    return score_entries(rule, inputs.codes, marks_of(rule, inputs), points_off_in(rule, inputs), peers)


def settle(
    terms: Terms, rule: Rule, scores: Sequence[Score], given: Mapping[str, Fraction | None] | None = None
) -> Outcome:
    """Who stands where by these scores: corrected, carried, tied and cut as declared.
    The one way from scores to a standing.

    `given` are results after the correction, where they are not to be worked out.
    """
    corrected, uncorrected = _corrected(rule, scores) if given is None else (given, "")
    own = corrected or {score.entry: score.ranking for score in scores}
    best = {score.entry: score.ranking_best for score in scores}
    shares = {entry: None if total is None else share(total, best[entry]) for entry, total in own.items()}
    results = {entry: _result(terms, rule, entry, own[entry], shares[entry]) for entry in own}
    ranking = rank_entries(
        scores,
        results,
        rule=rule,
        chain=terms.chain,
        cut=terms.cut,
        facts=terms.facts,
        decisions=terms.decisions,
        verdicts=terms.verdicts,
    )
    return Outcome(rule, {s.entry: s for s in scores}, shares, results, ranking, corrected, uncorrected)


def _corrected(rule: Rule, scores: Sequence[Score]) -> tuple[Mapping[str, Fraction | None], str]:
    if not is_corrected(rule):
        return {}, ""
    try:
        return corrected_results(rule, scores), ""
    except CannotCorrect as error:
        return {}, error.why


def _facts(entry: FiledEntry) -> Facts:
    return Facts(
        city=entry.city,
        founded_on=entry.founded_on,
        submitted_at=entry.submitted_at,
        category=entry.category or "",
        laureates=entry.laureates or "",
        recorded=entry.facts or {},
    )


def points_off_in(rule: Rule, inputs: ResultFile) -> dict[str, Fraction]:
    """{entry: points off its total}: each breach recorded times what its penalty costs."""
    breaches: dict[str, dict[str, int]] = {}
    for row in inputs.penalties or ():
        of_entry = breaches.setdefault(row.entry, {})
        of_entry[row.code] = of_entry.get(row.code, 0) + int(row.breaches)
    return {entry: points_off(rule, found) for entry, found in breaches.items()}


def _result(terms: Terms, rule: Rule, entry: str, total: Fraction | None, own: Fraction | None) -> Fraction | None:
    """What ranks: the round's own result; after earlier rounds with a weight, the carried result in per cent."""
    if total is None or own is None or not terms.earlier:
        return total
    shares = [shares.get(entry, Fraction(0)) for _weight, shares in terms.earlier]
    weights = [weight for weight, _shares in terms.earlier]
    decimals = rule.decimals if rule.final_decimals is None else rule.final_decimals
    return carried([*shares, own], [*weights, terms.weight], decimals)


def freeze(inputs: ResultFile, outcome: Outcome) -> ResultFile:
    """The whole file, in the version by whose semantics the outcome was computed."""
    return replace(inputs, version=outcome.version, standings=standings_of(outcome), ties=outcome.ranking.ties)


def standings_of(outcome: Outcome) -> tuple[FiledStanding, ...]:
    """The standings as the file spells them: each version says more than those before it."""
    ties = {entry: trace for trace in outcome.ranking.ties for entry in trace.order}
    return tuple(_filed(outcome, place, ties.get(place.entry)) for place in outcome.ranking.places)


def _filed(outcome: Outcome, place: Place, trace: TieTrace | None) -> FiledStanding:
    score, rule = outcome.scores[place.entry], outcome.rule
    row = FiledStanding(
        entry=place.entry,
        rank="" if place.rank is None else str(place.rank),
        place=str(place.place),
        total=text_of(score.total),
        exact=text_of(score.exact),
        share=text_of(outcome.shares[place.entry]),
        final=text_of(place.result),
        scorecards=str(score.scorecards),
        cards={juror: text_of(total) for juror, total in score.cards},
        criteria={code: text_of(value) for code, value in zip(rule.codes, score.criteria, strict=True)},
        advances=place.advances,
        reason=place.reason,
    )
    if outcome.version >= 2:
        row = replace(
            row,
            ranking=text_of(score.ranking),
            corrected=text_of(outcome.corrected.get(place.entry)),
            penalty=text_of(score.penalty) if score.penalty else "",
            groups={group.code: text_of(value) for group, value in zip(rule.groups, score.groups, strict=True)},
        )
    if outcome.version >= 3:
        row = replace(row, best=text_of(score.best), tie={} if trace is None else trace.told[place.entry])
    return row


def check(file: ResultFile) -> list[str]:
    """What is wrong with a file, as codes; nothing when recomputing it gives the very
    standings and ties that it holds."""
    if file.format != FORMAT or file.version not in BY_VERSION:
        return ["format"]
    again = freeze(file, compute(file))
    return [part for part in ("standings", "ties") if getattr(again, part) != getattr(file, part)]


def marks_of(rule: Rule, inputs: ResultFile) -> Marks:
    """The file's scorecards as columns, marks in thousandths; None where a criterion is not applicable, or not of the
    entry's category."""
    scorecards = inputs.scorecards
    outside = outside_in(inputs.rule, rule.codes, inputs.entries)
    blank = blanks_in(inputs.rule)

    def mark(card: Card, place: int, code: str) -> Thousandths | None:
        if place in outside.get(card["entry"], NOWHERE):
            return None
        text = card["marks"].get(code)
        if text is None:
            return blank[code]
        return None if text == NOT_APPLICABLE else thousandths(text)

    return Marks(
        entries=tuple(card["entry"] for card in scorecards),
        jurors=tuple(card["juror"] for card in scorecards),
        values=tuple(tuple(mark(card, n, code) for card in scorecards) for n, code in enumerate(rule.codes)),
        outside=outside,
    )
