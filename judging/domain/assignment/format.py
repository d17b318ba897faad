"""The assignment's file (docs/formats/assignment.schema.json) read into a Problem.

Everything that is wrong with a file is told at once, each with its place: “entries[3].demand: …”.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from judging.domain.assignment.data import Entry, Juror, Problem, Rule
from judging.domain.assignment.kinds import assignment_rules_known
from judging.domain.results.shape import told_of
from toolkit.exact_json import BadJson, place_of, read_json

FORMATS = Path(__file__).resolve().parents[3] / "docs" / "formats"
MOST_ERRORS = 20
MOST_FIT = 1_000_000


class BadAssignment(ValueError):
    """A file that can't be read as an assignment. `errors`: (place, sentence), in the order of the file."""

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{place}: {sentence}" for place, sentence in self.errors))


@cache
def _published(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def schema(name: str) -> dict[str, Any]:
    """A published format, by the name of its file without `.schema.json`. What it says of rules is what their kinds
    say, which `manage.py write_formats` writes into the file."""
    whole = _published(name)
    if "assignment_rule" not in (known := whole.get("$defs", {})):
        return whole
    kinds = assignment_rules_known()
    told = " ".join(f"{code}: at an {kind.unit}." for code, kind in kinds.items())
    first = [code for code, kind in kinds.items() if kind.can_be_first]
    asked = [
        {"if": {"properties": {"rule": {"const": code}}}, "then": dict(kind.asks)}
        for code, kind in kinds.items()
        if kind.asks
    ]
    asked.append({"if": {"required": ["first"]}, "then": {"properties": {"rule": {"enum": first}}}})
    rules = {
        "assignment_rule": {"enum": list(kinds), "description": f"What a unit is, and where it counts. {told}"},
        "rule": known["rule"] | {"allOf": asked},
    }
    return whole | {"$defs": known | rules}


def problem_in(text: bytes) -> Problem:
    """The problem that a file's bytes state. Raises BadAssignment."""

    try:
        data = read_json(text)
    except BadJson as error:
        raise BadAssignment([(error.place, error.sentence)]) from None
    return problem_from(data)


def problem_from(data: Any) -> Problem:
    """The problem that a file's data state. Raises BadAssignment with every place that is wrong (the first 20)."""
    if errors := list(islice(_form(data), MOST_ERRORS)):
        raise BadAssignment(errors)
    if errors := list(islice(_sense(data), MOST_ERRORS)):
        raise BadAssignment(errors)
    load = data.get("load", {})
    return Problem(
        entries=tuple(
            Entry(row["code"], int(_demand(data, row) or 0), row.get("language", ""), row.get("sector", ""))
            for row in data["entries"]
        ),
        jurors=tuple(_juror(row, load) for row in data["jurors"]),
        conflicts=frozenset((entry, juror) for entry, juror in data.get("conflicts", [])),
        rules=tuple(_rule(row) for row in data.get("rules", [])),
        fit=data.get("fit"),
        seed=int(data.get("seed", 0)),
        seconds=float(data.get("seconds", 60)),
        mend=data.get("mend", True),
    )


def _demand(data: dict[str, Any], entry: dict[str, Any]) -> int | None:
    by_sector = data.get("demand_by_sector", {})
    found: int | None = entry.get("demand", by_sector.get(entry.get("sector", ""), data.get("demand")))
    return found


def _juror(row: dict[str, Any], load: dict[str, int]) -> Juror:
    return Juror(
        row["code"],
        load_max=int(row.get("load_most", load.get("most", 0))),
        load_min=int(row.get("load_least", load.get("least", 0))),
        languages=frozenset(row.get("languages", ())),
        sectors=frozenset(row.get("sectors", ())),
        city=row.get("city", ""),
        groups=frozenset(row.get("groups", ())),
    )


def _whole(number: int | float | None) -> int | None:
    """JSON's 2.0 is a whole number too."""
    return None if number is None else int(number)


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        row["rule"],
        price=_whole(row.get("price")),
        least=int(row.get("least", 0)),
        most=_whole(row.get("most")),
        group=row.get("group", ""),
        jurors=tuple(row.get("jurors", ())),
        pairs=tuple((entry, juror) for entry, juror in row.get("pairs", ())),
        first=row.get("first", False),
    )


