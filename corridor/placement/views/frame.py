"""What pages of an incubator share."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from corridor.models import Incubator
from corridor.permissions import can_edit_incubator, require
from network.requests import AuthedRequest


def editable(request: AuthedRequest, pk: int) -> Incubator:
    """The incubator that the reader may speak for: 404 outside, 403 inside."""
    incubator = get_object_or_404(Incubator.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    require(can_edit_incubator(request.user, incubator), _("Only the incubator’s own people change what it says."))
    return incubator
