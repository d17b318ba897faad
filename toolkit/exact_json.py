"""JSON read exactly, or refused in one sentence with its place:
no key twice, no NaN, no text that is none, nothing too deep.

Python's own reader takes the last of two equal keys, numbers that JSON does not know, and halves of surrogate pairs,
which no file in UTF-8 can hold (RFC 8259, §4 and §8.2; RFC 7493, §2).
"""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from types import NoneType
from typing import Any

AS_THEY_ARE = frozenset({str, int, bool, NoneType})


class BadJson(ValueError):
    """What can't be read, and where."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(f"{place}: {sentence}")
        self.place, self.sentence = place, sentence


class _Twice:
    """Stands for an object that holds a key twice, until its place is known."""

    def __init__(self, key: str) -> None:
        self.key = key


def read_json(content: bytes, *, take: Callable[[dict[str, object]], Any] | None = None) -> Any:
    """What the bytes say. `take` makes another value of an object, for readers that keep less. Raises BadJson."""
    twice: list[_Twice] = []

    def once(pairs: list[tuple[str, Any]]) -> Any:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found if take is None else take(found)
        keys = [key for key, _value in pairs]
        twice.append(_Twice(next(key for n, key in enumerate(keys) if key in keys[:n])))
        return twice[-1]

    def none(word: str) -> None:
        raise BadJson("the file", f"{word} is no number.")

    try:
        text = content.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=once, parse_constant=none)
    except UnicodeDecodeError as error:
        raise BadJson("the file", f"is not text in UTF-8 (at byte {error.start}).") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadJson(place, f"this is no JSON: {error.msg}.") from None
    except RecursionError:
        raise BadJson("the file", "holds lists within lists beyond anything that can be meant.") from None
    except BadJson:
        raise
    except ValueError:
        raise BadJson("the file", "holds a number of thousands of digits.") from None
    if twice:
        raise BadJson(_place_of(data, lambda value: isinstance(value, _Twice)), f"“{twice[0].key}” stands there twice.")
    if "\\ud" in text.lower():
        _refuse_halves(data)
    return data


def exact(value: Any) -> Any:
    """The same with 6.0 as 6, which in JSON are one whole number, and other numbers as the decimals that are
    written."""
    if type(value) in AS_THEY_ARE:
        return value
    if isinstance(value, (float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else value
        return int(number) if number == number.to_integral_value() else number.normalize()
    if isinstance(value, dict):
        return {key: exact(one) for key, one in value.items()}
    if isinstance(value, list):
        return value if AS_THEY_ARE.issuperset(map(type, value)) else [exact(one) for one in value]
    return value


def _refuse_halves(data: Any) -> None:
    place = _place_of(data, lambda value: isinstance(value, str) and not _is_text(value))
    if place:
        raise BadJson(place, "holds half of a pair of surrogates, which is no letter.")


def _is_text(value: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _place_of(data: Any, is_it: Callable[[Any], bool]) -> str:
    """Where the first such value (or key) stands; nothing if it stands nowhere."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if is_it(value):
            return place_of(path)
        if isinstance(value, dict):
            if any(is_it(key) for key in value):
                return place_of(path)
            waiting.extend(((*path, key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend(((*path, n), value[n]) for n in range(len(value) - 1, -1, -1))
    return ""


def place_of(path: Iterable[str | int]) -> str:
    """A place as people read it: “scorecards[3].marks.innovation”."""
    place = ""
    for step in path:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    return place or "the file"
