"""Words that judging's pages need."""

from django import template
from django.utils.translation import gettext as _

from judging.forms.rounds import tie_choices, tie_value
from judging.forms.scorecards import in_words

register = template.Library()


@register.filter
def words(texts) -> str:
    """A text held in all languages, in the reader's."""
    return in_words(texts)


@register.filter
def tie_words(link: dict, round) -> str:
    """A rule of the chain for ties, in words."""
    known = dict(tie_choices(list(round.criteria.all())))
    value = tie_value(link)
    return known.get(value) or _("unknown rule “%(rule)s”") % {"rule": value}
