"""A chain of documents in the reader's words: what each one changed."""

from django.utils.translation import gettext as _

from corridor.domain.terms.content import ChangeSaid
from corridor.kinds.document_kinds import change_kind
from toolkit.kinds import UnknownKind


def changes_in_words(kind: str, said: ChangeSaid) -> list[str]:
    """What a document of a kind changes; `said` is the `change` of its frozen content. Names nobody. Of a kind that
    nobody knows: that it is not known."""
    try:
        lines = change_kind(kind).in_words(said, said.before.facts, said.after.facts)
    except UnknownKind as unknown:
        lines = [str(unknown)]
    if said.text:
        lines.append(_("Other wording: %(text)s") % {"text": said.text})
    if said.reason:
        lines.append(_("Reason: %(reason)s") % {"reason": said.reason})
    return lines
