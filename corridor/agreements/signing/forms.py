"""What people fill in about an agreement. The services decide; these forms keep what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import User
from toolkit.offers import offer


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

    def __init__(self, *args: Any, consent: str, is_proven: bool = False, **kwargs: Any) -> None:
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

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(person.pk): person for person in people}
        offer(self, "signer", [("", "—"), *((pk, person.full_name or person.email) for pk, person in by_id.items())])
        field = self.fields["signer"]
        assert isinstance(field, forms.TypedChoiceField)
        field.coerce = by_id.__getitem__
