"""What amendments and extensions have in common: other days, desks, people or wording on a stay that stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.domain.calendar.spans import length_of
from corridor.domain.chain.chain import TEXT_LIMIT, Facts, Person, Proposal, amended, fault_of_amendment
from corridor.domain.terms.clauses import Terms, Value, fill, last_day
from corridor.domain.terms.content import ChangeSaid
from corridor.kinds.document_kinds import AskingForm, ChangeKind, Said
from corridor.kinds.lengths import length_words
from network.countries import countries_in_words
from toolkit.dates import date_format

if TYPE_CHECKING:
    from corridor.models import Stay


class Amending(ChangeKind):
    """Changes what stands of a stay. `may_lengthen` and `must_lengthen`: an extension is a document of its own."""

    may_lengthen = True
    must_lengthen = False

    def ask(self, form: AskingForm) -> None:
        self.ask_what(form)
        form.fields["text"] = forms.CharField(
            label=gettext_lazy("Other wording that the parties agree on"),
            required=False,
            max_length=TEXT_LIMIT,
            widget=forms.Textarea({"rows": 4}),
            help_text=gettext_lazy(
                "Printed as it is, in the language of the agreement. Name the clause that it changes."
            ),
        )
        super().ask(form)

    def ask_what(self, form: AskingForm) -> None:
        """Adds the fields of days and desks."""

    def proposal(
        self, values: Mapping[str, Any], ends: date | None, stay: Stay, people: tuple[Person, ...] | None
    ) -> Proposal:
        starts, desks = values.get("starts"), values.get("desks")
        return Proposal(
            starts=starts if starts != stay.starts else None,
            ends=ends if ends != stay.ends else None,
            desks=desks if desks != stay.desks else None,
            people=people,
            text=values["text"].replace("\r\n", "\n"),
            reason=values.get("reason", ""),
        )

    def changed(self, before: Facts, asked: Proposal) -> Facts:
        return amended(before, asked)

    def fault(self, before: Facts, asked: Proposal, today: date, notice: timedelta) -> str:
        return super().fault(before, asked, today, notice) or fault_of_amendment(
            before, asked, today, may_lengthen=self.may_lengthen, must_lengthen=self.must_lengthen
        )

    def problems(self, last: str, notice_days: int) -> dict[str, tuple[str, str | None]]:
        return {
            **super().problems(last, notice_days),
            "nothing": (_("Nothing is changed. Say what shall be different."), None),
            "starts": (_("The first day can't change any more, or lies in the past."), "starts"),
            "window": (_("The last day lies before the first."), "ends"),
            "past": (_("Choose a last day that has not passed."), "ends"),
            "longer": (_("This makes the stay longer: choose “Extend the stay”."), "ends"),
            "shorter": (_("An extension ends after the last day agreed so far, and begins as before."), "ends"),
            "desks": (_("At least one desk."), "desks"),
            "people_days": (_("Choose days within the stay for each person."), None),
            "people_many": (_("More people would be there on one day than there are desks."), None),
        }

    def values(
        self, said: Said, terms: Terms, names: Mapping[str, str], clauses: Mapping[str, str]
    ) -> dict[str, Value]:
        words, before, after = terms.parts["change"], said.before, said.after
        lines = []
        if after.starts != before.starts:
            lines.append(fill(words["starts"], {"new": _day(after.starts), "old": _day(before.starts)}))
        if after.ends != before.ends:
            lines.append(fill(words["ends"], {"new": _day(last_day(after.ends)), "old": _day(last_day(before.ends))}))
        if after.desks != before.desks:
            lines.append(fill(words["desks"], {"new": str(after.desks), "old": str(before.desks)}))
        if after.people != before.people:
            about = "people" if said.asked.people is not None else "follow"
            people = {"new": _people(terms, after.people), "old": _people(terms, before.people)}
            lines.append(fill(words[about], people))
        lasted = {
            "new": _length(words, after),
            "old": _length(words, before),
            "first": _day(after.starts),
            "last": _day(last_day(after.ends)),
        }
        text = said.asked.text.strip()
        return {
            "changes": tuple(lines) or (words["none"],),
            "length": fill(words["length"], lasted),
            "other": fill(words["text_given"], {"text": text}) if text else words["text_none"],
        }

    def in_words(self, said: ChangeSaid, before: Facts, after: Facts) -> list[str]:
        lines = []
        if after.starts != before.starts:
            days = {"new": date_format(after.starts), "old": date_format(before.starts)}
            lines.append(_("First day: %(new)s instead of %(old)s.") % days)
        if after.ends != before.ends:
            days = {"new": date_format(last_day(after.ends)), "old": date_format(last_day(before.ends))}
            lines.append(_("Last day: %(new)s instead of %(old)s.") % days)
        if lines:
            lasts = {"length": length_words(after.starts, after.ends)}
            lines.append(_("The stay lasts %(length)s.") % lasts)
        if after.desks != before.desks:
            lines.append(_("Desks: %(new)s instead of %(old)s.") % {"new": after.desks, "old": before.desks})
        if "people" in said.topics:
            lines.append(_("Who travels is named anew."))
        return lines


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _people(terms: Terms, people: Sequence[Person]) -> str:
    words, countries = terms.parts["change"], terms.parts["countries"]
    named = [
        fill(
            words["person"],
            {
                "name": one.name,
                "country": countries_in_words(one.nationalities, countries),
                "first": _day(one.starts),
                "last": _day(last_day(one.ends)),
            },
        )
        for one in people
    ]
    return "; ".join(named) or words["nobody"]


def _length(words: Mapping[str, str], facts: Facts) -> str:
    """“six months and twelve days”, in figures, by the calendar rule."""
    months, days = length_of(facts.starts, facts.ends)
    parts = {
        "months": fill(words["months_one" if months == 1 else "months_many"], {"months": str(months)}),
        "days": fill(words["days_one" if days == 1 else "days_many"], {"days": str(days)}),
    }
    if months and days:
        return fill(words["and"], parts)
    return parts["months"] if months else parts["days"]
