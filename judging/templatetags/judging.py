"""Words that judging's pages need."""

from typing import Any

from django import template

from judging.models.rounds import from_thousandths
from judging.rounds.words.criteria import in_words
from toolkit.templatetags.house import true_minus

register = template.Library()


@register.filter
def words(texts: Any) -> str:
    """A text held in all languages, in the reader's."""
    return in_words(texts)


@register.filter
def thousandths(value: int | None) -> str:
    """A number kept in thousandths as people write it; nothing for none."""
    return "" if value is None else true_minus(from_thousandths(value))
