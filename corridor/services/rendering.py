"""The two PDF files of an agreement: owed in its row, rendered in a task or by the minute clock, kept once."""

import hashlib
import logging
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from corridor import notifications
from corridor.agreement_files import evidence_of, executed_name, executed_pdf, issued_name, issued_pdf, received_files
from corridor.models import Agreement, Incubator, Stay
from corridor.services.effects import take_effect
from corridor.states import AGREEMENT, OWES_FILE, RENDERING_ATTEMPTS, STAY, AgreementState, StayState
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.seal import Seal, current_seal, seal_pdf
from toolkit.states import move

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)


@task()
def render_agreement(agreement_id: int) -> str:
    """Makes the file that an agreement owes: issued after drafting, executed after the last signature.

    Leased first, so that two at once make one file. File, state and mails are kept in one transaction: whoever dies
    before it leaves the debt as it was. Returns the state reached, for the log.
    """
    leased = _lease(agreement_id)
    if leased is None:
        return "nothing owed"
    try:
        content, seal = _render(leased)
    except Exception as error:  # a document that can't be made must not stop the clock: the row says so
        logger.exception("agreement %s was not rendered", leased.reference)
        return _note_failure(leased, error)
    try:
        return _keep(leased, content, seal)
    except Refusal as refusal:  # a change that can't take effect is not executed: nothing is kept, the row says why
        logger.warning("agreement %s was not executed: %s", leased.reference, refusal.code)
        return _note_failure(leased, refusal)


def render_owed(limit: int) -> int:
    """Renders what is owed and not leased (after a crash, or a failed try). Returns how many rows it dealt with.

    A document whose last try was cut off is shown as failed: trying for ever would take the worker down for ever.
    """
    lost = _give_up_cut_off()
    owing = Agreement.objects.filter(_free(), state__in=OWES_FILE, attempts__lt=RENDERING_ATTEMPTS).order_by(
        "drafted_at", "pk"
    )
    numbers = list(owing.values_list("pk", flat=True)[:limit])
    for pk in numbers:
        render_agreement.call(pk)
    return lost + len(numbers)


@transaction.atomic
def _give_up_cut_off() -> int:
    cut_off = locked(
        Agreement.objects.filter(state__in=OWES_FILE, attempts__gte=RENDERING_ATTEMPTS, leased_until__lt=timezone.now())
    )
    lost = list(cut_off)
    for agreement in lost:
        agreement.leased_until, agreement.failure = None, "interrupted while being prepared"
        agreement.save(update_fields=["leased_until", "failure"])
        notifications.tell_failed(agreement)
    return len(lost)


def _free() -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())


def _lease(agreement_id: int) -> Agreement | None:
    with transaction.atomic(durable=True):  # durable: refuses to run inside somebody's transaction, as rendering must
        owing = Agreement.objects.filter(_free(), pk=agreement_id, state__in=OWES_FILE, attempts__lt=RENDERING_ATTEMPTS)
        agreement = locked(owing).first()
        if agreement is None:
            return None
        agreement.attempts += 1
        agreement.leased_until = timezone.now() + LEASE
        agreement.save(update_fields=["attempts", "leased_until"])
    return agreement


def _render(agreement: Agreement) -> tuple[bytes, Seal | None]:
    """The file that is owed, and the seal on it."""
    if agreement.state == AgreementState.DRAFTED:
        return issued_pdf(agreement.frozen), None
    with agreement.issued_file.open() as file:
        issued = file.read()
    if hashlib.sha256(issued).hexdigest() != agreement.issued_sha256:
        raise ValueError("the issued file is not the one that was signed")
    seal = current_seal()
    content = executed_pdf(
        agreement.frozen,
        evidence=evidence_of(agreement, seal),
        issued=issued,
        received=received_files(agreement),
    )
    return seal_pdf(content), seal


def _still_ours(leased: Agreement) -> Agreement | None:
    """The row, locked, if nobody took the lease over meanwhile."""
    return locked(
        Agreement.objects.filter(
            pk=leased.pk, state=leased.state, attempts=leased.attempts, leased_until=leased.leased_until
        )
    ).first()


@transaction.atomic
def _note_failure(leased: Agreement, error: Exception) -> str:
    agreement = _still_ours(leased)
    if agreement is not None:
        agreement.leased_until = None
        said = str(error.message) if isinstance(error, Refusal) else f"{type(error).__name__}: {error}"
        agreement.failure = said[:500]
        agreement.save(update_fields=["leased_until", "failure"])
        if agreement.has_failed:
            notifications.tell_failed(agreement)
    return "failed"


@transaction.atomic
def _keep(leased: Agreement, content: bytes, seal: Seal | None) -> str:
    locked(Incubator.objects.filter(stays=leased.stay_id)).get()  # whoever changes a stay holds its incubator
    stay = locked(Stay.objects.filter(pk=leased.stay_id)).get()  # the stay first, then the agreement: always
    agreement = _still_ours(leased)
    if agreement is None:
        return "overtaken"
    if agreement.state == AgreementState.DRAFTED:
        _issue(agreement, content)
    else:
        agreement.seal = seal.as_dict() if seal else {}
        _execute(agreement, stay, content)
    agreement.attempts, agreement.leased_until, agreement.failure = 0, None, ""
    agreement.save()
    return agreement.state


def _issue(agreement: Agreement, content: bytes) -> None:
    before, after = move(agreement, "issue", AGREEMENT)
    agreement.issued_file.name = _write(agreement, issued_name(agreement.frozen), content)
    agreement.issued_sha256, agreement.issued_at = hashlib.sha256(content).hexdigest(), clock.now()
    record_event(
        by=None,
        verb="issue",
        thing=agreement,
        before={"state": before},
        after={"state": after, "sha256": agreement.issued_sha256},
    )
    notifications.ask_next_signer(agreement)


def _execute(agreement: Agreement, stay: Stay, content: bytes) -> None:
    before, after = move(agreement, "execute", AGREEMENT)
    agreement.executed_file.name = _write(agreement, executed_name(agreement.frozen), content)
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
    notifications.tell_executed(agreement)


def _write(agreement: Agreement, name: str, content: bytes) -> str:
    """Keeps the file under its one name: what a rendering that died has left there is replaced."""
    path = f"agreements/{agreement.year}/{agreement.pk}/{name}"
    if default_storage.exists(path):
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(content))
