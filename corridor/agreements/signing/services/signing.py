"""Signing: the right person, at their turn, on the document shown, after a second step that is fresh."""

import hmac
import uuid
import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from corridor.agreements import notices
from corridor.agreements.changes.services.rules import check_in_time
from corridor.agreements.files.services.rendering import render_agreement
from corridor.agreements.signers import expected
from corridor.domain.chain.names import plain
from corridor.domain.terms.host_law import read_rules
from corridor.kinds.second_steps import SECOND_STEPS, SecondStep
from corridor.kinds.steps.mail import MailStep
from corridor.models import Agreement, Signature, SigningCode, Stay
from corridor.permissions import can_sign_for, is_expected
from corridor.states import AGREEMENT, AgreementState, Party, StayState
from network.models import User
from network.services import record_event
from network.services.security import changes_of, resting, rests_until, stood_before
from network.states import AccountChange
from toolkit import clock
from toolkit.codes import new_code
from toolkit.dates import date_format
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move

CODE_LENGTH = 6
CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5
PAUSE = timedelta(seconds=30)  # between two codes
FRESH = timedelta(minutes=10)  # how long a passkey or an app's code stands
TOLD = timedelta(days=30)  # how long before a signature the evidence tells of changes to the account


@dataclass(frozen=True)
class Proof:
    """A second step that the log-in has seen in this session: by which means (a code of SECOND_STEPS), and when."""

    kind: str
    at: datetime
    device: int | None = None  # the row of the passkey, the app or the recovery codes

    @property
    def is_recent(self) -> bool:
        return timedelta(0) <= clock.now() - self.at <= FRESH

    @property
    def is_fresh(self) -> bool:
        """Stands for the code that is sent at signing: a session's own word about a mail does not."""
        return self.step.signs and self.is_recent

    @property
    def step(self) -> SecondStep:
        """The means. Raises UnknownKind."""
        return SECOND_STEPS.ask(self.kind)


class WrongCode(Refusal):
    """The code is not the one that was sent: counted, so that nobody tries them all."""


@transaction.atomic
def send_signing_code(*, by: User, agreement: Agreement, party: str) -> str:
    """Sends a new code to the signer whose turn it is; the one before no longer counts. Returns it. Raises Refusal when
    it is not their turn, soon after a change of their account, and a moment after the last code."""
    agreement, signature, stay = locked_signature(by, agreement, party)
    check_turn(agreement, signature, stay)
    check_rest(by)
    now = clock.now()
    before = locked(SigningCode.objects.filter(signature=signature, user=by)).first()
    if before is not None and now - before.sent_at < PAUSE:
        raise Refusal(_("A code was sent a moment ago: look into your mail first."), code="agreement.code_pause")
    code = new_code(CODE_LENGTH)
    SigningCode.objects.update_or_create(
        signature=signature, user=by, defaults={"code_hash": _hash(code), "sent_at": now, "tries": 0}
    )
    notices.SigningCodeSent.tell(agreement, by, code, mark=uuid.uuid4().hex)
    record_event(by=by, verb="send_code", thing=agreement, after={"party": party})
    return code


def sign_agreement(
    *,
    by: User,
    agreement: Agreement,
    party: str,
    typed_name: str,
    consents: bool,
    document_sha256: str,
    code: str = "",
    proof: Proof | None = None,
    ip_address: str | None = None,
    user_agent: str = "",
) -> Signature:
    """Signs for a party: once, at its turn, on the issued document whose hash was shown.

    `typed_name` must be the name of the party's signatory as the document prints it; `code` is the one that was sent,
    unless there is a fresh `proof`. After the last signature the executed PDF is owed. Raises Forbidden for a person
    who may not sign for that party, Refusal for everything else; a wrong code is counted.
    """
    with transaction.atomic():
        agreement, signature, stay = locked_signature(by, agreement, party)
        check_turn(agreement, signature, stay)
        named = expected(signature, agreement.content)
        _check_consent(agreement, named.name, typed_name, consents, document_sha256)
        wrong = None
        if proof is None or not proof.is_fresh:
            check_rest(by)
            wrong, proof = _redeem(signature, by, code)
        else:
            check_rest(by, proof)
        if wrong is None:
            assert proof is not None  # _redeem gives the one or the other
            signature.signer_name, signature.signer_role = " ".join(typed_name.split()), named.capacity[:150]
            signature.document_sha256, signature.consent = document_sha256, named.consent
            signature.ip_address, signature.user_agent = ip_address, user_agent[:300]
            fill_signature(signature, by, agreement, proof=proof)
    if wrong is not None:  # after the transaction: the try that was counted stays counted
        raise wrong
    return signature


