"""What a criterion is called, and how much it weighs, in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import get_language
from django.utils.translation import gettext as _

FIRST_LANGUAGE = "en"


def in_words(texts: Mapping[str, str] | None) -> str:
    """The text in the reader's language, else in the first one."""
    if not isinstance(texts, Mapping):
        return ""
    return texts.get((get_language() or FIRST_LANGUAGE)[:2]) or texts.get(FIRST_LANGUAGE) or ""


def share_of(weight: int, everything: int) -> str:
    """A weight as its share of all weights: “30 %”, or “12.5 %”."""
    if not everything:
        return ""
    share = (Decimal(weight) * 100 / everything).quantize(Decimal("0.1"))
    return _("%(share)s %%") % {"share": localize(share.to_integral_value() if share == int(share) else share)}
