"""Setting up an edition. Once its call is open, a change of its rules is a new version
that every entrant is told of."""

import zoneinfo
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from contest.checks import in_words, require_organiser
from contest.editions import notices
from contest.models import Edition, Nomination
from contest.states import Phase
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.protocols import providers
from toolkit.refusals import Refusal

SET_UP = (
    "slug",
    "name",
    "summary",
    "rules_text",
    "time_zone",
    "call_opens",
    "call_closes",
    "nominations_close",
    "final_from",
    "final_until",
    "final_place",
    "reference_date",
    "max_age_years",
    "quota_sent",
    "quota_competing",
    "is_public",
    "is_sample",
)
PHASES = list(Phase)  # in the order in which they pass
# What entrants accepted when they submitted.
RULES = (
    "rules_text",
    "call_closes",
    "nominations_close",
    "reference_date",
    "max_age_years",
    "quota_sent",
    "quota_competing",
)


@transaction.atomic
def save_edition(*, by: User, edition: Edition | None, reason_for_early: str = "", **fields: Any) -> Edition:
    """Makes or changes an edition; `fields` are those of SET_UP, the others keep their value.

    After the call opened, a change of RULES is a new version of the rules and a mail to all entrants. Refuses dates out
    of order, an unknown zone, a call that closes earlier than announced or is to open anew, and quotas below what
    cities have used. Call or choice of the cities may be open anew while judging is under way only with
    `reason_for_early`, which the public reads.
    """
    require_organiser(by)
    unknown = set(fields) - set(SET_UP)
    if unknown:
        raise TypeError(f"not part of an edition's set-up: {', '.join(sorted(unknown))}")
    if edition is not None:
        edition = locked(Edition.objects.filter(pk=edition.pk)).get()
        if edition.is_archive:
            raise Refusal(_("An archive holds published facts only and is not changed here."), code="edition.archive")
    made = edition is None
    edition = edition or Edition()
    before = {name: as_json(getattr(edition, name)) for name in SET_UP}
    was_open = not made and edition.phase != Phase.UPCOMING
    # What was announced until now: the fields below change it in place.
    opened, closed, phase = edition.call_opens, edition.call_closes, None if made else edition.phase
    for name, value in fields.items():
        setattr(edition, name, value)
    after = {name: as_json(getattr(edition, name)) for name in SET_UP}
    changed = [name for name in SET_UP if made or before[name] != after[name]]
    _require_sound(edition)
    if was_open:
        _require_still_open(edition, opened)
        _require_later(edition, closed)
    if not made:
        _require_room(edition)
    edition.save()
    record_event(
        by=by,
        verb="create" if made else "update",
        thing=edition,
        before={} if made else {name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    if phase and PHASES.index(edition.phase) < PHASES.index(phase):
        for follow in providers("edition_went_back"):
            follow(by=by, edition=edition, reason=reason_for_early)
    rules = [name for name in changed if name in RULES]
    if was_open and rules:
        labels = [label_of(name) for name in rules]
        announce_rules_change(by=by, edition=edition, what=rules, labels=labels)
    return edition


@transaction.atomic
def announce_rules_change(*, by: User, edition: Edition, what: list[str], labels: list[Any] | None = None) -> Edition:
    """Counts a new version of the rules and tells every entrant. `what` are codes for the record, `labels` words for
    people, lazy: each reads them in their own language.

    For changes above the contest too: a weight changed after the call opened is a change of the rules.
    """
    edition = locked(Edition.objects.filter(pk=edition.pk)).get()
    edition.rules_version += 1
    edition.save()
    record_event(
        by=by, verb="change_rules", thing=edition, after={"rules_version": edition.rules_version, "what": what}
    )
    notices.RulesChanged.tell(edition, labels or what)
    return edition


@transaction.atomic
def publish_edition(*, by: User, edition: Edition, is_public: bool) -> Edition:
    """Shows the edition to the public, or hides it. Refuses to show one without dates,
    or to hide one that has entries."""
    require_organiser(by)
    edition = locked(Edition.objects.filter(pk=edition.pk)).get()
    if edition.is_public == is_public:
        return edition
    if is_public and not edition.is_archive and not (edition.call_opens and edition.call_closes):
        raise Refusal(_("Set the dates of the call first."), code="edition.dates")
    if not is_public and edition.entries.exists():
        raise Refusal(_("This edition has entries: it stays public."), code="edition.entered")
    edition.is_public = is_public
    edition.save()
    record_event(by=by, verb="publish" if is_public else "hide", thing=edition, after={"is_public": is_public})
    return edition


def label_of(name: str) -> Any:
    """What people call a field of the set-up, in the language of whoever reads it (a lazy text: mails go to many)."""
    return getattr(Edition._meta.get_field(name), "verbose_name", name)


def as_json(value: Any) -> Any:
    """A set-up value as it is kept in an event."""
    if isinstance(value, LazyI18nString):
        texts = value.data if isinstance(value.data, dict) else {settings.LANGUAGE_CODE: value.data}
        return {code: text for code, text in texts.items() if text}  # an empty text is no text: nothing changed
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _require_sound(edition: Edition) -> None:
    def refuse(sentence: str, field: str) -> Refusal:
        return Refusal(sentence, code=f"edition.{field}", field=field, status=422)

    same_slug = Edition.objects.filter(slug=edition.slug).exclude(pk=edition.pk)
    if not edition.slug or same_slug.exists():
        raise refuse(_("Choose an address that no other edition has."), "slug")
    if not str(edition.name).strip():
        raise refuse(_("Give the edition's name."), "name")
    try:
        zone = zoneinfo.ZoneInfo(edition.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(_("Choose a time zone of the list."), "time_zone") from None
    if edition.quota_competing > edition.quota_sent:
        raise refuse(_("No more start-ups can compete than a city sends."), "quota_competing")
    order = [
        ("call_closes", edition.call_opens, edition.call_closes),
        ("nominations_close", edition.call_closes, edition.nominations_close),
    ]
    for field, earlier, later in order:
        if earlier and later and later <= earlier:
            raise refuse(_("This has to be later than the date before it."), field)
    if edition.final_from and edition.final_until and edition.final_until < edition.final_from:
        raise refuse(_("The last day can't be before the first."), "final_until")
    last = edition.nominations_close or edition.call_closes
    if edition.final_from and last and edition.final_from < last.astimezone(zone).date():
        raise refuse(_("The final can't be before cities have chosen."), "final_from")


def _require_still_open(edition: Edition, opened: datetime | None) -> None:
    """A call that has opened has opened: else its end could be moved earlier while it is said to be still to come."""
    if edition.call_opens is None or edition.call_opens > clock.now():
        raise Refusal(
            _("The call opened on %(moment)s: that can't be moved into the future any more.")
            % {"moment": in_words(opened, edition)},
            code="edition.call_reopened",
            field="call_opens",
        )


def _require_later(edition: Edition, closed: datetime | None) -> None:
    if closed and (edition.call_closes is None or edition.call_closes < closed):
        raise Refusal(
            _("The call is open: its end can be moved later, not before %(moment)s.")
            % {"moment": in_words(closed, edition)},
            code="edition.call_shortened",
            field="call_closes",
        )


def _require_room(edition: Edition) -> None:
    for field, place in (("quota_sent", "slot"), ("quota_competing", "competing_slot")):
        above = {f"{place}__gt": getattr(edition, field)}
        if Nomination.objects.filter(edition=edition, **above).exists():
            raise Refusal(_("A city has used more places than that."), code=f"edition.{field}_used", field=field)
