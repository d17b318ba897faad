"""The eligibility check: a named person decides, with a reason, on facts that are kept beside the decision."""

from django.db import transaction
from django.utils.translation import gettext as _

from contest.checks import held, require_cities_choosing, require_decider, require_reason
from contest.entries.services.facts import as_json, facts_of_entry
from contest.entries.services.following import tell_apps
from contest.models import Entry, Screening
from contest.nominations import notices
from contest.states import ENTRY, EntryState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Refusal
from toolkit.states import move


@transaction.atomic
def screen_entry(*, by: User, entry: Entry, eligible: bool, reason: str) -> Screening:
    """Decides whether the entry may compete. Can be decided anew until cities have chosen; each decision is kept.

    The same decision twice is refused, as is a nominated entry (release it first).
    """
    entry = held(entry)
    require_decider(by, entry)
    require_cities_choosing(entry.edition)
    reason = require_reason(reason)
    if entry.state == EntryState.NOMINATED:
        raise Refusal(_("This entry is nominated. Release it first."), code="screening.nominated")
    if entry.state == (EntryState.ELIGIBLE if eligible else EntryState.INELIGIBLE):
        raise Refusal(_("That is already what was decided."), code="screening.same")
    before, after = move(entry, "find_eligible" if eligible else "find_ineligible", ENTRY)
    entry.save()
    screening = Screening.objects.create(
        entry=entry, eligible=eligible, reason=reason, facts=as_json(facts_of_entry(entry)), by=by, at=clock.now()
    )
    record_event(by=by, verb="screen", thing=entry, before={"state": before}, after={"state": after, "reason": reason})
    tell_apps(entry)
    notices.EntryScreened.tell(entry, screening)
    return screening
