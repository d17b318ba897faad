"""Agreements: drafted (frozen and numbered), signed in order on the document that was issued, or made void."""

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.agreements import notices
from corridor.agreements.files.services.effects import release
from corridor.agreements.files.services.rendering import render_agreement
from corridor.models import Agreement, Stay
from corridor.states import AGREEMENT, AgreementState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import can_move, move


@transaction.atomic
def void_agreement(*, by: User, agreement: Agreement, reason: str) -> Agreement:
    """Takes an agreement back before all have signed, or after, when its executed copy can't be made.

    Its number stays taken; another one can be drafted. Raises Forbidden to who is no organiser; Refusal without a
    reason, and in between.
    """
    if not may_void(by, agreement):
        raise Forbidden(_("Only the organiser can make an agreement void."))
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Say why: the parties read it."), code="agreement.reason", field="reason", status=422)
    stay = locked(Stay.objects.filter(pk=agreement.stay_id)).get()  # the stay first, then the agreement: always
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    if agreement.state == AgreementState.SIGNED and not agreement.has_failed:
        raise Refusal(
            _("All have signed, and the executed copy is being prepared: it can be made void only if that fails."),
            code="agreement.all_signed",
        )
    was_issued = agreement.state in (AgreementState.ISSUED, AgreementState.SIGNED)
    before, after = move(agreement, "void", AGREEMENT)
    agreement.void_reason = reason[:500]
    agreement.let_go()
    agreement.save()
    record_event(
        by=by, verb="void", thing=agreement, before={"state": before}, after={"state": after, "reason": reason[:500]}
    )
    if agreement.is_change:
        release(stay)
    else:
        stay.promised = []  # the one that is drafted next says it anew
        stay.save(update_fields=["promised"])
    if was_issued:
        notices.AgreementVoid.tell(agreement)
    return agreement


def may_void(by: User, agreement: Agreement) -> bool:
    """Organisers; of a notice that nobody else signs, whoever drafted it."""
    return is_organiser(by) or (agreement.is_one_sided and agreement.drafted_by_id == by.pk)


def can_be_void(agreement: Agreement) -> bool:
    """It has not come into force, and isn't about to."""
    about_to = agreement.state == AgreementState.SIGNED and not agreement.has_failed
    return can_move(AGREEMENT, agreement.state, "void") and not about_to


@transaction.atomic
def prepare_again(*, by: User, agreement: Agreement) -> Agreement:
    """After repeated failures a person has the document prepared once more. Raises Forbidden to who is no organiser;
    Refusal when none has failed."""
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser can do this."))
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    if not agreement.has_failed:
        raise Refusal(_("No document of this agreement has failed."), code="agreement.not_failed")
    agreement.start_over()
    agreement.save()
    record_event(by=by, verb="prepare_again", thing=agreement)
    transaction.on_commit(lambda: render_agreement.enqueue(agreement.pk))
    return agreement
