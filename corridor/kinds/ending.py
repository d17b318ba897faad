"""What withdrawals and terminations have in common: the stay ends early, or does not take place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corridor.domain.chain.chain import ONE_DAY, Facts, Person, Proposal, ended, ends_on, fault_of_ending
from corridor.domain.terms.clauses import Terms, Value, fill, last_day
from corridor.domain.terms.content import ChangeSaid
from corridor.kinds.document_kinds import AskingForm, ChangeKind, Said
from corridor.states import Party
from toolkit.dates import date_format

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from corridor.models import Stay

ALONE, TOGETHER = "alone", "together"


class Ending(ChangeKind):
    """Ends a stay: by consent of all, or by one party alone under a clause that allows it. `who` asks for that party,
    `usually` how such a document is signed. `asks_notice`: a party alone gives the days that the agreement asks for."""

    is_ending = True
    who: str | StrPromise
    usually = TOGETHER
    asks_notice = False

    def ask(self, form: AskingForm) -> None:
        offered: list[tuple[str, str | StrPromise]] = list(form.parties)
        if form.organises and not self.names_party:
            offered.insert(0, ("", gettext_lazy("nobody in particular")))
        form.fields["party"] = forms.ChoiceField(label=self.who, choices=offered, required=self.names_party)
        form.fields["how"] = forms.ChoiceField(
            label=gettext_lazy("How"),
            choices=[
                (
                    ALONE,
                    gettext_lazy("by a notice of that party alone: it signs, the others are told and confirm receipt"),
                ),
                (TOGETHER, gettext_lazy("together: every party signs")),
            ],
            initial=self.usually,
            widget=forms.RadioSelect,
        )
        form.fields["clause"] = forms.ChoiceField(
            label=gettext_lazy("Clause of the agreement that allows it"),
            choices=[("", gettext_lazy("none is needed when every party signs")), *form.clauses],
            required=False,
            initial=form.ending_clause,
        )
        form.day(
            "last_day",
            gettext_lazy("Last day of the stay"),
            None,
            required=form.has_begun,
            help_text="" if form.has_begun else gettext_lazy("Empty: the stay does not take place."),
        )
        form.reason()

    def proposal(
        self, values: Mapping[str, Any], ends: date | None, stay: Stay, people: tuple[Person, ...] | None
    ) -> Proposal:
        is_joint = values.get("how", TOGETHER) == TOGETHER
        return Proposal(
            ends=ends,
            reason=values["reason"],
            party=values["party"],
            clause="" if is_joint else values["clause"],
            is_joint=is_joint,
        )

    def changed(self, before: Facts, asked: Proposal) -> Facts:
        return ended(before, asked)

    def fault(self, before: Facts, asked: Proposal, today: date, notice: timedelta) -> str:
        return super().fault(before, asked, today, notice) or fault_of_ending(
            before, asked, today, self.days_asked(asked.is_joint, notice)
        )

    def days_asked(self, is_joint: bool, notice: timedelta) -> timedelta | None:
        """Between the signature and the end of the stay; None where the agreement asks for none."""
        return notice if self.asks_notice and not is_joint else None

    def problems(self, last: str, notice_days: int) -> dict[str, tuple[str, str | None]]:
        return {
            **super().problems(last, notice_days),
            "past": (_("Choose a last day that has not passed."), "ends"),
            "later": (_("The stay ends before %(day)s in any case: choose an earlier day.") % {"day": last}, "ends"),
            "clause": (_("Name the clause of the agreement that allows it."), "clause"),
            "notice": (
                ngettext(
                    "A party that withdraws alone gives %(days)s day’s notice. Choose a later day, or have all sign.",
                    "A party that withdraws alone gives %(days)s days’ notice. Choose a later day, or have all sign.",
                    notice_days,
                )
                % {"days": notice_days},
                "ends",
            ),
        }

    def latest_signature(self, after: Facts, is_joint: bool, notice: timedelta) -> date | None:
        return ends_on(after) - max(self.days_asked(is_joint, notice) or ONE_DAY, ONE_DAY)

    def values(
        self, said: Said, terms: Terms, names: Mapping[str, str], clauses: Mapping[str, str]
    ) -> dict[str, Value]:
        asked, after, before = said.asked, said.after, said.before
        words = terms.parts["joint" if asked.is_joint else "alone"]
        values: dict[str, Value] = {
            "party_name": names.get(asked.party, ""),
            "clause": clauses.get(asked.clause, asked.clause),
            "others": ", ".join(name for key, name in names.items() if key != asked.party),
            "first": _day(before.starts),
            "last": _day(last_day(after.ends)),
            "old": _day(last_day(before.ends)),
            "reason": asked.reason.strip(),
            "notice_days": str(said.notice.days),
        }
        ending = terms.parts["ending"]["never" if after.is_cancelled else "ends"]
        return {
            **values,
            "ends": fill(ending, values),
            "declaration": fill(self.declaration(said, words), values),
            "effect": fill(words["effect"], values),
            "receipt": fill(words["receipt"], values),
        }

    def declaration(self, said: Said, words: Mapping[str, str]) -> str:
        """The sentence of the template that ends the agreement."""
        return words[self.code]

    def in_words(self, said: ChangeSaid, before: Facts, after: Facts) -> list[str]:
        alone = not said.is_joint and said.party
        values = {
            "party": Party(said.party).label if said.party else "",
            "day": "" if after.is_cancelled else date_format(last_day(after.ends)),
        }
        if after.is_cancelled and alone:
            return [_("Notice of the %(party)s: the stay does not take place.") % values]
        if after.is_cancelled:
            return [_("The stay does not take place.")]
        if alone:
            return [_("Notice of the %(party)s: the stay ends on %(day)s.") % values]
        return [_("The stay ends on %(day)s.") % values]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
