"""What those type who decide about applications, and who set up how people apply."""

import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.editions.forms import MOMENT_FORMAT
from contest.forms import in_languages, read_languages
from contest.questions.forms import AskedForm, QuestionForm
from corridor.applications.reading import rule_of
from corridor.domain.eligibility import NOT_YET, UP_TO, Rule
from corridor.models import ApplicationCall, DocumentAsked, Programme, ProgrammeQuestion
from corridor.states import CITY_RULINGS, ORGANISER_RULINGS, AdmissionOrder, PersonStatus
from toolkit.counted_texts import counted


class CityRulingForm(forms.Form):
    ruling = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            (str(CITY_RULINGS[0]), gettext_lazy("Approve the application")),
            (str(CITY_RULINGS[1]), gettext_lazy("Do not approve it")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person and the organiser read it, with your name."),
        max_length=500,
        widget=counted(500, 3),
    )


class NetworkRulingForm(forms.Form):
    ruling = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            (str(ORGANISER_RULINGS[0]), gettext_lazy("Admit to the programme")),
            (str(ORGANISER_RULINGS[1]), gettext_lazy("Put on the waiting list")),
            (str(ORGANISER_RULINGS[2]), gettext_lazy("Do not admit")),
        ],
        widget=forms.RadioSelect,
    )
    rank = forms.IntegerField(
        label=gettext_lazy("Rank, when admitted"),
        help_text=gettext_lazy("1 is served first. Every rank is given once."),
        min_value=1,
        max_value=9999,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person reads it, with your name."),
        max_length=500,
        required=False,
        widget=counted(500, 3),
    )


class CallForm(forms.Form):
    """The call of a programme, and its rule. Moments are in the programme's zone."""

    opens_at = forms.CharField(
        label=gettext_lazy("Applications open"),
        required=False,
        widget=forms.TextInput({"type": "datetime-local", "class": "moment"}),
    )
    closes_at = forms.CharField(
        label=gettext_lazy("Applications close"),
        required=False,
        widget=forms.TextInput({"type": "datetime-local", "class": "moment"}),
    )
    under = forms.IntegerField(
        label=gettext_lazy("Age limit in years"),
        help_text=gettext_lazy("Leave it empty if any age is fine."),
        min_value=16,
        max_value=120,
        required=False,
    )
    counted = forms.ChoiceField(
        label=gettext_lazy("How the limit is counted, on the first day of the stay"),
        choices=[
            (NOT_YET, gettext_lazy("not yet that old: the birthday itself is too late")),
            (UP_TO, gettext_lazy("up to that age, the whole year included")),
        ],
        widget=forms.RadioSelect,
    )
    diploma = forms.BooleanField(
        label=gettext_lazy("A diploma is required, awarded by the first day of the stay"), required=False
    )
    statuses = forms.MultipleChoiceField(
        label=gettext_lazy("Who may apply"),
        help_text=gettext_lazy("None chosen: both."),
        choices=PersonStatus.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Who is served first"), choices=AdmissionOrder.choices, widget=forms.RadioSelect
    )
    keep_months = forms.IntegerField(
        label=gettext_lazy("Months for which applications that are not admitted are kept after the close"),
        help_text=gettext_lazy("Then they are emptied without further question. Leave it empty to empty them by hand."),
        min_value=1,
        max_value=240,
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, programme: Programme, call: ApplicationCall | None
    ) -> None:
        self.call = call or ApplicationCall()
        self.zone = zoneinfo.ZoneInfo(programme.time_zone)
        rule = rule_of(programme)
        initial = {
            "under": rule.under,
            "counted": rule.counted,
            "diploma": rule.diploma,
            "statuses": rule.statuses,
            "order": self.call.order,
            "keep_months": self.call.keep_months,
        }
        for name in ("opens_at", "closes_at"):
            moment = getattr(self.call, name)
            initial[name] = moment.astimezone(self.zone).strftime(MOMENT_FORMAT) if moment else ""
        super().__init__(data, initial=initial)
        area = forms.Textarea({"rows": 4})
        about, privacy = gettext_lazy("What the programme is"), gettext_lazy("What happens with the data")
        in_languages(self, "about", about, value=self.call.about, widget=area)
        in_languages(self, "privacy", privacy, value=self.call.privacy, widget=area)
        self.order_fields(["opens_at", "closes_at", *[name for name in self.fields if name.startswith("about_")]])

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        for name in ("opens_at", "closes_at"):
            values[name] = self._moment(name, values.get(name, ""))
        return values

    def _moment(self, name: str, text: str) -> datetime | None:
        if not text:
            return None
        if text == self.initial[name]:
            found: datetime | None = getattr(
                self.call, name
            )  # untouched: its seconds, which the field does not show, stay
            return found
        try:
            naive = datetime.fromisoformat(text)
        except ValueError:
            self.add_error(name, _("Write a day and a time."))
            return None
        return make_aware(naive, self.zone) if naive.tzinfo is None else naive

    def rule(self) -> Rule:
        said = self.cleaned_data
        return Rule(said["under"], said["counted"], said["diploma"], tuple(said["statuses"]))

    def values(self) -> dict[str, Any]:
        plain = ("opens_at", "closes_at", "order", "keep_months")
        texts = {name: read_languages(self, name) for name in ("about", "privacy")}
        return {**{name: self.cleaned_data[name] for name in plain}, **texts}


class ProgrammeQuestionForm(QuestionForm):
    asks = ProgrammeQuestion
    plain = ("code", "kind", "max_chars", "is_required", "order")
    names_team = None  # type: ignore[assignment]  # Django takes an inherited field away so: no jury reads without names


class DocumentAskedForm(AskedForm):
    code = forms.SlugField(label=gettext_lazy("Code"), max_length=40, help_text=gettext_lazy("Never shown: diploma"))
    is_required = forms.BooleanField(label=gettext_lazy("Required"), required=False)
    for_hosts = forms.BooleanField(
        label=gettext_lazy("The incubators that the person wishes read it too"), required=False
    )
    order = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=0, max_value=999)

    asks = DocumentAsked
    plain = ("code", "is_required", "for_hosts", "order")
    texts = (("name", gettext_lazy("Name"), True, 200), ("help", gettext_lazy("Help"), False, 450))
