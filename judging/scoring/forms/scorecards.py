"""A scorecard as a form: one field for each criterion, in the words and steps of its scale."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.models import Criterion, CriterionGroup, Scorecard
from judging.models.rounds import from_thousandths, to_thousandths
from judging.models.scorecards import REMARK_LIMIT, TEXT_LIMIT
from judging.rounds.kinds.criterion_kinds import counting, kind_of
from judging.rounds.words.criteria import in_words, share_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_APPLICABLE = "n/a"
RADIO_STEPS = 11


@dataclass(frozen=True)
class Level:
    """A mark that can be chosen: its value as posted (“4.5”), as shown (“4,5” in French),
    and what it means in words."""

    value: str
    label: str
    words: str


def as_posted(thousandths: int | None) -> str:
    """A number in thousandths as a form sends it: 4500 is “4.5”; empty for None."""
    number = from_thousandths(thousandths)
    return "" if number is None else format(number, "f")


def levels_of(criterion: Criterion) -> list[Level]:
    """Every mark of a scale of at most RADIO_STEPS steps; an empty list for a finer one."""
    count = (criterion.scale_max - criterion.scale_min) // criterion.scale_step + 1
    if count > RADIO_STEPS:
        return []
    steps = range(criterion.scale_min, criterion.scale_max + 1, criterion.scale_step)
    return [level(criterion, step) for step in steps]


def anchored_levels(criterion: Criterion) -> list[Level]:
    """The marks that have words, from the lowest to the highest."""
    keys = sorted(int(key) for key, texts in criterion.anchors.items() if in_words(texts))
    return [level(criterion, key) for key in keys]


def level(criterion: Criterion, thousandths: int) -> Level:
    return Level(
        as_posted(thousandths),
        str(localize(from_thousandths(thousandths))),
        in_words(criterion.anchors.get(str(thousandths))),
    )


class MarkField(forms.CharField):
    """Cleans to Decimal, None (blank: not yet marked) or “n/a”. Takes a comma or a point."""

    def __init__(self, criterion: Criterion, **options: Any) -> None:
        self.criterion = criterion
        super().__init__(required=False, label=str(criterion.name), **options)

    def clean(self, value: Any) -> Decimal | str | None:
        text = super().clean(value).replace(",", ".")
        if text == "":
            return None
        if text == NOT_APPLICABLE:
            if self.criterion.is_required:
                raise forms.ValidationError(_("This criterion needs a mark."), code="required")
            return NOT_APPLICABLE
        return self.on_the_scale(text)

    def on_the_scale(self, text: str) -> Decimal:
        criterion = self.criterion
        try:
            number = Decimal(text)
            thousandths = to_thousandths(number) if number.is_finite() else None
        except (InvalidOperation, ValueError):
            thousandths = None
        if (
            thousandths is None
            or not criterion.scale_min <= thousandths <= criterion.scale_max
            or (thousandths - criterion.scale_min) % criterion.scale_step
        ):
            raise forms.ValidationError(
                _("Give a number from %(low)s to %(high)s, in steps of %(step)s.")
                % {
                    "low": localize(from_thousandths(criterion.scale_min)),
                    "high": localize(from_thousandths(criterion.scale_max)),
                    "step": localize(from_thousandths(criterion.scale_step)),
                },
                code="scale",
            )
        return number


@dataclass(frozen=True)
class CriterionRow:
    """What the page needs to show one criterion: its field, its scale, what is chosen and in what words."""

    criterion: Criterion
    field: forms.BoundField
    levels: list[Level]
    anchors: list[Level]
    value: str
    share: str
    remark: forms.BoundField | None
    note: str

    @property
    def words(self) -> str:
        return next((level.words for level in self.anchors if level.value == self.value), "")

    @property
    def lowest(self) -> str:
        return str(localize(from_thousandths(self.criterion.scale_min)))

    @property
    def highest(self) -> str:
        return str(localize(from_thousandths(self.criterion.scale_max)))

    @property
    def step(self) -> str:
        return str(localize(from_thousandths(self.criterion.scale_step)))


@dataclass(frozen=True)
class Section:
    """Criteria that weigh together: the group's name and its weight in words, empty where the round has no groups."""

    name: str
    weight: str
    rows: list[CriterionRow]


class RemarkField(forms.CharField):
    """Why this mark: asked for below or above the bounds of the rule, welcome otherwise."""

    def __init__(self, criterion: Criterion) -> None:
        below, above = (localize(from_thousandths(n)) for n in (criterion.comment_below, criterion.comment_above))
        words = {"below": below, "above": above}
        if criterion.comment_below is None:
            help_text = _("Needed for marks above %(above)s.") % words
        elif criterion.comment_above is None:
            help_text = _("Needed for marks below %(below)s.") % words
        else:
            help_text = _("Needed for marks below %(below)s and above %(above)s.") % words
        super().__init__(
            label=_("Why this mark?"),
            help_text=help_text,
            validators=[MaxLengthValidator(REMARK_LIMIT)],
            required=False,
            widget=forms.Textarea({"rows": 2}),
        )


