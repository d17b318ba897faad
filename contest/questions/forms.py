"""What the organiser types to set up what is asked, and the categories: every language of the site in one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from contest.forms import in_languages, read_languages
from contest.kinds.question_kinds import offered
from contest.models import Category, Question

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class AskedForm(forms.Form):
    """What is asked, or named to choose from: its texts in every language, then the rest.

    `texts` are (name, label, is_required, characters at most), `plain` the other columns; a new one has what its model
    (`asks`) says, and the next place in the list.
    """

    asks: type[Any]
    plain: tuple[str, ...]
    texts: tuple[tuple[str, StrPromise, bool, int], ...]

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: Any = None, next_order: int = 1) -> None:
        source = row or self.asks(order=next_order)
        super().__init__(data, initial=self.kept(source))
        rest = list(self.fields)
        for name, label, is_required, most in self.texts:
            value = getattr(source, name)
            in_languages(self, name, label, value=value, required=is_required, max_length=most)
        self.order_fields([*(name for name in self.fields if name not in rest), *rest])

    def kept(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.plain}

    def values(self) -> dict[str, Any]:
        """What is typed, as the service takes it."""
        plain = {name: self.cleaned_data[name] for name in self.plain}
        return {**plain, **{name: read_languages(self, name) for name, *_rest in self.texts}}


class CategoryForm(AskedForm):
    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=40, help_text=gettext_lazy("Never shown: clean-water")
    )
    order = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=0, max_value=999)

    asks = Category
    plain = ("code", "order")
    texts = (("name", gettext_lazy("Name"), True, 200),)


class QuestionForm(AskedForm):
    """A question. Choices are typed one a line: code = English name = French name."""

    code = forms.SlugField(label=gettext_lazy("Code"), max_length=40, help_text=gettext_lazy("Never shown: problem"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=offered)
    max_chars = forms.IntegerField(label=gettext_lazy("Characters at most"), min_value=1, max_value=20000)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("For “one of a list”, one a line: code = English name = French name"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    is_required = forms.BooleanField(label=gettext_lazy("An answer is required"), required=False)
    names_team = forms.BooleanField(
        label=gettext_lazy("The answer may name the team"),
        help_text=gettext_lazy("A jury that reads without names does not see it."),
        required=False,
    )
    order = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=0, max_value=999)

    asks: type[Any] = Question
    plain: tuple[str, ...] = ("code", "kind", "max_chars", "is_required", "names_team", "order")
    texts = (("text", gettext_lazy("Question"), True, 450), ("help", gettext_lazy("Help"), False, 450))

    def kept(self, row: Any) -> dict[str, Any]:
        lines = [" = ".join([choice["code"], *choice["name"].values()]) for choice in row.choices]
        return {**super().kept(row), "choices": "\n".join(lines)}

    def clean_choices(self) -> list[dict[str, object]]:
        found = []
        for line in self.cleaned_data["choices"].splitlines():
            code, *names = [part.strip() for part in line.split("=")]
            if code:
                english = names[0] if names and names[0] else code
                french = names[1] if len(names) > 1 and names[1] else english
                found.append({"code": code, "name": {"en": english, "fr": french}})
        return found

    def values(self) -> dict[str, Any]:
        return {**super().values(), "choices": self.cleaned_data["choices"]}
