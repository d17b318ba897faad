"""What a published format says no to, each with its place, in sentences for people;
fast enough for every row of a long list.

A validator takes a tenth of a second for a thousand rows. So each row of the file's lists is first held against a
predicate made from the same schema, in microseconds; the validator looks at those that it refuses and says why. Nothing
is left to a sample.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from toolkit.exact_json import place_of

Fault = tuple[str, str]
Schema = dict[str, Any]  # of JSON Schema
Predicate = Callable[[Any], bool]
KINDS: dict[str, Predicate] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
}
WORDS = {"object": "object", "array": "list", "string": "text", "boolean": "true or false"}
SAID = {"$ref", "$defs", "type", "enum", "pattern", "minLength", "maxLength", "required", "properties",
        "additionalProperties", "items", "description"}  # fmt: skip


def faults_of_shape(data: Mapping[str, Any], schema: Schema) -> Iterator[Fault]:
    """Faults of the file's own part first, then those of each list row by row, in the order of the file."""
    lists = {name: part["items"] for name, part in schema["properties"].items() if "items" in part}
    short = {key: [] if key in lists and isinstance(value, list) else value for key, value in data.items()}
    yield from _faults(short, schema, ())
    for name, items in lists.items():
        rows = data.get(name)
        if not isinstance(rows, list):
            continue
        fits = predicate(items, schema)
        for n, row in enumerate(rows):
            if not fits(row):
                yield from _faults(row, {**items, "$defs": schema.get("$defs", {})}, (name, n))


def predicate(part: Schema, root: Schema) -> Predicate:
    """Whether a value fits the part of a schema. ValueError for a keyword that is not known here: it could say no."""
    while "$ref" in part:
        part = root["$defs"][part["$ref"].removeprefix("#/$defs/")]
    if unknown := set(part) - SAID:
        raise ValueError(f"no predicate for {sorted(unknown)}")
    if "enum" in part:
        allowed = frozenset(part["enum"])
        return lambda value: isinstance(value, str) and value in allowed
    if part["type"] == "string":
        return _text(part)
    if part["type"] == "array":
        inner = predicate(part["items"], root) if "items" in part else lambda value: True
        return lambda value: isinstance(value, list) and all(map(inner, value))
    return _object(part, root) if part["type"] == "object" else KINDS[part["type"]]


def _text(part: Schema) -> Predicate:
    least, most = part.get("minLength", 0), part.get("maxLength", float("inf"))
    find = compiled(part["pattern"]).search if "pattern" in part else None
    if find is None:
        return lambda value: isinstance(value, str) and least <= len(value) <= most
    # The same few numbers stand in a file over and over.
    known = lru_cache(maxsize=4096)(lambda value: least <= len(value) <= most and find(value) is not None)
    return lambda value: isinstance(value, str) and known(value)


def _object(part: Schema, root: Schema) -> Predicate:
    of = {name: predicate(inner, root) for name, inner in part.get("properties", {}).items()}
    required = frozenset(part.get("required", ()))
    rest = part.get("additionalProperties", True)
    others: Predicate = predicate(rest, root) if isinstance(rest, dict) else lambda value: bool(rest)

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        return all(of.get(name, others)(inner) for name, inner in value.items())

    return fits


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as JSON Schema means it: “$” is the end of the text, not also the place before a last line break."""
    return re.compile(pattern.replace("$", r"\Z"))


@cache
def _validator_class() -> Any:
    import jsonschema

    def pattern(_validator: Any, wanted: str, instance: Any, _schema: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not compiled(wanted).search(instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {wanted!r}")

    return jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": pattern})


def _faults(data: Any, schema: Schema, path: tuple[str | int, ...]) -> Iterator[Fault]:
    found = sorted(
        _validator_class()(schema).iter_errors(data),
        key=lambda error: [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in error.absolute_path],
    )
    told = (fault for error in found for fault in told_of(error, (*path, *error.absolute_path)))
    yield from dict.fromkeys(told)


def told_of(error: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What a validator's error says: a fault for each key too many, otherwise one sentence."""
    wanted, found = error.validator_value, error.instance
    if error.validator == "additionalProperties" and wanted is False:
        known = list(error.schema.get("properties", {}))
        for name in found:
            if name not in known:
                yield place_of((*path, name[:80])), f"is not known here.{_meant(name, known)}"
    elif error.validator == "required":
        yield place_of(path), "it lacks " + ", ".join(f"“{name}”" for name in wanted if name not in found) + "."
    else:
        yield place_of(path), _said(error.validator, wanted, found, error.message)


def _meant(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.7)
    return f" Is “{close[0]}” meant?" if close else ""


def _said(validator: str, wanted: Any, found: Any, message: str) -> str:
    is_number = isinstance(found, (int, float)) and not isinstance(found, bool)
    if is_number and (validator == "enum" or wanted == "string"):
        return f"{found} is a number: write it in quotation marks, so that nothing is rounded on the way."
    if validator == "type":
        return f"is no {WORDS.get(wanted, wanted)}."
    if validator == "enum":
        known = [str(name) for name in wanted if name != ""]
        return f"{_short(found)} is none of {', '.join(known)}.{_meant(str(found), known)}"
    if validator == "pattern":
        return f"{_short(found)} is no {_named(wanted)}."
    if validator == "minLength":
        return "is empty."
    if validator == "maxLength":
        return f"is longer than {wanted} characters."
    return f"{message[:200]}."


def said_codes(codes: Iterable[str]) -> str:
    """Codes in a sentence: “mean” or “median”."""
    return " or ".join(f"“{code}”" for code in codes)


def _short(value: Any) -> str:
    return f"“{value}”" if len(str(value)) <= 60 else f"“{str(value)[:60]}…”"


def _named(pattern: str) -> str:
    """What the pattern asks for."""
    if "T[0-9]" in pattern:
        return "moment in UTC such as 2027-03-01T18:00:00Z"
    if "{4}-" in pattern:
        return "date such as 2027-03-01"
    if "a-f" in pattern:
        return "SHA-256 in hexadecimal"
    if pattern.endswith("^[0-9]$"):
        return "number of decimals from 0 to 9"
    return "number such as 79.75 or 239/3" if "/" in pattern else "whole number such as 3"
