"""What a request says, read strictly or refused in words: JSON that means one thing,
and no character that no database keeps."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from django.http import QueryDict


NUL = "\x00"
DEEPEST = 32  # brackets within brackets; the deepest body that anything here takes has three
DIGITS = 18  # more than these, and a number is none that anything here counts


class Unreadable(Refusal):
    """The request can't be taken: 400."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, code="unreadable", status=400)


def json_of(request: HttpRequest) -> Any:
    """The JSON that a request holds. Raises Unreadable as `read_json` does, and for a form,
    whose body is gone once it was read."""
    try:
        body = request.body
    except RawPostDataException:
        raise Unreadable(_("This is not JSON that can be read.")) from None
    return read_json(body)


def read_json(body: bytes) -> Any:
    """The JSON of a body. Raises Unreadable for what is no JSON, NaN or Infinity, a number too large, half a surrogate
    pair, NUL, a key twice, brackets too deep.
    """
    try:
        text = body.decode("utf-8-sig")
        _check_depth(text)
        value = json.loads(text, parse_float=_float, parse_int=_int, parse_constant=_constant, object_pairs_hook=_pairs)
    except (ValueError, RecursionError):
        raise Unreadable(_("This is not JSON that can be read.")) from None
    _check_text(value)
    return value


def _check_depth(text: str) -> None:
    depth, inside, escaped = 0, False, False
    for letter in text:
        if inside:
            inside = escaped or letter != '"'
            escaped = not escaped and letter == "\\"
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Unreadable(_("This JSON has too many brackets within brackets."))
        elif letter in "]}":
            depth -= 1


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) >= 10**DIGITS:
        raise Unreadable(_("A number in this JSON is too large."))
    return value


def _int(text: str) -> int:
    if len(text.lstrip("-")) > DIGITS:
        raise Unreadable(_("A number in this JSON is too large."))
    return int(text)


def _constant(name: str) -> Any:
    raise Unreadable(_("%(name)s is not a number that JSON knows.") % {"name": name})


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable(_("A name stands twice in one object of this JSON."))
    return found


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        if NUL in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise Unreadable(_("A text in this JSON holds a character that can’t be kept (NUL, or half of a pair)."))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_text(key)
            _check_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_text(inner)


class ReadableMiddleware:
    """Refuses a NUL in an address, a query, a form or a file's name; a cookie that holds one counts as not sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in value or NUL in name]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _positional: object, _named: object
    ) -> HttpResponse | None:
        said = [request.path_info, *_all(request.GET)]
        if request.method == "POST" and request.content_type != "application/json":
            said += [
                *_all(request.POST),
                *(file.name or "" for _field, files in request.FILES.lists() for file in files),
            ]
        if not any(NUL in text for text in said):
            return None
        refusal = Unreadable(_("Something in this address or form holds a character that can’t be kept (NUL)."))
        if request.path_info.startswith("/api/"):
            return JsonResponse({"detail": str(refusal.message), "code": refusal.code}, status=refusal.status)
        return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


def _all(given: QueryDict) -> list[str]:
    return [text for key, values in given.lists() for text in (key, *values)]
