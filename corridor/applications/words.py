"""What happened to an application, in words."""

from django.utils.translation import gettext as _

from contest.dossier.words import history, sent_again
from corridor.forms import LANGUAGES
from corridor.models import Application
from corridor.states import Ruling
from network.countries import country_name
from network.models import Event


def spoken(application: Application) -> dict[str, object]:
    """Languages and nationalities in the reader's words."""
    return {
        "spoken": [LANGUAGES[code] for code in application.languages if code in LANGUAGES],
        "nationalities": [country_name(code) for code in application.nationalities],
    }


def history_of(application: Application) -> list[dict[str, object]]:
    """Newest first: [{at, title, who, detail}]. Savings of a draft are left out."""
    return history(application, _told)


def _told(event: Event) -> tuple[str, str]:
    titles = {
        "start": _("Application started"),
        "submit": sent_again(event),
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
    return title, detail
