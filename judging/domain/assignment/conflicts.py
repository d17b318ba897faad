"""Ties between jurors and entries that follow from facts. No model, no database: facts in, ties out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from toolkit.mail_domains import ladder_of, roots_of

SAME_PERSON, SAME_ORGANISATION, SAME_CITY, SAME_DOMAIN = (
    "same_person",
    "same_organisation",
    "same_city",
    "same_domain",
)
KINDS = (SAME_PERSON, SAME_ORGANISATION, SAME_CITY, SAME_DOMAIN)
Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Side:
    """What is known of one side: a juror, or the team behind an entry. `key` names it to the caller.

    `emails` are addresses proven to be theirs (a juror's invited one too), `domains` further mail domains of their
    organisation; `organisations` and `cities` are the caller's ids.
    """

    key: int
    people: frozenset[int] = frozenset()
    emails: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    cities: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tie:
    """`kind` is the strongest reason found (in the order of KINDS);
    `shared` is what both sides have in common, as text."""

    juror: int
    entry: int
    kind: str
    shared: str


def read_domains(lines: Iterable[str]) -> frozenset[str]:
    """The domains of a list with one a line; “#” starts a comment."""
    return frozenset(name for line in lines if (name := line.partition("#")[0].strip().lower()))


def find_ties(
    jurors: Sequence[Side], entries: Sequence[Side], *, free_mail: frozenset[str], same_city: bool
) -> list[Tie]:
    """Every juror and entry with a tie, once each, in the order given.

    Same person: an account or an address in common. Same organisation: one in common. Same city: one in common, where
    the round says so. Same mail domain: the team's lies at or under one that the juror's side registers
    (toolkit.mail_domains), and that is not a free-mail service, which says nothing of an employer.
    """
    juror_domains = [roots_of(juror.emails | juror.domains, free_mail) for juror in jurors]
    entry_domains = [ladder_of(entry.emails | entry.domains, free_mail) for entry in entries]
    return [
        Tie(juror.key, entry.key, *found)
        for juror, of_juror in zip(jurors, juror_domains, strict=True)
        for entry, of_entry in zip(entries, entry_domains, strict=True)
        if (found := _tie(juror, entry, of_juror & of_entry, same_city))
    ]


def _tie(juror: Side, entry: Side, domains: frozenset[str], same_city: bool) -> tuple[str, str] | None:
    addresses = frozenset(map(str.lower, juror.emails)) & frozenset(map(str.lower, entry.emails))
    for kind, shared in (
        (SAME_PERSON, addresses or juror.people & entry.people),
        (SAME_ORGANISATION, juror.organisations & entry.organisations),
        (SAME_CITY, juror.cities & entry.cities if same_city else frozenset()),
        (SAME_DOMAIN, domains),
    ):
        if shared:
            return kind, str(min(shared))
    return None
