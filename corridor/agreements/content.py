"""The content of a document in two languages as its files and pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from corridor.domain.terms.clauses import ClauseSaid, Paragraph
from corridor.domain.terms.content import Content, PartyBlock


@dataclass(frozen=True)
class ClausePair:
    """A clause in both languages. Where one has a paragraph more, the other one's place holds None."""

    first: ClauseSaid
    second: ClauseSaid

    @property
    def paragraphs(self) -> list[tuple[Paragraph | None, Paragraph | None]]:
        return list(zip_longest(self.first.paragraphs, self.second.paragraphs))


@dataclass(frozen=True)
class BothLanguages:
    """What stands side by side."""

    parties: list[tuple[PartyBlock, PartyBlock]]
    clauses: list[ClausePair]
    annexes: list[ClausePair]


def beside_each_other(content: Content) -> BothLanguages | None:
    """Both languages of a document in pairs; None for one in one language."""
    other = content.beside
    if other is None:
        return None
    return BothLanguages(
        list(zip(content.parties, other.parties, strict=True)),
        _pairs(content.clauses, other.clauses),
        _pairs(content.annexes, other.annexes),
    )


def _pairs(first: tuple[ClauseSaid, ...], second: tuple[ClauseSaid, ...]) -> list[ClausePair]:
    return [ClausePair(one, same) for one, same in zip(first, second, strict=True)]
