"""What happened to an application, in words."""

from typing import Any

from django.utils.translation import gettext as _

from corridor.forms import LANGUAGES
from corridor.models import Application
from corridor.states import Ruling
from network.countries import country_name
from network.models import Event


def spoken(application: Application) -> dict[str, Any]:
    """Languages and nationalities in the reader's words."""
    return {
        "spoken": [LANGUAGES[code] for code in application.languages if code in LANGUAGES],
        "nationalities": [country_name(code) for code in application.nationalities],
    }


def history_of(application: Application) -> list[dict[str, Any]]:
    """Newest first: [{at, title, who, detail}]. Savings of a draft are left out."""
    events = Event.objects.filter(object_type="corridor.application", object_id=str(application.pk))
    return [_told(event) for event in events.exclude(verb="save").select_related("actor").order_by("-id")]


def _told(event: Event) -> dict[str, Any]:
    titles = {
        "start": _("Application started"),
        "submit": _("Submitted again") if event.before.get("state") != "draft" else _("Submitted"),
        "withdraw": _("Withdrawn"),
        "erase": _("Personal data erased"),
    }
    title = titles.get(event.verb)
    if title is None:
        title = str(Ruling(event.verb).label) if event.verb in Ruling.values else event.verb
        title = title[:1].upper() + title[1:]
    rank = event.after.get("rank")
    detail = event.after.get("reason", "")
    if rank:
        detail = _("Rank %(rank)s. %(reason)s") % {"rank": rank, "reason": detail}
    return {"at": event.at, "who": event.actor, "title": title, "detail": detail}
