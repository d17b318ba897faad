"""Rows put into words for people: the facts of a check, and what happened to an entry."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.domain.eligibility import Fact
from contest.dossier.words import history, sent_again
from contest.models import Entry
from network.models import Event
from toolkit.dates import date_format


def facts_in_words(facts: list[Fact]) -> list[dict[str, object]]:
    """[{label, holds, detail, is_required}] in the order of the check. A deck is welcome, never required."""
    return [{"holds": fact.holds, "is_required": fact.code != "deck", **_SENTENCES[fact.code](fact)} for fact in facts]


def kept_facts(stored: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts kept beside a decision, in words."""
    return facts_in_words([Fact(**fact) for fact in stored.get("facts", [])])


def _day(text: object) -> str:
    return date_format(date.fromisoformat(str(text)), "DATE_FORMAT")


def _age(fact: Fact) -> dict[str, object]:
    values = fact.values
    label = ngettext("Younger than %(limit)s year", "Younger than %(limit)s years", int(values["limit"])) % values
    if fact.holds is None:
        return {"label": label, "detail": _("Can't be told: the founding date or the reference date is missing.")}
    sentence = ngettext(
        "Founded on %(founded)s. On %(reference)s, the day on which age is measured: %(years)s year. Young "
        "enough up to %(last)s.",
        "Founded on %(founded)s. On %(reference)s, the day on which age is measured: %(years)s years. Young "
        "enough up to %(last)s.",
        int(values["years"]),
    )
    return {
        "label": label,
        "detail": sentence
        % {
            "founded": _day(values["founded_on"]),
            "reference": _day(values["reference_date"]),
            "years": values["years"],
            "last": _day(values["last_day"]),
        },
    }


def _prototype(fact: Fact) -> dict[str, object]:
    detail = _("The team says that it has one.") if fact.holds else _("The team does not say that it has one.")
    return {"label": _("Proof of concept or minimum viable product"), "detail": detail}


def _city(fact: Fact) -> dict[str, object]:
    city = fact.values["city"]
    if fact.holds:
        detail = _("%(city)s, claimed by no other city.") % {"city": city}
    else:
        detail = _("Claimed by two cities: the organiser settles it.") if city else _("None yet.")
    return {"label": _("Seat in a city of the network"), "detail": detail}


def _complete(fact: Fact) -> dict[str, object]:
    missing = fact.values["missing"]
    detail = _("Parts missing: %(count)s.") % {"count": missing} if missing else _("Every required part is filled in.")
    return {"label": _("Complete"), "detail": detail}


def _deck(fact: Fact) -> dict[str, object]:
    detail = (
        _("Pages: %(count)s.") % {"count": fact.values["pages"]}
        if fact.holds
        else _("No deck was given. It is optional.")
    )
    return {"label": _("Pitch deck"), "detail": detail}


_SENTENCES = {"age": _age, "prototype": _prototype, "city": _city, "complete": _complete, "deck": _deck}


def history_of(entry: Entry) -> list[dict[str, object]]:
    """What happened to an entry, newest first: [{at, title, who, detail}]. Savings of a draft are left out."""
    return history(entry, _told)


def _told(event: Event) -> tuple[str, str]:
    titles = {
        "start": _("Entry started"),
        "reopen": _("Started again"),
        "submit": sent_again(event),
        "follow_startup": _("Changed with the start-up's profile"),
        "screen": _("Found eligible") if event.after.get("state") == "eligible" else _("Found not eligible"),
        "nominate": _("Nominated in place %(slot)s") % {"slot": event.after.get("slot")},
        "choose_competing": _("Competes") if event.after.get("competing_slot") else _("Sent without competing"),
        "release": _("Nomination taken back"),
        "withdraw": _("Withdrawn"),
        "claim": _("Claimed by a city"),
        "settle_city": _("City settled by the organiser"),
    }
    return titles.get(event.verb, event.verb), event.after.get("reason", "")
