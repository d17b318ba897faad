"""The file of a result (docs/formats/result.schema.json), read with care: what is wrong with it is told all at once, each with
its place: “scorecards[3].marks.innovation: …”.

A file that somebody wrote by hand may leave out what has an obvious value (see DEFAULTS); standings and ties may be missing,
then there is nothing to compare but everything to compute.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats"
FORMAT, VERSIONS, EDITION = "passerelle.result", (1, 2, 3), "passerelle.edition"
NOT_APPLICABLE = "n/a"
MOST_ERRORS = 20
# Of longer lists the schema looks at the first rows only; what it would say of others comes out when they are read.
SAMPLE = 200
MARK = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
Fault = tuple[str, str]

DEFAULTS: dict[str, dict[str, Any]] = {
    "file": {"carried": [], "not_counted": [], "decisions": [], "scorecards": []},
    "round": {"edition": "", "city": "", "order": "1", "name": {}, "weight": "100", "closed_at": ""},
    "rule": {
        "combine": "percent", "across": "mean", "aggregate_at": "total", "trim": "0", "decimals": "", "threshold": "",
        "min_scorecards": "1", "ties": [],
    },
    "cut": {"count": "", "per_city": "", "all_tied_go_on": False},
    "criterion": {"name": {}, "weight": "1", "scale_min": "0", "scale_step": "", "threshold": "", "required": True},
    "group": {"name": {}, "weight": "1", "parent": "", "combine": "weighted_mean", "threshold": "", "ranking_weight": ""},
    "entry": {"city": "", "founded_on": "", "submitted_at": ""},
}  # fmt: skip


class BadResult(ValueError):
    """A file that can't be read as a result. `errors`: (place, sentence), in the order of the file."""

    def __init__(self, errors: Iterable[Fault]):
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{place}: {sentence}" for place, sentence in self.errors))


@cache
def schema(name: str) -> dict[str, Any]:
    """A published format, by the name of its file without `.schema.json`."""
    return json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Held:
    """One result in a file: as written, read with its defaults, the hash that stands beside it, and where in the file it stands."""

    place: str
    sha256: str
    written: dict[str, Any]
    file: dict[str, Any]


def read_results(content: bytes) -> list[dict[str, Any]]:
    """The results that a file holds: its own, or those of every round of an edition. Raises BadResult."""
    return [held.file for held in results_in(content)]


def results_in(content: bytes) -> list[Held]:
    """The same, each with what a check needs. Raises BadResult."""
    data = read_json(content)
    if isinstance(data, dict) and data.get("format") == EDITION:
        rows = data.get("results")
        if not isinstance(rows, list) or not all(isinstance(row, dict) and "file" in row for row in rows):
            raise BadResult([("results", "holds a “file” for each round.")])
        return [
            Held(f"results[{n}]", str(row.get("sha256", "")), row["file"], _checked(row["file"], f"results[{n}].file."))
            for n, row in enumerate(rows)
        ]
    return [Held("", "", data, _checked(data, ""))]


def read_json(content: bytes, **options) -> Any:
    """What JSON says, or in one sentence why it is none."""
    try:
        return json.loads(content.decode("utf-8"), **options)
    except UnicodeDecodeError as error:
        raise BadResult([("the file", f"is not text in UTF-8 (at byte {error.start}).")]) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadResult([(place, f"this is no JSON: {error.msg}.")]) from None
    except RecursionError:
        raise BadResult([("the file", "holds lists within lists beyond any result.")]) from None


def _checked(data: Any, prefix: str) -> dict[str, Any]:
    for look in (_form, _sense):
        errors = [(f"{prefix}{place}", sentence) for place, sentence in _first(look(data), MOST_ERRORS)]
        if errors:
            raise BadResult(errors)
        data = with_defaults(data) if look is _form else data
    return data


def _first(found: Iterator[Fault], most: int) -> list[Fault]:
    return [fault for _n, fault in zip(range(most), found, strict=False)]


def with_defaults(data: dict[str, Any]) -> dict[str, Any]:
    """The file with everything that it may leave out."""
    rule = DEFAULTS["rule"] | data["rule"]
    rule["cut"] = DEFAULTS["cut"] | rule.get("cut", {})
    rule["criteria"] = [DEFAULTS["criterion"] | row for row in rule["criteria"]]
    if "groups" in rule:
        rule["groups"] = [DEFAULTS["group"] | row for row in rule["groups"]]
    return {
        **DEFAULTS["file"],
        **data,
        "round": DEFAULTS["round"] | data.get("round", {}),
        "rule": rule,
        "entries": [DEFAULTS["entry"] | row for row in data["entries"]],
    }


def _form(data: Any) -> Iterator[Fault]:
    """What the schema says no to."""
    import jsonschema

    if not isinstance(data, dict):
        yield "the file", "is no object with “format”, “rule” and “entries”."
        return
    if data.get("format") != FORMAT or data.get("version") not in VERSIONS:
        yield "format", f"this program reads “{FORMAT}”, version 1, 2 or 3."
        return
    short = {key: value[:SAMPLE] if isinstance(value, list) else value for key, value in data.items()}
    found = jsonschema.Draft202012Validator(schema("result")).iter_errors(short)
    for error in sorted(found, key=lambda error: [str(step).rjust(9) for step in error.absolute_path]):
        yield place_of(error.absolute_path), _said(error)


