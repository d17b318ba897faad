"""What the organiser fills in to draft an agreement: who signs, on what terms, in which languages.
The services decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corridor.agreements.drafting.blanks import aside, own_words, suggest_terms, suggest_words, usually_prevails
from corridor.agreements.drafting.parties import Parties, parties_of
from corridor.agreements.templates.host_rules import name_of
from corridor.agreements.templates.languages import LANGUAGES
from corridor.domain.terms.clauses import Wording
from corridor.domain.terms.host_law import Rules, hours_of
from corridor.states import Party
from toolkit.offers import offer

if TYPE_CHECKING:
    from corridor.models import Stay


SIGNS = {
    Party.STARTUP: _("Signs for the start-up"),
    Party.GUEST: _("Signs for the guest"),
    Party.CITY: _("Signs for the home city"),
    Party.NETWORK: _("Signs for the network"),
    Party.SCHOOL: _("Signs for the school"),
}
ADDRESSES = {
    Party.STARTUP: _("Address of the start-up"),
    Party.GUEST: _("Address of the guest"),
    Party.CITY: _("Address of the home city"),
    Party.NETWORK: _("Address of the network"),
    Party.SCHOOL: _("Address of the school"),
}
HEADINGS = {
    Party.STARTUP: _("The start-up"),
    Party.GUEST: _("The guest"),
    Party.CITY: _("The home city"),
    Party.NETWORK: _("The network"),
    Party.SCHOOL: _("The school"),
}
CAPACITY, AUTHORITY = _("In the capacity of"), _("By virtue of")


class LanguagesForm(forms.Form):
    """The document's template and languages: chosen first, because the wording offered below depends on them."""

    template = forms.ChoiceField(label=_("Template"))
    language = forms.ChoiceField(label=_("Language of the agreement"))
    beside = forms.ChoiceField(label=_("Second language, side by side"), required=False)

    def __init__(self, *args: Any, languages: Sequence[str], templates: Sequence[Wording] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "template", [(one.slug, name_of(one)) for one in templates])
        if len(templates) < 2:
            del self.fields["template"]
        offered = [(code, LANGUAGES[code]) for code in languages]
        offer(self, "language", offered)
        offer(self, "beside", [("", _("none: one language")), *offered])


