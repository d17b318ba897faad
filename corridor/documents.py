"""What an agreement says, frozen once, when it is drafted."""

import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from corridor.domain.terms import (
    IMMIGRATION,
    Terms,
    Value,
    fill,
    fill_clauses,
    last_day,
    missing_blanks,
    report_dates,
)
from corridor.parties import Parties, missing_accounts, parties_of
from corridor.states import USUAL_PARTIES, DocumentKind, Party
from corridor.wording import find_for
from network.models import Organisation
from toolkit.dates import date_format
from toolkit.refusals import Refusal


def terms_for(stay, language: str, kind: str = DocumentKind.AGREEMENT) -> Terms:
    """The text of a document of this stay. Refuses a stay for which, or a language in which, there is none."""
    wording = find_for(stay, kind)
    if wording is None:
        raise Refusal(_("No template is written for this kind of stay."), code="agreement.template")
    if language not in wording.languages():
        raise Refusal(
            _("Our agreement does not exist in this language."), code="agreement.language", field="language", status=422
        )
    return wording.terms(language)


def suggest_terms(*, stay, language: str) -> dict[str, Any]:
    """What the drafting form offers: facts known of the parties and our template's usual wording. Blank where only people can say."""
    terms, parties = terms_for(stay, language), parties_of(stay)
    places = {"host_country": _country(terms, stay.incubator.city), "host_city": str(stay.incubator.city or "")}
    usual = {key: fill(text, places) for key, text in terms.parts["suggestions"].items()}
    founders, coordinators = parties.members[Party.STARTUP], parties.members[Party.CITY]
    return {
        **usual,
        "startup_signer": founders[0].user_id if founders else None,
        "startup_address": _place(terms, parties.organisations[Party.STARTUP]),
        "city_signer": coordinators[0].user_id if coordinators else None,
        "city_address": _place(terms, parties.organisations[Party.CITY]),
        "city_authority": "",
        "mentor": "",
        "mentor_hours": "4",
        "immigration": "startup",
        "prevailing_language": language,
        "aims": "",
    }


def _country(terms: Terms, city) -> str:
    return terms.parts["countries"].get(city.country, city.country) if city else ""


def _place(terms: Terms, body: Organisation | None) -> str:
    if body is None:
        return ""
    town = body.place or (str(body.city) if body.city else "")
    return ", ".join(part for part in (town, _country(terms, body.city)) if part)


def _in(language: str, value: Any) -> str:
    """A text that may hold several languages, in `language`."""
    return (value.localize(language) if isinstance(value, LazyI18nString) else str(value or "")).strip()


def _services(terms: Terms, services: Iterable[Any]) -> tuple[str, ...]:
    """Services as an incubator states them: a code of the template's list, words, or words by language."""
    named = []
    for service in services:
        if isinstance(service, Mapping):
            named.append(LazyI18nString(dict(service)).localize(terms.language))
        else:
            named.append(terms.parts["services"].get(service, str(service)))
    return tuple(name for name in named if name.strip())


def blanks(*, stay, language: str, given: Mapping[str, Any]) -> dict[str, Value]:
    """Every value that the clauses print, from the stay, the incubator and what the organiser gave; empty where unknown."""
    terms, incubator = terms_for(stay, language), stay.incubator
    parties = parties_of(stay, given)
    words = {key: str(value or "").strip() for key, value in given.items()}
    reports = report_dates(stay.starts, stay.ends)
    with translation.override(language):
        days = {
            key: date_format(value, "DATE_FORMAT")
            for key, value in {"starts": stay.starts, "last_day": last_day(stay.ends), **reports}.items()
        }
    prevailing = terms.parts["languages"].get(words.get("prevailing_language", ""), "")
    wording = words.get("immigration", "")
    values: dict[str, Value] = {
        **days,
        "months": str(stay.programme.months),
        "desks": str(stay.desks),
        "people": str(stay.candidate.people),
        "programme_name": _in(language, stay.programme.name),
        "host_address": incubator.address.strip(),
        "host_signatory": incubator.signatory_name.strip(),
        "host_capacity": _in(language, incubator.signatory_role),
        "host_authority": _in(language, incubator.authority),
        "startup_signatory": _signatory(parties, Party.STARTUP, given),
        "city_signatory": _signatory(parties, Party.CITY, given),
        "services": _services(terms, incubator.services),
        "immigration": terms.parts["immigration"][wording] if wording in IMMIGRATION else "",
        "prevailing_language": prevailing,
        "mentor": words.get("mentor", ""),
        "aims": words.get("aims", ""),
    }
    for party in parties.order:
        values[f"{party}_name"] = parties.name_of(party)
    for key in TYPED:
        values[key] = words.get(key, "")
    return values


