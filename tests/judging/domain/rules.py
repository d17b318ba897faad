"""Files of rounds with any rule that the forms can make, small and full of ties, for properties."""

from typing import Any

from hypothesis import strategies as st

from judging.domain.results.format import with_defaults

ENTRIES, JURORS = [f"E{n}" for n in range(1, 6)], [f"J{n}" for n in range(1, 5)]
# fmt: skip
LINKS = [
    "highest_mark",
    "lowest_mark",
    "median",
    "younger_firm",
    "earlier_submission",
    "fewer_laureates",
    "topic_not_covered",
    "city_not_covered",
    "human",
]


def count(low: int, high: int):
    return st.integers(low, high).map(str)


@st.composite
def files(draw) -> dict[str, Any]:
    """A result's inputs with their defaults: of marks, ranked lists or duels."""
    ballot = draw(st.sampled_from(["marks"] * 6 + ["ranking", "duels"]))
    rule = draw(_rules()) if ballot == "marks" else draw(_other_rules(ballot))
    entries = [draw(_entry(code)) for code in ENTRIES]
    some = st.lists(st.sampled_from(ENTRIES), min_size=2, max_size=4, unique=True)
    data: dict[str, Any] = {
        "format": "passerelle.result",
        "version": 2,
        "round": {"order": "2", "weight": draw(count(0, 100))},
        "rule": rule,
        "entries": entries,
        "decisions": draw(st.lists(some, max_size=2)),
        "cut_decisions": [
            {"entry": entry, "kind": draw(st.sampled_from(["wild_card", "keep", "drop"]))}
            for entry in draw(st.lists(st.sampled_from(ENTRIES), max_size=2, unique=True))
        ],
        "peers": draw(st.sampled_from([[], ["J1"]])),
        "carried": [
            {
                "order": "1",
                "weight": draw(count(0, 100)),
                "sha256": "",
                "shares": {e: draw(count(50, 52)) for e in ENTRIES},
            }
            for _round in range(draw(st.integers(0, 1)))
        ],
    }
    data |= draw({"marks": _cards(rule), "ranking": _lists(), "duels": _pairs()}[ballot])
    return with_defaults(data)


@st.composite
def _entry(draw, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "city": draw(st.sampled_from(["", "lyon", "nice"])),
        "category": draw(st.sampled_from(["", "food", "water"])),
        "founded_on": draw(st.sampled_from(["", "2020-01-01", "2021-01-01"])),
        "submitted_at": draw(st.sampled_from(["", "2027-01-01T10:00:00+00:00", "2027-01-02T10:00:00+00:00"])),
        "laureates": draw(count(0, 2)),
        "facts": draw(st.sampled_from([{}, {"jobs": "2"}, {"jobs": "3"}])),
    }


@st.composite
def _frame(draw, links: list[dict[str, str]]) -> dict[str, Any]:
    """What every rule says: rounding, the chain, the cut."""
    return {
        "final_decimals": draw(st.sampled_from(["", "0", "1"])),
        "min_scorecards": draw(count(1, 3)),
        "min_peer_scorecards": draw(st.sampled_from(["0", "0", "1"])),
        "threshold": draw(st.sampled_from(["", "40"])),
        "threshold_effect": draw(st.sampled_from(["exclude", "warn"])),
        "ties": draw(st.lists(st.sampled_from(links), max_size=3)),
        "cut": {
            "count": draw(st.sampled_from(["", "1", "2", "3"])),
            "per_city": draw(st.sampled_from(["", "", "1", "2"])),
            "per_category": draw(st.sampled_from(["", "", "1", "2"])),
            "all_tied_go_on": draw(st.booleans()),
        },
    }


