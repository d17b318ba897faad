"""The file of a closed round: everything that its result follows from, and the result; and the way to recompute it.

All numbers are text (exact: “79.75”, “239/3”), texts hold every language by its key, entries and jurors stand by random code:
the key to the names is kept apart and can be erased. Lists have one order, so that the same round makes the same bytes.

    format "passerelle.result", version 1
    round       edition, city, order, name, weight, opens_at, closes_at, closed_at
    rule        combine, across, aggregate_at, trim, decimals, threshold, min_scorecards, criteria, ties, cut
    entries     code, city, founded_on, submitted_at                                  (by code)
    carried     order, weight, sha256, shares {entry: per cent of the best possible}  (earlier rounds, by order)
    scorecards  entry, juror, marks {criterion: mark or "n/a"}                        (submitted; by entry, juror)
    not_counted entry, juror, state                                                   (recused or missing)
    decisions   lists of entries in the order that a person gave them                 (the latest last)
    standings, ties                                                                   (what recompute gives again)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from judging.domain.carry import carried, share
from judging.domain.ranking import Cut, Ranking, rank_entries
from judging.domain.scoring import SCALE, Marks, Rule, Score, number_of, score_entries, text_of
from judging.domain.ties import Facts, Link, TieTrace

FORMAT, VERSION = "passerelle.result", 1
NOT_APPLICABLE = "n/a"


@dataclass(frozen=True)
class Outcome:
    """What a round's inputs make: scores by entry, per-cent shares of this round, results that rank, the ranking."""

    rule: Rule
    scores: dict[str, Score]
    shares: dict[str, Fraction | None]
    results: dict[str, Fraction | None]
    ranking: Ranking

    @property
    def open_ties(self) -> tuple[tuple[str, ...], ...]:
        return self.ranking.open


def compute(inputs: Mapping[str, Any]) -> Outcome:
    """The outcome of a file's inputs (its part without standings and ties). Takes what was read from JSON, too."""
    rule = rule_of(inputs["rule"])
    entries = [entry["code"] for entry in inputs["entries"]]
    scores = score_entries(rule, entries, _marks(rule, inputs["scorecards"]))
    shares = {s.entry: None if s.total is None else share(s.total, rule.best) for s in scores}
    results = {s.entry: _result(inputs, rule, s, shares[s.entry]) for s in scores}
    cut = inputs["rule"]["cut"]
    ranking = rank_entries(
        scores,
        results,
        rule=rule,
        chain=[Link(link["kind"], link.get("code", "")) for link in inputs["rule"]["ties"]],
        cut=Cut(_int(cut["count"]), _int(cut["per_city"]), cut["all_tied_go_on"]),
        facts={
            entry["code"]: Facts(entry["city"], entry["founded_on"], entry["submitted_at"])
            for entry in inputs["entries"]
        },
        decisions=inputs["decisions"],
    )
    return Outcome(rule, {s.entry: s for s in scores}, shares, results, ranking)


def _result(inputs: Mapping[str, Any], rule: Rule, score: Score, own: Fraction | None) -> Fraction | None:
    """What ranks: the round's total; after earlier rounds with a weight, the carried result in per cent."""
    earlier = [row for row in inputs["carried"] if int(row["weight"])]
    if score.total is None or not earlier:
        return score.total
    shares = [number_of(row["shares"].get(score.entry, "")) or Fraction(0) for row in earlier]
    weights = [int(row["weight"]) for row in earlier]
    return carried([*shares, own], [*weights, int(inputs["round"]["weight"])], rule.decimals)


def rule_of(data: Mapping[str, Any]) -> Rule:
    """The rule as the file spells it."""
    criteria = data["criteria"]
    return Rule(
        codes=tuple(c["code"] for c in criteria),
        weights=tuple(_thousandths(c["weight"]) for c in criteria),
        maxima=tuple(_thousandths(c["scale_max"]) for c in criteria),
        criterion_thresholds=tuple(_thousandths(c["threshold"]) for c in criteria),
        combine=data["combine"],
        across=data["across"],
        aggregate_at=data["aggregate_at"],
        trim=int(data["trim"]),
        decimals=_int(data["decimals"]),
        threshold=_thousandths(data["threshold"]),
        min_scorecards=int(data["min_scorecards"]),
    )


def freeze(inputs: Mapping[str, Any], outcome: Outcome) -> dict[str, Any]:
    """The whole file, ready for canonical JSON."""
    return {
        "format": FORMAT,
        "version": VERSION,
        **inputs,
        "standings": standings_of(outcome),
        "ties": [_tie(trace) for trace in outcome.ranking.ties],
    }


def standings_of(outcome: Outcome) -> list[dict[str, Any]]:
    """The standings as the file spells them."""
    rows = []
    for place in outcome.ranking.places:
        score = outcome.scores[place.entry]
        rows.append(
            {
                "entry": place.entry,
                "rank": "" if place.rank is None else str(place.rank),
                "place": str(place.place),
                "total": text_of(score.total),
                "exact": text_of(score.exact),
                "share": text_of(outcome.shares[place.entry]),
                "final": text_of(place.result),
                "scorecards": str(score.scorecards),
                "cards": {juror: text_of(total) for juror, total in score.cards},
                "criteria": {
                    code: text_of(value) for code, value in zip(outcome.rule.codes, score.criteria, strict=True)
                },
                "advances": place.advances,
                "reason": place.reason,
            }
        )
    return rows


def _tie(trace: TieTrace) -> dict[str, Any]:
    return {
        "value": trace.value,
        "groups": [list(group) for group in trace.groups],
        "steps": [
            {"kind": s.kind, "code": s.code, "values": s.values, "groups": [list(group) for group in s.groups]}
            for s in trace.steps
        ],
    }


def check(file: Mapping[str, Any]) -> list[str]:
    """What is wrong with a file, as codes; nothing when recomputing it gives the very standings and ties that it holds."""
    if (file.get("format"), file.get("version")) != (FORMAT, VERSION):
        return ["format"]
    outcome = compute(file)
    again = freeze({}, outcome)
    return [part for part in ("standings", "ties") if again[part] != file[part]]


def _marks(rule: Rule, scorecards: list[Mapping[str, Any]]) -> Marks:
    return Marks(
        entries=tuple(card["entry"] for card in scorecards),
        jurors=tuple(card["juror"] for card in scorecards),
        values=tuple(
            tuple(
                None if card["marks"].get(code, NOT_APPLICABLE) == NOT_APPLICABLE else _thousandths(card["marks"][code])
                for card in scorecards
            )
            for code in rule.codes
        ),
    )


def _thousandths(text: str) -> int | None:
    number = number_of(text)
    return None if number is None else int(number * SCALE)


def _int(text: str) -> int | None:
    return int(text) if text else None
