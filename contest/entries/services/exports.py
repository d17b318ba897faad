"""Who took which data away."""

from django.db import transaction

from contest.models import Edition
from network.models import Event, User
from network.services import record_event


@transaction.atomic
def note_export(*, by: User, edition: Edition, name: str) -> Event:
    """Records that `by` downloaded the file `name` of the edition: it holds people's data."""
    return record_event(by=by, verb="export", thing=edition, after={"file": name})
