"""What the signature part of an agreement's page shows to the signer whose turn it is."""

from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled

from corridor.models import Agreement, PaperCopy, Signature, SigningCode
from corridor.services.signing import CODE_LIFE, CODE_TRIES, Proof
from corridor.signers import expected
from corridor.states import CopyState, SecondStep
from corridor.views.agreement_forms import OutsideForm, SignForm
from toolkit import clock

WAYS = ("file", "paper")
KINDS = {"webauthn": SecondStep.PASSKEY, "totp": SecondStep.APP, "recovery_codes": SecondStep.APP}


def proof_of(request) -> Proof | None:
    """The second step that the log-in has asked for again in this session, by passkey or app, when it is fresh."""
    for record in reversed(get_authentication_records(request, request.user)):
        if record.get("method") == "mfa" and record.get("reauthenticated") and record.get("type") in KINDS:
            proof = Proof(KINDS[record["type"]], datetime.fromtimestamp(record["at"], UTC))
            return proof if proof.is_fresh else None
    return None


def signing_context(
    request, agreement: Agreement, turn: Signature, form: SignForm | None, outside: OutsideForm | None
) -> dict:
    """{sign_form, signatory, proof, code_sent: the code that counts now, has_device: a passkey or app can be asked,
    ways: the other ways with their forms, paper_waits: a scan waits to be compared}.
    """
    named, proof = expected(turn, agreement.frozen), proof_of(request)
    known = {"party": turn.party, "document_sha256": agreement.issued_sha256}
    sent = SigningCode.objects.filter(
        signature=turn, user=request.user, sent_at__gt=clock.now() - CODE_LIFE, tries__lt=CODE_TRIES
    )
    return {
        "sign_form": form or SignForm(initial=known, consent=named.consent, is_proven=proof is not None),
        "signatory": named.name,
        "proof": proof,
        "code_sent": sent.first(),
        "has_device": is_mfa_enabled(request.user),
        "ways": {way: outside if outside and outside.prefix == way else OutsideForm(prefix=way) for way in WAYS},
        "outside_open": outside is not None,
        "paper_waits": _waiting(turn),
    }


def sending_context(turn: Signature, outside: OutsideForm | None) -> dict:
    """{scan_form, paper_waits} for somebody of the party who is not the one who signs: they may send the paper that was signed."""
    return {"scan_form": outside or OutsideForm(prefix="paper"), "paper_waits": _waiting(turn)}


def _waiting(turn: Signature) -> PaperCopy | None:
    return turn.copies.filter(state=CopyState.WAITING).first()
