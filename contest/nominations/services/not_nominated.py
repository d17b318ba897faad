"""Teams that nobody nominated are told once cities have chosen."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from contest.models import Entry
from contest.nominations import notices
from contest.states import EntryState
from network.models import Message
from network.states import Role


def tell_those_not_nominated(now: datetime, limit: int) -> int:
    """Writes up to `limit` of the mails owed; a second run writes none of them again."""
    key = Concat(Value("entry:"), Cast(OuterRef("pk"), CharField()), Value(":not_nominated:"))
    # What was written before the present end of the choice told of an earlier one.
    told = Message.objects.filter(
        kind="contest.entry_not_nominated", key__startswith=key, created_at__gte=OuterRef("edition__nominations_close")
    )
    rows = Entry.objects.filter(
        state__in=[EntryState.SUBMITTED, EntryState.ELIGIBLE],
        edition__is_archive=False,
        edition__nominations_close__lte=now,
        startup__organisation__memberships__user__is_active=True,
        startup__organisation__memberships__role=Role.FOUNDER,
    )
    owed = rows.exclude(Exists(told)).with_people().distinct().order_by("pk")[:limit]
    for entry in owed:
        notices.tell_not_nominated(entry)
    return len(owed)
