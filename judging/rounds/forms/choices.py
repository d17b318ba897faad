"""Choices that a form offers under a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import QuerySet

if TYPE_CHECKING:
    pass


def choose_from(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Gives a choice among rows its rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
