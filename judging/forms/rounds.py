"""Forms that set up a round: its window, its rule, its criteria. Dates are typed in the edition's zone."""

import zoneinfo
from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from judging.models import Criterion, Round
from judging.models.rounds import from_thousandths, to_thousandths
from judging.states import OthersMarks

LANGUAGES = [("en", gettext_lazy("English")), ("fr", gettext_lazy("French"))]
TIE_LINKS = 5
HOUR = "%Y-%m-%dT%H:%M"


class ZonedMoment(forms.CharField):
    """A date and an hour as the clocks of `zone` show them; cleans to an aware moment."""

    def __init__(self, *, zone: str, **options):
        self.zone = zoneinfo.ZoneInfo(zone)
        super().__init__(widget=forms.DateTimeInput({"type": "datetime-local"}, format=HOUR), **options)

    def prepare_value(self, value):
        if isinstance(value, datetime):
            return value.astimezone(self.zone).strftime(HOUR)
        return value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            local = datetime.fromisoformat(text)
        except ValueError:
            raise ValidationError(_("Give a date and an hour, such as 2027-03-12 18:00."), code="invalid") from None
        if timezone.is_aware(local):
            return local.astimezone(UTC)
        moment = local.replace(tzinfo=self.zone)
        if moment.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != local:
            raise ValidationError(_("The clocks jump over this hour on that day. Choose another."), code="gap")
        return moment.astimezone(UTC)


def texts(values: dict, name: str) -> LazyI18nString:
    """{"en": …, "fr": …} from the fields name_en and name_fr; an empty language is left out."""
    return LazyI18nString(
        {code: values[f"{name}_{code}"] for code, _label in LANGUAGES if values.get(f"{name}_{code}")}
    )


def text_initial(value, name: str) -> dict[str, str]:
    data = getattr(value, "data", value)
    data = data if isinstance(data, dict) else {"en": str(data or "")}
    return {f"{name}_{code}": data.get(code, "") for code, _label in LANGUAGES}


def zone_help(zone: str) -> str:
    return _("%(city)s time, the edition's zone.") % {"city": zone.rsplit("/", 1)[-1].replace("_", " ")}


