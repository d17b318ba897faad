"""Who makes a guest wait for papers, in words: for the guest and the organiser, never for hosts,
other guests or the public."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.domain.calendar.lead_times import Cost
from corridor.placement.reading.lead_times import Papers
from network.countries import country_name


def cost_words(found: Papers | None, people: Sequence[Any] = ()) -> str:
    """Whose papers take longest, as a citizen of which country, and how long. Empty where nobody waits.

    `people` are those who are named, in the order in which they were counted; without them, persons are numbered.
    """
    return words_of(found.cost, [person.name for person in people]) if found is not None and found.cost else ""


def words_of(cost: Cost, names: Sequence[str] = ()) -> str:
    """The same of a cost alone."""
    values = {
        "who": names[cost.place] if cost.place < len(names) else _("Person %(number)s") % {"number": cost.place + 1},
        "country": country_name(cost.nationality),
        "days": cost.days,
    }
    sentence = ngettext(
        "%(who)s waits longest: %(days)s day with the nationality %(country)s.",
        "%(who)s waits longest: %(days)s days with the nationality %(country)s.",
        cost.days,
    )
    return sentence % values
