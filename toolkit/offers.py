"""What a form's fields offer, where it is known only once the form is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, str | StrPromise]]) -> None:
    """Gives a field of choices its (value, label) pairs."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def choose_from(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Gives a choice among rows its rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
