"""What happened, written down in the transaction in which it happened."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from network.models import Event, User
from toolkit import clock
from toolkit.middleware import request_id


def record_event(
    *,
    by: User | None,
    verb: str,
    thing: Any,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Event:
    """Appends an Event. `before` and `after` hold JSON values of what changed. Call it inside the service's
    transaction. Raises RuntimeError outside of one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record_event belongs inside the transaction of what it records")
    return Event.objects.create(
        at=clock.now(),
        actor=by,
        verb=verb,
        object_type=thing._meta.label_lower,
        object_id=str(thing.pk),
        before=before or {},
        after=after or {},
        request_id=request_id.get().strip("-"),
    )


def record_changes(
    *, by: User | None, verb: str, thing: Any, before: Mapping[str, object], after: Mapping[str, object]
) -> Event:
    """The same of two tellings of one thing: only what differs is recorded."""
    changed = [name for name in after if before[name] != after[name]]
    return record_event(
        by=by,
        verb=verb,
        thing=thing,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
