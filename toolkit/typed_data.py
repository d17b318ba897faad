"""Frozen dataclasses as the plain data of a file, and back: what travels is a dataclass first.

A day is a text (YYYY-MM-DD), a tuple a list, a dataclass an object with its fields as names. Nothing is converted
otherwise: a number with decimals stays what it is, and so does a TypedDict, which the file's schema has looked at. A
field made by `left_out` does not stand in the file while it has its default; every other field always does, None as
null.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints, is_typeddict

T = TypeVar("T")
Data = Mapping[str, object]
LEFT_OUT = "left_out"
AS_THEY_ARE = frozenset({str, int, bool, NoneType})  # asked first: nearly all of a file


class Misshapen(ValueError):
    """Data that is not what a dataclass says: `place` is a path like placements[3].starts."""

    def __init__(self, place: str, sentence: str) -> None:
        self.place, self.sentence = place, sentence
        super().__init__(f"{place}: {sentence}" if place else sentence)


def left_out(default: T) -> T:
    """A field that the file does not hold while it has this default."""
    return field(default=default, metadata={LEFT_OUT: True})


def as_data(value: object) -> Any:
    """The plain data (dict, list, text, number, bool, None) of a dataclass, or of what one may hold."""
    if type(value) in AS_THEY_ARE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: one if type(one) in AS_THEY_ARE else as_data(one)
            for name, default in _written(type(value))
            for one in [getattr(value, name)]
            if default is MISSING or one != default
        }
    if isinstance(value, (tuple, list)):
        return [as_data(one) for one in value]
    if isinstance(value, Mapping):
        return {key: as_data(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def from_data(kind: type[T], data: object) -> T:
    """The dataclass that the data tells. Raises Misshapen with the place of what is missing, unknown or of another
    kind."""
    return cast(T, _reader(cast(Hashable, kind))(data, ""))


@cache
def _written(kind: type) -> tuple[tuple[str, object], ...]:
    """(field, the default under which it is left out) in the order of the file."""
    return tuple((one.name, one.default if one.metadata.get(LEFT_OUT) else MISSING) for one in fields(kind))


Reader = Callable[[object, str], object]
PLAIN: dict[object, str] = {str: "a text", int: "a whole number", bool: "true or false", Decimal: "a number"}
TEXTS = frozenset({str})
ATOMS: frozenset[type] = frozenset({str, int, bool})  # read as they are, each of its own type
JSON_KINDS: dict[object, type] = {NoneType: NoneType, date: str, tuple: list, str: str, int: int, bool: bool}


@cache
def _reader(kind: Any) -> Reader:
    """How a field of this type is read."""
    origin = get_origin(kind)
    if kind is object or is_typeddict(kind):
        return _as_it_is
    if isinstance(kind, type) and is_dataclass(kind):
        return partial(_read_object, kind, {name: _reader(hint) for name, hint in get_type_hints(kind).items()})
    if origin in (Union, UnionType):
        return partial(_read_any, [(_json_kind(one), _reader(one)) for one in get_args(kind)])
    if origin is tuple:
        return partial(_read_list, _reader(get_args(kind)[0]), frozenset({get_args(kind)[0]}) & ATOMS)
    if origin is not None and issubclass(origin, Mapping):
        if get_args(kind)[1] is str:
            return _read_texts
        return partial(_read_names, _reader(get_args(kind)[1]))
    return _read_day if kind is date else partial(_read_plain, kind)


def _as_it_is(data: object, place: str) -> object:
    return data


def _json_kind(kind: Any) -> type:
    if is_dataclass(kind) or is_typeddict(kind):
        return dict
    return JSON_KINDS.get(get_origin(kind) or kind, object)


def _read_object(kind: type, readers: dict[str, Reader], data: object, place: str) -> object:
    given, told = _object(data, place), fields(kind)
    if unknown := [name for name in given if name not in readers]:
        raise Misshapen(place, f"it holds what is not known here: “{unknown[0]}”.")
    missing = [
        one.name for one in told if one.name not in given and one.default is MISSING and one.default_factory is MISSING
    ]
    if missing:
        raise Misshapen(place, f"it lacks “{missing[0]}”.")
    inside = f"{place}." if place else ""
    return kind(**{name: readers[name](one, inside + name) for name, one in given.items()})


def _object(data: object, place: str) -> dict[str, object]:
    if not isinstance(data, dict):
        raise Misshapen(place, "it is not an object.")
    return data


def _read_names(reader: Reader, data: object, place: str) -> dict[str, object]:
    return {name: reader(one, f"{place}.{name}") for name, one in _object(data, place).items()}


def _read_texts(data: object, place: str) -> dict[str, object]:
    """All at once: a file has a hundred thousand of them."""
    found = _object(data, place)
    return found if TEXTS.issuperset(map(type, found.values())) else _read_names(_reader(str), found, place)


def _read_list(reader: Reader, atoms: frozenset[type], data: object, place: str) -> tuple[object, ...]:
    """All at once where it holds nothing but these: a matrix has a hundred thousand of them."""
    if not isinstance(data, list):
        raise Misshapen(place, "it is not a list.")
    if reader is _as_it_is or atoms.issuperset(map(type, data)):
        return tuple(data)
    return tuple(reader(one, f"{place}[{number}]") for number, one in enumerate(data))


def _read_any(ways: list[tuple[type, Reader]], data: object, place: str) -> object:
    for kind, reader in ways:
        if type(data) is kind or kind is object:
            return reader(data, place)
    return ways[0][1](data, place)


def _read_day(data: object, place: str) -> date:
    try:
        return date.fromisoformat(cast(str, data))
    except (TypeError, ValueError) as no:
        raise Misshapen(place, "it is not a date (YYYY-MM-DD).") from no


def _read_plain(kind: Any, data: object, place: str) -> object:
    if kind is NoneType:
        return None
    if kind is Decimal and type(data) in (int, Decimal):
        return data
    if type(data) is not kind:
        raise Misshapen(place, f"it is not {PLAIN[kind]}.")
    return data
