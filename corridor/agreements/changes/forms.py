"""What people fill in to change or end an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.agreements.changes.content import clauses_of, party_blocks
from corridor.domain.chain.chain import Person, Proposal
from corridor.forms import ONE_DAY, DateInput
from corridor.kinds.document_kinds import ChangeKind
from corridor.kinds.ending import ALONE, TOGETHER
from corridor.models import Agreement, Stay

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


SIGNATORY = (
    ("signatory", _("Signs"), 150),
    ("capacity", _("In the capacity of"), 150),
    ("authority", _("By virtue of"), 300),
)


class ChangeForm(forms.Form):
    """The proposal of one kind (see corridor.kinds.document_kinds.AskingForm, which says what the kind may ask)."""

    def __init__(
        self,
        *args: Any,
        kind: ChangeKind,
        agreement: Agreement,
        stay: Stay,
        parties: Sequence[tuple[str, str]],
        organises: bool,
        has_begun: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.stay, self.parties, self.organises, self.has_begun = kind, stay, parties, organises, has_begun
        self.clauses = clauses_of(agreement.content)
        self.ending_clause = next((str(c.number) for c in agreement.content.clauses if c.code == "ending"), "")
        kind.ask(self)
        if organises:
            self._ask_who_signs(agreement)

    def day(
        self,
        name: str,
        label: str | StrPromise,
        initial: date | None,
        *,
        required: bool = True,
        help_text: str | StrPromise = "",
    ) -> None:
        self.fields[name] = forms.DateField(
            label=label, widget=DateInput, initial=initial, required=required, help_text=help_text
        )

    def reason(self) -> None:
        self.fields["reason"] = forms.CharField(
            label=_("Reason, which the others read"), max_length=500, widget=forms.Textarea({"rows": 3})
        )

    def _ask_who_signs(self, agreement: Agreement) -> None:
        for block in party_blocks(agreement, {}, agreement.content):
            for key, label, length in SIGNATORY:
                self.fields[f"signs_{block.party}_{key}"] = forms.CharField(
                    label=label, max_length=length, initial=getattr(block, key), required=key == "signatory"
                )

    def signing(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(label of the party, its fields), in the agreement's order."""
        names: dict[str, list[forms.BoundField]] = {}
        for name in self.fields:
            if name.startswith("signs_"):
                names.setdefault(name.split("_")[1], []).append(self[name])
        return list(names.items())

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("signs_")]

    def signatories(self) -> dict[str, dict[str, str]]:
        """{party: {signatory, capacity, authority}}."""
        found: dict[str, dict[str, str]] = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("signs_"):
                _signs, party, key = name.split("_")
                found.setdefault(party, {})[key] = value
        return found

    def asked(self, people: tuple[Person, ...] | None = None) -> Proposal:
        """What differs from what stands; `people` when they were named anew."""
        values: dict[str, Any] = self.cleaned_data
        ends = values["last_day"] + ONE_DAY if values.get("last_day") else None
        return self.kind.proposal(values, ends, self.stay, people)


def initial_of(asked: Proposal) -> dict[str, object]:
    """The form as it was filled in for a request."""
    days = {"starts": asked.starts, "last_day": asked.ends - ONE_DAY if asked.ends else None}
    given = {**days, "desks": asked.desks, "text": asked.text, "reason": asked.reason, "clause": asked.clause}
    found = {key: value for key, value in given.items() if value}
    return {**found, "party": asked.party, "how": TOGETHER if asked.is_joint else ALONE}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Why not, which the party reads"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
