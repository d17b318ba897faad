"""Somebody else of a party signs than the person whom the document names: who, in which capacity, and why."""

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.agreements.notices import ask_next_signer, party_people
from corridor.agreements.signers import expected
from corridor.agreements.signing.services.signing import locked_place
from corridor.models import Agreement, Signature, SigningCode
from corridor.permissions import can_name_signer
from corridor.states import AgreementState, CopyState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal


@transaction.atomic
def name_stand_in(
    *, by: User, agreement: Agreement, party: str, signer: User, capacity: str, authority: str, reason: str
) -> Signature:
    """Names another person of the same party to sign, with the reason; asks them at their turn.
    The issued document stays.

    `by` an organiser, or somebody of the party. Raises Forbidden for others, Refusal once the party has signed, for a
    person who can't sign for it, and while a scan of the other's signature waits to be compared.
    """
    agreement, signature, _stay = locked_place(agreement, party)
    if not can_name_signer(by, signature):
        raise Forbidden(_("Only the organiser and the party itself name who signs."), code="signer.forbidden")
    _check_place(agreement, signature, signer)
    words = {"capacity": capacity.strip(), "authority": authority.strip(), "reason": reason.strip()}
    for field, sentence in (
        ("capacity", _("Say in which capacity this person signs.")),
        ("authority", _("Say by virtue of what this person signs.")),
        ("reason", _("Say why: it is printed with the signature.")),
    ):
        if not words[field]:
            raise Refusal(sentence, code=f"signer.{field}", field=field, status=422)
    before = expected(signature, agreement.content)
    signature.signatory = signer
    signature.stand_in = {
        "name": signer.full_name,
        "capacity": words["capacity"][:150],
        "authority": words["authority"][:300],
        # Whom the document names, however often the stand-in changes.
        "instead_of": signature.stand_in.get("instead_of") or before.name,
        "reason": words["reason"][:300],
        "named_by": by.full_name or by.email,
        "named_at": clock.now().isoformat(),
    }
    signature.save(update_fields=["signatory", "stand_in"])
    # A code that was sent to whoever was to sign before signs nothing any more.
    SigningCode.objects.filter(signature=signature).delete()
    record_event(
        by=by,
        verb="name_signer",
        thing=agreement,
        before={"party": party, "name": before.name},
        after={"party": party, "name": signer.full_name, "reason": signature.stand_in["reason"]},
    )
    if agreement.state == AgreementState.ISSUED:
        ask_next_signer(agreement)
    return signature


def _check_place(agreement: Agreement, signature: Signature, signer: User) -> None:
    """Raises Refusal unless the place is open and the person can take it."""
    if signature.signed_at is not None:
        raise Refusal(_("This party has signed already."), code="agreement.signed_already")
    if agreement.state not in (AgreementState.DRAFTED, AgreementState.ISSUED):
        raise Refusal(
            _("This agreement can't be signed now: its state is “%(state)s”.")
            % {"state": agreement.get_state_display()},
            code="agreement.state",
        )
    if signature.user_id is not None:
        raise Refusal(_("This party is a person: nobody signs instead."), code="signer.person")
    if signature.copies.filter(state=CopyState.WAITING).exists():
        raise Refusal(_("A scan for this party waits to be compared: that comes first."), code="copy.waiting")
    if signer not in party_people(signature):
        raise Refusal(
            _("%(name)s can't sign for %(party)s: choose one of its people.")
            % {"name": signer, "party": signature.party_name},
            code="signer.stranger",
            field="signer",
            status=422,
        )
    if not signer.full_name.strip():
        raise Refusal(
            _("This account has no full name, and a signature needs one. Ask its owner to add it."),
            code="signer.no_name",
            field="signer",
            status=422,
        )
    if expected(signature, agreement.content).name == signer.full_name and signature.signatory_id == signer.pk:
        raise Refusal(
            _("%(name)s is expected to sign already.") % {"name": signer.full_name}, code="signer.same", field="signer"
        )
