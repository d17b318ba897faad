"""Stays and their figures on pages."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format

from corridor.life.reading.stays import phase_label, phase_of
from corridor.models import Stay

register = template.Library()


@register.filter
def amount(value: Any) -> str:
    """A sum with thousands apart, as the reader's language writes it: 1 200.50; no decimals when they are none."""
    number = Decimal(str(value))
    text = number_format(number, 0 if number == number.to_integral_value() else 2, force_grouping=True)
    return text.replace("-", "−")  # a minus, not a hyphen


@register.filter
def phase_name(stay: Stay) -> str:
    """What the stay is called today where the host is: under way, mid-term, completed, or its state."""
    return str(phase_label(phase_of(stay)))
