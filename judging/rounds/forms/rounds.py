"""Forms that set up a round: its window, its rule, its criteria. Dates are typed in the edition's zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model, model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from judging.models import Round, RoundRule
from judging.models.rounds import from_thousandths, to_thousandths
from judging.models.rules import RULE_FIELDS
from judging.rounds.forms.ties import tie_choices, tie_link, tie_value
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.balloting import BALLOTS
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.kinds.levels import LEVELS
from judging.rounds.kinds.seeing_others import SEEING_OTHERS
from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS
from toolkit.columns import column_of
from toolkit.kinds import Named, choices_of
from toolkit.years import check_year
from toolkit.zones import present_name

if TYPE_CHECKING:
    from contest.models import Edition


# What is kept as it is typed, in columns of the round and of its rule; points and ties have fields of their own.
COLUMNS = [
    "opens_at", "closes_at", "weight", "combine", "across", "aggregate_at", "trim", "decimals", "threshold",
    "min_scorecards", "jurors_per_entry", "load_min", "load_max", "same_city_conflicts", "shows_names",
    "others_marks", "advance_count", "advance_per_city", "advance_per_category", "wild_cards", "all_tied_go_on",
    "ballot", "counting", "list_least", "list_most", "duels_each", "decimals_criterion", "decimals_group",
    "final_decimals", "threshold_effect",
    "blanks", "min_peer_scorecards", "correction", "deviation", "correction_decimals", "correction_min_marks",
]  # fmt: skip
LANGUAGES = [("en", gettext_lazy("English")), ("fr", gettext_lazy("French"))]
TIE_LINKS = 6
# Rarely used: what a request does not name stays as it is.
UNCHANGED = [
    "advance_per_category", "wild_cards", "ballot", "counting", "list_least", "list_most", "duels_each",
    "decimals_criterion",
    "decimals_group", "final_decimals", "threshold_effect", "blanks", "min_peer_scorecards", "correction", "deviation",
    "correction_decimals", "correction_min_marks", "place_points", "others_marks",
]  # fmt: skip
KINDS: dict[str, Mapping[str, Named]] = {
    "combine": COMBINATIONS, "across": AGGREGATIONS, "counting": COUNTINGS, "correction": CORRECTIONS,
    "ballot": BALLOTS, "aggregate_at": LEVELS, "threshold_effect": THRESHOLD_EFFECTS, "blanks": BLANKS,
    "others_marks": SEEING_OTHERS,
}  # fmt: skip
HOUR = "%Y-%m-%dT%H:%M"


class ZonedMoment(forms.CharField):
    """A date and an hour as the clocks of `zone` show them; cleans to an aware moment."""

    def __init__(self, *, zone: str, **options: Any) -> None:
        self.zone = zoneinfo.ZoneInfo(zone)
        super().__init__(widget=forms.DateTimeInput({"type": "datetime-local"}, format=HOUR), **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(self.zone).strftime(HOUR)
        return value

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            local = datetime.fromisoformat(text)
        except ValueError:
            raise ValidationError(_("Give a date and an hour, such as 2027-03-12 18:00."), code="invalid") from None
        check_year(local)
        if timezone.is_aware(local):
            return local.astimezone(UTC)
        moment = local.replace(tzinfo=self.zone)
        if moment.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != local:
            raise ValidationError(_("The clocks jump over this hour on that day. Choose another."), code="gap")
        return moment.astimezone(UTC)


def texts(values: Mapping[str, Any], name: str) -> LazyI18nString:
    """{"en": …, "fr": …} from the fields name_en and name_fr; an empty language is left out."""
    return LazyI18nString(
        {code: values[f"{name}_{code}"] for code, _label in LANGUAGES if values.get(f"{name}_{code}")}
    )


def text_initial(value: Any, name: str) -> dict[str, str]:
    data = getattr(value, "data", value)
    data = data if isinstance(data, dict) else {"en": str(data or "")}
    return {f"{name}_{code}": data.get(code, "") for code, _label in LANGUAGES}


def zone_help(zone: str) -> str:
    return _("%(city)s time, the edition's zone.") % {"city": present_name(zone).rsplit("/", 1)[-1].replace("_", " ")}


if TYPE_CHECKING:
    FormOfRound = forms.ModelForm[Round]
else:
    FormOfRound = forms.ModelForm


class RoundForm(FormOfRound):
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

    place_points = forms.CharField(
        label=gettext_lazy("Points for the first places"),
        help_text=gettext_lazy("The most first, such as: 3, 2, 1"),
        required=False,
        max_length=100,
    )

    class Meta:
        model = Round
        fields = [name for name in COLUMNS if name not in RULE_FIELDS]

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        zone, round = edition.time_zone, self.instance
        of_rule = [name for name in COLUMNS if name in RULE_FIELDS]
        self.fields = {**fields_for_model(RoundRule, of_rule), **self.fields}
        for name in ("opens_at", "closes_at"):
            self.fields[name] = ZonedMoment(zone=zone, label=self.fields[name].label, help_text=zone_help(zone))
        for name, family in KINDS.items():
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=choices_of(family))
        self.initial = {
            **model_to_dict(round.rule, of_rule),
            **self.initial,
            **text_initial(round.name, "name"),
            **text_initial(round.guidance, "guidance"),
        }
        self.fields["shows_names"].help_text = _(
            "Otherwise jurors see a code: on every page, in the workbook, in mails and in the deck's file name "
            "and properties."
        )
        self.fields["others_marks"].help_text = _(
            "Marks only, never with names. Who has seen them can still change their own while the round is open; the "
            "history then says so."
        )
        self.initial["threshold"] = from_thousandths(round.rule.threshold)
        self.initial["place_points"] = ", ".join(str(points) for points in round.rule.place_points)
        for name in UNCHANGED:
            self.fields[name].required = False
        round.edition = edition
        choices = tie_choices(round)
        for number in range(1, TIE_LINKS + 1):
            label = _("Tie rule %(number)s") % {"number": number}
            self.fields[f"tie_{number}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        for number, link in enumerate(round.rule.tie_chain, start=1):
            self.initial[f"tie_{number}"] = tie_value(link)

    def clean_threshold(self) -> int | None:
        value = self.cleaned_data["threshold"]
        return None if value is None else to_thousandths(value)

    def clean_place_points(self) -> list[int]:
        parts = [
            part.strip() for part in self.cleaned_data["place_points"].replace(";", ",").split(",") if part.strip()
        ]
        if not all(part.isdecimal() and len(part) <= 6 for part in parts):
            raise ValidationError(_("Give whole numbers, such as: 3, 2, 1"), code="place_points")
        return [int(part) for part in parts]

    def clean(self) -> dict[str, Any]:
        """What a form leaves out stays as it is: a shorter form never resets a rule."""
        super().clean()
        cleaned = self.cleaned_data
        for name in filter(self.fields.__contains__, UNCHANGED):
            if name not in self.data and name in cleaned:
                cleaned[name] = getattr(self.instance.holder(name), name)
            elif (
                cleaned.get(name) in (None, "")
                and not (column := column_of(type(self.instance.holder(name)), name)).null
            ):
                cleaned[name] = column.default
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields as save_round takes them."""
        cleaned = self.cleaned_data
        return {
            **{name: cleaned[name] for name in COLUMNS},
            "place_points": cleaned["place_points"],
            "name": texts(cleaned, "name"),
            "guidance": texts(cleaned, "guidance"),
            "tie_chain": self.chain(),
        }

    def chain(self) -> list[dict[str, str]]:
        """The rules for ties that were chosen, in order, each once."""
        chosen = [self.cleaned_data[f"tie_{number}"] for number in range(1, TIE_LINKS + 1)]
        return [tie_link(value) for value in dict.fromkeys(chosen) if value]

    def _post_clean(self) -> None:
        """The service checks the rule as a whole and says what is wrong in words; the instance stays as it was."""

    def window(self) -> list[forms.BoundField]:
        return [self["opens_at"], self["closes_at"]]

    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name_en", "name_fr", "guidance_en", "guidance_fr")]

    def ballot(self) -> list[forms.BoundField]:
        names = ("ballot", "counting", "place_points", "list_least", "list_most", "duels_each")
        return [self[name] for name in names]

    def result(self) -> list[forms.BoundField]:
        names = (
            "weight", "combine", "across", "aggregate_at", "trim", "decimals", "threshold", "threshold_effect",
            "blanks",
        )  # fmt: skip
        return [self[name] for name in names]

    def rounding(self) -> list[forms.BoundField]:
        return [self[name] for name in ("decimals_criterion", "decimals_group", "final_decimals")]

    def correcting(self) -> list[forms.BoundField]:
        return [self[name] for name in ("correction", "deviation", "correction_decimals", "correction_min_marks")]

    def jury(self) -> list[forms.BoundField]:
        names = (
            "jurors_per_entry", "min_scorecards", "min_peer_scorecards", "load_min", "load_max", "same_city_conflicts",
            "shows_names", "others_marks",
        )  # fmt: skip
        return [self[name] for name in names if name in self.fields]

    def ahead(self) -> list[forms.BoundField]:
        names = ("advance_count", "advance_per_city", "advance_per_category", "wild_cards", "all_tied_go_on")
        return [self[name] for name in names]

    def unusual(self) -> set[str]:
        """Which of the folded parts hold something else than the usual, and so are shown open."""
        parts = {"ballot": self.ballot(), "rounding": self.rounding(), "correcting": self.correcting()}
        usual = RoundRule()
        return {
            part
            for part, fields in parts.items()
            if any(field.errors or str(field.value() or "") != str(self.usual(usual, field.name)) for field in fields)
        }

    def usual(self, rule: RoundRule, name: str) -> Any:
        value = getattr(rule, name)
        return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else value or ""

    def ties(self) -> list[forms.BoundField]:
        return [self[f"tie_{number}"] for number in range(1, TIE_LINKS + 1)]


class WindowsForm(forms.Form):
    """When each round of a preset opens and closes."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, edition: Edition, rounds: list[str]) -> None:
        super().__init__(data)
        self.names = rounds
        for number, name in enumerate(rounds, start=1):
            values = {"zone": edition.time_zone, "help_text": zone_help(edition.time_zone)}
            self.fields[f"opens_{number}"] = ZonedMoment(label=_("%(round)s opens") % {"round": name}, **values)
            self.fields[f"closes_{number}"] = ZonedMoment(label=_("%(round)s closes") % {"round": name}, **values)

    def windows(self) -> list[tuple[datetime, datetime]]:
        cleaned = self.cleaned_data
        return [(cleaned[f"opens_{n}"], cleaned[f"closes_{n}"]) for n in range(1, len(self.names) + 1)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        for number in range(1, len(self.names) + 1):
            opens, closes = self.cleaned_data.get(f"opens_{number}"), self.cleaned_data.get(f"closes_{number}")
            if opens and closes and closes <= opens:
                self.add_error(f"closes_{number}", _("The round has to close after it opens."))
        return self.cleaned_data
