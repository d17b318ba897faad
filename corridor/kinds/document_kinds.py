"""What a document of a stay is: one class for each kind, in corridor/kinds/documents.

The agreement begins a chain; every other kind (`ChangeKind`) follows one that all have signed. A kind says what it is
called, how it is offered and asked for (`ask`, `proposal`), what stands once it is in force (`changed`), what is wrong
with it today (`fault`, `problems`), until when it may be signed, what fills its text (`values`), what people read of it
(`in_words`), and what its signing means for the chain. Its text is a template of that kind: data/terms, the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.domain.chain.chain import Facts, Person, Proposal
from corridor.domain.terms.clauses import Terms, Value
from corridor.domain.terms.content import ChangeSaid
from toolkit.kinds import Registry, UnknownKind
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from corridor.models import Stay

USUAL = "agreement"  # what is meant where no kind is said: the document that begins a chain


class DocumentKind:
    """A kind of document. `called` names one in a sentence, from {reference} and, of a change, {place}."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    called: ClassVar[str | Promise]


class AskingForm(Protocol):
    """What a kind may know of the form in which a document of it is proposed, and how it asks there.

    `parties` are (party, name): all for an organiser, a party's own people their own. `clauses` are (number, heading)
    of the agreement, `ending_clause` the number of the one about its end. `has_begun`: the first day is over.
    """

    fields: dict[str, forms.Field]
    stay: Stay
    parties: Sequence[tuple[str, str]]
    clauses: list[tuple[str, str]]
    ending_clause: str
    organises: bool
    has_begun: bool

    def day(
        self,
        name: str,
        label: str | StrPromise,
        initial: date | None,
        *,
        required: bool = True,
        help_text: str | StrPromise = "",
    ) -> None: ...

    def reason(self) -> None: ...


@dataclass(frozen=True)
class Said:
    """What a document says besides what its agreement says, in whatever language: what was `asked`, what stands
    `before` and `after`. `notice` is what the agreement asks of a party that withdraws alone."""

    asked: Proposal
    before: Facts
    after: Facts
    notice: timedelta


class ChangeKind(DocumentKind):
    """A document that follows an agreement; this one leaves the stay as it is and is signed by every party.

    `heading` stands over its form; `offered` and `asked_for` are the links to it, for an organiser and for a party.
    """

    verb: ClassVar[str]  # in the log, of the stay, once it is executed
    heading: ClassVar[str | Promise]
    offered: ClassVar[str | Promise]
    asked_for: ClassVar[str | Promise]
    is_ending: ClassVar[bool] = False  # ends the agreement: nothing but another ending follows it
    amends: ClassVar[bool] = True  # the agreement is read with it
    is_given_alone: ClassVar[bool] = False  # a party may draft it itself, where it signs alone
    names_party: ClassVar[bool] = False  # says which party it is from, also where all sign
    names_people: ClassVar[bool] = False  # who travels is named anew
    ends_as: ClassVar[str] = ""  # of an ending: where the agreement then stands
    ended: ClassVar[str | Promise] = ""  # the same in a word for people
    ended_in_words: ClassVar[str | Promise] = ""  # and in sentences, with {reference} and {since}

    def about(self, notice_days: int) -> str:
        """What it is for, in a sentence below its link."""
        return ""

    def ask(self, form: AskingForm) -> None:
        """Adds the fields in which it is proposed."""
        if form.organises:
            return
        form.reason()
        if len(form.parties) > 1:
            form.fields["party"] = forms.ChoiceField(label=gettext_lazy("You ask for"), choices=list(form.parties))
        else:
            first = form.parties[0][0] if form.parties else ""
            form.fields["party"] = forms.CharField(widget=forms.HiddenInput, initial=first)

    def proposal(
        self, values: Mapping[str, Any], ends: date | None, stay: Stay, people: tuple[Person, ...] | None
    ) -> Proposal:
        """What was asked, from the cleaned fields; `ends` is the day after the last one, `people` are those named
        anew, None where nobody was."""
        return Proposal(reason=values.get("reason", ""))

    def changed(self, before: Facts, asked: Proposal) -> Facts:
        """What stands once it is in force."""
        return before

    def fault(self, before: Facts, asked: Proposal, today: date, notice: timedelta) -> str:
        """Why it can't be drafted today, as one of the codes of `problems`; empty when it can."""
        return "over" if today >= before.ends else ""

    def problems(self, last: str, notice_days: int) -> dict[str, tuple[str, str | None]]:
        """{code of a fault: (sentence, field)}; `last` is the day of the stay's end as people read it."""
        return {
            "over": (_("The stay has ended: its agreement can't be changed any more."), None),
            "reason": (_("Say why: the others read it."), "reason"),
        }

    def latest_signature(self, after: Facts, is_joint: bool, notice: timedelta) -> date | None:
        """The last day on which it may be signed and still be what it says; None for what can wait."""
        return None

    def values(
        self, said: Said, terms: Terms, names: Mapping[str, str], clauses: Mapping[str, str]
    ) -> dict[str, Value]:
        """What fills the placeholders of its template, in the language of `terms` which is active: beside what every
        document says of its agreement. `names` are {party: name}, `clauses` {number: heading} of the agreement."""
        return {}

    def in_words(self, said: ChangeSaid, before: Facts, after: Facts) -> list[str]:
        """What it changes, for people; `before` and `after` are the facts that `said` holds. Names nobody."""
        return []

    def leaves(self, party: str) -> bool:
        """Whether with it the guest goes for good, given that it comes from `party`: it waits for no other place."""
        return False


DOCUMENT_KINDS: Registry[DocumentKind] = Registry(gettext_lazy("Kind of document"), "corridor.kinds.documents")


def change_kinds() -> list[ChangeKind]:
    """The kinds that follow an agreement, in their order."""
    return [kind for kind in DOCUMENT_KINDS.values() if isinstance(kind, ChangeKind)]


def change_kind(code: object) -> ChangeKind:
    """The kind of a document that follows an agreement. Raises UnknownKind, or Refusal for one that begins a chain."""
    kind = DOCUMENT_KINDS.ask(code, field="kind")
    if not isinstance(kind, ChangeKind):
        raise Refusal(_("Choose what is to change."), code="change.kind", status=422)
    return kind


def offered() -> list[tuple[str, str | Promise]]:
    """What may be asked for in lists: (code, name)."""
    return [(kind.code, kind.name) for kind in DOCUMENT_KINDS.values()]


def kind_in_words(code: str) -> str:
    """What a kind is called; of one that nobody knows, that it is not known."""
    known = DOCUMENT_KINDS.get(code)
    return str(known.name) if known else str(UnknownKind(DOCUMENT_KINDS.family, code))


def rank_of(code: str) -> tuple[bool, int]:
    """Where a kind stands in lists; those that nobody knows come last."""
    known = DOCUMENT_KINDS.get(code)
    return known is None, known.order if known else 0
