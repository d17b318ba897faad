"""The places that a new document has for the signatures of its parties."""

from collections.abc import Iterable, Mapping
from typing import Any

from corridor.agreements.drafting.parties import Parties
from corridor.agreements.notices import party_people
from corridor.domain.chain.names import plain
from corridor.models import Agreement, Signature
from corridor.states import Party
from network.models import User


def open_signatures(agreement: Agreement, parties: Parties, given: Mapping[str, Any]) -> None:
    """The places of a new agreement's parties, in the order in which its frozen content names them.

    `given` holds the signers who were chosen ({"city_signer": user id});
    the host's is the member who has the printed name.
    """
    for place, block in enumerate(agreement.content.parties, start=1):
        party = Party(block.party)
        chosen = parties.signer_of(party, given.get(f"{party}_signer"))
        people = [member.user for member in parties.members[party]]
        Signature.objects.create(
            agreement=agreement,
            party=party,
            order=place,
            organisation=parties.organisations.get(party),
            user=parties.persons.get(party),
            signatory=chosen.user if chosen else namesake(people, block.signatory),
        )


def open_places_of_change(change: Agreement, places: Iterable[Signature]) -> None:
    """The places of a change's parties: those of `places`, of the agreement that it changes, in that order."""
    named = {block.party: block.signatory for block in change.content.parties}
    for order, place in enumerate(places, start=1):
        Signature.objects.create(
            agreement=change,
            party=place.party,
            order=order,
            organisation_id=place.organisation_id,
            user_id=place.user_id,
            signatory=namesake(party_people(place), named[place.party]),
        )


def namesake(people: Iterable[User], name: str) -> User | None:
    """The only one of the people who has the printed name; nobody when none or several have it."""
    found = [person for person in people if plain(person.full_name) == plain(name)]
    return found[0] if len(found) == 1 else None
