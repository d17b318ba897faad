"""The assignment's file (docs/formats/assignment.schema.json) read into a Problem.

Everything that is wrong with a file is told at once, each with its place: “entries[3].demand: …”.
"""

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from judging.domain.assignment.data import Pair, Problem
from judging.domain.assignment.document import AssignmentFile, RuleAsked
from judging.domain.assignment.kinds import assignment_rules_known
from judging.domain.results.shape import told_of
from toolkit.exact_json import BadJson, exact, place_of, read_json
from toolkit.typed_data import as_data

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
    told = " ".join(f"{code}: at {kind.unit}." for code, kind in kinds.items())
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
    file = AssignmentFile.from_data(exact(data))
    if errors := list(islice(_sense(file), MOST_ERRORS)):
        raise BadAssignment(errors)
    return file.problem()


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


def _sense(file: AssignmentFile) -> Iterator[tuple[str, str]]:
    """What has the right form and still makes no sense: codes given twice or unknown, bounds the wrong way round."""
    entry_codes, juror_codes = [row.code for row in file.entries], [row.code for row in file.jurors]
    entries, jurors = _first(entry_codes), _first(juror_codes)
    yield from _twice("entries", entry_codes, entries)
    yield from _twice("jurors", juror_codes, jurors)
    yield from _numbers(file)
    yield from _unknown("conflicts", file.conflicts, entries, jurors)
    for n, rule in enumerate(file.rules):
        place = f"rules[{n}]"
        yield from _unknown(f"{place}.pairs", rule.pairs or (), entries, jurors)
        yield from _rule_sense(n, rule, file, jurors)
    if file.fit is not None:
        if len(file.fit) != len(file.entries):
            yield "fit", f"has {len(file.fit)} rows for {len(file.entries)} entries."
        for n, fits in enumerate(file.fit):
            if len(fits) != len(file.jurors):
                yield f"fit[{n}]", f"has {len(fits)} numbers for {len(file.jurors)} jurors."


def _first(codes: Sequence[str]) -> dict[str, int]:
    """{code: where it stands first}"""
    return {code: n for n, code in reversed(list(enumerate(codes)))}


def _twice(name: str, codes: Sequence[str], first: dict[str, int]) -> Iterator[tuple[str, str]]:
    for n, code in enumerate(codes):
        if first[code] != n:
            yield f"{name}[{n}].code", f"“{code}” is the code of {name}[{first[code]}] already."


def _numbers(file: AssignmentFile) -> Iterator[tuple[str, str]]:
    sectors = {entry.sector for entry in file.entries}
    for sector in file.demand_by_sector:
        if sector not in sectors:
            yield f"demand_by_sector.{sector}", "no entry is of this sector."
    for n, entry in enumerate(file.entries):
        if file.demand_of(entry) is None:
            yield f"entries[{n}].demand", "is missing, and the file has no “demand” for all entries."
    for n, juror in enumerate(file.jurors):
        least, most = file.least_of(juror), file.most_of(juror)
        if most is None:
            yield f"jurors[{n}].load_most", "is missing, and the file has no “load.most” for all jurors."
        elif least > most:
            yield f"jurors[{n}]", f"takes at least {least} entries, but at most {most}."


def _unknown(
    place: str, pairs: Iterable[Pair], entries: Container[str], jurors: Container[str]
) -> Iterator[tuple[str, str]]:
    for n, (entry, juror) in enumerate(pairs):
        if entry not in entries:
            yield f"{place}[{n}][0]", f"no entry has the code “{entry}”."
        if juror not in jurors:
            yield f"{place}[{n}][1]", f"no juror has the code “{juror}”."


def _rule_sense(
    number: int, rule: RuleAsked, file: AssignmentFile, jurors: Container[str]
) -> Iterator[tuple[str, str]]:
    kind, place = assignment_rules_known()[rule.rule], f"rules[{number}]"
    for name in sorted(as_data(rule).keys() - {"rule", "price", "hard", "first"} - kind.takes):
        yield f"{place}.{name}", f"says nothing about the rule “{kind.code}”."
    named = rule.jurors or ()
    for n, juror in enumerate(named):
        if juror not in jurors:
            yield f"{place}.jurors[{n}]", f"no juror has the code “{juror}”."
        elif juror in named[:n]:
            yield f"{place}.jurors[{n}]", f"“{juror}” stands there twice."
    for field, sentence in kind.faults(rule, file):
        yield f"{place}.{field}" if field else place, sentence
    earlier = next(n for n, other in enumerate(file.rules) if other.rule == kind.code)
    if kind.is_once and earlier != number:
        yield place, f"“{kind.code}” is a rule already, at rules[{earlier}]."