class TermsForm(forms.Form):
    """The terms that several agreements may share. Nothing is required:
    the service answers with the list of what is missing.

    What is said in words has a field for each language of the document; `languages` holds one or two.
    """

    mentor_hours = forms.IntegerField(label=_("Hours of mentoring a month"), min_value=1, max_value=100)
    immigration = forms.ChoiceField(
        label=_("Visas and permits"),
        choices=[
            ("startup", _("each person who travels applies; the incubator writes the letters")),
            ("host", _("the incubator applies where its country lets it")),
            ("none", _("nobody who travels needs one, as far as the guest knows")),
        ],
    )
    prevailing_language = forms.ChoiceField(label=_("Language that prevails"))
    signing_order = forms.ChoiceField(label=_("Order of signing"))

    def __init__(
        self, *args: Any, wording: Wording, languages: Sequence[str], order: Sequence[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        self.used = wording.terms(languages[0]).placeholders()
        self.groups_of: list[tuple[Any, list[str]]] = []
        for name in ("mentor_hours", "immigration"):
            if name not in self.used:
                del self.fields[name]
        offer(self, "prevailing_language", [(code, LANGUAGES[code]) for code in languages])
        offer(
            self,
            "signing_order",
            [(" ".join(one), ", ".join(str(party.label) for party in one)) for one in permutations(order)],
        )
        if len(languages) == 1:
            del self.fields["prevailing_language"]

    def add_words(self, key: str, label: Any, **options: Any) -> list[str]:
        """A field for each language of the document; returns their names."""
        names = []
        for place, language in enumerate(self.languages):
            name = key if place == 0 else aside(key, language)
            said = label if len(self.languages) == 1 else format_lazy("{} ({})", label, LANGUAGES[language])
            widget = options.get("widget", forms.TextInput)(attrs={"lang": language, **options.get("attrs", {})})
            self.fields[name] = forms.CharField(
                label=said,
                max_length=options.get("max_length", 300),
                help_text=options.get("help_text", "") if place == 0 else "",
                widget=widget,
            )
            names.append(name)
        return names

    def add_if_used(self, key: str, label: Any, **options: Any) -> list[str]:
        return self.add_words(key, label, **options) if key in self.used else []

    def finish(self) -> None:
        for field in self.fields.values():
            field.required = False

    def present(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in order."""
        return [(heading, [self[name] for name in names]) for heading, names in self.groups_of if names]

    def terms(self) -> Mapping[str, Any]:
        """What the services take: texts of a document in two languages as {language: text}."""
        given = {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}
        if len(self.languages) == 1:
            return given
        first, second = self.languages
        said = {name.rpartition("__")[0] for name in self.fields if name.endswith(f"__{second}")}
        texts = {key: {first: given.get(key, ""), second: given.get(aside(key, second), "")} for key in said}
        rest = {key: value for key, value in given.items() if key not in said and not key.endswith(f"__{second}")}
        return rest | {key: text for key, text in texts.items() if any(text.values())}


class DraftForm(TermsForm):
    """What only the organiser can say about one agreement."""

    mentor = forms.CharField(
        label=_("Mentor"),
        max_length=150,
        help_text=_("Empty: the incubator names a mentor on the first day at the latest."),
    )

    def __init__(self, *args: Any, stay: Stay, wording: Wording, languages: Sequence[str], **kwargs: Any) -> None:
        self.parties = parties_of(stay, also=wording.rules().parties)
        super().__init__(*args, wording=wording, languages=languages, order=self.parties.order, **kwargs)
        if "mentor" not in self.used:
            del self.fields["mentor"]
        for party in self.parties.order:
            if party != Party.HOST:
                self.groups_of.append((HEADINGS[party], self._party(party, self.parties)))
        self.groups_of.append((_("The incubator"), self._host(stay)))
        self.groups_of.append(
            (
                _("The stay"),
                self.present("mentor", "mentor_hours")
                + self.add_if_used("fee", _("Price of the place and the services"), max_length=200)
                + self.present("immigration")
                + self.add_if_used(
                    "aims",
                    _("Aims of the stay"),
                    max_length=1000,
                    widget=forms.Textarea,
                    attrs={"rows": 3},
                    help_text=_("Annex 1. Empty: the guest delivers a work plan within the first month."),
                ),
            )
        )
        own = wording.terms(languages[0]).parts.get("blanks", {})
        asked = [
            name
            for key, label in own.items()
            for name in self.add_words(key, label, max_length=1000, help_text=_about_hours(wording.rules(), stay, key))
        ]
        self.groups_of.append((_("What this template asks"), asked))
        law = self.add_if_used("law", _("Law that governs the agreement")) + self.add_if_used(
            "court", _("Court that decides")
        )
        self.groups_of.append((_("Law and language"), law + self.present("prevailing_language")))
        self.groups_of.append((_("Signatures"), ["signing_order"]))
        self.finish()

    def _party(self, party: Party, parties: Parties) -> list[str]:
        signer, address = f"{party}_signer", f"{party}_address"
        self.fields[signer] = forms.TypedChoiceField(label=SIGNS[party], coerce=int, empty_value=None)
        people = [
            (member.user_id, str(member.user.full_name or member.user.email) + self._of(member))
            for member in parties.members[party]
        ]
        offer(self, signer, [("", "—"), *people])
        self.fields[address] = forms.CharField(label=ADDRESSES[party], max_length=300)
        if party in parties.persons:
            return [signer, address]
        return [
            signer,
            *self.add_words(f"{party}_capacity", CAPACITY, max_length=150),
            *self.add_words(
                f"{party}_authority",
                AUTHORITY,
                help_text=_("For instance the statutes, a decision, a deliberation of the council with its date."),
            ),
            address,
        ]

    def _of(self, member: Any) -> str:
        return f" ({member.organisation})" if member.organisation else ""

    def _host(self, stay: Stay) -> list[str]:
        """What the page of the incubator can't say, because it does not speak the language of the document."""
        names = []
        for place, language in enumerate(self.languages):
            for what, label, own in (
                ("capacity", CAPACITY, place == 0),
                ("authority", AUTHORITY, bool(own_words(language, stay.incubator.authority)) or language != "es"),
            ):
                if not own:
                    name = f"host_{what}" if place == 0 else aside(f"host_{what}", language)
                    self.fields[name] = forms.CharField(
                        label=format_lazy("{} ({})", label, LANGUAGES[language]),
                        max_length=300,
                        widget=forms.TextInput(attrs={"lang": language}),
                    )
                    names.append(name)
        return names


def _about_hours(rules: Rules, stay: Stay, key: str) -> str:
    """How the hours that are offered were counted, beside their field."""
    hours = hours_of(rules, stay.starts, stay.ends)
    if key != rules.hours_blank or hours is None or rules.max_hours is None:
        return ""
    return ngettext(
        "For the length of this stay, at %(month)s hour a month: %(hours)s. Write fewer if fewer are agreed; at "
        "most %(most)s.",
        "For the length of this stay, at %(month)s hours a month: %(hours)s. Write fewer if fewer are agreed; at "
        "most %(most)s.",
        rules.month_hours or 0,
    ) % {"month": rules.month_hours, "hours": hours, "most": rules.max_hours}


def suggested(stay: Stay, wording: Wording, languages: Sequence[str]) -> dict[str, object]:
    """What a DraftForm begins with: the usual words of each language."""
    initial = suggest_terms(stay=stay, language=languages[0], template=wording.slug)
    initial["prevailing_language"] = usually_prevails(wording, languages)
    for language in languages[1:]:
        words = suggest_words(stay, wording.terms(language))
        initial |= {aside(key, language): text for key, text in words.items()}
        initial[aside("host_capacity", language)] = stay.incubator.signatory_role
    return initial