def group_share(group: CriterionGroup | None) -> str:
    return _("weight %(weight)s") % {"weight": localize(from_thousandths(group.weight))} if group else ""


def long_text(label: "StrPromise", help_text: "StrPromise", *, rows: int) -> forms.CharField:
    """A text that may be left out. Its page has no maxlength: a browser would cut a pasted text in silence."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        validators=[MaxLengthValidator(TEXT_LIMIT)],
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": rows}),
    )


class ScorecardForm(forms.Form):
    """`criteria` and the marks of `scorecard` come prefetched; the form itself asks the database nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = long_text(
        gettext_lazy("Comment for the start-up"),
        gettext_lazy("Sent to the team after the results are published, without your name."),
        rows=4,
    )
    private_note = long_text(gettext_lazy("Note for yourself"), gettext_lazy("Nobody else reads it."), rows=2)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, scorecard: Scorecard, criteria: list[Criterion]
    ) -> None:
        self.scorecard, self.criteria = scorecard, criteria
        super().__init__(data, initial=initial_of(scorecard, criteria))
        for criterion in criteria:
            self.fields[name_of(criterion)] = MarkField(criterion)
            if has_remark(criterion):
                self.fields[remark_of(criterion)] = RemarkField(criterion)

    def marks(self) -> dict[int, Decimal | str | None]:
        """{criterion id: mark} of the fields that are in order;
        a mark off its scale is left out and stays in `errors`."""
        return {
            criterion.pk: self.cleaned_data[name_of(criterion)]
            for criterion in self.criteria
            if name_of(criterion) in self.cleaned_data
        }

    def remarks(self) -> dict[int, str]:
        """{criterion id: why this mark} of the criteria that have a place for it."""
        return {c.pk: self.cleaned_data[name] for c in self.criteria if (name := remark_of(c)) in self.cleaned_data}

    def sections(self) -> list[Section]:
        """The rows by the group they weigh in, in the order in which groups come up;
        ungrouped rounds are one section."""
        found: dict[int | None, Section] = {}
        for row in self.rows():
            group = row.criterion.group
            if row.criterion.group_id not in found:
                found[row.criterion.group_id] = Section(str(group.name) if group else "", group_share(group), [])
            found[row.criterion.group_id].rows.append(row)
        return list(found.values())

    def rows(self) -> list[CriterionRow]:
        counted = counting(self.criteria)
        everything: Counter[int | None] = Counter()
        for criterion in counted:
            everything[criterion.group_id] += criterion.weight
        return [
            CriterionRow(
                criterion=criterion,
                field=self[name_of(criterion)],
                levels=levels_of(criterion),
                anchors=anchored_levels(criterion),
                value=self[name_of(criterion)].value() or "",
                share=share_of(criterion.weight, everything[criterion.group_id]) if criterion in counted else "",
                remark=self[remark_of(criterion)] if remark_of(criterion) in self.fields else None,
                note=kind_of(criterion).note(criterion),
            )
            for criterion in self.criteria
        ]


def name_of(criterion: Criterion) -> str:
    return f"m{criterion.pk}"


def remark_of(criterion: Criterion) -> str:
    return f"r{criterion.pk}"


def has_remark(criterion: Criterion) -> bool:
    return criterion.comment_below is not None or criterion.comment_above is not None


def initial_of(scorecard: Scorecard, criteria: list[Criterion]) -> dict[str, object]:
    """What is kept on the server, as the form's values."""
    kept = {
        f"m{mark.criterion_id}": NOT_APPLICABLE if mark.not_applicable else as_posted(mark.value)
        for mark in scorecard.marks.all()
    }
    blank = {name_of(criterion): "" for criterion in criteria}
    blank |= {remark_of(criterion): "" for criterion in criteria if has_remark(criterion)}
    kept |= {
        f"r{mark.criterion_id}": mark.comment for mark in scorecard.marks.all() if f"r{mark.criterion_id}" in blank
    }
    texts = {"comment": scorecard.comment, "private_note": scorecard.private_note}
    return {**blank, **kept, **texts, "version": scorecard.version}


class RecusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What is the tie?"),
        help_text=gettext_lazy(
            "For example: I advise this team, I own shares, a relative works there. The organiser reads it; the "
            "team does not."
        ),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
