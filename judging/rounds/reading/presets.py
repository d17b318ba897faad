"""Published contest rules as presets (data/rubrics/*.toml) → what a round, its groups and its criteria are made of.

A preset says what its source says. What the source leaves out gets a stand-in and an ask.
A round doesn't open before a person has settled every ask.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from django.conf import settings
from django.utils.text import slugify

from judging.domain.rule.threshold_effects import EXCLUDE
from judging.domain.rule.values import MEAN
from judging.rounds.kinds.combining import COMBINATIONS, Combination
from judging.rounds.kinds.correcting import CORRECTIONS, CorrectionKind
from judging.rounds.kinds.criteria.penalty import Penalty
from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS, ThresholdEffect
from judging.rounds.kinds.tie_rules import TIE_RULES

Fields = dict[str, Any]  # as a service takes them
Row = Mapping[str, Any]  # a table of a preset's file
Published = Combination | CorrectionKind | ThresholdEffect
FOLDER = "data/rubrics"
# Stand-ins for what a source doesn't say: each comes with its ask.
SCALE_MIN, SCALE_MAX, STEP, SCORECARDS = "0", "5", "1", 3
CORRECTED_DECIMALS = 2


@dataclass(frozen=True)
class RoundDraft:
    """Fields of a Round, of its groups (outer ones first) and of its criteria,
    as judging.rounds.services.rounds.save_round,
    save_group and save_criterion take them."""

    fields: Fields
    criteria: tuple[Fields, ...]
    groups: tuple[Fields, ...] = ()


class Ask(TypedDict):
    """What the source leaves out: a field of the round, and what a person is asked, by language."""

    field: str
    text: dict[str, str]


@dataclass(frozen=True)
class Preset:
    """A contest's published rules."""

    slug: str
    name: dict[str, str]
    note: dict[str, str]
    source: str
    is_sample: bool
    rounds: tuple[RoundDraft, ...]
    asks: tuple[Ask, ...] = ()


def slugs() -> list[str]:
    """The presets that there are, by name."""
    return sorted(path.stem for path in Path(settings.BASE_DIR / FOLDER).glob("*.toml"))


@cache
def load_preset(slug: str) -> Preset:
    """One preset; KeyError when there is none of that name."""
    if slug not in slugs():
        raise KeyError(slug)
    with Path(settings.BASE_DIR / FOLDER / f"{slug}.toml").open("rb") as file:
        data = tomllib.load(file)
    asks: list[Ask] = [{"field": ask["field"], "text": ask["text"]} for ask in data.get("asks", [])]
    return Preset(
        slug=slug,
        name=data["name"],
        note=data.get("note", {}),
        source=data["source"],
        is_sample=data["sample"],
        rounds=tuple(_round(row) for row in data["rounds"]),
        asks=tuple(asks),
    )


def all_presets() -> list[Preset]:
    return [load_preset(slug) for slug in slugs()]


def _round(row: Row) -> RoundDraft:
    rule = row["rule"]
    across = rule["across_jurors"]
    scorecards = rule.get("min_scorecards", SCORECARDS)
    peers = rule.get("peer_scorers", 0)
    fields: Fields = {
        "name": row["name"],
        "guidance": row.get("description", {}),
        "combine": _published(COMBINATIONS, rule["combine"]),
        "across": MEAN if across == "not published" else across,
        "aggregate_at": rule.get("aggregate_at", "total"),
        "decimals": rule.get("decimals"),
        "threshold": _thousandths(rule["threshold_total"]) if "threshold_total" in rule else None,
        "threshold_effect": _published(THRESHOLD_EFFECTS, rule.get("threshold_effect", EXCLUDE)),
        "min_scorecards": scorecards,
        "min_peer_scorecards": peers,
        "jurors_per_entry": scorecards + peers,
        "tie_chain": _ties(row.get("ties", {}).get("chain", [])),
        "advance_count": row.get("advance_max", row.get("awards_max")),
        "advance_per_city": row.get("advance_max_per_city"),
    }
    if "normalise" in rule:
        fields |= {"correction": _published(CORRECTIONS, rule["normalise"]), "correction_decimals": CORRECTED_DECIMALS}
    if "weight" in row:
        fields["weight"] = int(row["weight"])
    groups = [_group(group) for group in row.get("groups", [])]
    criteria: list[Fields] = []
    for criterion in row["criteria"]:
        if criterion.get("items", 1) > 1:  # published as one, marked item by item: a group of equal ones
            groups.append(_group(criterion, parent=slugify(criterion.get("group", ""))))
            criteria += _items(criterion)
        else:
            criteria.append(_criterion(criterion))
    criteria += [_penalty(penalty) for penalty in row.get("penalties", [])]
    return RoundDraft(
        fields,
        tuple({**criterion, "order": order} for order, criterion in enumerate(criteria)),
        tuple({**group, "order": order} for order, group in enumerate(groups)),
    )


def _group(row: Row, parent: str = "") -> Fields:
    return {
        "code": slugify(row["code"]),
        "name": row["name"],
        "weight": _thousandths(row["weight"]),
        "parent": parent or None,
    }


def _items(row: Row) -> list[Fields]:
    """The items of which a criterion is made: it becomes a group, and they weigh the same in it."""
    number = row["items"]
    return [
        {
            **_criterion({**row, "weight": "1"}),
            "code": slugify(f"{row['code']}-{n}"),
            "name": {
                "en": f"{row['name']['en']}, item {n} (name not in our source)",
                "fr": f"{row['name']['fr']}, point {n} (nom absent de notre source)",
            },
            "group": slugify(row["code"]),
        }
        for n in range(1, number + 1)
    ]


def _criterion(row: Row) -> Fields:
    return {
        "code": slugify(row["code"]),
        "name": row["name"],
        "guidance": row.get("help", {}),
        "group": slugify(row.get("group", "")) or None,
        "weight": _thousandths(row.get("weight", "1")),
        "ranking_weight": _thousandths(row["ranking_weight"]) if "ranking_weight" in row else None,
        "scale_min": _thousandths(row.get("scale_min", SCALE_MIN)),
        "scale_max": _thousandths(row.get("scale_max", SCALE_MAX)),
        "scale_step": _thousandths(row.get("scale_step", STEP)),
        "anchors": {str(_thousandths(mark)): text for mark, text in row.get("anchors", {}).items()},
        "threshold": _thousandths(row["threshold"]) if "threshold" in row else None,
        "is_required": row["required"],
    }


def _penalty(row: Row) -> Fields:
    """Points off for each breach, which who runs the round records."""
    return {
        "code": slugify(row["code"]),
        "name": row["name"],
        "kind": Penalty.code,
        "weight": -_thousandths(row["points"]),
        "is_required": False,
    }


def _published(family: Mapping[str, Published], said: str) -> str:
    """The code of the kind that a source's word stands for."""
    return next((kind.code for kind in family.values() if said in kind.published), said)


def _ties(chain: list[str]) -> list[Mapping[str, Any]]:
    """The links that a source's words stand for; a criterion's own code follows its kind."""
    published: Mapping[str, Any] = {
        said: {"kind": rule.code, **link} for rule in TIE_RULES.values() for said, link in rule.published.items()
    }
    links: list[Mapping[str, Any]] = []
    for said in chain:
        kind, _colon, code = said.partition(":")
        is_part = said not in published and TIE_RULES[kind].names_part
        links.append({"kind": kind, "code": slugify(code)} if is_part else published[said])
    return links


def _thousandths(text: str) -> int:
    number = Fraction(text) * 1000
    if number.denominator != 1:
        raise ValueError(f"{text} has more than three decimals")
    return int(number)
