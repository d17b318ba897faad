"""The agreement's place on other pages."""

from django import template

from corridor.agreements.signing.views.chain import document_row
from corridor.kinds.lengths import length_words
from corridor.models import Stay
from corridor.states import AgreementState, StayState
from network.models import User
from network.permissions import is_organiser

register = template.Library()


@register.simple_tag
def agreement_of(stay: Stay, user: User) -> dict[str, object]:
    """{agreements: rows of the documents that the reader may see, in order;
    may_draft: an agreement can be drafted now; in_force: the agreement that can be changed}. One query.
    """
    seen = stay.agreements.visible_to(user).select_related("programme", "base__programme").order_by("drafted_at", "pk")
    rows = [document_row(one) for one in seen]
    void = [row.document.state == AgreementState.VOID for row in rows]
    stands = [row.document for row in rows if row.document.state == AgreementState.EXECUTED]
    in_force = next((one for one in stands if not one.is_change), None) if stay.state == StayState.CONFIRMED else None
    return {
        "agreements": rows,
        "may_draft": is_organiser(user) and stay.state == StayState.ACCEPTED and all(void),
        "in_force": in_force,
    }


@register.filter
def lasts(stay: Stay) -> str:
    """How long a stay is, in months and days by the calendar rule."""
    return length_words(stay.starts, stay.ends)
