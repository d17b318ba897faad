"""The reads around documents that change an agreement."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from corridor.states import RequestState
from network.permissions import is_organiser


class ChangeRequestQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ChangeRequestQuerySet":
        """Organisers: all; a party's people: those of their own party."""
        if is_organiser(user):
            return self
        signing: Any = self.model._meta.apps.get_model("corridor.Signature")
        mine = signing.objects.of_party(user).filter(agreement=OuterRef("agreement"), party=OuterRef("party"))
        return self.filter(Exists(mine))

    def open(self) -> "ChangeRequestQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=RequestState.OPEN)
