"""The two PDF files of an agreement: owed in its row, rendered in a task or by the minute clock, kept once."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q
from django_tasks import task

from corridor.agreements import notices
from corridor.agreements.files.evidence import evidence_of
from corridor.agreements.files.pdf import (
    executed_name,
    executed_pdf,
    issued_name,
    issued_pdf,
    received_files,
)
from corridor.agreements.files.services.effects import take_effect
from corridor.models import Agreement, Incubator, Stay
from corridor.states import AGREEMENT, OWES_FILE, RENDERING_ATTEMPTS, STAY, AgreementState, StayState
from network.services import record_event
from toolkit import clock, owed
from toolkit.locks import locked
from toolkit.owed import Debt
from toolkit.seal import Seal, current_seal, seal_pdf
from toolkit.states import move


@dataclass(frozen=True)
class Made:
    """A document, and the seal on it."""

    content: bytes
    seal: Seal | None


class Documents(Debt[Agreement, Made]):
    """The file that an agreement owes is made once. File, state and mails are kept in one transaction:
    whoever dies before it leaves the debt as it was."""

    name = "agreements"
    model = Agreement
    owing = being_done = Q(state__in=OWES_FILE)
    lease = timedelta(minutes=5)
    attempts = RENDERING_ATTEMPTS
    order = ("drafted_at", "pk")

    def do(self, row: Agreement) -> Made:
        return _render(row)

    def lock_first(self, row: Agreement) -> None:
        locked(Incubator.objects.filter(stays=row.stay_id)).get()  # whoever changes a stay holds its incubator
        locked(Stay.objects.filter(pk=row.stay_id)).get()  # the stay first, then the agreement: always

    def keep(self, row: Agreement, result: Made) -> str:
        """Raises Refusal where a change can't take effect: it is not executed, nothing is kept, the row says why."""
        if row.state == AgreementState.DRAFTED:
            _issue(row, result.content)
        else:
            row.seal = result.seal.as_dict() if result.seal else {}
            _execute(row, Stay.objects.get(pk=row.stay_id), result.content)
        row.attempts = 0
        return row.state

    def give_up(self, row: Agreement) -> str:
        notices.AgreementFailed.tell(row)
        return "failed"


DOCUMENTS = owed.register(Documents())


@task()
def render_agreement(agreement_id: int) -> str:
    """Makes the file that an agreement owes: issued after drafting, executed after the last signature.
    Returns the state reached, for the log."""
    return DOCUMENTS.settle(agreement_id)


def render_owed(limit: int) -> int:
    """Renders what is owed and not leased (after a crash, or a failed try). Returns how many rows it dealt with."""
    return DOCUMENTS.settle_owed(limit)


def _render(agreement: Agreement) -> Made:
    """The file that is owed, and the seal on it."""
    if agreement.state == AgreementState.DRAFTED:
        return Made(issued_pdf(agreement.content), None)
    with agreement.issued_file.open() as file:
        issued = file.read()
    if hashlib.sha256(issued).hexdigest() != agreement.issued_sha256:
        raise ValueError("the issued file is not the one that was signed")
    seal = current_seal()
    content = executed_pdf(
        agreement.content,
        evidence=evidence_of(agreement, seal),
        issued=issued,
        received=received_files(agreement),
    )
    return Made(seal_pdf(content), seal)


def _issue(agreement: Agreement, content: bytes) -> None:
    before, after = move(agreement, "issue", AGREEMENT)
    agreement.issued_file.name = _write(agreement, issued_name(agreement.content), content)
    agreement.issued_sha256, agreement.issued_at = hashlib.sha256(content).hexdigest(), clock.now()
    record_event(
        by=None,
        verb="issue",
        thing=agreement,
        before={"state": before},
        after={"state": after, "sha256": agreement.issued_sha256},
    )
    notices.ask_next_signer(agreement)


def _execute(agreement: Agreement, stay: Stay, content: bytes) -> None:
    before, after = move(agreement, "execute", AGREEMENT)
    agreement.executed_file.name = _write(agreement, executed_name(agreement.content), content)
    agreement.executed_sha256, agreement.executed_at = hashlib.sha256(content).hexdigest(), clock.now()
    record_event(
        by=None,
        verb="execute",
        thing=agreement,
        before={"state": before},
        after={"state": after, "sha256": agreement.executed_sha256, "seal": agreement.seal},
    )
    if agreement.is_change:
        take_effect(agreement, stay)  # tells everybody itself
        return
    if stay.state == StayState.ACCEPTED:
        stood, stands = move(stay, "confirm", STAY)
        stay.save(update_fields=["state"])
        record_event(by=None, verb="confirm", thing=stay, before={"state": stood}, after={"state": stands})
    notices.AgreementExecuted.tell(agreement)


def _write(agreement: Agreement, name: str, content: bytes) -> str:
    """Keeps the file under its one name: what a rendering that died has left there is replaced."""
    path = f"agreements/{agreement.year}/{agreement.pk}/{name}"
    if default_storage.exists(path):
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(content))
