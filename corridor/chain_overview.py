"""What chains of documents add to composed pages: requests to answer, notices to confirm."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.models import ChangeRequest, Receipt, Signature
from network.models import User
from network.permissions import is_organiser
from network.states import Role
from toolkit.protocols import ToDo


def chain_tasks(user: User) -> list[ToDo]:
    """For an organiser the requests that wait; for a party the notices that it has not confirmed. Two queries at most."""
    found = []
    if is_organiser(user):
        asked = ChangeRequest.objects.open().select_related("agreement__programme", "agreement__stay__candidate")
        found = [
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
