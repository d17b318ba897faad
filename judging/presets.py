"""Published contest rules as presets (data/rubrics/*.toml) → what a round and its criteria are made of.

A preset says what its source says. What the source leaves out gets a stand-in and an ask; what the product can't express is
left out and asked about too. A round doesn't open before a person has settled every ask.
"""

import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from math import lcm
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify

FOLDER = "data/rubrics"
# Stand-ins for what a source doesn't say: each comes with its ask.
SCALE_MIN, SCALE_MAX, STEP, SCORECARDS = "0", "5", "1", 3
COMBINE = {"sum": "weighted_sum"}
TIES = {"founded_latest": {"kind": "younger_firm"}, "human": {"kind": "human"}}


@dataclass(frozen=True)
class RoundDraft:
    """Fields of a Round, and of each of its criteria, as judging.services.save_round and save_criterion take them."""

    fields: dict[str, Any]
    criteria: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Preset:
    """A contest's published rules. `asks` are {"field", "text": {"en", "fr"}}, unsupported rules among them."""

    slug: str
    name: dict[str, str]
    note: dict[str, str]
    source: str
    is_sample: bool
    rounds: tuple[RoundDraft, ...]
    asks: tuple[dict[str, Any], ...] = field(default=())


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
    asks = [{"field": ask["field"], "text": ask["text"]} for ask in data.get("asks", [])]
    asks += [{"field": f"unsupported.{rule['feature']}", "text": rule["text"]} for rule in data.get("unsupported", [])]
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


def _round(row: dict[str, Any]) -> RoundDraft:
    rule = row["rule"]
    across = rule["across_jurors"]
    scorecards = rule.get("min_scorecards", SCORECARDS)
    excludes = rule.get("threshold_effect") == "exclude"
    fields = {
        "name": row["name"],
        "guidance": row.get("description", {}),
        "combine": COMBINE.get(rule["combine"], rule["combine"]),
        "across": "mean" if across == "not published" else across,
        "aggregate_at": rule.get("aggregate_at", "total"),
        "decimals": rule.get("decimals"),
        "threshold": _thousandths(rule["threshold_total"]) if excludes else None,
        "min_scorecards": scorecards,
        "jurors_per_entry": scorecards,
        "tie_chain": _ties(row.get("ties", {}).get("chain", [])),
        "advance_count": row.get("advance_max", row.get("awards_max")),
        "advance_per_city": row.get("advance_max_per_city"),
    }
    if "weight" in row:
        fields["weight"] = int(row["weight"])
    weights = folded_weights(row)
    criteria = tuple(
        _criterion(criterion, weight, order)
        for order, (criterion, weight) in enumerate(zip(row["criteria"], weights, strict=True))
    )
    return RoundDraft(fields, criteria)


def _criterion(row: dict[str, Any], weight: int, order: int) -> dict[str, Any]:
    return {
        "code": slugify(row["code"]),
        "name": row["name"],
        "guidance": row.get("help", {}),
        "weight": weight,
        "scale_min": _thousandths(row.get("scale_min", SCALE_MIN)),
        "scale_max": _thousandths(row.get("scale_max", SCALE_MAX)),
        "scale_step": _thousandths(row.get("scale_step", STEP)),
        "anchors": {str(_thousandths(mark)): text for mark, text in row.get("anchors", {}).items()},
        "threshold": _thousandths(row["threshold"]) if "threshold" in row else None,
        "is_required": row["required"],
        "order": order,
    }


def folded_weights(row: dict[str, Any]) -> list[int]:
    """The weights of a round's criteria in thousandths, groups folded in: group weight × weight ÷ Σ weights of the group.

    Where a folded weight is no whole number of thousandths, all are multiplied by one common number: weights are relative in a
    percentage, and groups stand in percentages only.
    """
    groups = {group["code"]: Fraction(group["weight"]) for group in row.get("groups", [])}
    own = [Fraction(criterion.get("weight", "1")) for criterion in row["criteria"]]
    if groups:
        if row["rule"]["combine"] != "percent":
            raise ValueError("groups are folded in a percentage only")
        of = [criterion["group"] for criterion in row["criteria"]]
        total = {code: sum(w for w, g in zip(own, of, strict=True) if g == code) for code in groups}
        own = [groups[g] * w / total[g] for w, g in zip(own, of, strict=True)]
    exact = [1000 * weight for weight in own]
    common = lcm(*(weight.denominator for weight in exact))
    return [int(weight * common) for weight in exact]


def _ties(chain: list[str]) -> list[dict[str, str]]:
    """The links that the product knows, in order; the others are among the preset's unsupported rules."""
    links = []
    for link in chain:
        kind, _colon, code = link.partition(":")
        if kind == "criterion":
            links.append({"kind": "criterion", "code": slugify(code)})
        elif link in TIES:
            links.append(TIES[link])
    return links


def _thousandths(text: str) -> int:
    number = Fraction(text) * 1000
    if number.denominator != 1:
        raise ValueError(f"{text} has more than three decimals")
    return int(number)
