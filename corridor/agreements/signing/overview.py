"""What signing adds to composed pages: documents to sign, signers to name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.models import Signature
from corridor.permissions import can_sign_for, is_expected, signs_something
from corridor.states import SIGNING_ROLES, Party
from network.models import User
from network.permissions import is_organiser
from network.states import Role
from toolkit.protocols import ToDo

if TYPE_CHECKING:
    pass


def signature_tasks(user: User) -> list[ToDo]:
    """Agreements whose turn it is for the user to sign, or for whose party a signer has to be named. One query,
    and what says whether there are any."""
    if not (is_organiser(user) or signs_something(user)):
        return []
    asked = Signature.objects.at_turn().with_signer_left()
    seen = Q(signer_left=True) if is_organiser(user) else Q(pk__in=[])
    rows = asked.filter(Q(pk__in=Signature.objects.of_party(user).values("pk")) | seen)
    rows = rows.select_related("agreement__programme", "agreement__stay__candidate").defer("agreement__frozen")
    found = []
    for signature in rows.order_by("agreement_id"):
        role = SIGNING_ROLES[Party(signature.party)] if can_sign_for(user, signature) else Role.ORGANISER
        detail = f"{signature.agreement.reference} · {signature.agreement.stay.candidate}"
        if is_expected(user, signature):
            url = reverse("agreement", args=[signature.agreement_id])
            todo = ToDo(_("Read and sign an agreement"), url, _("Read it"), detail=detail, minutes=15, role=role)
        elif signature.signer_left:
            url = reverse("agreement_signer", args=[signature.agreement_id, signature.party])
            todo = ToDo(_("Name who signs an agreement: the signer has left"), url, _("Name"), detail=detail, role=role)
        else:
            continue  # a colleague is asked
        found.append(replace(todo, others_wait=True))
    return found
