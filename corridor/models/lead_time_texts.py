"""The words of data/lead_times.csv, so that they can be said in the reader's language. A test compares the two."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

TEXTS = (
    _("A citizen of the European Union in another of its countries: free movement, no visa."),
    _(
        "A short stay in the Schengen area lasts 90 days in any 180, shorter than six months. Not "
        "confirmed: general knowledge, no page was read."
    ),
    _(
        "French Tech Visa for Founders: only through a partner incubator, else the ordinary Talent "
        "permit. Under a year, a long-stay visa suffices. How long it takes was not found."
    ),
    _(
        "StartUP Visa: papers 1 month, the incubator’s reply 1, IAPMEI 4 to 6; then 40 days to sign, 5 "
        "to upload, 180 to ask for the visa, up to 60 more: about a year in all."
    ),
    _(
        "ESTA lasts 90 days and can’t be extended: it can’t cover six months. B-1: up to six months, no "
        "US pay, no day-to-day running of a US firm (https://legalpad.io/startup-resources/b-1-faqs/). "
        "How long it takes was not found."
    ),
    _(
        "International Experience Canada: ages 18 to 30 or 35 by nationality; Young Professionals need a "
        "signed offer; co-op only for enrolled students. How long it takes was not found."
    ),
    _("General knowledge, not confirmed by a page"),
)


def in_words(text: str) -> str:
    """A note or a source in the reader's language, if it is one of those; else as it was entered."""
    return gettext(text) if text in TEXTS else text