def _form(data: Any) -> Iterator[tuple[str, str]]:
    """What the schema says no to. The two long lists are checked here by the same words:
    a validator would take minutes."""
    import jsonschema

    short = data
    if isinstance(data, dict):
        short = data | {key: [] for key in ("fit", "conflicts") if isinstance(data.get(key), list)}
    found = jsonschema.Draft202012Validator(schema("assignment")).iter_errors(short)
    for error in sorted(
        found,
        key=lambda error: [(str(step), 0) if isinstance(step, str) else ("", step) for step in error.absolute_path],
    ):
        if error.validator == "oneOf":
            yield place_of(error.absolute_path), "say either its price or that it is hard, and not both."
        elif error.validator == "anyOf":
            yield place_of(error.absolute_path), "a quota needs “least” or “most”."
        else:
            yield from told_of(error, tuple(error.absolute_path))
    if short is not data:
        yield from _long_lists(data)


def _long_lists(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    conflicts, fit = data.get("conflicts", []), data.get("fit", [])
    for n, pair in enumerate(conflicts if isinstance(conflicts, list) else []):
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(code, str) for code in pair)):
            yield f"conflicts[{n}]", "is not a pair [entry code, juror code]."
    for n, row in enumerate(fit if isinstance(fit, list) else []):
        if not isinstance(row, list):
            yield f"fit[{n}]", "is not a list of numbers."
            continue
        for m, number in enumerate(row):
            if type(number) is not int or abs(number) > MOST_FIT:
                yield (
                    f"fit[{n}][{m}]",
                    f"{json.dumps(number)[:40]} is no whole number between −{MOST_FIT} and {MOST_FIT}.",
                )


def _sense(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What has the right form and still makes no sense: codes given twice or unknown, bounds the wrong way round."""
    known = {}
    for kind in ("entries", "jurors"):
        seen: dict[str, int] = {}
        for n, row in enumerate(data[kind]):
            first = seen.setdefault(row["code"], n)
            if first != n:
                yield f"{kind}[{n}].code", f"“{row['code']}” is the code of {kind}[{first}] already."
        known[kind] = seen
    yield from _numbers(data)
    yield from _unknown("conflicts", data.get("conflicts", []), known)
    for n, row in enumerate(data.get("rules", [])):
        yield from _rule_sense(f"rules[{n}]", row, data, known)
    if (fit := data.get("fit")) is not None:
        if len(fit) != len(data["entries"]):
            yield "fit", f"has {len(fit)} rows for {len(data['entries'])} entries."
        for n, row in enumerate(fit):
            if len(row) != len(data["jurors"]):
                yield f"fit[{n}]", f"has {len(row)} numbers for {len(data['jurors'])} jurors."


def _numbers(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    sectors = {row.get("sector", "") for row in data["entries"]}
    for sector in data.get("demand_by_sector", {}):
        if sector not in sectors:
            yield f"demand_by_sector.{sector}", "no entry is of this sector."
    for n, row in enumerate(data["entries"]):
        if _demand(data, row) is None:
            yield f"entries[{n}].demand", "is missing, and the file has no “demand” for all entries."
    for n, row in enumerate(data["jurors"]):
        juror = _juror(row, data.get("load", {}))
        if "load_most" not in row and "most" not in data.get("load", {}):
            yield f"jurors[{n}].load_most", "is missing, and the file has no “load.most” for all jurors."
        elif juror.load_min > juror.load_max:
            yield f"jurors[{n}]", f"takes at least {juror.load_min} entries, but at most {juror.load_max}."


def _unknown(place: str, pairs: list[list[str]], known: dict[str, dict[str, int]]) -> Iterator[tuple[str, str]]:
    for n, (entry, juror) in enumerate(pairs):
        if entry not in known["entries"]:
            yield f"{place}[{n}][0]", f"no entry has the code “{entry}”."
        if juror not in known["jurors"]:
            yield f"{place}[{n}][1]", f"no juror has the code “{juror}”."


def _rule_sense(
    place: str, row: dict[str, Any], data: dict[str, Any], known: dict[str, dict[str, int]]
) -> Iterator[tuple[str, str]]:
    kind = assignment_rules_known()[row["rule"]]
    for name in sorted(row.keys() - {"rule", "price", "hard", "first"} - kind.takes):
        yield f"{place}.{name}", f"says nothing about the rule “{kind.code}”."
    yield from _unknown(f"{place}.pairs", row.get("pairs", []), known)
    for n, juror in enumerate(row.get("jurors", [])):
        if juror not in known["jurors"]:
            yield f"{place}.jurors[{n}]", f"no juror has the code “{juror}”."
        elif juror in row["jurors"][:n]:
            yield f"{place}.jurors[{n}]", f"“{juror}” stands there twice."
    for field, sentence in kind.faults(row, data):
        yield f"{place}.{field}" if field else place, sentence
    if kind.is_once:
        earlier = [n for n, other in enumerate(data["rules"]) if other["rule"] == kind.code]
        if place != f"rules[{earlier[0]}]":
            yield place, f"“{kind.code}” is a rule already, at rules[{earlier[0]}]."
