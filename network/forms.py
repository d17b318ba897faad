"""Forms of the network."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignupDetails(forms.Form):
    """What sign-up asks beyond the address."""

    full_name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))

    def signup(self, request, user) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
