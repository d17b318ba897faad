"""The reads around documents that change an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef

from corridor.models import ChangeRequest, Signature
from corridor.states import RequestState
from network.permissions import is_organiser
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


@reads_of(ChangeRequest)
class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers: all; a party's people: those of their own party."""
        if is_organiser(user):
            return self
        signing = Signature
        mine = signing.objects.of_party(user).filter(agreement=OuterRef("agreement"), party=OuterRef("party"))
        return self.filter(Exists(mine))

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=RequestState.OPEN)
