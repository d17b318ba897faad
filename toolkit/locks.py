"""Row locks that mean the same on both databases."""

from typing import Any, TypeVar

from django.db import connections
from django.db.models import QuerySet

from toolkit.reads import along_of

Rows = TypeVar("Rows", bound=QuerySet[Any])


def locked(rows: Rows) -> Rows:
    """`rows` for update. PostgreSQL locks the rows (of the tables they join only those that are one thing with them:
    `along` of their reads); SQLite needs nothing: its IMMEDIATE transaction is the lock.

    The lock leaves the key free (FOR NO KEY UPDATE): a new row that points to a locked one waits for nobody, so that
    whoever locks a juror and then scorecards never waits in a ring with whoever locks a scorecard and then writes about
    its juror.
    """
    features = connections[rows.db].features
    if features.has_select_for_update:
        return rows.select_for_update(of=("self", *along_of(rows)), no_key=features.has_select_for_no_key_update)
    return rows
