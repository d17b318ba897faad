"""Canonical JSON (RFC 8785, the JSON Canonicalization Scheme) for values whose numbers are
already strings or integers."""

import hashlib
import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """The one byte string that stands for `value`: keys sorted by UTF-16 code units, no spaces, UTF-8.

    Takes dict (text keys), list, tuple, str, int within ±2**53, bool and None; a float or Decimal is a TypeError:
    numbers that matter travel as strings. Source: RFC 8785, §3.2.
    """
    return json.dumps(
        _sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=True
    ).encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _sorted(value: Any) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > 2**53:
            raise TypeError(f"{value} does not fit a JSON number: write it as a string")
        return value
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be text")
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda text: text.encode("utf-16-be"))}
    if isinstance(value, (list, tuple)):
        return [_sorted(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form here: write it as a string")
