"""Dates in the reader's language, as its people write them."""

import re
from datetime import date, datetime

from django.utils import formats, translation

FIRST = re.compile(r"^1(?= )")


def date_format(value: date | datetime, format: str | None = None, use_l10n: bool | None = None) -> str:
    """Django's date_format; in French the first day of a month is “1er”, which no format character writes."""
    text = formats.date_format(value, format, use_l10n)
    return FIRST.sub("1er", text) if (translation.get_language() or "").startswith("fr") else text
