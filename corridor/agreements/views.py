"""What the pages of a document share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from corridor.models import Agreement

if TYPE_CHECKING:
    from network.models import User


def visible_agreement(user: User, pk: int) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(user).with_parties(), pk=pk)
