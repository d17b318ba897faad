"""Reads stand above the models that they read: a model needs none to be a table, and reads name models freely."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

Reads = TypeVar("Reads", bound=type[models.QuerySet[Any]])


def reads_of(*rows: type[models.Model]) -> Callable[[Reads], Reads]:
    """Decorates a class of reads: `Model.objects`, and what leads to these rows from others, begin with it.

    A model names its reads for the types alone (`if TYPE_CHECKING: objects = RoundQuerySet.as_manager()`); its app
    imports them when it is ready, before anybody asks.
    """

    def put(reads: Reads) -> Reads:
        for model in rows:
            options = model._meta
            options.local_managers = [manager for manager in options.local_managers if manager.name != "objects"]
            reads.as_manager().contribute_to_class(model, "objects")  # which forgets what was cached of the former one
        return reads

    return put
