"""Who is expected to sign for a party of a document: the person whom it names, or who stands in for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corridor.agreements.content import party_in
from corridor.agreements.templates.wording import shared_words
from corridor.domain.terms.clauses import fill
from corridor.models import Signature


@dataclass(frozen=True)
class Expected:
    """Who signs, in which capacity, and what that person declares in signing."""

    name: str
    capacity: str
    consent: str


def expected(signature: Signature, frozen: Mapping[str, Any]) -> Expected:
    """Who signs for the party. The document stays as it was issued, whoever signs."""
    named, instead = party_in(frozen, signature.party), signature.stand_in
    if not instead:
        return Expected(named["signatory"], named["capacity"], named["consent"])
    values = {
        "reference": frozen["reference"],
        "party_name": named["name"],
        "signatory": instead["instead_of"],
        "authority": instead["authority"],
    }
    return Expected(instead["name"], instead["capacity"], fill(word(frozen, "stand_in_consent"), values))


def word(frozen: Mapping[str, Any], key: str) -> str:
    """A word of the document; one that it was drafted without is said as documents say it today."""
    found: str = frozen["words"].get(key) or shared_words()[frozen["language"]]["words"][key]
    return found
