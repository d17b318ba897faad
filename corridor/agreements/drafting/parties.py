"""Who the parties of an agreement are: which sign, in which order, and the people who may sign for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corridor.states import GUESTS, SIGNING_ROLES, USUAL_PARTIES, Party
from network.models import Membership, Organisation, User

if TYPE_CHECKING:
    from corridor.models import Stay


@dataclass(frozen=True)
class Signer:
    """A person who may sign for a party: as a member of its organisation, or as the party itself (no organisation)."""

    user: User
    organisation: Organisation | None = None

    @property
    def user_id(self) -> int:
        return self.user.pk


@dataclass(frozen=True)
class Parties:
    """The parties in the order in which they usually sign.

    A party is an organisation or a person: `organisations` holds the one, `persons` the other, None where it isn't
    known. `members` holds the people who may sign for each, oldest membership first.
    """

    organisations: Mapping[Party, Organisation | None]
    members: Mapping[Party, list[Signer]]
    persons: Mapping[Party, User | None] = field(default_factory=dict)

    @property
    def order(self) -> tuple[Party, ...]:
        return tuple(self.members)

    def name_of(self, party: Party) -> str:
        """As the agreement prints it; empty when nobody is known yet."""
        body, person = self.organisations.get(party), self.persons.get(party)
        return body.name if body else person.full_name if person else ""

    def signer_of(self, party: Party, user_id: Any) -> Signer | None:
        """The one of the party's people who has this id."""
        return next((member for member in self.members[party] if str(member.user_id) == str(user_id)), None)


def parties_of(stay: Stay, chosen: Mapping[str, Any] | None = None, also: Iterable[str] = ()) -> Parties:
    """Who the parties of a stay are: those that its programme names, in that order,
    then those that its template asks for.

    `chosen` may name the signer of a party ({"city_signer": user id}): a body of several organisations, such as the
    home city, signs through that person's organisation, or else through the first one's.
    """
    order = list(dict.fromkeys(Party(party) for party in (*stay.programme.parties, *also)))
    candidate = stay.candidate
    person = candidate.user if candidate.user_id else None
    known = {Party.HOST: stay.incubator.organisation, **dict.fromkeys(GUESTS, candidate.organisation)}
    people = Membership.objects.filter(user__is_active=True).select_related("user", "organisation__city").order_by("pk")
    members: dict[Party, list[Signer]] = {}
    organisations: dict[Party, Organisation | None] = {}
    for party in order:
        of_role = people.filter(role=SIGNING_ROLES[party])
        if party in GUESTS and person is not None:
            members[party], organisations[party] = [Signer(person)], None
        elif party in known:
            body = organisations[party] = known[party]
            members[party] = _signers(of_role.filter(organisation=body)) if body else []
        else:
            here = {"organisation__city": candidate.home_city_id} if party == Party.CITY else {}
            members[party] = _signers(of_role.filter(**here))
            organisations[party] = _through(members[party], (chosen or {}).get(f"{party}_signer"))
    persons = {party: person for party in order if party in GUESTS and person is not None}
    return Parties(organisations, members, persons)


def _signers(memberships: Iterable[Membership]) -> list[Signer]:
    return [Signer(membership.user, membership.organisation) for membership in memberships]


def _through(members: Sequence[Signer], user_id: Any) -> Organisation | None:
    """The organisation of the person who was chosen, or of the first one."""
    named = [member for member in members if str(member.user_id) == str(user_id)] or list(members)
    return named[0].organisation if named else None


def signing_order(asked: str | None, parties: Sequence[Party] = USUAL_PARTIES) -> tuple[Party, ...] | None:
    """The order that was asked for (“host city startup”; nothing asked: the usual one);
    None for one that isn't an order."""
    order = (asked or " ".join(parties)).split()
    return tuple(Party(party) for party in order) if sorted(order) == sorted(parties) else None


def missing_accounts(parties: Parties) -> list[str]:
    """Codes (“host_account”) of the parties without anybody who could sign."""
    return [f"{party}_account" for party in parties.order if not parties.members[party]]
