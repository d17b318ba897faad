"""How an account is entered: each log-in, failed try, log-out and change is an event;
a change rests for a day before a mail signs again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from network.models import Event, User
from network.services.events import record_event
from network.states import AccountChange
from toolkit import clock

REST = timedelta(hours=24)


@transaction.atomic
def record_access(*, by: User | None, user: User, verb: str, **after: Any) -> None:
    """Appends what happened at the door of an account. `by` is nobody where it is not proved who was there.
    No secrets in `after`."""
    record_event(by=by, verb=verb, thing=user, after={name: value for name, value in after.items() if value})


def changes_of(user: User, since: datetime) -> list[Event]:
    """The AccountChanges of an account from `since` on, the oldest first."""
    known = Event.objects.filter(object_type=User._meta.label_lower, object_id=str(user.pk))
    return list(known.filter(at__gte=since, verb__in=AccountChange.values).order_by("at", "pk"))


def resting(user: User) -> list[Event]:
    """The changes of the last day: while there is one, a code sent by mail signs nothing."""
    return changes_of(user, clock.now() - REST)


def rests_until(changes: Iterable[Event]) -> datetime:
    """When the last of these changes, one at least, is a day old."""
    return max(change.at for change in changes) + REST


def stood_before(changes: list[Event], device: int | None) -> bool:
    """Whether a passkey, an app or recovery codes (the row's key) stood before the first of the changes,
    and was none of them."""
    from allauth.mfa.models import Authenticator

    if not changes:
        return True
    if any(change.after.get("device") == device for change in changes):
        return False
    return Authenticator.objects.filter(pk=device, created_at__lte=changes[0].at).exists()
