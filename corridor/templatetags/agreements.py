"""The agreement's place on other pages."""

from django import template

from corridor.models import Stay
from corridor.states import AgreementState, StayState
from network.permissions import is_organiser

register = template.Library()


@register.simple_tag
def agreement_of(stay: Stay, user) -> dict:
    """{agreements: those that the reader may see, newest first; may_draft: an agreement can be drafted now}."""
    agreements = list(stay.agreements.visible_to(user).select_related("programme").defer("frozen").order_by("-pk"))
    free = all(agreement.state == AgreementState.VOID for agreement in agreements)
    return {
        "agreements": agreements,
        "may_draft": is_organiser(user) and stay.state == StayState.ACCEPTED and free,
    }
