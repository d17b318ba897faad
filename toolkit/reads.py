"""Reads stand above the models that they read: a model needs none to be a table, and reads name models freely."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

Reads = TypeVar("Reads", bound=type[models.QuerySet[Any]])


def reads_of(*rows: type[models.Model]) -> Callable[[Reads], Reads]:
    """Decorates a class of reads: `Model.objects`, and what leads to these rows from others, begin with it.

    A model names its reads for the types alone (`if TYPE_CHECKING: objects = RoundQuerySet.as_manager()`); its app
    imports them when it is ready, before anybody asks. Reads that fetch with each row what stands behind a foreign key
    name it in `along`: whoever follows a foreign key to the row gets it, too, and it is locked with the row
    (toolkit.locks).
    """

    def put(reads: Reads) -> Reads:
        for model in rows:
            options = model._meta
            options.local_managers = [manager for manager in options.local_managers if manager.name != "objects"]
            if along_of(reads):
                options.base_manager_name = "objects"  # a foreign key that leads to these rows fetches them so, too
            reads.as_manager().contribute_to_class(model, "objects")  # which forgets what was cached of the former one
        return reads

    return put


def along_of(reads: models.QuerySet[Any] | type[models.QuerySet[Any]]) -> tuple[str, ...]:
    """The foreign keys whose rows come along with each row of these reads: none, as a rule."""
    found: tuple[str, ...] = getattr(reads, "along", ())
    return found
