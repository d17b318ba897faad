"""Row locks that mean the same on both databases."""

from typing import TypeVar

from django.db import connections
from django.db.models import QuerySet

Rows = TypeVar("Rows", bound=QuerySet)


def locked(rows: Rows) -> Rows:
    """`rows` for update. PostgreSQL locks the rows (not the tables they join); SQLite needs nothing: its IMMEDIATE transaction is the lock."""
    if connections[rows.db].features.has_select_for_update:
        return rows.select_for_update(of=("self",))
    return rows