class RoundForm(forms.ModelForm):
    """Everything that a round's rule needs. `tie_1` … `tie_5` are the chain, in order."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=150)
    name_fr = forms.CharField(label=gettext_lazy("Name in French"), max_length=150, required=False)
    guidance_en = forms.CharField(
        label=gettext_lazy("Guidance in English"), required=False, widget=forms.Textarea({"rows": 3})
    )
    guidance_fr = forms.CharField(
        label=gettext_lazy("Guidance in French"), required=False, widget=forms.Textarea({"rows": 3})
    )
    threshold = forms.DecimalField(label=gettext_lazy("Total needed"), required=False, decimal_places=3, max_digits=9)

    NUMBERS = ["min_scorecards", "jurors_per_entry", "load_min", "load_max", "trim"]

    class Meta:
        model = Round
        fields = [
            "opens_at", "closes_at", "weight", "combine", "across", "aggregate_at", "trim", "decimals", "threshold",
            "min_scorecards", "jurors_per_entry", "load_min", "load_max", "same_city_conflicts", "shows_names",
            "others_marks",
            "advance_count", "advance_per_city", "all_tied_go_on",
        ]  # fmt: skip

    def __init__(self, *args, edition, **options):
        super().__init__(*args, **options)
        zone, round = edition.time_zone, self.instance
        for name in ("opens_at", "closes_at"):
            self.fields[name] = ZonedMoment(zone=zone, label=self.fields[name].label, help_text=zone_help(zone))
        self.initial = {
            **self.initial,
            **text_initial(round.name, "name"),
            **text_initial(round.guidance, "guidance"),
        }
        self.fields["shows_names"].help_text = _(
            "Otherwise jurors see a code: on every page, in the workbook, in mails and in the deck's file name and properties."
        )
        self.fields["others_marks"].required = False
        self.fields["others_marks"].help_text = _(
            "Marks only, never with names. Who has seen them can still change their own while the round is open; the history "
            "then says so."
        )
        self.initial["threshold"] = from_thousandths(round.threshold)
        choices = tie_choices(list(round.criteria.all()) if round.pk else [])
        for number in range(1, TIE_LINKS + 1):
            label = _("Tie rule %(number)s") % {"number": number}
            self.fields[f"tie_{number}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        for number, link in enumerate(round.tie_chain, start=1):
            self.initial[f"tie_{number}"] = tie_value(link)

    def clean_threshold(self) -> int | None:
        value = self.cleaned_data["threshold"]
        return None if value is None else to_thousandths(value)

    def clean_others_marks(self) -> str:
        return self.cleaned_data["others_marks"] or OthersMarks.NEVER

    def values(self) -> dict:
        """The fields as save_round takes them."""
        cleaned = self.cleaned_data
        chain = [cleaned[f"tie_{number}"] for number in range(1, TIE_LINKS + 1)]
        return {
            **{name: cleaned[name] for name in self._meta.fields},
            "name": texts(cleaned, "name"),
            "guidance": texts(cleaned, "guidance"),
            "tie_chain": [tie_link(value) for value in dict.fromkeys(chain) if value],
        }

    def _post_clean(self) -> None:
        """The service checks the rule as a whole and says what is wrong in words; the instance stays as it was."""

    def window(self):
        return [self["opens_at"], self["closes_at"]]

    def words(self):
        return [self[name] for name in ("name_en", "name_fr", "guidance_en", "guidance_fr")]

    def result(self):
        return [self[name] for name in ("weight", "combine", "across", "aggregate_at", "trim", "decimals", "threshold")]

    def jury(self):
        names = (
            "jurors_per_entry",
            "min_scorecards",
            "load_min",
            "load_max",
            "same_city_conflicts",
            "shows_names",
            "others_marks",
        )
        return [self[name] for name in names]

    def ahead(self):
        return [self[name] for name in ("advance_count", "advance_per_city", "all_tied_go_on")]

    def ties(self):
        return [self[f"tie_{number}"] for number in range(1, TIE_LINKS + 1)]


def tie_choices(criteria: list[Criterion]) -> list[tuple[str, str]]:
    """Plain rules to choose from; the chain is the order in which they are put."""
    by_criterion = [
        (f"criterion:{c.code}", _("Higher mark for “%(criterion)s”") % {"criterion": c.name}) for c in criteria
    ]
    return [
        ("", "—"),
        *by_criterion,
        ("highest_mark", _("Higher best total of a juror")),
        ("lowest_mark", _("Higher worst total of a juror")),
        ("median", _("Higher median of the jurors")),
        ("younger_firm", _("Younger firm")),
        ("earlier_submission", _("Entered earlier")),
        ("human", _("A person decides and says why")),
    ]


def tie_value(link: dict) -> str:
    return f"criterion:{link.get('code', '')}" if link.get("kind") == "criterion" else link.get("kind", "")


def tie_link(value: str) -> dict[str, str]:
    kind, _colon, code = value.partition(":")
    return {"kind": kind, "code": code} if code else {"kind": kind}


class CriterionForm(forms.Form):
    """A criterion in both languages. Anchors are typed one to a line: “4 = clearly ahead of what exists”."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=150)
    name_fr = forms.CharField(label=gettext_lazy("Name in French"), max_length=150, required=False)
    guidance_en = forms.CharField(
        label=gettext_lazy("Question to the juror, in English"), max_length=500, required=False
    )
    guidance_fr = forms.CharField(
        label=gettext_lazy("Question to the juror, in French"), max_length=500, required=False
    )
    weight = forms.DecimalField(label=gettext_lazy("Weight"), min_value=0, decimal_places=3, max_digits=9, initial=1)
    scale_min = forms.DecimalField(label=gettext_lazy("Lowest mark"), decimal_places=3, max_digits=9, initial=0)
    scale_max = forms.DecimalField(label=gettext_lazy("Highest mark"), decimal_places=3, max_digits=9, initial=5)
    scale_step = forms.DecimalField(
        label=gettext_lazy("Step"), min_value=Decimal("0.001"), decimal_places=3, max_digits=9, initial=1
    )
    threshold = forms.DecimalField(label=gettext_lazy("Mark needed"), decimal_places=3, max_digits=9, required=False)
    is_required = forms.BooleanField(
        label=gettext_lazy("Every juror gives a mark (otherwise “not applicable” can be chosen)"),
        required=False,
        initial=True,
    )
    anchors_en = forms.CharField(
        label=gettext_lazy("Levels in words, in English"),
        help_text=gettext_lazy("One to a line, such as: 4 = clearly ahead of what exists"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    anchors_fr = forms.CharField(
        label=gettext_lazy("Levels in words, in French"),
        help_text=gettext_lazy("One to a line, such as: 4 = clearly ahead of what exists"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    SCALE = ("weight", "scale_min", "scale_max", "scale_step", "threshold")

    def __init__(self, data=None, *, criterion: Criterion | None = None):
        self.criterion = criterion
        super().__init__(data, initial=criterion_initial(criterion) if criterion else None)

    def clean_anchors_en(self):
        return read_anchors(self.cleaned_data["anchors_en"])

    def clean_anchors_fr(self):
        return read_anchors(self.cleaned_data["anchors_fr"])

    def values(self, taken: set[str]) -> dict:
        """The fields as save_criterion takes them; a new criterion gets a code of its own, not among `taken`."""
        cleaned = self.cleaned_data
        numbers = {name: None if cleaned[name] is None else to_thousandths(cleaned[name]) for name in self.SCALE}
        anchors: dict[str, dict[str, str]] = {}
        for language, _label in LANGUAGES:
            for key, words in cleaned[f"anchors_{language}"].items():
                anchors.setdefault(key, {})[language] = words
        values = {
            **numbers,
            "name": texts(cleaned, "name"),
            "guidance": texts(cleaned, "guidance"),
            "anchors": anchors,
            "is_required": cleaned["is_required"],
        }
        return values if self.criterion else {**values, "code": free_code(cleaned["name_en"], taken)}


def free_code(name: str, taken: set[str]) -> str:
    stem = slugify(name)[:36] or "criterion"
    return next(code for number in range(1, 1000) if (code := stem if number == 1 else f"{stem}-{number}") not in taken)


def read_anchors(text: str) -> dict[str, str]:
    """{"4000": "clearly ahead"} from lines “4 = clearly ahead”."""
    found = {}
    for line in filter(str.strip, text.splitlines()):
        level, equals, words = line.partition("=")
        try:
            key = str(to_thousandths(level.strip().replace(",", ".")))
        except (ArithmeticError, ValueError):
            key = ""
        if not (key and equals and words.strip()):
            raise ValidationError(_("This line can't be read: “%(line)s”.") % {"line": line.strip()}, code="anchor")
        found[key] = words.strip()
    return found


def write_anchors(anchors: dict, language: str) -> str:
    keys = sorted((key for key in anchors if anchors[key].get(language)), key=int)
    return "\n".join(f"{from_thousandths(int(key)):f} = {anchors[key][language]}" for key in keys)


def criterion_initial(criterion: Criterion) -> dict:
    return {
        **text_initial(criterion.name, "name"),
        **text_initial(criterion.guidance, "guidance"),
        **{name: from_thousandths(getattr(criterion, name)) for name in CriterionForm.SCALE},
        "is_required": criterion.is_required,
        "anchors_en": write_anchors(criterion.anchors, "en"),
        "anchors_fr": write_anchors(criterion.anchors, "fr"),
    }


class WindowsForm(forms.Form):
    """When each round of a preset opens and closes."""

    def __init__(self, data=None, *, edition, rounds: list[str]):
        super().__init__(data)
        self.names = rounds
        for number, name in enumerate(rounds, start=1):
            values = {"zone": edition.time_zone, "help_text": zone_help(edition.time_zone)}
            self.fields[f"opens_{number}"] = ZonedMoment(label=_("%(round)s opens") % {"round": name}, **values)
            self.fields[f"closes_{number}"] = ZonedMoment(label=_("%(round)s closes") % {"round": name}, **values)

    def windows(self) -> list[tuple[datetime, datetime]]:
        cleaned = self.cleaned_data
        return [(cleaned[f"opens_{n}"], cleaned[f"closes_{n}"]) for n in range(1, len(self.names) + 1)]

    def clean(self):
        super().clean()
        for number in range(1, len(self.names) + 1):
            opens, closes = self.cleaned_data.get(f"opens_{number}"), self.cleaned_data.get(f"closes_{number}")
            if opens and closes and closes <= opens:
                self.add_error(f"closes_{number}", _("The round has to close after it opens."))
        return self.cleaned_data
