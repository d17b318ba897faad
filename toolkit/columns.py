"""Columns that a read adds to its rows, where the model's class declares them (name: type) for those who read them."""

from typing import Any, TypeVar

from django.db.models import Field, Model, Prefetch, Q, QuerySet
from django.db.models.expressions import Combinable

Rows = TypeVar("Rows", bound=QuerySet[Any])


def with_columns(rows: Rows, **columns: Combinable | Q) -> Rows:
    """The rows, each with the attributes `columns`: `annotate`, without a type of its own for each set of columns."""
    return rows.annotate(**columns)


def fetching(rows: Rows, *into: Prefetch[Any, Any, Any]) -> Rows:
    """The rows, with what each `Prefetch` fetches in the attribute (to_attr) that the model's class declares."""
    return rows.prefetch_related(*into)


def column_of(model: type[Model], name: str) -> Field[Any, Any]:
    """A field of a model that is a column of its table."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field
