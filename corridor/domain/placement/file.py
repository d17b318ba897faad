"""The placement's file (docs/formats/placement.schema.json) read,
or refused with the place of each fault. Pure.

Every fault of the file is told at once, each as a sentence with its place in the file.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from corridor.domain.placement.document import PlacementFile
from corridor.domain.placement.problem import Problem
from corridor.domain.placement.rules import placement_rules_known
from toolkit.exact_json import exact

FORMATS = Path(__file__).resolve().parents[3] / "docs" / "formats"
WITH_KINDS = ("placement", "placement-answer")
MANY_FAULTS = 50
DIGITS = 30  # before or after the point


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: `place` is a path like candidates[3].people."""

    place: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class BadDocument(ValueError):
    """The document does not say what a placement needs; `faults` say where."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def schema(name: str) -> dict[str, Any]:
    """A schema of docs/formats. What it says of rules is what their kinds say, which `manage.py write_formats` writes
    into the file."""
    return _with_rules(_published(name))


@cache
def _published(name: str, numbers: Callable[[str], Any] = float) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((FORMATS / f"{name}.schema.json").read_text(), parse_float=numbers)
    return whole


def _with_rules(whole: dict[str, Any]) -> dict[str, Any]:
    kinds = placement_rules_known()
    said = dict(whole["properties"]["rule"], enum=list(kinds))
    if "default" in said:  # the file that asks, where the rules are explained
        said["description"] = " ".join(f"{code}: {kind.format}" for code, kind in kinds.items())
    return whole | {"properties": whole["properties"] | {"rule": said}}


def read_json(content: bytes) -> Any:
    """The document in a file's bytes, its numbers as they are written.
    Raises BadDocument, also for a name that stands twice."""

    def once(items: list[tuple[str, object]]) -> dict[str, object]:
        twice = [key for key, times in Counter(key for key, _value in items).items() if times > 1]
        if twice:
            raise BadDocument([Fault("", "shape.twice", f"“{twice[0][:60]}” stands twice in the same place.")])
        return dict(items)

    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=once, parse_float=Decimal)
    except UnicodeDecodeError as error:
        sentence = f"it is not text in UTF-8 (byte {error.start})."
    except json.JSONDecodeError as error:
        sentence = f"it is not JSON: line {error.lineno}, column {error.colno}: {error.msg}."
    except BadDocument:
        raise
    except (ValueError, RecursionError) as error:
        sentence = f"it is not JSON that can be read: {error}."
    raise BadDocument([Fault("", "shape.text", sentence)])


def read_file(document: Any) -> PlacementFile:
    """What a document says. Raises BadDocument with all faults of its shape, or else of its meaning."""
    faults = list(dict.fromkeys(_faults_of_shape(document)))  # a missing field is told once per field
    if faults:
        raise BadDocument(faults[:MANY_FAULTS])
    file = PlacementFile.from_data(exact(document))
    faults = list(_faults_of_meaning(file))
    if faults:
        raise BadDocument(faults[:MANY_FAULTS])
    return file


def read_problem(document: Any) -> Problem:
    """The problem that a document states. Raises as read_file."""
    return read_file(document).problem()


@cache
def _validator(codes: tuple[str, ...]) -> Any:
    """Of files with these rules."""
    import jsonschema

    stated = _with_rules(_published("placement", Decimal))  # 0.7 is 700 × 0.001, exactly
    return jsonschema.Draft202012Validator(stated, format_checker=jsonschema.FormatChecker(["date"]))


def _faults_of_shape(document: Any) -> Iterator[Fault]:
    try:
        json.dumps(document, ensure_ascii=False, allow_nan=False, default=_decimal).encode()
    except (ValueError, TypeError, RecursionError) as no:
        yield Fault("", "shape.text", f"the file holds what no text or number is: {no}.")
        return
    if beyond := list(_beyond(document, ())):
        yield from beyond
        return
    found = _validator(tuple(placement_rules_known())).iter_errors(exact(document))
    for error in sorted(found, key=lambda one: [str(part) for part in one.absolute_path]):
        for one in _inner(error):
            kind = "format" if one.validator == "pattern" else one.validator  # only dates have either
            yield Fault(path_of(one.absolute_path), f"shape.{kind}", _sentence(one))


def _decimal(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    raise TypeError(f"{value} is no number" if isinstance(value, Decimal) else f"{type(value).__name__} is no JSON")


def _beyond(value: Any, path: tuple[Any, ...]) -> Iterator[Fault]:
    """Numbers so large, or with so many decimals, that counting with them would take for ever."""
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if isinstance(number, Decimal) and (number.adjusted() >= DIGITS or int(number.as_tuple().exponent) <= -DIGITS):
        yield Fault(path_of(path), "shape.number", f"{str(value)[:30]} has more digits than a number here can have.")
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        yield from _beyond(one, (*path, key))


def _inner(error: Any) -> list[Any]:
    """Of several ways to write something, what is wrong with the one that was meant; else the fault itself."""
    if error.validator != "anyOf":
        return [error]
    meant = [
        one for one in error.context if one.validator != "type" or len(one.absolute_path) > len(error.absolute_path)
    ]
    return [two for one in meant for two in _inner(one)] or [error]


def path_of(parts: Iterable[Any]) -> str:
    """candidates[3].people"""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.removeprefix(".")


def _sentence(error: Any) -> str:
    wanted, found = error.validator_value, _short(error.instance)
    if error.validator == "required":
        return "it lacks " + ", ".join(f"“{name}”" for name in wanted if name not in error.instance) + "."
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        unknown = [name for name in error.instance if name not in error.schema.get("properties", {})]
        return "it holds what is not known here: " + ", ".join(f"“{name[:60]}”" for name in unknown) + "."
    sentences: dict[str, Callable[[], str]] = {
        "type": lambda: f"{found} is not of the kind {wanted if isinstance(wanted, str) else ' or '.join(wanted)}.",
        "const": lambda: f"it must be {json.dumps(wanted)}, not {found}.",
        "enum": lambda: f"{found} is not one of {', '.join(map(str, wanted))}.",
        "minimum": lambda: f"{found} is below {wanted}.",
        "exclusiveMinimum": lambda: f"{found} is not above {wanted}.",
        "maximum": lambda: f"{found} is above {wanted}.",
        "minLength": lambda: "the text is empty.",
        "maxLength": lambda: f"the text has {len(error.instance)} characters; {wanted} at most.",
        "format": lambda: f"{found} is not a date (YYYY-MM-DD).",
        "pattern": lambda: f"{found} is not a date (YYYY-MM-DD).",
        "multipleOf": lambda: f"{found} has more than three decimals.",
    }
    return sentences.get(error.validator, lambda: f"{found} can’t be read here.")()


def _short(value: Any) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _faults_of_meaning(file: PlacementFile) -> Iterator[Fault]:
    from corridor.domain.placement.faults import faults_of

    for place, code, sentence in faults_of(file):
        yield Fault(place, code, sentence)
