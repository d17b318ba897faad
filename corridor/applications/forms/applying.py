"""What a person who applies types."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contest.dossier.forms import QuestionsAsked, VersionedForm
from contest.forms import DayInput
from corridor.applications.reading import rule_of
from corridor.forms import LANGUAGES
from corridor.models import Application, DocumentAsked
from corridor.models.applications import TEXT_LIMIT
from corridor.states import PersonStatus
from network.countries import every_country
from network.models import City
from toolkit.counted_texts import counted, counted_line
from toolkit.offers import offer


class YouForm(VersionedForm):
    """Who one is. The name comes from the profile."""

    home_city = forms.ChoiceField(
        label=gettext_lazy("Home city"),
        help_text=gettext_lazy(
            "Required. A city of the network in which you live or studied. It approves your application."
        ),
        required=False,
    )
    born_on = forms.DateField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy("Required. Your home city and the organiser read it, nobody else."),
        widget=DayInput({"autocomplete": "bday"}),
        required=False,
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        help_text=gettext_lazy("Required. It stands in your agreement."),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "street-address"}),
        required=False,
    )
    nationality = forms.ChoiceField(
        label=gettext_lazy("Nationality"),
        help_text=gettext_lazy("Required. For how long papers take. Never a passport number."),
        required=False,
    )
    other_nationality = forms.ChoiceField(label=gettext_lazy("Another nationality, if you have one"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages in which you can work"),
        help_text=gettext_lazy("Required."),
        choices=LANGUAGES.items,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, entry: Application, **kwargs: Any) -> None:
        self.cities = {str(city.pk): city for city in City.objects.filter(is_member=True)}
        super().__init__(*args, entry=entry, **kwargs)
        names = [(key, f"{city.name} ({city.country})") for key, city in self.cities.items()]
        offer(self, "home_city", [("", _("Choose")), *names])
        for name in ("nationality", "other_nationality"):
            offer(self, name, [("", _("Choose")), *every_country()])
        if not rule_of(entry.programme).asks_age:
            del self.fields["born_on"]

    def kept(self, entry: Application) -> dict[str, Any]:
        first, second = [*entry.nationalities, "", ""][:2]
        return {
            "home_city": str(entry.home_city_id or ""),
            "born_on": entry.born_on,
            "address": entry.address,
            "nationality": first,
            "other_nationality": second,
            "languages": entry.languages,
        }

    def values(self) -> dict[str, Any]:
        """What save_application takes."""
        said = self.cleaned_data
        codes = [said["nationality"], said["other_nationality"]]
        values = {
            "home_city": self.cities.get(said["home_city"]),
            "address": said["address"],
            "nationalities": list(dict.fromkeys(code for code in codes if code)),
            "languages": said["languages"],
        }
        return {**values, "born_on": said["born_on"]} if "born_on" in self.fields else values


class StudiesForm(VersionedForm):
    status = forms.ChoiceField(
        label=gettext_lazy("You are"),
        help_text=gettext_lazy("Required. It decides which contract the host’s country allows."),
        choices=PersonStatus.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    diploma_title = forms.CharField(
        label=gettext_lazy("Diploma"),
        help_text=gettext_lazy("The title that stands on it: Master in materials science."),
        max_length=200,
        required=False,
    )
    diploma_school = forms.CharField(label=gettext_lazy("School or university"), max_length=200, required=False)
    diploma_on = forms.DateField(
        label=gettext_lazy("Awarded on"),
        help_text=gettext_lazy("The day that stands on it. If it is still to come, the day on which you expect it."),
        widget=DayInput(),
        required=False,
    )

    def kept(self, entry: Application) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in ("status", "diploma_title", "diploma_school", "diploma_on")}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MotivationForm(QuestionsAsked):
    """The statement, and the programme's own questions. A required one may still be empty in a draft."""

    asker = "programme"

    motivation = forms.CharField(
        label=gettext_lazy("Why you, and why abroad"),
        widget=counted(TEXT_LIMIT, 9),
        required=False,
    )

    def __init__(self, *args: Any, entry: Application, **kwargs: Any) -> None:
        super().__init__(*args, entry=entry, **kwargs)
        self.fields["motivation"].help_text = ngettext(
            "Required. What you want to learn, and what you bring to the host. %(count)s character at most.",
            "Required. What you want to learn, and what you bring to the host. %(count)s characters at most.",
            TEXT_LIMIT,
        ) % {"count": TEXT_LIMIT}

    def kept(self, entry: Application) -> dict[str, Any]:
        return {"motivation": entry.motivation, **super().kept(entry)}

    def values(self) -> dict[str, Any]:
        return {"motivation": self.cleaned_data["motivation"]}


class DocumentsForm(VersionedForm):
    """A file for each paper that the programme asks."""

    def __init__(self, *args: Any, entry: Application, **kwargs: Any) -> None:
        self.asked = list(entry.programme.documents_asked.all())
        super().__init__(*args, entry=entry, **kwargs)
        size = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        limits = ngettext(
            "PDF, at most %(size)s MB and %(pages)s page.",
            "PDF, at most %(size)s MB and %(pages)s pages.",
            settings.UPLOAD_MAX_PAGES,
        ) % {"size": size, "pages": settings.UPLOAD_MAX_PAGES}
        for paper in self.asked:
            parts = [_("Required.") if paper.is_required else _("Optional."), str(paper.help), limits]
            if paper.for_hosts:
                parts.append(_("The incubators that you wish for read it too."))
            self.fields[f"document_{paper.pk}"] = forms.FileField(
                label=str(paper),
                required=False,
                help_text=" ".join(part for part in parts if part),
                widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
            )

    def uploads(self) -> list[tuple[DocumentAsked, Any]]:
        """(paper, file) of those chosen."""
        found = [(paper, self.cleaned_data.get(f"document_{paper.pk}")) for paper in self.asked]
        return [(paper, upload) for paper, upload in found if upload]


class SendForm(forms.Form):
    accepts = forms.BooleanField(
        label=gettext_lazy("What I say is true, and I have read what happens with my data"),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why (optional)"),
        help_text=gettext_lazy("Your city and the organiser can read it."),
        max_length=500,
        required=False,
        widget=counted(500, 3),
    )


class EraseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=counted_line(500), initial=gettext_lazy("At my own request.")
    )
