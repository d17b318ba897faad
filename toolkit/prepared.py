"""A query that is built and compiled once per process; each call binds its values.

Building a condition of many parts costs Python far more than answering it costs the database: where a query is asked
every few seconds by everybody, it is built once, of placeholders (`number`, `text`), and kept as SQL.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
Values = Mapping[int | str, int | str]  # {placeholder: value}
NUMBERS = range(-2_000_100_000, -2_000_000_000 + 1)  # within what every integer column takes, and no key of a row
TEXT = re.compile(r"~text-\d+~")


def number(n: int) -> int:
    """The n-th placeholder for a whole number, from 0."""
    return NUMBERS[-1 - n]


def text(n: int) -> str:
    """The n-th placeholder for a text, from 0; it may stand within a longer one, as in the pattern of a LIKE."""
    return f"~text-{n}~"


class Prepared(Generic[Row]):
    """The rows of a queryset that is made of placeholders alone.

    `build(shape)` makes it and is given nothing else, so that no value of one call can stay in the next. Calls whose
    queries differ in more than in values differ in shape.
    """

    def __init__(self, build: Callable[[Any], QuerySet[Row]]) -> None:
        self.build = build
        self._compiled: dict[Hashable, _Compiled[Row]] = {}
        self._keys: dict[Hashable, tuple[str, tuple[object, ...]]] = {}

    def rows(self, shape: Hashable, values: Values) -> list[Row]:
        """What the queryset of this shape finds. Raises KeyError for a placeholder without a value."""
        compiled = self._compiled.get(shape)
        if compiled is None:
            compiled = self._compiled[shape] = _Compiled(self.build(shape))
        return compiled.rows(values)

    def keys(self, shape: Hashable, values: Values) -> RawSQL | list[int]:
        """The keys of these rows, for another query to ask in the same breath: `pk__in=prepared.keys(…)`."""
        if shape not in self._keys:
            keys = self.build(shape).order_by().values("pk")
            self._keys[shape] = _sql_of(keys.query.get_compiler(using=keys.db))
        sql, params = self._keys[shape]
        return RawSQL(sql, tuple(_bind(param, values) for param in params)) if sql else []


class _Compiled(Generic[Row]):
    """A queryset as SQL, and Django's compiler of it, which knows which column is what.
    Both are only read afterwards."""

    def __init__(self, queryset: QuerySet[Row]) -> None:
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, self.params = _sql_of(self.compiler)

    def rows(self, values: Values) -> list[Row]:
        if not self.sql:
            return []
        bound = tuple(_bind(param, values) for param in self.params)
        compiler = copy(self.compiler)
        compiler.connection = connections[self.queryset.db]  # each thread has its own
        compiler.as_sql = lambda *args, **kwargs: (self.sql, bound)
        asked = SimpleNamespace(
            db=self.queryset.db,
            model=self.queryset.model,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        rows: list[Row] = list(ModelIterable(asked))  # type: ignore[arg-type]  # of a queryset it reads no more than this
        prefetch_related_objects(rows, *self.queryset._prefetch_related_lookups)  # type: ignore[attr-defined]  # no other way to them
        return rows


def _sql_of(compiler: SQLCompiler) -> tuple[str, tuple[object, ...]]:
    """(SQL, its parameters); no SQL where nothing of this shape is ever found."""
    with suppress(EmptyResultSet):
        sql, params = compiler.as_sql()
        return sql, tuple(params)
    return "", ()


def _bind(param: object, values: Values) -> object:
    """A parameter with its placeholders filled in, of the type that the driver was to get."""
    # Not `in NUMBERS`: drivers have numbers of their own classes, and of those a range looks at each of its members.
    if isinstance(param, int) and NUMBERS.start <= param < NUMBERS.stop:
        return type(param)(values[int(param)])
    if isinstance(param, str):
        if TEXT.fullmatch(param):
            return values[param]
        return TEXT.sub(lambda found: _in_pattern(str(values[found.group()])), param)
    return param


def _in_pattern(value: str) -> str:
    """As Django writes a text into the pattern of a LIKE."""
    return re.sub(r"([\\%_])", r"\\\1", value)
