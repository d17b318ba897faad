"""Days that a contest can mean: anything else is a slip of the keyboard, and arithmetic with it leaves the calendar."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST, LAST = 1900, 2199


def check_year(day: date) -> None:
    """For a date or a moment. Raises ValidationError outside FIRST to LAST:
    time zones and durations would overflow at the ends."""
    if not FIRST <= day.year <= LAST:
        values = {"year": day.year, "first": FIRST, "last": LAST}
        raise ValidationError(
            _("The year %(year)s is not meant: take one from %(first)s to %(last)s.") % values, code="year"
        )


def teach_forms() -> None:
    """Every day that anybody types, in every form, is checked so."""
    for field in (forms.DateField, forms.DateTimeField):
        field.default_validators = [*field.default_validators, check_year]