TYPED = (
    "startup_address",
    "startup_capacity",
    "startup_authority",
    "city_address",
    "city_capacity",
    "city_authority",
    "mentor_hours",
    "fee",
    "law",
    "court",
)


def _signatory(parties: Parties, party: Party, given: Mapping[str, Any]) -> str:
    signer = parties.signer_of(party, given.get(f"{party}_signer"))
    return signer.user.full_name if signer else ""


def missing_in(values: Mapping[str, Value], parties: Parties) -> list[str]:
    """Codes of what an agreement still lacks: blanks of the template, and a party without anybody who could sign."""
    return missing_blanks(values) + missing_accounts(parties)


def freeze(
    *,
    stay,
    language: str,
    values: Mapping[str, Value],
    parties: Parties,
    reference: str,
    code: str,
    drafted_at,
    order: Sequence[Party] = USUAL_PARTIES,
) -> dict:
    """The whole content of the document as JSON: the PDF and the page are made from this and from nothing else.

    The parties sign, and are named, in `order`. `code` and `reference` together open the page on which anybody checks the document.
    """
    terms = terms_for(stay, language)
    mentoring = terms.parts["mentor"]["named" if values["mentor"] else "to_name"]
    plan = terms.parts["plan"]["given" if values["aims"] else "later"]
    filled = {**values, "reference": reference}
    filled |= {"mentoring": fill(mentoring, filled), "plan": fill(plan, filled)}
    with translation.override(language):
        drafted_on = date_format(drafted_at.astimezone(zoneinfo.ZoneInfo(stay.programme.time_zone)), "DATE_FORMAT")
    return {
        "format": "passerelle-agreement-1",
        "terms_version": terms.version,
        "language": language,
        "reference": reference,
        "title": terms.title,
        "subtitle": fill(terms.subtitle, filled),
        "drafted_on": drafted_on,
        "drafted_at": drafted_at.isoformat(),
        "programme": values["programme_name"],
        "is_sample": stay.programme.is_sample,
        "time_zone": stay.programme.time_zone,
        "verification": _verification(reference, code),
        "stay": {"starts": stay.starts.isoformat(), "ends": stay.ends.isoformat(), "desks": stay.desks},
        "parties": [_party(party, parties, values, terms, reference) for party in order],
        "clauses": fill_clauses(terms.clauses, filled),
        "annexes": fill_clauses(terms.annexes, filled),
        "words": dict(terms.parts["words"]),
    }


def _verification(reference: str, code: str) -> dict[str, str]:
    """Where the document is checked: the page, and the address that the QR code holds."""
    return {
        "code": "-".join(code[start : start + 4] for start in range(0, len(code), 4)),
        "address": settings.SITE_URL.split("://", 1)[1] + reverse("verify"),
        "url": settings.SITE_URL + reverse("verify_document", args=[reference, code]),
    }


def _party(party: Party, parties: Parties, values: Mapping[str, Value], terms: Terms, reference: str) -> dict[str, Any]:
    body = parties.organisations[party]
    assert body is not None  # missing_in has refused it
    return {
        "party": str(party),
        "label": terms.parts["words"][party],
        "organisation": body.slug,
        "name": body.name,
        "address": values[f"{party}_address"],
        "signatory": values[f"{party}_signatory"],
        "capacity": values[f"{party}_capacity"],
        "authority": values[f"{party}_authority"],
        "consent": fill(terms.consent, {"reference": reference, "party_name": body.name}),
    }


def party_in(frozen: Mapping[str, Any], party: str) -> dict[str, Any]:
    """A party's block of a frozen agreement."""
    return next(block for block in frozen["parties"] if block["party"] == party)
