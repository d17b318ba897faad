"""Rules that several services ask, each with its sentence."""

from datetime import datetime

from django.utils.translation import gettext as _

from contest.models import Edition, Entry
from contest.permissions import decides_for, is_team
from contest.states import Phase
from network.models import User
from network.permissions import is_organiser
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.templatetags.house import moment_text


def in_words(moment: datetime | None, edition: Edition) -> str:
    """An instant in the edition's zone, with the zone named."""
    return moment_text(moment, edition.time_zone)


def held(entry: Entry) -> Entry:
    """The entry's row, locked and read anew. Call it inside a transaction."""
    rows = locked(Entry.objects.filter(pk=entry.pk))
    return rows.select_related("edition", "city", "startup__organisation").get()


def require_team(by: User, entry: Entry) -> None:
    """Raises Forbidden to who is not of the entry's start-up."""
    if not is_team(by, entry):
        raise Forbidden(_("Only the start-up's own team can do this."), code="entry.team")


def require_decider(by: User, entry: Entry) -> None:
    """Raises Forbidden to who does not decide for the entry's city."""
    if not decides_for(by, entry):
        raise Forbidden(_("Only the coordinator of the entry's city can do this."), code="entry.city")


def require_organiser(by: User) -> None:
    """Raises Forbidden to who is none."""
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser can do this."), code="organiser")


def require_call_open(edition: Edition) -> None:
    """Raises Refusal before the call opens and after it closes, with the moment."""
    phase = edition.phase
    if phase == Phase.UPCOMING:
        raise Refusal(
            _("The call has not opened yet. It opens on %(moment)s.")
            % {"moment": in_words(edition.call_opens, edition)},
            code="call.upcoming",
        )
    if phase != Phase.CALL:
        raise Refusal(
            _("The call closed on %(moment)s. What you typed is still on this page, but it can't be saved any more.")
            % {"moment": in_words(edition.call_closes, edition)},
            code="call.closed",
        )


def require_cities_choosing(edition: Edition) -> None:
    """Raises Refusal once cities no longer choose, with the moment."""
    if edition.phase not in (Phase.CALL, Phase.NOMINATION):
        raise Refusal(
            _("Cities could choose until %(moment)s.")
            % {"moment": in_words(edition.nominations_close or edition.call_closes, edition)},
            code="nominations.closed",
        )


def require_reason(reason: str, field: str = "reason") -> str:
    """The reason, without spaces around it. Raises Refusal at `field` without one."""
    reason = reason.strip()
    if not reason:
        raise Refusal(
            _("Give a reason: it is shown to those concerned."), code="reason.missing", field=field, status=422
        )
    return reason
