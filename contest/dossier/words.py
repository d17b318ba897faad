"""What is said of every dossier: why a text can't be taken, and what happened."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from contest.domain.answers import Fault
from contest.models import Dossier
from network.models import Event


def say_fault(fault: Fault) -> str:
    """The sentence for a text that can't be taken: the same from a form and from a service."""
    if fault.code == "too_long":
        return _("%(length)s characters: at most %(limit)s.") % {"length": fault.length, "limit": fault.limit}
    return {"not_an_address": _("Write a full web address that begins with https://")}[fault.code]


def history(row: Dossier, told: Callable[[Event], tuple[str, str]]) -> list[dict[str, object]]:
    """What happened to a dossier, newest first: [{at, title, who, detail}]; `told` says (title, detail) of an event.
    Savings of a draft are left out."""
    events = Event.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk)).exclude(verb="save")
    rows = [(event, *told(event)) for event in events.select_related("actor").order_by("-id")]
    return [{"at": event.at, "who": event.actor, "title": title, "detail": detail} for event, title, detail in rows]


def sent_again(event: Event) -> str:
    return _("Submitted again") if event.before.get("state") != "draft" else _("Submitted")
