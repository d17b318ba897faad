"""A round's standings as rows ready to be shown: made once from the outcome or the frozen file, then only read.

standings, ties     as in the frozen file (judging.domain.results.frozen),
each standing with its jurors' `low` and `high`
open                ties that a person has to decide, as lists of codes
best, low, high     the best possible total of any entry; the lowest and highest total of any juror
bests_differ        whether not every entry can reach the same
last                the last place that goes on, 0 while a tie is open
cards               how many scorecards count
criteria, carries   code and name (by language) of each criterion, of groups as “group:CODE” and facts as “fact:CODE”;
                    whether an earlier round counts in the result
"""

import json
from fractions import Fraction
from typing import Any

from judging.domain.marks.scoring import text_of
from judging.domain.numbers import value_of
from judging.domain.results import frozen
from judging.domain.rule.reading import rule_of
from judging.models import Round
from judging.reads.taking_part import FROZEN
from judging.results.shown.outcomes import inputs_of


def table_of(round: Round) -> dict[str, Any]:
    """Worked out afresh: from the file of a closed round as it stands there, from the rows of an open one."""
    if round.state in FROZEN:
        return table_of_file(json.loads(round.result.file))
    inputs = inputs_of(round)
    outcome = frozen.compute(inputs)
    return _table(frozen.freeze(inputs, outcome), [list(tie) for tie in outcome.open_ties])


def table_of_file(file: dict[str, Any]) -> dict[str, Any]:
    """Of a frozen file, without computing anything again."""
    return _table(file, [])


def _table(file: dict[str, Any], open: list[list[str]]) -> dict[str, Any]:
    standings: list[dict[str, Any]] = []
    ends: list[Fraction] = []
    for row in file["standings"]:
        totals = sorted(value_of(total) for total in row["cards"].values() if total)
        ends += totals[:1] + totals[-1:]
        bounds = {"low": text_of(totals[0]), "high": text_of(totals[-1])} if totals else {"low": "", "high": ""}
        standings.append({**row, **bounds})
    through = [] if open else [int(row["place"]) for row in standings if row["advances"]]
    return {
        "standings": standings,
        "ties": file["ties"],
        "open": open,
        "best": text_of(_best(file)),
        "low": text_of(min(ends)) if ends else "",
        "high": text_of(max(ends)) if ends else "",
        "last": max(through, default=0),
        "cards": sum(int(row["scorecards"]) for row in standings),
        "bests_differ": len({row["best"] for row in file["standings"] if row.get("best")}) > 1,
        "criteria": _parts(file["rule"]),
        "carries": any(int(row["weight"]) for row in file["carried"]),
    }


def _best(file: dict[str, Any]) -> Fraction:
    """The most that any entry can reach; of a file of an earlier version, what all criteria together can give."""
    known = [Fraction(row["best"]) for row in file["standings"] if row.get("best")]
    return max(known, default=rule_of(file["rule"]).best)


def _parts(rule: dict[str, Any]) -> list[dict[str, Any]]:
    parts = [{"code": row["code"], "name": row["name"]} for row in rule["criteria"]]
    parts += [{"code": f"group:{row['code']}", "name": row["name"]} for row in rule.get("groups", ())]
    named = [link for link in rule["ties"] if link.get("name")]
    return parts + [{"code": f"{link['kind']}:{link.get('code', '')}", "name": link["name"]} for link in named]
