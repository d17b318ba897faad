"""A file of each ballot that says all it may, and what is told of it once something is changed."""

import copy
import json
from typing import Any

from judging.domain.results.format import BadResult
from tests.judging.domain.plain import read_results

SCALE = {"scale_min": "0", "scale_max": "5", "scale_step": "0.5"}


def card(entry, juror, **marks):
    return {"entry": entry, "juror": juror, "marks": marks}


MARKS: dict[str, Any] = {
    "format": "passerelle.result",
    "version": 3,
    "round": {"edition": "2027", "order": "2", "weight": "40", "name": {"en": "Final"}},
    "method": {"name": "exact", "decimals": "2", "libraries": {}},
    "rule": {
        "version": "2", "combine": "percent", "across": "mean", "aggregate_at": "total", "trim": "0", "decimals": "2",
        "decimals_criterion": "", "decimals_group": "3", "final_decimals": "2", "threshold": "10",
        "threshold_effect": "warn",
        "blanks": "left_out", "min_scorecards": "1", "min_peer_scorecards": "0",
        "correction": {"kind": "none", "deviation": "population", "decimals": "", "min_marks": "2"},
        "ties": [
            {"kind": "criterion", "code": "idea"}, {"kind": "group", "code": "plan"},
            {"kind": "fact", "code": "jobs", "first": "lower", "name": {"en": "Jobs"}}, {"kind": "human"},
        ],
        "cut": {"count": "1", "per_city": "1", "per_category": "", "wild_cards": "1", "all_tied_go_on": False},
        "groups": [{"code": "plan", "weight": "2", "parent": "", "combine": "", "threshold": "",
                "ranking_weight": "3"}],
        "criteria": [
            {"code": "idea", "kind": "score", "weight": "1", "group": "plan", "threshold": "1", **SCALE},
            {"code": "team", "weight": "1", "ranking_weight": "2", "categories": ["energy"], "comment_below": "1",
             "comment_above": "", **SCALE},
            {"code": "star", "kind": "bonus", "weight": "0.5", "cap": "2", "required": False, **SCALE},
            {"code": "late", "kind": "penalty", "weight": "2", "cap": "5"},
        ],
    },
    "entries": [
        {"code": "A", "city": "braga", "category": "energy", "founded_on": "2024-02-29", "facts": {"jobs": "3"}},
        {"code": "B", "city": "cuneo", "submitted_at": "2026-11-01T12:00:00Z", "laureates": "2"},
    ],
    "carried": [{"order": "1", "weight": "60", "sha256": "", "shares": {"A": "200/3", "C": "50"}}],
    "scorecards": [
        card("A", "J1", idea="4", team="n/a", star="1"), card("A", "J2", idea="3.5", team="2"),
        card("B", "J1", idea="5"),
    ],
    "not_counted": [{"entry": "B", "juror": "J2", "state": "missing"}],
    "peers": ["J2"],
    "penalties": [{"entry": "A", "code": "late", "breaches": "2"}],
    "decisions": [["A", "B"]],
    "cut_decisions": [{"entry": "B", "kind": "keep"}],
    "former_rules": [{"version": "1", "sha256": "ab" * 32, "until": "2026-11-01T12:00:00Z"}],
}  # fmt: skip
LISTS: dict[str, Any] = {
    **{key: MARKS[key] for key in ("format", "version", "entries")},
    "rule": {
        "ballot": "ranking",
        "lists": {"counting": "points", "points": ["3", "1"], "least": "1", "most": ""},
        "criteria": [],
    },
    "lists": [{"juror": "J1", "asked": ["A", "B"], "order": ["B"]}, {"juror": "J2", "asked": ["A"], "order": ["A"]}],
}
DUELS: dict[str, Any] = {
    **{key: MARKS[key] for key in ("format", "version", "entries")},
    "rule": {"ballot": "duels", "duels": {"each": "3"}, "decimals": "1", "criteria": []},
    "duels": [{"juror": "J1", "first": "A", "second": "B", "winner": ""}],
}
FILES: dict[str, dict[str, Any]] = {"marks": MARKS, "lists": LISTS, "duels": DUELS}


def told(file) -> list[str]:
    """What is said of a file; nothing when it is read."""
    try:
        read_results(json.dumps(file).encode())
    except BadResult as refused:
        return str(refused).splitlines()
    return []


def changed(file, path, value=None, *, key=None):
    """A copy with another value at the path, or with the last key of it called otherwise."""
    made = copy.deepcopy(file)
    at = made
    for step in path[:-1]:
        at = at[step]
    if key is None:
        at[path[-1]] = value
    else:
        at[key] = at.pop(path[-1])
    return made