def fill_signature(
    signature: Signature, by: User, agreement: Agreement, signer: User | None = None, proof: Proof | None = None
) -> None:
    """Writes who signed and when, tells what happened, and goes on to the next party or to the executed copy.

    `by` is the account through which it came; `signer` whose signature it is, where that is somebody else. What had
    changed about the account's way in shortly before stays with the signature.
    """
    if proof is not None:
        signature.second_step, signature.second_step_at = proof.step.code, proof.at
    recent = changes_of(by, clock.now() - TOLD)
    signature.account_changes = [{"what": change.verb, "at": change.at.isoformat()} for change in recent]
    signature.signed_by, signature.signed_at, signature.account = signer or by, clock.now(), f"{by} <{by.email}>"
    signature.time_zone = by.time_zone or agreement.content.time_zone
    signature.save()
    after = {"party": signature.party, "name": signature.signer_name, "document_sha256": signature.document_sha256}
    if signature.file_sha256:
        after |= {"method": signature.method, "file_sha256": signature.file_sha256}
    record_event(by=by, verb="sign", thing=agreement, after=after)
    _go_on(agreement, by)


def check_rest(by: User, proof: Proof | None = None) -> None:
    """Raises Refusal within a day of a change of how the account is entered,
    unless by a device that stood before the change."""
    changes = resting(by)
    if not changes or (proof is not None and proof.device is not None and stood_before(changes, proof.device)):
        return
    values = {
        "what": AccountChange(changes[-1].verb).label,
        "at": date_format(timezone.localtime(changes[-1].at), "DATETIME_FORMAT"),
        "until": date_format(timezone.localtime(rests_until(changes)), "DATETIME_FORMAT"),
    }
    raise Refusal(
        _(
            "This account can’t sign before %(until)s: %(what)s (%(at)s), and for 24 hours after that only a passkey "
            "or an app that the account had before signs. If it was not you, tell the organiser at once."
        )
        % values,
        code="agreement.rest",
    )


def check_person(by: User, proof: Proof | None) -> Proof:
    """The proof that the person is there, for what comes from outside. Raises Refusal without a recent one."""
    if proof is None or not proof.is_recent:
        raise Refusal(
            _("Confirm first that it is you: by your passkey or app, or by a code sent to your address."),
            code="agreement.proof",
            field="file",
            status=422,
        )
    check_rest(by, proof)
    return proof


def locked_signature(by: User, agreement: Agreement, party: str) -> tuple[Agreement, Signature, Stay]:
    """The rows, locked. Forbidden for who may not sign for the party, or is not the one who is expected to."""
    agreement, signature, stay = locked_own_place(by, agreement, party)
    if not is_expected(by, signature):
        raise Forbidden(
            _(
                "%(name)s is expected to sign for %(party)s. If that can't be, name somebody else first, with "
                "the reason."
            )
            % {"name": expected(signature, agreement.content).name, "party": signature.party_name},
            code="agreement.signer",
        )
    return agreement, signature, stay


def locked_own_place(by: User, agreement: Agreement, party: str) -> tuple[Agreement, Signature, Stay]:
    """The rows, locked. Forbidden for who is neither the party nor of it;
    whether they are the one who is named is not asked."""
    agreement, signature, stay = locked_place(agreement, party)
    if not can_sign_for(by, signature):
        raise _no_party()
    return agreement, signature, stay


def locked_place(agreement: Agreement, party: str) -> tuple[Agreement, Signature, Stay]:
    """The rows of a party's place, locked: the stay first, then the agreement, always.
    Forbidden for one that it has not."""
    stay = locked(Stay.objects.filter(pk=agreement.stay_id)).get()
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    signature = agreement.signatures.select_related("organisation", "user").filter(party=party).first()
    if signature is None:
        raise _no_party()
    return agreement, signature, stay


