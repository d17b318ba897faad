"""What people fill in about an agreement. The services decide; these forms keep what was typed."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.parties import Parties
from corridor.states import USUAL_PARTIES, Party
from network.models import User

# What a document may be written in: more than the screens speak.
DOCUMENT_LANGUAGE_NAMES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))]


def _orders() -> list[tuple[str, str]]:
    """Every order in which the parties may sign, the usual one first."""
    return [(" ".join(order), ", ".join(str(party.label) for party in order)) for order in permutations(USUAL_PARTIES)]


class LanguageForm(forms.Form):
    """The document's language: chosen first, because the wording offered below depends on it."""

    language = forms.ChoiceField(label=_("Language of the agreement"))

    def __init__(self, *args, languages: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(code, name) for code, name in DOCUMENT_LANGUAGE_NAMES if code in languages]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    """What only the organiser can say. Nothing is required here: the service answers with the list of what is missing."""

    startup_signer = forms.TypedChoiceField(label=_("Signs for the start-up"), coerce=int, empty_value=None)
    startup_capacity = forms.CharField(label=_("In the capacity of"), max_length=150)
    startup_authority = forms.CharField(
        label=_("By virtue of"), max_length=300, help_text=_("For instance the statutes, a decision, a delegation.")
    )
    startup_address = forms.CharField(label=_("Address of the start-up"), max_length=300)
    city_signer = forms.TypedChoiceField(label=_("Signs for the home city"), coerce=int, empty_value=None)
    city_capacity = forms.CharField(label=_("In the capacity of"), max_length=150)
    city_authority = forms.CharField(
        label=_("By virtue of"),
        max_length=300,
        help_text=_("For instance a deliberation of the council, with its date."),
    )
    city_address = forms.CharField(label=_("Address of the home city"), max_length=300)
    mentor = forms.CharField(
        label=_("Mentor"),
        max_length=150,
        help_text=_("Empty: the incubator names a mentor on the first day at the latest."),
    )
    mentor_hours = forms.IntegerField(label=_("Hours of mentoring a month"), min_value=1, max_value=100)
    fee = forms.CharField(label=_("Price of the place and the services"), max_length=200)
    immigration = forms.ChoiceField(
        label=_("Visas and permits"),
        choices=[
            ("startup", _("each member of the team applies; the incubator writes the letters")),
            ("host", _("the incubator applies where its country lets it")),
            ("none", _("nobody in the team needs one, as far as the start-up knows")),
        ],
    )
    law = forms.CharField(label=_("Law that governs the agreement"), max_length=300)
    court = forms.CharField(label=_("Court that decides"), max_length=300)
    prevailing_language = forms.ChoiceField(label=_("Language that prevails"), choices=DOCUMENT_LANGUAGE_NAMES)
    signing_order = forms.ChoiceField(label=_("Order of signing"), choices=_orders)
    aims = forms.CharField(
        label=_("Aims of the stay"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Annex 1. Empty: the start-up delivers its work plan within the first month."),
    )

    GROUPS = [
        (_("The start-up"), ["startup_signer", "startup_capacity", "startup_authority", "startup_address"]),
        (_("The home city"), ["city_signer", "city_capacity", "city_authority", "city_address"]),
        (_("The stay"), ["mentor", "mentor_hours", "fee", "immigration", "aims"]),
        (_("Law and language"), ["law", "court", "prevailing_language"]),
        (_("Signatures"), ["signing_order"]),
    ]

    def __init__(self, *args, parties: Parties, **kwargs):
        super().__init__(*args, **kwargs)
        for party in (Party.STARTUP, Party.CITY):
            people = [
                (member.user_id, f"{member.user.full_name or member.user.email} ({member.organisation})")
                for member in parties.members[party]
            ]
            self.fields[f"{party}_signer"].choices = [("", "—"), *people]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.required = False

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in order."""
        return [(heading, [self[name] for name in names]) for heading, names in self.GROUPS]

    def terms(self) -> Mapping[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}


class SignForm(forms.Form):
    """A typed name and an explicit consent, on the document whose hash was shown."""

    party = forms.CharField(widget=forms.HiddenInput)
    document_sha256 = forms.CharField(widget=forms.HiddenInput)
    typed_name = forms.CharField(
        label=_("Your name, as it stands in the agreement"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    consents = forms.BooleanField(required=False)
    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, consent: str, is_proven: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consents"].label = consent
        if is_proven:  # a passkey has just said who is there: no code
            del self.fields["code"]


class OutsideForm(forms.Form):
    """A PDF that was signed outside this site."""

    file = forms.FileField(label=_("PDF"))


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason, which the parties read"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class StandInForm(forms.Form):
    """Somebody else of the party signs."""

    signer = forms.TypedChoiceField(label=_("Who signs now"))
    capacity = forms.CharField(label=_("In the capacity of"), max_length=150)
    authority = forms.CharField(
        label=_("By virtue of"), max_length=300, help_text=_("For instance the statutes, a decision, a delegation.")
    )
    reason = forms.CharField(
        label=_("Reason, which is printed with the signature"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, people: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        by_id = {str(person.pk): person for person in people}
        field = self.fields["signer"]
        field.choices = [("", "—"), *((pk, person.full_name or person.email) for pk, person in by_id.items())]  # type: ignore[attr-defined]
        field.coerce = by_id.__getitem__  # type: ignore[attr-defined]
