"""A round settled again with something changed: other marks, another rule, another jury. Everything that stands beside
a standing is made here, by the very way that made the standing (judging.domain.results.frozen):
earlier rounds carried, points
off, the chain for ties, rooms of cities and categories, thresholds and what people decided are all in it, and with
nothing changed the standing comes out.

The shortlist is who goes on by the rule. What only a person can settle (a tie open at the cut, an entry below a
threshold that warns) counts as going on. Where the rule lets everybody on, or limits nobody, it is the first FIRST with
all who tie at its edge.

What people decided stays as it is: an order of tied entries counts wherever they tie,
a wild card wherever it is needed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from judging.domain.marks.scoring import NOTHING, Marks, Score, Sheet, score_entries, score_of, sheets_of
from judging.domain.results.document import GivenList, Pair, ResultFile
from judging.domain.results.frozen import Outcome, Terms, marks_of, points_off_in, rule_in, scores_of, settle, terms_of
from judging.domain.results.ranking import Cut
from judging.domain.results.semantics import NOWHERE
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.values import Rule
from judging.domain.statistics.correction import CannotCorrect

FIRST = 3


@dataclass(frozen=True)
class Standing:
    """Ranks by entry (None: not ranked) and who is in the shortlist; the best ranked of those win."""

    ranks: Mapping[str, int | None]
    shortlist: frozenset[str]

    @property
    def winners(self) -> tuple[str, ...]:
        """Those of the shortlist with the best rank, by code; none when nobody in it has a rank."""
        best = min((rank for entry in self.shortlist if (rank := self.ranks[entry]) is not None), default=None)
        return tuple(sorted(entry for entry in self.shortlist if self.ranks[entry] == best))


def standing_of(outcome: Outcome) -> Standing:
    """Raises CannotCorrect where the declared correction could not be worked out:
    results are provisional then, and tell nothing."""
    if outcome.uncorrected:
        raise CannotCorrect(outcome.uncorrected)
    ranking = outcome.ranking
    on = {place.entry for place in ranking.places if place.advances}.union(ranking.undecided, *ranking.open)
    return Standing({place.entry: place.rank for place in ranking.places}, frozenset(on))


@dataclass(frozen=True)
class Replay:
    """A round's inputs, read once. `marks` is None where jurors gave lists or compared pairs:
    then `ballots` is the file."""

    rule: Rule
    terms: Terms
    entries: tuple[str, ...]
    marks: Marks | None
    penalties: Mapping[str, Fraction] = field(default_factory=dict)
    peers: Collection[str] = ()
    ballots: ResultFile | None = None

    @cached_property
    def scores(self) -> list[Score]:
        """As they are."""
        return self.scored(self.rule, self.entries)

    @cached_property
    def standing(self) -> Standing:
        """As it is. Raises CannotCorrect."""
        return self.settled(self.rule, self.scores)

    @cached_property
    def by_cut(self) -> bool:
        """Whether the rule itself says who goes on, and not everybody does."""
        cut, ranked = self.terms.cut, sum(score.total is not None for score in self.scores)
        limited = cut.per_city is not None or cut.per_category is not None
        return limited or (cut.count is not None and cut.count < ranked)

    @cached_property
    def shortlisting(self) -> Terms:
        """The terms with a cut: the round's own, or where it has none the first few, equals all in, and never
        everybody."""
        if self.by_cut:
            return self.terms
        ranked = sum(score.total is not None for score in self.scores)
        return replace(self.terms, cut=Cut(min(FIRST, max(ranked - 1, 1)), all_tied_go_on=True))

    @cached_property
    def jurors(self) -> tuple[str, ...]:
        """Of whom something counts, by code."""
        return tuple(sorted({juror for score in self.scores for juror, _total in score.cards}))

    def settled(
        self, rule: Rule, scores: Sequence[Score], corrected: Mapping[str, Fraction | None] | None = None
    ) -> Standing:
        """`corrected`: results after the correction, where they are given and not to be worked out.
        Raises CannotCorrect."""
        return standing_of(settle(self.shortlisting, rule, scores, corrected))

    def scored(self, rule: Rule, entries: Sequence[str], marks: Marks | None = None) -> list[Score]:
        """Scores of these entries, by another rule or with other marks."""
        if self.ballots is not None:
            known = set(entries)
            return [score for score in scores_of(rule, self.ballots) if score.entry in known]
        given = marks or self.marks
        assert given is not None
        return score_entries(rule, entries, given, self.penalties, self.peers)

    def without_juror(self, juror: str) -> tuple[list[Score], tuple[str, ...]]:
        """(scores without what this juror gave, entries that keep a rank only because the least number is lowered).

        At the entries that the juror scored, the least number of scorecards is lowered by the one who left (1 at
        least): an entry that had enough has enough without them, one that had too few still has.
        """
        touched = {score.entry for score in self.scores if any(code == juror for code, _total in score.cards)}
        least, peers = self.rule.min_scorecards, self.rule.min_peer_scorecards
        lowered = replace(self.rule, min_scorecards=max(1, least - 1))
        if juror in self.peers:
            lowered = replace(self.rule, min_peer_scorecards=max(0, peers - 1))
        often = {code: int(code != juror) for code in self.given_by}
        again = {score.entry: score for score in self._by_jury(lowered, often, touched)}
        strict = {score.entry: score for score in self._by_jury(self.rule, often, touched)}
        saved = [entry for entry in touched if again[entry].total is not None and strict[entry].total is None]
        if self.marks is None:  # one list or pair less changes the result of entries that it does not name
            rest = {score.entry: score for score in self._by_jury(self.rule, often, self.entries)}
            return [again.get(entry, rest[entry]) for entry in self.entries], tuple(sorted(saved))
        return [again.get(score.entry, score) for score in self.scores], tuple(sorted(saved))

    def drawn(self, often: Mapping[str, int]) -> list[Score]:
        """Scores by a jury in which each juror sits so many times.
        An entry that it leaves without a result keeps its own; one that has none gets none, however often its few
        jurors sit."""
        if self.marks is None:
            found = self._by_jury(self.rule, often, self.entries)
            return [
                again if None not in (again.total, score.total) else score
                for again, score in zip(found, self.scores, strict=True)
            ]
        return [self.drawn_score(score, often) for score in self.scores]

    def drawn_score(self, score: Score, often: Mapping[str, int]) -> Score:
        """Of one entry, whose real score it is. Remembered: juries that are alike for an entry give it the same."""
        if score.total is None:
            return score
        times = tuple(often[juror] for juror, _total in score.cards)
        kept = self._remembered
        if (key := (score.entry, times)) not in kept:
            sheets = [sheet for sheet, n in zip(self._sheets[score.entry], times, strict=True) for _time in range(n)]
            again = self._scored(self.rule, score.entry, sheets, self._asks_for_parts)
            kept[key] = score if again.total is None else again
        return kept[key]

    @cached_property
    def _remembered(self) -> dict[tuple[str, tuple[int, ...]], Score]:
        return {}

    @cached_property
    def _sheets(self) -> dict[str, list[Sheet]]:
        return {} if self.marks is None else sheets_of(self.rule, self.entries, self.marks)

    @cached_property
    def _asks_for_parts(self) -> bool:
        """Whether the rule looks at the results of criteria or groups, beside those that its total needs."""
        thresholds = [*self.rule.criterion_thresholds, *(group.threshold for group in self.rule.groups)]
        asked = any(link.kind in ("criterion", "group") for link in self.terms.chain)
        return asked or any(threshold is not None for threshold in thresholds)

    def _scored(self, rule: Rule, entry: str, sheets: Sequence[Sheet], parts: bool = True) -> Score:
        outside = NOWHERE if self.marks is None else self.marks.outside.get(entry, NOWHERE)
        return score_of(rule, entry, sheets, self.penalties.get(entry, NOTHING), self.peers, outside, parts=parts)

    @cached_property
    def given_by(self) -> tuple[str, ...]:
        """Everybody who gave something, whether it counts or not."""
        if self.marks is not None:
            return tuple(sorted(set(self.marks.jurors)))
        given = self.ballots
        rows = () if given is None else (*(given.lists or ()), *(given.duels or ()))
        return tuple(sorted({row["juror"] for row in rows}))

    def _by_jury(self, rule: Rule, often: Mapping[str, int], entries: Iterable[str]) -> list[Score]:
        """Of these entries, by a rule that makes the same totals of scorecards."""
        if self.ballots is not None:
            known = set(entries)
            return [score for score in scores_of(rule, repeated(self.ballots, often)) if score.entry in known]
        return [
            self._scored(rule, e, [sheet for sheet in self._sheets[e] for _time in range(often.get(sheet.juror, 0))])
            for e in entries
        ]


def replay_of(file: ResultFile) -> Replay:
    """Of a file with its defaults (judging.domain.results.format)."""
    rule = rule_in(file)
    other = is_other_ballot(file.rule)
    return Replay(
        rule=rule,
        terms=terms_of(file),
        entries=tuple(file.codes),
        marks=None if other else marks_of(rule, file),
        penalties=points_off_in(rule, file),
        peers=frozenset(file.peers or ()),
        ballots=file if other else None,
    )


def repeated(file: ResultFile, often: Mapping[str, int]) -> ResultFile:
    """The file with every juror's lists or pairs so many times,
    each further time as if by one more juror of the same kind."""

    def names(juror: str) -> list[str]:
        return [juror if not time else f"{juror} ({time + 1})" for time in range(often.get(juror, 0))]

    lists: list[GivenList] = [{**row, "juror": name} for row in file.lists or () for name in names(row["juror"])]
    duels: list[Pair] = [{**row, "juror": name} for row in file.duels or () for name in names(row["juror"])]
    return replace(
        file,
        lists=None if file.lists is None else tuple(lists),
        duels=None if file.duels is None else tuple(duels),
        peers=tuple(name for juror in file.peers or () for name in names(juror)),
    )
