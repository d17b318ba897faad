"""Predicates (package rules) that keep the types of the functions they wrap."""

from collections.abc import Callable
from typing import ParamSpec

from rules.predicates import predicate as wrapped

Asked = ParamSpec("Asked")


def predicate(test: Callable[Asked, bool]) -> Callable[Asked, bool]:
    """A small named question about who somebody is, or what they may do with something."""
    kept: Callable[Asked, bool] = wrapped(test)
    return kept