@st.composite
def _rules(draw) -> dict[str, Any]:
    grouped = draw(st.booleans())
    combine = draw(st.sampled_from(["percent", "weighted_mean", "weighted_sum"]))
    criteria: list[dict[str, Any]] = [
        {
            "code": code,
            "weight": draw(count(1, 3)),
            "scale_max": draw(st.sampled_from(["5", "10"])),
            "threshold": draw(st.sampled_from(["", "", "2"])),
            "group": draw(st.sampled_from(["", "g", "h"])) if grouped else "",
            "categories": draw(st.sampled_from([[], [], ["food", ""]])),
            "ranking_weight": draw(st.sampled_from(["", "", "2"])),
            "required": draw(st.booleans()),
        }
        for code in ("a", "b", "c")
    ]
    criteria[0]["categories"] = []  # something applies to everybody
    if draw(st.booleans()):
        criteria.append({"code": "plus", "kind": "bonus", "weight": "1", "scale_max": "5", "cap": "2"})
    if draw(st.booleans()):
        criteria.append({"code": "late", "kind": "penalty", "weight": "2", "scale_max": "9", "cap": "3"})
    # fmt: skip
    links = [{"kind": kind} for kind in LINKS] + [
        {"kind": "criterion", "code": "b"},
        {"kind": "fact", "code": "jobs", "first": "lower"},
    ]
    rule = draw(_frame(links + [{"kind": "group", "code": "g"}] * grouped)) | {
        "criteria": criteria,
        "combine": combine,
        "across": draw(st.sampled_from(["mean", "median", "trimmed_mean"])),
        "trim": "1",
        "aggregate_at": draw(st.sampled_from(["total", "criterion"])),
        "decimals": draw(st.sampled_from(["", "0", "1", "2"])),
        "decimals_criterion": draw(st.sampled_from(["", "0", "1"])),
        "blanks": draw(st.sampled_from(["left_out", "zero"])),
        "correction": {"kind": "none", "deviation": "population", "decimals": "", "min_marks": draw(count(2, 3))},
    }
    if grouped:
        rule["decimals_group"] = draw(st.sampled_from(["", "0", "1"]))
        rule["groups"] = [
            {"code": "g", "weight": "2", "combine": draw(st.sampled_from(["", "weighted_sum"])),
                "threshold": draw(st.sampled_from(["", "2"]))},
            {"code": "h", "weight": "1", "combine": "", "parent": draw(st.sampled_from(["", "g"]))},
        ]  # fmt: skip
    if rule["across"] == "mean" and rule["aggregate_at"] == "total":
        rule["correction"]["kind"] = draw(st.sampled_from(["none", "severity", "rescale", "evalato"]))
        rule["correction"]["decimals"] = draw(st.sampled_from(["0", "1", "4"]))
    return rule


@st.composite
def _other_rules(draw, ballot: str) -> dict[str, Any]:
    rule = draw(_frame([{"kind": kind} for kind in LINKS])) | {"criteria": [], "ballot": ballot, "decimals": "1"}
    if ballot == "duels":
        return rule | {"duels": {"each": "3"}}
    counting = draw(st.sampled_from(["points", "positional", "copeland"]))
    return rule | {"lists": {"counting": counting, "points": ["3", "2", "1"], "least": "1", "most": "3"}}


@st.composite
def _cards(draw, rule: dict[str, Any]) -> dict[str, Any]:
    top = {row["code"]: int(row["scale_max"]) for row in rule["criteria"] if row.get("kind") != "penalty"}
    cards = []
    for entry in ENTRIES:
        for juror in draw(st.lists(st.sampled_from(JURORS), min_size=1, max_size=4, unique=True)):
            marks = {
                code: draw(st.sampled_from(["n/a", "0", *map(str, range(3, most + 1))])) for code, most in top.items()
            }
            cards.append({"entry": entry, "juror": juror, "marks": marks})
    # fmt: skip
    late = (
        [{"entry": "E1", "code": "late", "breaches": draw(count(1, 2))}]
        if "late" in {r["code"] for r in rule["criteria"]}
        else []
    )
    return {"scorecards": cards, "penalties": late}


@st.composite
def _lists(draw) -> dict[str, Any]:
    orders = st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=3, unique=True)
    return {"lists": [{"juror": juror, "asked": ENTRIES, "order": draw(orders)} for juror in JURORS]}


@st.composite
def _pairs(draw) -> dict[str, Any]:
    pair = st.lists(st.sampled_from(ENTRIES), min_size=2, max_size=2, unique=True).map(sorted)
    rows = []
    for juror in JURORS:
        for first, second in draw(st.lists(pair, max_size=3, unique_by=tuple)):
            rows.append(
                {
                    "juror": juror,
                    "first": first,
                    "second": second,
                    "winner": draw(st.sampled_from(["", first, second])),
                }
            )
    return {"duels": rows}
