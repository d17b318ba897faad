"""Who is expected to sign for a party of a document: the person whom it names, or who stands in for them."""

from dataclasses import dataclass

from corridor.agreements.templates.wording import shared_words
from corridor.domain.terms.clauses import fill
from corridor.domain.terms.content import Content
from corridor.models import Signature


@dataclass(frozen=True)
class Expected:
    """Who signs, in which capacity, and what that person declares in signing."""

    name: str
    capacity: str
    consent: str


def expected(signature: Signature, content: Content) -> Expected:
    """Who signs for the party. The document stays as it was issued, whoever signs."""
    named, instead = content.party(signature.party), signature.stand_in
    if not instead:
        return Expected(named.signatory, named.capacity, named.consent)
    values = {
        "reference": content.reference,
        "party_name": named.name,
        "signatory": instead["instead_of"],
        "authority": instead["authority"],
    }
    return Expected(instead["name"], instead["capacity"], fill(word(content, "stand_in_consent"), values))


def word(content: Content, key: str) -> str:
    """A word of the document; one that it was drafted without is said as documents say it today."""
    return content.words.get(key) or shared_words()[content.language]["words"][key]
