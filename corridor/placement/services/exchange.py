"""Lead times and opening balances, which organisers enter, and the secret addresses of calendars."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from corridor.domain.calendar.lead_times import EU
from corridor.models import Candidate, Incubator, LeadTime, OpeningBalance, StayFeed
from corridor.permissions import can_edit_incubator, is_team_of, require
from network.models import City, Membership, User
from network.permissions import is_organiser
from network.services import record_event
from network.states import Role
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal

COUNTRY = 2  # letters of a code


@transaction.atomic
def save_lead_time(
    *,
    by: User,
    lead_time: LeadTime | None,
    nationality: str,
    host_country: str,
    days: int | None,
    source: str,
    as_of: date,
    note: str = "",
) -> LeadTime:
    """Says how many days before a start its decision must fall;
    None where that is not known, and the note says what is.

    An empty nationality is every other one; EU is every country of the European Union. Raises Refusal.
    """
    require(is_organiser(by), _("Only an organiser enters lead times."))
    row = locked(LeadTime.objects.filter(pk=lead_time.pk)).get() if lead_time else LeadTime()
    nationality, host_country = nationality.strip().upper(), host_country.strip().upper()
    _check_lead_time(row, nationality, host_country, source, as_of)
    before = _facts(row) if row.pk else {}
    row.nationality, row.host_country, row.days = nationality, host_country, days
    row.source, row.as_of, row.note = source.strip(), as_of, note.strip()
    row.save()
    record_event(by=by, verb="save" if before else "create", thing=row, before=before, after=_facts(row))
    return row


def _check_lead_time(row: LeadTime, nationality: str, host_country: str, source: str, as_of: date) -> None:
    problem: tuple[str, str] | None = None
    twice = LeadTime.objects.filter(nationality=nationality, host_country=host_country).exclude(pk=row.pk)
    if len(host_country) != COUNTRY:
        problem = ("host_country", _("Choose the host country."))
    elif nationality == host_country != EU:
        problem = ("nationality", _("At home nobody needs papers: choose two countries."))
    elif not source.strip():
        problem = ("source", _("Say where this comes from."))
    elif as_of > clock.now().date():
        problem = ("as_of", _("This day lies ahead: say when you looked."))
    elif twice.exists():
        problem = ("nationality", _("There is a row for these two already: change that one."))
    if problem:
        raise Refusal(problem[1], code=f"lead_time.{problem[0]}", field=problem[0], status=422)


@transaction.atomic
def load_lead_times(rows: list[dict[str, str]]) -> tuple[int, int]:
    """Adds the rows of data/lead_times.csv that are not there. Returns (added, known).
    What people entered stays as it is."""
    added = 0
    for row in rows:
        key = {"nationality": row["nationality"], "host_country": row["host_country"]}
        days = int(row["days"]) if row["days"] else None
        values = {"days": days, "source": row["source"], "as_of": date.fromisoformat(row["as_of"]), "note": row["note"]}
        made, is_new = LeadTime.objects.get_or_create(**key, defaults=values)
        if is_new:
            added += 1
            record_event(by=None, verb="create", thing=made, after=_facts(made))
    return added, len(rows) - added


@transaction.atomic
def remove_lead_time(*, by: User, lead_time: LeadTime) -> None:
    """Forgets a lead time."""
    require(is_organiser(by), _("Only an organiser enters lead times."))
    record_event(by=by, verb="remove", thing=lead_time, before=_facts(lead_time))
    lead_time.delete()


def _facts(row: LeadTime) -> dict[str, Any]:
    return {
        "nationality": row.nationality,
        "host_country": row.host_country,
        "days": row.days,
        "source": row.source,
        "as_of": row.as_of.isoformat(),
    }


@transaction.atomic
def save_balance(*, by: User, city: City, sent: int, hosted: int, note: str = "") -> OpeningBalance:
    """What a city sent and hosted before this site counted. Raises Refusal for a number below 0."""
    require(is_organiser(by), _("Only an organiser enters an opening balance."))
    if min(sent, hosted) < 0:
        raise Refusal(_("A number of stays is 0 or more."), code="balance.number", status=422)
    row = OpeningBalance.objects.filter(city=city).first() or OpeningBalance(city=city)
    before = {"sent": row.sent, "hosted": row.hosted} if row.pk else {}
    row.sent, row.hosted, row.note = sent, hosted, note.strip()
    row.save()
    record_event(by=by, verb="save", thing=row, before=before, after={"sent": sent, "hosted": hosted, "note": row.note})
    return row


@transaction.atomic
def renew_stay_feed(*, by: User, incubator: Incubator | None = None, candidate: Candidate | None = None) -> StayFeed:
    """A new secret address for the calendar of an incubator, or of a candidate (its start-up, or the person); the one
    before leads nowhere. Raises Refusal for what has no calendar."""
    if incubator is not None:
        require(can_edit_incubator(by, incubator), _("Only the incubator’s own people renew its address."))
        owner: dict[str, Any] = {"incubator": incubator}
    elif candidate is not None and (candidate.organisation_id or candidate.user_id):
        allowed = is_team_of(by, candidate) or is_organiser(by)
        require(allowed, _("Only the guest renews this address."))
        owner = {"organisation": candidate.organisation} if candidate.organisation_id else {"user": candidate.user}
    else:
        raise Refusal(_("There is no calendar for this."), code="feed.nobody")
    fresh = {"token": secrets.token_urlsafe(32), "renewed_at": clock.now()}
    feed, _made = StayFeed.objects.update_or_create(**owner, defaults=fresh)
    record_event(by=by, verb="renew", thing=feed)
    return feed


def renew_feeds_known_to(membership: Membership) -> None:
    """Whoever leaves has read the secret address of a calendar:
    it leads nowhere from now on, whoever stays copies the new one."""
    known = {
        Role.HOST: Q(incubator__organisation=membership.organisation_id),
        Role.FOUNDER: Q(organisation=membership.organisation_id),
    }.get(Role(membership.role))
    for feed in StayFeed.objects.filter(known).order_by("pk") if known else []:
        feed.token, feed.renewed_at = secrets.token_urlsafe(32), clock.now()
        feed.save(update_fields=["token", "renewed_at"])
        record_event(by=None, verb="renew", thing=feed)


@transaction.atomic
def set_priority(*, by: User, candidate: Candidate, priority: int) -> Candidate:
    """How much a candidate weighs under the rule of one weighted sum. Raises Refusal outside 0 to 1,000,000."""
    require(is_organiser(by), _("Only an organiser sets priorities."))
    candidate = locked(Candidate.objects.filter(pk=candidate.pk)).get()
    if not 0 <= priority <= 1_000_000:
        raise Refusal(_("A priority lies between 0 and 1,000,000."), code="priority", field="priority", status=422)
    before, candidate.priority = candidate.priority, priority
    candidate.save(update_fields=["priority"])
    record_event(by=by, verb="weigh", thing=candidate, before={"priority": before}, after={"priority": priority})
    return candidate
