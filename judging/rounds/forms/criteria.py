"""Forms for a round's criteria and the groups they stand in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.models import Category
from judging.domain.rule.criterion_kinds import SCORE
from judging.models import Criterion, CriterionGroup, Round
from judging.models.rounds import from_thousandths, to_thousandths
from judging.rounds.forms.rounds import LANGUAGES, text_initial, texts
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
from toolkit.kinds import choices_of
from toolkit.offers import choose_from


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
    kind = forms.ChoiceField(
        label=gettext_lazy("What it does"), choices=lambda: choices_of(CRITERION_KINDS), required=False
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("Group"), queryset=CriterionGroup.objects.none(), required=False, empty_label="—"
    )
    categories = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only for entries in"),
        help_text=gettext_lazy(
            "None chosen: for all entries. For others it is no part of the total, nor of the best possible."
        ),
        queryset=Category.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cap = forms.DecimalField(
        label=gettext_lazy("Points at most"),
        help_text=gettext_lazy("For points on top, or off."),
        min_value=0,
        decimal_places=3,
        max_digits=9,
        required=False,
    )
    ranking_weight = forms.DecimalField(
        label=gettext_lazy("Weight for the rank"),
        help_text=gettext_lazy("Where the rank weighs otherwise than the total that thresholds look at."),
        min_value=0,
        decimal_places=3,
        max_digits=9,
        required=False,
    )
    comment_below = forms.DecimalField(
        label=gettext_lazy("Comment asked for marks below"), decimal_places=3, max_digits=9, required=False
    )
    comment_above = forms.DecimalField(
        label=gettext_lazy("Comment asked for marks above"), decimal_places=3, max_digits=9, required=False
    )
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
    SCALE = (
        "weight", "scale_min", "scale_max", "scale_step", "threshold", "cap", "ranking_weight", "comment_below",
        "comment_above",
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, round: Round, criterion: Criterion | None = None
    ) -> None:
        self.criterion = criterion
        super().__init__(data, initial=criterion_initial(criterion) if criterion else None)
        groups = CriterionGroup.objects.filter(round=round)
        choose_from(self, "group", groups)
        choose_from(self, "categories", Category.objects.filter(edition=round.edition_id))
        if not groups.exists():
            del self.fields["group"]

    def words(self) -> list[forms.BoundField]:
        names = ("name_en", "name_fr", "guidance_en", "guidance_fr", "anchors_en", "anchors_fr")
        return [self[name] for name in names]

    def scale(self) -> list[forms.BoundField]:
        return [self[name] for name in ("scale_min", "scale_max", "scale_step", "threshold", "is_required")]

    def weighing(self) -> list[forms.BoundField]:
        names = ("kind", "weight", "group", "cap", "ranking_weight")
        return [self[name] for name in names if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in ("comment_below", "comment_above", "categories")]

    def clean_anchors_en(self) -> dict[str, str]:
        return read_anchors(self.cleaned_data["anchors_en"])

    def clean_anchors_fr(self) -> dict[str, str]:
        return read_anchors(self.cleaned_data["anchors_fr"])

    def values(self, taken: set[str]) -> dict[str, object]:
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
            "kind": cleaned["kind"] or SCORE,
            "group": cleaned.get("group"),
            "categories": list(cleaned["categories"]),
        }
        return values if self.criterion else {**values, "code": free_code(cleaned["name_en"], taken)}


def free_code(name: str, taken: set[str]) -> str:
    stem = slugify(name)[:36] or "criterion"
    return next(code for number in range(1, 1000) if (code := stem if number == 1 else f"{stem}-{number}") not in taken)


def read_anchors(text: str) -> dict[str, str]:
    """{"4000": "clearly ahead"} from lines “4 = clearly ahead”. Keys are thousandths. Raises ValidationError with the
    line that can't be read."""
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


def write_anchors(anchors: Mapping[str, Any], language: str) -> str:
    """Lines “4 = clearly ahead” from {thousandths: {language: words}}, the lowest first."""
    keys = sorted((key for key in anchors if anchors[key].get(language)), key=int)
    return "\n".join(f"{from_thousandths(int(key)):f} = {anchors[key][language]}" for key in keys)


def criterion_initial(criterion: Criterion) -> dict[str, object]:
    return {
        **text_initial(criterion.name, "name"),
        **text_initial(criterion.guidance, "guidance"),
        **{name: from_thousandths(getattr(criterion, name)) for name in CriterionForm.SCALE},
        "is_required": criterion.is_required,
        "kind": criterion.kind,
        "group": criterion.group_id,
        "categories": list(criterion.categories.all()),
        "anchors_en": write_anchors(criterion.anchors, "en"),
        "anchors_fr": write_anchors(criterion.anchors, "fr"),
    }


class GroupForm(forms.Form):
    """A group of criteria, such as the plan (60) and the pitch (40); a group may stand in another."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=150)
    name_fr = forms.CharField(label=gettext_lazy("Name in French"), max_length=150, required=False)
    weight = forms.DecimalField(label=gettext_lazy("Weight"), min_value=0, decimal_places=3, max_digits=9, initial=1)
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Stands in"), queryset=CriterionGroup.objects.none(), required=False, empty_label="—"
    )
    combine = forms.ChoiceField(
        label=gettext_lazy("How its criteria make its result"),
        choices=lambda: [("", gettext_lazy("as the round")), *choices_of(COMBINATIONS)],
        required=False,
    )
    threshold = forms.DecimalField(label=gettext_lazy("Result needed"), decimal_places=3, max_digits=9, required=False)
    ranking_weight = forms.DecimalField(
        label=gettext_lazy("Weight for the rank"), min_value=0, decimal_places=3, max_digits=9, required=False
    )
    NUMBERS = ("weight", "threshold", "ranking_weight")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, round: Round, group: CriterionGroup | None = None
    ) -> None:
        self.group = group
        initial = None
        if group:
            initial = {
                **text_initial(group.name, "name"),
                **{name: from_thousandths(getattr(group, name)) for name in self.NUMBERS},
                "parent": group.parent_id,
                "combine": group.combine,
            }
        super().__init__(data, initial=initial)
        others = CriterionGroup.objects.filter(round=round)
        choose_from(self, "parent", others.exclude(pk=group.pk) if group else others)

    def values(self, taken: set[str]) -> dict[str, object]:
        """The fields as save_group takes them; a new group gets a code of its own, not among `taken`."""
        cleaned = self.cleaned_data
        values = {
            **{name: None if cleaned[name] is None else to_thousandths(cleaned[name]) for name in self.NUMBERS},
            "name": texts(cleaned, "name"),
            "parent": cleaned["parent"],
            "combine": cleaned["combine"],
        }
        return values if self.group else {**values, "code": free_code(cleaned["name_en"], taken)}
