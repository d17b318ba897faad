"""Forms of the network."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.models import City, Organisation, User
from network.states import HOSTING, Role
from toolkit.names import NameInput
from toolkit.zones import present_name, present_names


class SignupDetails(forms.Form):
    """What sign-up asks beyond the address."""

    full_name = NameInput(label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])


def zones() -> list[tuple[Any, ...]]:
    """Time zones that name a place, by the names in use, grouped by continent: [(continent, [(IANA name, city)])]."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(present_names()):
        continent, _slash, place = name.partition("/")
        groups.setdefault(continent, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [("", _("Not chosen: times are shown in UTC")), *groups.items()]


class ZoneField(forms.ChoiceField):
    """A time zone by the name in use: an old name that a browser told,
    a row holds or somebody posts means the same zone."""

    def __init__(self, *, choices: Callable[[], list[tuple[str, str]]] = zones, **options: Any) -> None:
        super().__init__(choices=choices, **options)

    def prepare_value(self, value: Any) -> Any:
        return present_name(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        return present_name(super().to_python(value))


if TYPE_CHECKING:
    AccountForm = forms.ModelForm[User]
else:
    AccountForm = forms.ModelForm


class ProfileForm(AccountForm):
    full_name = NameInput(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("As it stands on agreements and in mails."),
    )
    language = forms.ChoiceField(
        label=_("Language of your mails"),
        choices=settings.LANGUAGES,
        help_text=_("Pages follow the language chosen at the top."),
    )
    time_zone = ZoneField(
        label=_("Time zone"),
        required=False,
        help_text=_("Deadlines are shown in this zone, on pages and in mails."),
    )

    class Meta:
        model = User
        fields = ["full_name", "language", "time_zone"]


class InviteForm(forms.Form):
    """Invites one address to `role`; asks for the city of a coordinator, the organisation of a host,
    the name of a school."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "off"}))
    full_name = NameInput(label=_("Name"), max_length=150, required=False, help_text=_("For the mail’s first line."))
    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.filter(is_member=True))
    organisation = forms.ModelChoiceField(
        label=_("Incubator"), queryset=Organisation.objects.filter(kind__in=HOSTING).select_related("city")
    )
    school = forms.CharField(label=_("Name of the school or university"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, needed_by in (("city", Role.COORDINATOR), ("organisation", Role.HOST), ("school", Role.SCHOOL)):
            if role != needed_by:
                del self.fields[name]


class ResetForm(forms.Form):
    """Whose account is reset, to which address, and why."""

    email = forms.EmailField(label=_("Address of the account"), widget=forms.EmailInput({"autocomplete": "off"}))
    new_email = forms.EmailField(
        label=_("New address"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Only if the person can't read mail at the old one any more. Empty: it stays."),
    )
    reason = forms.CharField(
        label=_("Why, and how you know that it is this person"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "For instance: “called back on the number of the agreement”. Organisers read it, and the old address."
        ),
    )
