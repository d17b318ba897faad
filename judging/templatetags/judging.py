"""Words that judging's pages need."""

from django import template
from django.utils.formats import localize
from django.utils.translation import gettext as _

from judging.forms.scorecards import in_words
from judging.forms.ties import tie_choices, tie_value
from judging.models.rounds import from_thousandths

register = template.Library()


@register.filter
def words(texts) -> str:
    """A text held in all languages, in the reader's."""
    return in_words(texts)


@register.filter
def thousandths(value: int | None) -> str:
    """A number kept in thousandths as people write it; nothing for none."""
    return "" if value is None else localize(from_thousandths(value))


@register.filter
def tie_words(link: dict, round) -> str:
    """A rule of the chain for ties, in words."""
    known = dict(tie_choices(round))
    value = tie_value(link)
    return known.get(value) or _("unknown rule “%(rule)s”") % {"rule": value}
