"""The rule of ties (judging.domain.conflicts) in the words of the database: what a juror must not see, as of this instant.

Facts change after an assignment: somebody joins a start-up, an address is confirmed, a mail domain is written down. Whoever
reads asks afresh, so that an entry disappears from the juror's sight at that very moment.
"""

from functools import cache
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower, StrIndex, Substr

from judging.domain.conflicts import read_domains
from network.models import Membership, User

Rows = TypeVar("Rows", bound=QuerySet)


@cache
def free_mail() -> frozenset[str]:
    """Domains that say nothing of an employer."""
    with (settings.BASE_DIR / "data" / "freemail.txt").open(encoding="utf-8") as lines:
        return read_domains(lines)


def without_ties(seats: Rows, user: User) -> Rows:
    """Of assignments of this user, those whose entry has no tie with them: neither declared (in whichever seat) nor by rule."""
    declared = apps.get_model("judging.Conflict").objects.filter(juror__user=user, entry=OuterRef("entry_id"))
    own = Q(entry=F("juror__own_entry"))  # a fellow applicant never scores their own
    by_rule = own | _same_person(user) | _same_organisation(user) | _same_city() | _same_domain(user)
    tied = seats.filter(by_rule).order_by().values("pk")
    return seats.exclude(Exists(declared)).exclude(pk__in=tied)


TEAM = "entry__startup__organisation"


def _same_person(user: User) -> Q:
    """On the team, or who sent its entry, or an address in common."""
    shared = Q(address__in=_addresses(user).values("address")) | Q(address=Lower(OuterRef("juror__email")))
    on_the_team = Membership.objects.filter(organisation=OuterRef(f"{TEAM}_id"), user=user)
    return Q(Exists(on_the_team)) | Q(entry__submitted_by=user) | Q(Exists(_addresses_of_team().filter(shared)))


def _same_organisation(user: User) -> Q:
    """The start-up itself, or another organisation of anybody on its team."""
    own = Membership.objects.filter(user=user).values("organisation")
    of_team = Membership.objects.filter(user__memberships__organisation=OuterRef(f"{TEAM}_id"))
    also = of_team.filter(Q(organisation=OuterRef("juror__organisation_id")) | Q(organisation__in=own))
    return Q(**{TEAM: F("juror__organisation")}) | Q(**{f"{TEAM}__in": own}) | Q(Exists(also))


def _same_city() -> Q:
    pairs = Q()
    for city in ("entry__city", f"{TEAM}__city"):
        pairs |= Q(**{city: F("juror__city")}) | Q(**{city: F("juror__organisation__city")})
    return Q(round__same_city_conflicts=True) & pairs


def _same_domain(user: User) -> Q:
    """A mail domain in common that is not a free-mail service: of an address, or of the organisation."""
    free = [*free_mail(), ""]
    own = _addresses(user).exclude(domain__in=free).values("domain")
    of_seat = (_domain(OuterRef("juror__email")), Lower(OuterRef("juror__organisation__email_domain")))
    of_team = _addresses_of_team().exclude(domain__in=free)
    by_address = of_team.filter(Q(domain__in=own) | Q(domain=of_seat[0]) | Q(domain=of_seat[1]))
    bodies = apps.get_model("network.Organisation").objects.annotate(domain=Lower("email_domain"))
    by_body = bodies.filter(pk=OuterRef(f"{TEAM}_id")).exclude(domain__in=free)
    return Exists(by_address) | Exists(by_body.filter(Q(domain__in=own) | Q(domain=of_seat[0]) | Q(domain=of_seat[1])))


def _addresses(user: User) -> QuerySet[EmailAddress]:
    return _readable(EmailAddress.objects.filter(user=user, verified=True))


def _addresses_of_team() -> QuerySet[EmailAddress]:
    """For a subquery of assignments: the confirmed addresses of everybody on the start-up's team."""
    return _readable(EmailAddress.objects.filter(user__memberships__organisation=OuterRef(f"{TEAM}_id"), verified=True))


def _readable(addresses: QuerySet[EmailAddress]) -> QuerySet[EmailAddress]:
    return addresses.annotate(address=Lower("email"), domain=_domain(F("email")))


def _domain(address) -> Lower:
    """What stands after the @ of an address, in small letters."""
    return Lower(Substr(address, StrIndex(address, Value("@")) + 1))
