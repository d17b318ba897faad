"""The rule of ties (judging.domain.assignment.conflicts) in the words of the database:
what a juror must not see, as of this instant.

Facts change after an assignment: somebody joins a start-up, an address is confirmed, a mail domain is written down.
Whoever reads asks afresh, so that an entry disappears from the juror's sight at that very moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower, StrIndex, Substr

from judging.domain.assignment.conflicts import read_domains
from judging.models import Conflict, Juror
from network.models import Membership, Organisation, User
from toolkit.mail_domains import roots_of, spellings_of
from toolkit.prepared import number, text

Rows = TypeVar("Rows", bound=QuerySet[Any])


@cache
def free_mail() -> frozenset[str]:
    """Domains that say nothing of an employer."""
    with (settings.BASE_DIR / "data" / "freemail.txt").open(encoding="utf-8") as lines:
        return read_domains(lines)


def without_ties(seats: Rows, user: User) -> Rows:
    """Of assignments of this user, those whose entry has no tie with them:
    neither declared (in whichever seat) nor by rule."""
    declared = Conflict.objects.filter(juror__user=user, entry=OuterRef("entry_id"))
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
    """A mail domain of the team, or of its organisation, at or under one that the juror's side registers,
    free-mail apart."""
    tied = Q(pk__in=[])
    bodies = Organisation.objects.annotate(domain=Lower("email_domain"))
    body = bodies.filter(pk=OuterRef(f"{TEAM}_id"))
    for roots, seats in roots_of_seats(user).items():
        if roots:
            under = _under(roots)
            tied |= Q(juror__in=seats) & (Q(Exists(_addresses_of_team().filter(under))) | Q(Exists(body.filter(under))))
    return tied


def _under(roots: frozenset[str]) -> Q:
    """Rows whose `domain` is one of `roots` or below it, and no free-mail service's."""
    under = Q(pk__in=[])
    for root in sorted(roots):
        for spelling in spellings_of(root):
            under |= Q(domain=spelling) | Q(domain__endswith=f".{spelling}")
    return under & ~Q(domain__in=[*free_mail(), ""])


def roots_of_seats(user: User) -> dict[frozenset[str], list[int]]:
    """{registrable mail domains: seats of this user whose side they are}: of confirmed addresses, of the one that was
    invited, of the organisation that the juror sits for. One query, once per user object (a request)."""
    if not hasattr(user, "_mail_roots"):
        rows = Juror.objects.filter(user=user).order_by("pk")
        names = (
            "pk",
            "email",
            "organisation__email_domain",
            "user__emailaddress__email",
            "user__emailaddress__verified",
        )
        sides: dict[int, set[str]] = {}
        for pk, invited, body, address, verified in rows.values_list(*names):
            sides.setdefault(pk, set()).update({invited, body or "", address if address and verified else ""})
        found: dict[frozenset[str], list[int]] = {}
        for pk, side in sides.items():
            found.setdefault(roots_of(side, free_mail()), []).append(pk)
        user._mail_roots = found
    told: dict[frozenset[str], list[int]] = user._mail_roots
    return told


@dataclass(frozen=True)
class StandIn:
    """How many mail domains and seats each side of a juror has: of what shape the conditions above are. With
    `toolkit.prepared` they are built once for each shape, for `user`, and asked with what `values_of` gives."""

    sides: tuple[tuple[int, int], ...]

    @property
    def user(self) -> User:
        """A user of placeholders: number(0), their seats number(1) and on, their domains text(0) and on."""
        user, seats, domains = User(pk=number(0)), count(1), count()
        user._mail_roots = {
            frozenset(text(next(domains)) for _ in range(many)): [number(next(seats)) for _ in range(of)]
            for many, of in self.sides
        }
        return user


def stand_in(user: User) -> tuple[StandIn, dict[int | str, int | str]]:
    """The shape of this user's ties, and {placeholder: what it stands for}."""
    sides = [
        (sorted({spelling for root in roots for spelling in spellings_of(root)}), seats)
        for roots, seats in roots_of_seats(user).items()
        if roots
    ]
    values: dict[int | str, int | str] = {number(0): user.pk}
    values |= {number(n): seat for n, seat in enumerate((seat for _, seats in sides for seat in seats), 1)}
    values |= {text(n): domain for n, domain in enumerate(domain for domains, _ in sides for domain in domains)}
    return StandIn(tuple((len(domains), len(seats)) for domains, seats in sides)), values


def _addresses(user: User) -> QuerySet[Any]:
    return _readable(EmailAddress.objects.filter(user=user, verified=True))


def _addresses_of_team() -> QuerySet[Any]:
    """For a subquery of assignments: the confirmed addresses of everybody on the start-up's team."""
    return _readable(EmailAddress.objects.filter(user__memberships__organisation=OuterRef(f"{TEAM}_id"), verified=True))


def _readable(addresses: QuerySet[EmailAddress]) -> QuerySet[Any]:
    return addresses.annotate(address=Lower("email"), domain=_domain(F("email")))


def _domain(address: Any) -> Lower:
    """What stands after the @ of an address, in small letters."""
    return Lower(Substr(address, StrIndex(address, Value("@")) + 1))
