"""An entry from its start to its submission, or its withdrawal."""

from django.db import transaction
from django.utils.translation import gettext as _

from contest.checks import held, require_call_open, require_team
from contest.dossier.services.drafts import refuse_missing
from contest.entries import notices
from contest.entries.services.dossier import mark_submitted
from contest.entries.services.facts import missing_of
from contest.entries.services.following import tell_apps
from contest.models import Edition, Entry, Nomination, Startup
from contest.permissions import is_founder_of
from contest.states import ENTRY, EntryState, Phase
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move


@transaction.atomic
def start_entry(*, by: User, edition: Edition, startup: Startup) -> Entry:
    """Begins a draft, once per start-up and edition; a withdrawn entry becomes a draft again.
    Refuses outside the call."""
    startup = locked(Startup.objects.filter(pk=startup.pk)).select_related("organisation__city").get()
    if not is_founder_of(by, startup):
        raise Forbidden(_("Only the start-up's own team can do this."), code="startup.team")
    if not edition.is_public:
        raise Refusal(_("This edition is not open to entries."), code="edition.hidden", status=404)
    require_call_open(edition)
    entry = locked(Entry.objects.filter(edition=edition, startup=startup)).select_related("edition").first()
    if entry is None:
        city = startup.organisation.city
        entry = Entry.objects.create(edition=edition, startup=startup, city=city, language=by.language)
        record_event(by=by, verb="start", thing=entry, after={"state": entry.state, "code": entry.code})
    elif entry.state == EntryState.WITHDRAWN:
        before, after = move(entry, "reopen", ENTRY)
        entry.save()
        record_event(by=by, verb="reopen", thing=entry, before={"state": before}, after={"state": after})
    return entry


@transaction.atomic
def submit_entry(*, by: User, entry: Entry, rules_version: int) -> Entry:
    """Sends the entry to its city, accepting the rules by version. What is already sent and unchanged is left as it is.

    Refuses outside the call, rules other than those in force, and an entry with a part missing.
    """
    entry = held(entry)
    require_team(by, entry)
    is_same = entry.submitted_version == entry.version and entry.rules_version == rules_version
    if is_same and entry.state not in (EntryState.DRAFT, EntryState.WITHDRAWN):
        return entry
    require_call_open(entry.edition)
    if rules_version != entry.edition.rules_version:
        raise Refusal(
            _("The rules changed on the way: version %(version)s is in force. Read them and accept them.")
            % {"version": entry.edition.rules_version},
            code="entry.rules",
            field="accepts",
        )
    refuse_missing(missing_of(entry), _("This is still missing: %(parts)s"), code="entry.incomplete")
    mark_submitted(by=by, entry=entry, rules_version=rules_version)
    notices.EntrySubmitted.tell(entry)
    return entry


@transaction.atomic
def withdraw_entry(*, by: User, entry: Entry, reason: str) -> Entry:
    """Takes the entry out of the contest, and frees its place. Refuses once the edition is over."""
    entry = held(entry)
    require_team(by, entry)
    if entry.edition.phase in (Phase.OVER, Phase.ARCHIVE):
        raise Refusal(_("This edition is over: its entries stay as they are."), code="edition.over")
    before, after = move(entry, "withdraw", ENTRY)
    freed = Nomination.objects.filter(entry=entry).first()
    told = {"state": before, **({"slot": freed.slot, "competing_slot": freed.competing_slot} if freed else {})}
    if freed:
        freed.delete()
    entry.save()
    event = record_event(
        by=by, verb="withdraw", thing=entry, before=told, after={"state": after, "reason": reason.strip()}
    )
    tell_apps(entry)
    if before != EntryState.DRAFT:
        notices.EntryWithdrawn.tell(entry, reason.strip(), event)
    return entry
