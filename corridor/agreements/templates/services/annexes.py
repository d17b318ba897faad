"""Annexes that an incubator adds to its agreements. What an agreement has frozen stays as it was."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from corridor.domain.terms.clauses import DOCUMENT_LANGUAGES
from corridor.models import HostAnnex, Incubator
from corridor.permissions import can_edit_incubator, require
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal

LONGEST_TITLE, LONGEST_TEXT = 150, 20_000


@transaction.atomic
def save_annex(
    *, by: User, incubator: Incubator, annex: HostAnnex | None, texts: Mapping[str, Mapping[str, str]], version: int = 0
) -> HostAnnex:
    """Adds an annex, or changes one whose `version` is still the one that was read.

    `texts` is {language: {"title", "text"}}; a language left empty is left out.
    Raises Refusal for half a language or none.
    """
    incubator = _own(by, incubator)
    kept = {language: _checked(texts.get(language, {}), language) for language in DOCUMENT_LANGUAGES}
    said = {language: text for language, text in kept.items() if text["title"]}
    if not said:
        raise Refusal(_("Write the annex in one language at least."), code="annex.empty", status=422)
    if annex is None:
        last = incubator.annexes.aggregate(last=Max("position"))["last"] or 0
        annex = HostAnnex(incubator=incubator, position=last + 1, version=0)
    else:
        annex = incubator.annexes.get(pk=annex.pk, removed_at=None)
        if annex.version != version:
            text = _("Somebody has saved this annex since you opened it. Look at it again, then change it.")
            raise Refusal(text, code="annex.stale")
    before = annex.texts
    annex.texts, annex.version, annex.saved_at = said, annex.version + 1, clock.now()
    annex.save()
    record_event(
        by=by,
        verb="annex",
        thing=incubator,
        before={"texts": before},
        after={"annex": annex.pk, "version": annex.version, "texts": said},
    )
    return annex


@transaction.atomic
def remove_annex(*, by: User, annex: HostAnnex) -> None:
    """Agreements drafted from now on go without it."""
    incubator = _own(by, annex.incubator)
    annex = incubator.annexes.get(pk=annex.pk, removed_at=None)
    annex.removed_at = clock.now()
    annex.save(update_fields=["removed_at"])
    record_event(by=by, verb="remove_annex", thing=incubator, before={"annex": annex.pk, "texts": annex.texts})


def _own(by: User, incubator: Incubator) -> Incubator:
    incubator = locked(Incubator.objects.filter(pk=incubator.pk)).select_related("organisation").get()
    require(can_edit_incubator(by, incubator), _("Only the incubator’s own people change what it says."))
    return incubator


def _checked(text: Mapping[str, str], language: str) -> dict[str, str]:
    title, body = text.get("title", "").strip(), text.get("text", "").replace("\r\n", "\n").strip()
    field = f"title_{language}" if body else f"text_{language}"
    if bool(title) != bool(body):
        raise Refusal(_("An annex has a title and a text in each of its languages."), code="annex.half", field=field)
    if len(title) > LONGEST_TITLE or len(body) > LONGEST_TEXT:
        raise Refusal(_("This is too long for an annex."), code="annex.long", field=f"text_{language}", status=422)
    return {"title": title, "text": body}
