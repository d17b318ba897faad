"""What an organiser types to set up a report of a programme's stays: the report and its questions."""

from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from corridor.domain.life.reports import choices_of
from corridor.life.forms.life import add_words, words_of
from corridor.life.kinds.report_answers import ANSWER_KINDS
from corridor.life.kinds.report_figures import FIGURE_KINDS
from corridor.life.reading.stays import standard
from corridor.states import Side

ANCHORS = [
    ("start", _("the first day of the stay")),
    ("middle", _("the middle of the stay")),
    ("end", _("the end of the stay")),
]


class ReportFormForm(forms.Form):
    """A report: its title, who writes it, when."""

    side = forms.ChoiceField(label=_("Who writes it"), choices=Side.choices)
    anchor = forms.ChoiceField(label=_("Counted from"), choices=ANCHORS)
    months = forms.IntegerField(
        label=_("Months after that day"), min_value=0, max_value=120, initial=0, help_text=_("12 for a year after it.")
    )
    opens_days = forms.IntegerField(
        label=_("Opens, in days from then"),
        min_value=-365,
        max_value=365,
        initial=-15,
        help_text=_("Before it: with a minus."),
    )
    due_days = forms.IntegerField(label=_("Due, in days from then"), min_value=-365, max_value=365, initial=15)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = add_words(self, "title", _("Title in %(language)s"), self.initial.get("title", {}))
        self.order_fields([*names, *self.fields])

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        if not words_of(self, "title"):
            self.add_error(next(iter(self.fields)), _("Give the report a title in at least one language."))
        opens, due = values.get("opens_days"), values.get("due_days")
        if opens is not None and due is not None and due < opens:
            self.add_error("due_days", _("The report would be due before it opens."))
        return values

    def values(self) -> dict[str, Any]:
        """As corridor.domain.life.reports.form_of takes it, without its questions."""
        kept = {name: self.cleaned_data[name] for name in ("side", "anchor", "months", "opens_days", "due_days")}
        return {**kept, "title": words_of(self, "title")}


class QuestionForm(forms.Form):
    """A question of a report. Without words it is taken off."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    term = forms.ChoiceField(
        label=_("Figure that it asks"),
        choices=lambda: [("", _("none")), *((kind.code, kind.name) for kind in FIGURE_KINDS.values())],
        required=False,
        help_text=_("The same figure is added up over all stays, whatever its words. It decides how it is answered."),
    )
    kind = forms.ChoiceField(
        label=_("Answered by"),
        choices=lambda: [(kind.code, kind.name) for kind in ANSWER_KINDS.values()],
        required=False,
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=12, required=False, help_text=_("For money: a currency, such as EUR.")
    )
    is_required = forms.BooleanField(label=_("Needed to file the report"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said, known = self.initial, choices_of(self.initial.get("choices", {}))
        words = add_words(self, "label", _("Question in %(language)s"), said.get("label", {}))
        helps = add_words(self, "help", _("Explanation in %(language)s"), said.get("help", {}))
        listed = {
            language: "\n".join(str(label.get(language, "")) for label in known.values())
            for label in known.values()
            for language in label
        }
        choices = add_words(self, "choices", _("Answers in %(language)s, one on a line"), listed, lines=3)
        self.order_fields([*words, *helps, "term", "kind", "unit", *choices, "is_required", "code"])

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        if not words_of(self, "label"):
            return values
        term = values.get("term")
        values["kind"] = FIGURE_KINDS[term].answered_by if term else values.get("kind") or next(iter(ANSWER_KINDS))
        kind = ANSWER_KINDS[values["kind"]]
        values["unit"] = kind.unit_of(values.get("unit", "").strip())
        values["choices"] = self._choices(values) if kind.is_listed else {}
        return values

    def _choices(self, values: dict[str, Any]) -> dict[str, dict[str, str]]:
        """{code: {language: text}}; a choice whose words are known keeps its code."""
        if values["term"]:
            asked = (row for form in standard()["reports"] for row in form["questions"])
            listed = (row["choices"] for row in asked if row["code"] == values["term"])
            given: dict[str, dict[str, str]] | None = next(listed, None)
            if given:
                return given
        typed = words_of(self, "choices")
        lists = {
            language: [line.strip() for line in text.splitlines() if line.strip()] for language, text in typed.items()
        }
        if not lists or len({len(lines) for lines in lists.values()}) > 1:
            name = next(name for name in self.fields if name.startswith("choices_"))
            self.add_error(name, _("Give the answers one on a line, as many in each language."))
            return {}
        known = {tuple(label.items()): code for code, label in choices_of(self.initial.get("choices", {})).items()}
        found: dict[str, dict[str, str]] = {}
        for number, texts in enumerate(zip_longest(*lists.values()), start=1):
            label = dict(zip(lists, texts, strict=True))
            code = known.get(tuple(label.items())) or slugify(texts[0]).replace("-", "_")[:32] or f"answer_{number}"
            while code in found:
                code = f"{code[:32]}_{number}"
            found[code] = label
        return found

    def question(self) -> dict[str, Any] | None:
        """As corridor.domain.life.reports.question_of takes it, its code perhaps empty; None without words."""
        values = getattr(self, "cleaned_data", {})
        if not values or not words_of(self, "label"):
            return None
        kept = {name: values[name] for name in ("code", "kind", "unit", "term", "is_required", "choices")}
        return {**kept, "label": words_of(self, "label"), "help": words_of(self, "help")}


def title_of(row: dict[str, Any]) -> LazyI18nString:
    return LazyI18nString(dict(row["title"]))