def _no_party() -> Forbidden:
    return Forbidden(_("You can't sign for this party."), code="agreement.party")


def check_turn(agreement: Agreement, signature: Signature, stay: Stay) -> None:
    """Raises Refusal unless this party is the one whose turn it is, on an agreement that can be signed."""
    if signature.signed_at is not None:
        raise Refusal(_("This party has signed already."), code="agreement.signed_already")
    if agreement.state != AgreementState.ISSUED:
        raise Refusal(
            _("This agreement can't be signed now: its state is “%(state)s”.")
            % {"state": agreement.get_state_display()},
            code="agreement.state",
        )
    if stay.state != (StayState.CONFIRMED if agreement.is_change else StayState.ACCEPTED):
        raise Refusal(_("The stay of this agreement no longer stands."), code="agreement.stay")
    check_in_time(agreement)
    if read_rules(agreement.content.rules or {}).before_start and _today_at(stay) >= stay.starts:
        raise Refusal(
            _("All had to sign before the stay began, on %(day)s. The organiser makes this agreement void.")
            % {"day": date_format(stay.starts, "DATE_FORMAT")},
            code="agreement.begun",
        )
    first = agreement.signatures.filter(signed_at__isnull=True).order_by("order").first()
    if first is not None and first.pk != signature.pk:
        raise Refusal(
            _("It is not your turn: %(party)s signs first.") % {"party": Party(first.party).label},
            code="agreement.turn",
        )


def _today_at(stay: Stay) -> date:
    """The day it is at the programme."""
    return clock.now().astimezone(zoneinfo.ZoneInfo(stay.programme.time_zone)).date()


def _check_consent(agreement: Agreement, signatory: str, typed_name: str, consents: bool, document_sha256: str) -> None:
    if document_sha256 != agreement.issued_sha256:
        raise Refusal(
            _("The document you were shown is not the one to be signed. Read it again, then sign."),
            code="agreement.document",
        )
    if plain(typed_name) != plain(signatory):
        raise Refusal(
            _("Type the name as it stands in the agreement: %(name)s.") % {"name": signatory},
            code="agreement.name",
            field="typed_name",
            status=422,
        )
    if consents is not True:
        raise Refusal(
            _("Tick the box to say that you have read the agreement and consent to it."),
            code="agreement.consent",
            field="consents",
            status=422,
        )


def _redeem(signature: Signature, by: User, code: str) -> tuple[Refusal | None, Proof | None]:
    """(why not, None) or (None, the proof). A code is used once; a wrong one is counted."""
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    sent = locked(SigningCode.objects.filter(signature=signature, user=by)).first()
    now = clock.now()
    if sent is None or not typed:
        return _no(_("Ask for a code by mail, then type it here."), "agreement.code_missing"), None
    if now - sent.sent_at > CODE_LIFE or sent.tries >= CODE_TRIES:
        return _no(
            _("This code no longer counts: 15 minutes have passed, or five wrong ones were typed. Ask for a new one."),
            "agreement.code_spent",
        ), None
    if not hmac.compare_digest(sent.code_hash, _hash(typed)):
        sent.tries += 1
        sent.save(update_fields=["tries"])
        return _no(_("This is not the code that was sent last."), "agreement.code_wrong"), None
    sent.delete()
    return None, Proof(MailStep.code, now)


def _no(message: str, code: str) -> WrongCode:
    return WrongCode(message, code=code, field="code", status=422)


def _hash(code: str) -> str:
    return salted_hmac("corridor.signing", code, algorithm="sha256").hexdigest()


def _go_on(agreement: Agreement, by: User) -> None:
    """After a signature: the next party is asked, or the executed PDF is owed."""
    if agreement.signatures.filter(signed_at__isnull=True).exists():
        notices.ask_next_signer(agreement)
        return
    before, after = move(agreement, "complete", AGREEMENT)
    agreement.start_over()
    agreement.save()
    record_event(by=by, verb="complete", thing=agreement, before={"state": before}, after={"state": after})
    transaction.on_commit(lambda: render_agreement.enqueue(agreement.pk))
