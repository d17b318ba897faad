"""What a document of a stay says, frozen when it is drafted (docs/formats/agreement.schema.json). Pure.

Its canonical bytes are hashed, and travel inside its PDF. Formats that were written before are read too, and written
again byte for byte: what they don't hold has a default, and is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corridor.domain.chain.chain import FactsSaid
from corridor.domain.life.reports import PromisedTime
from corridor.domain.terms.clauses import ClauseSaid
from toolkit.typed_data import Data, Misshapen, as_data, from_data, left_out

AGREEMENT_FORMAT = "passerelle-agreement-2"
CHANGE_FORMAT = "passerelle-change-1"  # an agreement’s shape, with `changes` and `change`
READ = ("passerelle-agreement-1", AGREEMENT_FORMAT, CHANGE_FORMAT)


@dataclass(frozen=True)
class PartyBlock:
    """A party as the document names it: `party` is its code, `organisation` the slug of a body, empty for a person,
    `formerly` what the agreement called it."""

    party: str
    label: str
    organisation: str
    name: str
    address: str
    signatory: str
    capacity: str
    authority: str
    consent: str
    formerly: str = left_out("")


@dataclass(frozen=True, kw_only=True)
class Text:
    """What the document says in one language; `words` are the short texts around it."""

    language: str
    title: str
    subtitle: str
    programme: str
    parties: tuple[PartyBlock, ...]
    clauses: tuple[ClauseSaid, ...]
    annexes: tuple[ClauseSaid, ...]
    words: Mapping[str, str]
    prevails: str = left_out("")  # the name of the language that does, where there are two
    drafted_on: str

    def party(self, code: str) -> PartyBlock:
        """A party's block. Raises StopIteration for one that it does not name."""
        return next(block for block in self.parties if block.party == code)


@dataclass(frozen=True)
class TemplateSaid:
    """Which version of which template was filled."""

    slug: str
    version: int


@dataclass(frozen=True)
class Verification:
    """Where the document is checked: the page, and the address that the QR code holds."""

    code: str
    address: str
    url: str


@dataclass(frozen=True)
class Changed:
    """The agreement that a document changes, and its place among those that do, from 1."""

    reference: str
    place: int
    sha256: str


@dataclass(frozen=True)
class ChangeSaid:
    """What a document changes: what stood and what stands once it is in force, and who asked for it how."""

    before: FactsSaid
    after: FactsSaid
    topics: tuple[str, ...]
    text: str
    reason: str
    party: str
    clause: str
    is_joint: bool


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the document is. An agreement has a `stay`, a document that changes one has `changes` and `change`."""

    format: str
    kind: str = left_out("")
    template: TemplateSaid | None = left_out(None)
    terms_version: int
    languages: tuple[str, ...] | None = left_out(None)
    prevailing: str = left_out("")
    reference: str
    drafted_at: str
    is_sample: bool
    time_zone: str
    stay: FactsSaid | None = left_out(None)
    changes: Changed | None = left_out(None)
    change: ChangeSaid | None = left_out(None)


@dataclass(frozen=True, kw_only=True)
class Content(Text, Head):
    """The whole document. In its middle stands the text of its first language, `beside` it that of the second.

    `rules` are the template's (host_law); what is not issued has a `preview`, which says so.
    """

    reports: tuple[PromisedTime, ...] = left_out(())
    rules: Mapping[str, str] | None = left_out(None)
    verification: Verification | None = left_out(None)
    beside: Text | None = left_out(None)
    preview: str = left_out("")

    @property
    def texts(self) -> tuple[Text, ...]:
        """What it says, by language: one, or two."""
        return (self,) if self.beside is None else (self, self.beside)

    def as_data(self) -> Data:
        """The document as it is kept, hashed and attached."""
        data: Data = as_data(self)
        return data

    @classmethod
    def from_data(cls, data: Data) -> Content:
        """What is kept of a document. Raises Misshapen for what is none, or one of a format that nobody wrote."""
        if data.get("format") not in READ:
            raise Misshapen("format", f"it is none of {', '.join(READ)}.")
        return from_data(cls, data)
