"""What the signature part of an agreement's page shows to the signer whose turn it is."""

from collections.abc import Iterable
from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled

from corridor.agreements.signers import expected
from corridor.agreements.signing.forms import OutsideForm, SignForm
from corridor.agreements.signing.services.signing import CODE_LIFE, CODE_TRIES, Proof
from corridor.kinds.second_steps import SECOND_STEPS, SecondStep
from corridor.models import Agreement, PaperCopy, Signature, SigningCode
from corridor.states import CopyState
from network.requests import AuthedRequest
from network.services.security import resting, rests_until
from network.states import AccountChange
from toolkit import clock

WAYS = ("file", "paper")


def proof_of(request: AuthedRequest) -> Proof | None:
    """The second step that the log-in has asked for again in this session, by passkey or app, when it is fresh."""
    proof = _last_proof(request, [step for step in SECOND_STEPS.values() if step.signs])
    return proof if proof and proof.is_fresh else None


def outside_proof_of(request: AuthedRequest) -> Proof | None:
    """The same for what comes from outside; a code sent by mail, asked for again,
    counts too where it is all that the account has."""
    has_device = is_mfa_enabled(request.user)
    proof = _last_proof(request, [step for step in SECOND_STEPS.values() if step.counts_outside(has_device)])
    return proof if proof and proof.is_recent else None


def _last_proof(request: AuthedRequest, steps: Iterable[SecondStep]) -> Proof | None:
    kinds = {record: step.code for step in steps for record in step.records}
    for record in reversed(get_authentication_records(request, request.user)):
        kind = kinds.get(record.get("type") or record.get("method") or "")
        if record.get("reauthenticated") and kind:
            return Proof(kind, datetime.fromtimestamp(record["at"], UTC), record.get("id"))
    return None


def signing_context(
    request: AuthedRequest, agreement: Agreement, turn: Signature, form: SignForm | None, outside: OutsideForm | None
) -> dict[str, object]:
    """{sign_form, signatory, proof, code_sent: the code that counts now, has_device: a passkey or app can be asked,
    rest: what changed about the account within a day and until when that rests, outside_proof: the proof for the other
    ways, ways: those with their forms, paper_waits: a scan waits to be compared}.
    """
    named, proof, changes = expected(turn, agreement.content), proof_of(request), resting(request.user)
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
        "rest": {"change": AccountChange(changes[-1].verb), "until": rests_until(changes)} if changes else None,
        "outside_proof": outside_proof_of(request),
        "ways": {way: outside if outside and outside.prefix == way else OutsideForm(prefix=way) for way in WAYS},
        "outside_open": outside is not None,
        "paper_waits": _waiting(turn),
    }


def sending_context(request: AuthedRequest, turn: Signature, outside: OutsideForm | None) -> dict[str, object]:
    """{scan_form, paper_waits, outside_proof} for somebody of the party who is not the one who signs:
    they may send the paper that was signed."""
    return {
        "scan_form": outside or OutsideForm(prefix="paper"),
        "paper_waits": _waiting(turn),
        "outside_proof": outside_proof_of(request),
    }


def _waiting(turn: Signature) -> PaperCopy | None:
    return turn.copies.filter(state=CopyState.WAITING).first()
