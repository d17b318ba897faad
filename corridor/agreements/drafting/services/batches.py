"""Agreements for all accepted stays of a programme at once:
each drafted by itself, what is missing noted and the others done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.agreements.drafting.blanks import usual_terms
from corridor.agreements.drafting.missing import MissingBlanks
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.templates.wording import terms_in, wording_for
from corridor.models import AgreementBatch, BatchLine, Programme, Stay
from corridor.permissions import require
from corridor.states import AgreementState, StayState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from corridor.reads.stays import StayQuerySet


def stays_to_draft(programme: Programme) -> StayQuerySet:
    """Accepted stays of a programme that have no agreement in force, by start."""
    drafted = programme.agreements.agreements().exclude(state=AgreementState.VOID).values("stay")
    stays = Stay.objects.filter(programme=programme, state=StayState.ACCEPTED).exclude(pk__in=drafted)
    return stays.with_parties().order_by("starts", "pk")


@transaction.atomic
def open_batch(
    *, by: User, programme: Programme, language: str, beside: str = "", terms: Mapping[str, Any]
) -> AgreementBatch:
    """Notes which stays are to have an agreement, on which terms. `terms` hold what is the same for all; the usual
    words of each stay stand in for what they leave out. draft_batch does the rest. Raises Refusal when no accepted stay
    waits for one."""
    require(is_organiser(by), _("Only the organiser drafts agreements."))
    programme = locked(Programme.objects.filter(pk=programme.pk)).get()
    stays = list(stays_to_draft(programme))
    if not stays:
        raise Refusal(_("No accepted stay waits for an agreement."), code="batch.empty")
    batch = AgreementBatch.objects.create(
        programme=programme,
        language=language,
        beside=beside if beside != language else "",
        terms={key: value for key, value in terms.items() if value},
        made_by=by,
        made_at=clock.now(),
    )
    BatchLine.objects.bulk_create(BatchLine(batch=batch, stay=stay) for stay in stays)
    record_event(by=by, verb="open_batch", thing=programme, after={"batch": batch.pk, "stays": len(stays)})
    return batch


def draft_batch(*, by: User, batch: AgreementBatch) -> int:
    """Drafts every line that has no agreement yet, each in a transaction of its own, and says of the others why not.

    Run again, it tries those again: no stay gets a second agreement. Returns how many were drafted.
    """
    require(is_organiser(by), _("Only the organiser drafts agreements."))
    lines = list(batch.lines.filter(agreement=None).values_list("pk", flat=True))
    return sum(_draft_line(by, pk) for pk in lines)


@transaction.atomic
def _draft_line(by: User, pk: int) -> bool:
    line = locked(BatchLine.objects.filter(pk=pk)).select_related("batch").get()
    if line.agreement_id is not None:
        return False
    line.lacks, line.refusal = [], ""
    # Completed by hand meanwhile, on the stay's own form.
    line.agreement = line.stay.agreements.agreements().exclude(state=AgreementState.VOID).first()
    if line.agreement is not None:
        line.save()
        return False
    stay = Stay.objects.with_parties().get(pk=line.stay_id)
    batch = line.batch
    try:
        with transaction.atomic():
            wording = wording_for(stay)
            languages = [code for code in (batch.language, batch.beside) if code]
            for language in languages:
                terms_in(wording, language)
            given = {**usual_terms(stay=stay, wording=wording, languages=languages), **batch.terms}
            line.agreement = draft_agreement(
                by=by, stay=stay, language=batch.language, beside=batch.beside, terms=given
            )
    except MissingBlanks as refusal:
        line.lacks = [list(one) for one in refusal.lacks]
        line.refusal = "; ".join(refusal.names)[:500]
    except Refusal as refusal:
        line.refusal = str(refusal.message)[:500]
    line.save()
    return line.agreement_id is not None
