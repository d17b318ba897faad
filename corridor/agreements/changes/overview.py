"""What documents and their chains add to composed pages: those that failed, requests to answer, notices to confirm."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.models import Agreement, ChangeRequest, Receipt, Signature
from corridor.permissions import signs_something
from corridor.states import OWES_FILE, RENDERING_ATTEMPTS
from network.models import User
from network.permissions import is_organiser
from network.states import Role
from toolkit.protocols import ToDo


def chain_tasks(user: User) -> list[ToDo]:
    """For an organiser the documents that failed and the requests that wait; for a party the notices that it has not
    confirmed. Three queries at most."""
    found = []
    if is_organiser(user):
        asked = ChangeRequest.objects.open().select_related("agreement__programme", "agreement__stay__candidate")
        found = _failed_documents() + [
            ToDo(
                title=_("Answer a request to change an agreement"),
                detail=f"{one.agreement.reference} · {one.agreement.stay.candidate}",
                url=reverse("agreement", args=[one.agreement_id]) + "#chain",
                action=_("Answer"),
                minutes=10,
                role=Role.ORGANISER,
                others_wait=True,
            )
            for one in asked.defer("agreement__frozen").order_by("asked_at", "pk")
        ]
    if not signs_something(user):
        return found
    own = Signature.objects.of_party(user).filter(agreement=OuterRef("agreement__base"), party=OuterRef("party"))
    owed = Receipt.objects.filter(Exists(own), received_at__isnull=True)
    return found + [
        ToDo(
            title=_("Confirm that a notice has arrived"),
            detail=f"{one.agreement.reference} · {one.agreement.stay.candidate}",
            url=reverse("agreement", args=[one.agreement_id]) + "#receipts",
            action=_("Read it"),
            minutes=5,
            role="",
            others_wait=True,
        )
        for one in owed.select_related("agreement__programme", "agreement__stay__candidate")
        .defer("agreement__frozen")
        .order_by("pk")
    ]


def _failed_documents() -> list[ToDo]:
    """Documents that could not be made: each says why, and can be tried again or made void."""
    failed = Agreement.objects.filter(  # Agreement.has_failed
        state__in=OWES_FILE, attempts__gte=RENDERING_ATTEMPTS, leased_until__isnull=True
    )
    return [
        ToDo(
            title=_("A document could not be prepared: have it tried again, or make it void"),
            detail=f"{agreement.reference} · {agreement.stay.candidate} · {agreement.why}",
            url=reverse("agreement", args=[agreement.pk]),
            action=_("See why"),
            minutes=10,
            role=Role.ORGANISER,
            others_wait=True,
        )
        for agreement in failed.select_related("programme", "stay__candidate").defer("frozen").order_by("pk")
    ]
