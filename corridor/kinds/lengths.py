"""How long a stay is, in the reader's words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.domain.calendar.spans import length_of


def length_words(starts: date, ends: date) -> str:
    """“6 months”, “6 months and 12 days”, by the calendar rule."""
    months, days = length_of(starts, ends)
    in_months = ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    in_days = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if months and days:
        return _("%(months)s and %(days)s") % {"months": in_months, "days": in_days}
    return in_months if months else in_days
