"""What people fill in to change or end an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.agreements.changes.content import clauses_of, party_blocks
from corridor.domain.chain.chain import ENDINGS, TEXT_LIMIT, Person, Proposal
from corridor.forms import ONE_DAY, DateInput
from corridor.models import Agreement, Stay
from corridor.states import DocumentKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


ALONE, TOGETHER = "alone", "together"
SIGNATORY = (
    ("signatory", _("Signs"), 150),
    ("capacity", _("In the capacity of"), 150),
    ("authority", _("By virtue of"), 300),
)


class ChangeForm(forms.Form):
    """The proposal of one kind. `parties` are (party, name): all for an organiser, a party's own people their own.

    `has_begun`: the first day is no longer open to change.
    """

    def __init__(
        self,
        *args: Any,
        kind: str,
        agreement: Agreement,
        stay: Stay,
        parties: Sequence[tuple[str, str]],
        organises: bool,
        has_begun: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.stay, self.organises = kind, stay, organises
        last = stay.ends - ONE_DAY
        if kind in ENDINGS:
            self._ask_how_it_ends(agreement, parties, has_begun)
        else:
            if kind == DocumentKind.AMENDMENT and not has_begun:
                self._day("starts", _("First day"), stay.starts)
            self._day("last_day", _("New last day") if kind == DocumentKind.EXTENSION else _("Last day"), last)
            if kind == DocumentKind.AMENDMENT:
                self.fields["desks"] = forms.IntegerField(
                    label=_("Desks"), min_value=1, max_value=99, initial=stay.desks
                )
            self.fields["text"] = forms.CharField(
                label=_("Other wording that the parties agree on"),
                required=False,
                max_length=TEXT_LIMIT,
                widget=forms.Textarea({"rows": 4}),
                help_text=_("Printed as it is, in the language of the agreement. Name the clause that it changes."),
            )
        if not organises and kind not in ENDINGS:
            self._reason()
        if not organises and len(parties) > 1 and kind not in ENDINGS:
            self.fields["party"] = forms.ChoiceField(label=_("You ask for"), choices=parties)
        elif not organises and kind not in ENDINGS:
            self.fields["party"] = forms.CharField(widget=forms.HiddenInput, initial=parties[0][0] if parties else "")
        if organises:
            self._ask_who_signs(agreement)

    def _day(
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

    def _reason(self) -> None:
        self.fields["reason"] = forms.CharField(
            label=_("Reason, which the others read"), max_length=500, widget=forms.Textarea({"rows": 3})
        )

    def _ask_how_it_ends(self, agreement: Agreement, parties: Sequence[tuple[str, str]], has_begun: bool) -> None:
        withdraws = self.kind == DocumentKind.WITHDRAWAL
        offered = list(parties) if withdraws or not self.organises else [("", _("nobody in particular")), *parties]
        self.fields["party"] = forms.ChoiceField(
            label=_("Who withdraws") if withdraws else _("Who ends it"), choices=offered, required=withdraws
        )
        self.fields["how"] = forms.ChoiceField(
            label=_("How"),
            choices=[
                (ALONE, _("by a notice of that party alone: it signs, the others are told and confirm receipt")),
                (TOGETHER, _("together: every party signs")),
            ],
            initial=ALONE if withdraws else TOGETHER,
            widget=forms.RadioSelect,
        )
        self.fields["clause"] = forms.ChoiceField(
            label=_("Clause of the agreement that allows it"),
            choices=[("", _("none is needed when every party signs")), *clauses_of(agreement.frozen)],
            required=False,
            initial=next((str(c["number"]) for c in agreement.frozen.get("clauses", []) if c["code"] == "ending"), ""),
        )
        self._day(
            "last_day",
            _("Last day of the stay"),
            None,
            required=has_begun,
            help_text="" if has_begun else _("Empty: the stay does not take place."),
        )
        self._reason()

    def _ask_who_signs(self, agreement: Agreement) -> None:
        for block in party_blocks(agreement, {}, agreement.frozen):
            for key, label, length in SIGNATORY:
                self.fields[f"signs_{block['party']}_{key}"] = forms.CharField(
                    label=label, max_length=length, initial=block[key], required=key == "signatory"
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
        joint = values.get("how", TOGETHER) == TOGETHER
        if self.kind in ENDINGS:
            return Proposal(
                ends=ends,
                reason=values["reason"],
                party=values["party"],
                clause="" if joint else values["clause"],
                is_joint=joint,
            )
        starts, desks = values.get("starts"), values.get("desks")
        return Proposal(
            starts=starts if starts != self.stay.starts else None,
            ends=ends if ends != self.stay.ends else None,
            desks=desks if desks != self.stay.desks else None,
            people=people,
            text=values["text"].replace("\r\n", "\n"),
            reason=values.get("reason", ""),
        )


def initial_of(asked: Proposal) -> dict[str, Any]:
    """The form as it was filled in for a request."""
    days = {"starts": asked.starts, "last_day": asked.ends - ONE_DAY if asked.ends else None}
    given = {**days, "desks": asked.desks, "text": asked.text, "reason": asked.reason, "clause": asked.clause}
    found = {key: value for key, value in given.items() if value}
    return {**found, "party": asked.party, "how": TOGETHER if asked.is_joint else ALONE}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Why not, which the party reads"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
