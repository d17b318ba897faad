"""What a team fills in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contest.dossier.forms import QuestionsAsked, VersionedForm
from contest.forms import DayInput
from contest.models import Entry, Startup
from network.models import City
from toolkit import clock
from toolkit.counted_texts import counted, counted_line
from toolkit.names import NameInput
from toolkit.offers import offer

if TYPE_CHECKING:
    pass


ELSEWHERE = "elsewhere"


class StartupForm(forms.Form):
    """The start-up's profile. The city is one of the members, or "not on the list" with the seat in words."""

    name = NameInput(label=gettext_lazy("Name of the start-up"), max_length=200)
    city = forms.ChoiceField(
        label=gettext_lazy("City of your seat"),
        help_text=gettext_lazy(
            "This city checks your entry and may nominate it. If yours is not on the list, choose that and say "
            "where you are: the organiser then looks for a city that can nominate you."
        ),
    )
    seat = forms.CharField(
        label=gettext_lazy("If your city is not on the list: town and country"), max_length=150, required=False
    )
    founded_on = forms.DateField(
        label=gettext_lazy("Founded on"),
        help_text=gettext_lazy(
            "The day in your register of companies. It decides whether the start-up is young enough."
        ),
        widget=DayInput(),
    )
    description = forms.CharField(
        label=gettext_lazy("What you do, in two sentences"), max_length=600, required=False, widget=counted(600, 3)
    )
    has_prototype = forms.BooleanField(
        label=gettext_lazy("We have a proof of concept or a minimum viable product"), required=False
    )
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args: Any, startup: Startup | None = None, **kwargs: Any) -> None:
        if startup is not None:
            kwargs["initial"] = {**kwargs.get("initial", {}), **_profile_of(startup)}
        super().__init__(*args, **kwargs)
        if startup is not None:
            del self.fields["once"]
        self.cities = {str(city.pk): city for city in City.objects.filter(is_member=True)}
        names = [(key, f"{city.name} ({city.country})") for key, city in self.cities.items()]
        offer(
            self,
            "city",
            [
                ("", _("Choose")),
                (ELSEWHERE, _("My city is not on the list")),
                *names,
            ],
        )

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        if values.get("city") == ELSEWHERE and not values.get("seat"):
            self.add_error("seat", _("Say in which town and country your seat is."))
        if values.get("founded_on") and values["founded_on"] > clock.now().date():
            self.add_error("founded_on", _("This day is still to come."))
        return values

    def values(self) -> dict[str, Any]:
        """The profile as the services take it."""
        values = dict(self.cleaned_data)
        values["city"] = self.cities.get(values["city"])
        values["seat"] = "" if values["city"] else values["seat"]
        if "once" in values:
            values["once"] = str(values["once"] or "")
        return values


def _profile_of(startup: Startup) -> dict[str, object]:
    organisation = startup.organisation
    return {
        "name": organisation.name,
        "city": str(organisation.city_id) if organisation.city_id else ELSEWHERE,
        "seat": startup.seat,
        "founded_on": startup.founded_on,
        "description": startup.description,
        "has_prototype": startup.has_prototype,
        "website": organisation.website,
    }


class PitchForm(VersionedForm):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy(
            "Required. What you do, in one line, without the start-up's name. 150 characters at most."
        ),
        max_length=150,
        widget=counted_line(150),
        required=False,
    )
    summary = forms.CharField(
        label=gettext_lazy("Pitch"),
        help_text=gettext_lazy("Required. The first thing the jury reads. 1500 characters at most."),
        max_length=1500,
        widget=counted(1500, 8),
        required=False,
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), help_text=gettext_lazy("Required."), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the pitch"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        self.categories = {str(category.pk): category for category in entry.edition.categories.all()}
        super().__init__(*args, entry=entry, **kwargs)
        names = [(key, str(category)) for key, category in self.categories.items()]
        offer(self, "category", [("", _("Choose")), *names])

    def kept(self, entry: Entry) -> dict[str, Any]:
        return {
            "title": entry.title,
            "summary": entry.summary,
            "category": str(entry.category_id or ""),
            "language": entry.language,
        }

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in ("title", "summary", "language")}
        return {**values, "category": self.categories.get(self.cleaned_data["category"])}


class QuestionsForm(QuestionsAsked):
    """The edition's own questions."""

    asker = "edition"


class FilesForm(VersionedForm):
    deck = forms.FileField(label=gettext_lazy("Pitch deck (PDF)"), required=False)
    video_url = forms.CharField(
        label=gettext_lazy("Video of your pitch"),
        help_text=gettext_lazy("A web address that the jury can open without an account. Optional."),
        widget=forms.URLInput(),
        required=False,
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, entry=entry, **kwargs)
        self.fields["deck"].widget.attrs["accept"] = "application/pdf,.pdf"
        megabytes = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        self.fields["deck"].help_text = ngettext(
            "Optional. At most %(size)s MB and %(pages)s page, without scripts or attachments. Where the jury "
            "reads without names, take them off your slides.",
            "Optional. At most %(size)s MB and %(pages)s pages, without scripts or attachments. Where the jury "
            "reads without names, take them off your slides.",
            settings.UPLOAD_MAX_PAGES,
        ) % {"size": megabytes, "pages": settings.UPLOAD_MAX_PAGES}

    def kept(self, entry: Entry) -> dict[str, Any]:
        return {"video_url": entry.video_url}

    def values(self) -> dict[str, Any]:
        return {"video_url": self.cleaned_data["video_url"]}


class SubmitForm(forms.Form):
    rules_version = forms.IntegerField(widget=forms.HiddenInput)
    accepts = forms.BooleanField()

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        kwargs["initial"] = {"rules_version": entry.edition.rules_version}
        super().__init__(*args, **kwargs)
        values = {"version": entry.edition.rules_version}
        self.fields["accepts"].label = _("We have read the rules (version %(version)s) and accept them") % values


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why (optional)"),
        help_text=gettext_lazy("Your city and the organiser can read it."),
        max_length=500,
        required=False,
        widget=counted(500, 3),
    )