def _said(error: Any) -> str:
    if error.validator == "type" and error.validator_value == "string" and isinstance(error.instance, (int, float)):
        return f"{error.instance} is a number: write it in quotation marks, so that nothing is rounded on the way."
    if error.validator == "pattern":
        return f"“{error.instance}” is no number such as 79.75 or 239/3."
    message = error.message if len(error.message) < 200 else f"{error.message[:200]} …"
    return f"{message}."


def place_of(path: Iterable[str | int]) -> str:
    place = ""
    for step in path:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    return place or "the file"


def _sense(data: dict[str, Any]) -> Iterator[Fault]:
    """What has the right form and still makes no sense."""
    known: dict[str, dict[str, int]] = {}
    for name, rows in (
        ("entries", data["entries"]),
        ("rule.criteria", data["rule"]["criteria"]),
        ("rule.groups", data["rule"].get("groups", [])),
    ):
        known[name] = {}
        for n, row in enumerate(rows):
            if not isinstance(row, dict) or not isinstance(row.get("code"), str):
                yield f"{name}[{n}]", "has no code."
            elif known[name].setdefault(row["code"], n) != n:
                yield f"{name}[{n}].code", f"“{row['code']}” is the code of {name}[{known[name][row['code']]}] already."
    wrong = list(_rule_sense(data["rule"], known["rule.groups"]))
    yield from wrong
    if wrong:  # marks can't be told right from wrong by a rule that is wrong itself
        return
    yield from _scorecards_sense(data, known["entries"])
    for n, order in enumerate(data["decisions"]):
        for place, code in enumerate(order):
            if code not in known["entries"]:
                yield f"decisions[{n}][{place}]", f"no entry has the code “{code}”."


def _rule_sense(rule: dict[str, Any], groups: dict[str, int]) -> Iterator[Fault]:
    weights = [Fraction(row["weight"]) for row in rule["criteria"] if row.get("kind", "score") == "score"]
    if "ballot" not in rule and not sum(weights):
        yield "rule.criteria", "no criterion that counts has a weight: there would be no total."
    for n, row in enumerate(rule["criteria"]):
        place = f"rule.criteria[{n}]"
        if Fraction(row["weight"]) < 0:
            yield f"{place}.weight", "is below 0."
        if row.get("group") and row["group"] not in groups:
            yield f"{place}.group", f"no group has the code “{row['group']}”."
        if row.get("kind") == "penalty":
            continue
        low, high = Fraction(row["scale_min"]), Fraction(row["scale_max"])
        step = Fraction(row["scale_step"] or 0)
        if low >= high:
            yield place, f"its scale goes from {row['scale_min']} to {row['scale_max']}: the lowest mark must be lower."
        elif step and (high - low) % step:
            yield (
                f"{place}.scale_step",
                f"steps of {row['scale_step']} don't reach {row['scale_max']} from {row['scale_min']}.",
            )
    parents = {row["code"]: row["parent"] for row in rule.get("groups", [])}
    for n, row in enumerate(rule.get("groups", [])):
        seen, code = {row["code"]}, row["parent"]
        if code and code not in groups:
            yield f"rule.groups[{n}].parent", f"no group has the code “{code}”."
        while code in parents and code not in seen:
            seen.add(code)
            code = parents[code]
        if code in seen:
            yield f"rule.groups[{n}].parent", f"“{row['code']}” stands inside itself."


def _scorecards_sense(data: dict[str, Any], entries: dict[str, int]) -> Iterator[Fault]:
    fits = {row["code"]: fitting(row) for row in data["rule"]["criteria"]}
    seen: set[tuple[str, str]] = set()
    for n, card in enumerate(data["scorecards"]):
        try:
            entry, juror, marks = card["entry"], card["juror"], card["marks"].items()
        except (KeyError, TypeError, AttributeError):
            yield f"scorecards[{n}]", "is no scorecard with “entry”, “juror” and “marks”."
            continue
        if entry not in entries:
            yield f"scorecards[{n}].entry", f"no entry has the code “{entry}”."
        if (entry, juror) in seen:
            yield f"scorecards[{n}]", f"a second scorecard of juror “{juror}” on entry “{entry}”."
        seen.add((entry, juror))
        for code, text in marks:
            wrong = fits[code](text) if code in fits else "no criterion has this code."
            if wrong:
                yield f"scorecards[{n}].marks.{code}", wrong


def fitting(criterion: dict[str, Any]) -> Callable[[Any], str]:
    """A function of a mark as text: what is wrong with it, or nothing. It remembers the marks that it has seen."""
    low, high = Fraction(criterion["scale_min"]), Fraction(criterion["scale_max"])
    step = Fraction(criterion["scale_step"] or 0)
    told: dict[Any, str] = {NOT_APPLICABLE: ""}

    def wrong(text: Any) -> str:
        if not isinstance(text, str):
            return f"{text!r} is no text: write a mark in quotation marks, or “{NOT_APPLICABLE}”."
        if text not in told:
            told[text] = _mark_fault(text, low, high, step, criterion)
        return told[text]

    return wrong


def _mark_fault(text: str, low: Fraction, high: Fraction, step: Fraction, criterion: dict[str, Any]) -> str:
    if not MARK.fullmatch(text):
        return f"“{text}” is no mark: a number such as 4.5, or “{NOT_APPLICABLE}”."
    mark = Fraction(text)
    if not low <= mark <= high:
        return f"{text} is outside the scale, which goes from {criterion['scale_min']} to {criterion['scale_max']}."
    if step and (mark - low) % step:
        return f"{text} is between two steps of {criterion['scale_step']}."
    return ""
