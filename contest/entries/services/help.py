"""A team that is stuck lets the organiser read its draft, and may take that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from contest.checks import held, require_team
from contest.entries import notices
from contest.models import Entry
from contest.states import EntryState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Refusal


@transaction.atomic
def ask_for_help(*, by: User, entry: Entry, asks: bool) -> Entry:
    """Opens the draft to the organiser, who is told, or closes it again. Saying the same twice changes nothing. Raises
    Refusal once the entry is sent."""
    entry = held(entry)
    require_team(by, entry)
    if entry.state != EntryState.DRAFT:
        raise Refusal(_("Only a draft is kept from the organiser: this entry is sent."), code="entry.not_draft")
    if asks == (entry.help_asked_at is not None):
        return entry
    entry.help_asked_at = clock.now() if asks else None
    entry.save(update_fields=["help_asked_at"])
    event = record_event(by=by, verb="ask_help" if asks else "end_help", thing=entry)
    if asks:
        notices.HelpAsked.tell(entry, event)
    return entry
