"""Who the parties of an agreement are: which sign, in which order, and the people who may sign for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corridor.states import Party
from network.models import Membership, Organisation, User
from network.states import Role

USUAL = (Party.HOST, Party.STARTUP, Party.CITY)


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

    A party is an organisation or a person: `organisations` holds the one, `persons` the other, None where it isn't known.
    `members` holds the people who may sign for each, oldest membership first.
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


def parties_of(stay, chosen: Mapping[str, Any] | None = None) -> Parties:
    """Who the parties of a stay are.

    `chosen` may name the signer of a party ({"city_signer": user id}): a body with several organisations, such as the home
    city, signs through that person's organisation, or else through the first one's.
    """
    host, startup = stay.incubator.organisation, stay.candidate.organisation
    people = Membership.objects.select_related("user", "organisation__city").order_by("pk")
    city = _signers(people.filter(role=Role.COORDINATOR, organisation__city=stay.candidate.home_city_id))
    members = {
        Party.HOST: _signers(people.filter(role=Role.HOST, organisation=host)),
        Party.STARTUP: _signers(people.filter(role=Role.FOUNDER, organisation=startup)) if startup else [],
        Party.CITY: city,
    }
    return Parties(
        {Party.HOST: host, Party.STARTUP: startup, Party.CITY: _through(city, (chosen or {}).get("city_signer"))},
        members,
    )


def _signers(memberships) -> list[Signer]:
    return [Signer(membership.user, membership.organisation) for membership in memberships]


def _through(members: Sequence[Signer], user_id: Any) -> Organisation | None:
    """The organisation of the person who was chosen, or of the first one."""
    named = [member for member in members if str(member.user_id) == str(user_id)] or list(members)
    return named[0].organisation if named else None


def signing_order(asked: str | None, parties: Sequence[Party] = USUAL) -> tuple[Party, ...] | None:
    """The order that was asked for (“host city startup”; nothing asked: the usual one); None for one that isn't an order."""
    order = (asked or " ".join(parties)).split()
    return tuple(Party(party) for party in order) if sorted(order) == sorted(parties) else None


def missing_accounts(parties: Parties) -> list[str]:
    """Codes (“host_account”) of the parties without anybody who could sign."""
    return [f"{party}_account" for party in parties.order if not parties.members[party]]
