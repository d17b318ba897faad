"""What an agreement prints besides its template: offered in the drafting form, gathered, and what is missing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import translation
from i18nfield.strings import LazyI18nString

from corridor.agreements.drafting.content import travellers_of
from corridor.agreements.drafting.parties import Parties, parties_of
from corridor.agreements.templates.wording import terms_in, wording_for
from corridor.domain.life.reports import ALL_REPORTS, GUEST_SIDE, PROMISED, window
from corridor.domain.terms.clauses import (
    IMMIGRATION,
    REQUIRED,
    REQUIRED_OF_PARTY,
    TRANSLATED,
    TRANSLATED_OF_PARTY,
    Terms,
    Value,
    Wording,
    counted,
    fill,
    last_day,
    missing_blanks,
)
from corridor.domain.terms.host_law import hours_of, read_rules
from corridor.life.reading.stays import forms_of, report_days
from corridor.states import Party
from network.countries import countries_in_words
from network.models import Organisation
from toolkit.dates import date_format

if TYPE_CHECKING:
    from corridor.models import Stay
    from network.models import City


def suggest_terms(*, stay: Stay, language: str, template: str = "") -> dict[str, object]:
    """What the drafting form offers: facts known of the parties and our template's usual wording.
    Blank where only people can say."""
    wording = wording_for(stay, slug=template)
    terms, parties = terms_in(wording, language), parties_of(stay, also=wording.rules().parties)
    known: dict[str, Any] = {}
    for party in parties.order:
        if party == Party.HOST:
            continue
        people = parties.members[party]
        # Of several schools nobody but people know whose student it is.
        is_open = party == Party.SCHOOL and len({one.organisation for one in people}) > 1
        known[f"{party}_signer"] = people[0].user_id if people and not is_open else None
        known[f"{party}_address"] = "" if is_open else _place(terms, parties.organisations.get(party))
        if party in parties.persons:
            known[f"{party}_address"] = getattr(getattr(stay.candidate, "application", None), "address", "")
        known |= {f"{party}_{what}": "" for what in TRANSLATED_OF_PARTY}
    return {
        "template": wording.slug,
        **known,
        **dict.fromkeys(terms.parts.get("blanks", {}), ""),
        **{
            key: text
            for key, text in suggest_words(stay, terms).items()
            if key in known or key in TRANSLATED or key in terms.parts.get("blanks", {})
        },
        "mentor": "",
        "mentor_hours": "4",
        "immigration": "startup",
        "prevailing_language": language,
        "aims": "",
    }


def usual_terms(*, stay: Stay, wording: Wording, languages: Sequence[str]) -> dict[str, object]:
    """suggest_terms for one language or two: what is said in words as {language: text}."""
    usual = suggest_terms(stay=stay, language=languages[0], template=wording.slug)
    usual["prevailing_language"] = usually_prevails(wording, languages)
    for language in languages[1:]:
        for key, text in suggest_words(stay, wording.terms(language)).items():
            if key in usual:
                usual[key] = {languages[0]: usual[key], language: text}
    return usual


def usually_prevails(wording: Wording, languages: Sequence[str]) -> str:
    """The language that the template's rules would have prevail, where the document is in it; else its first one."""
    asked = wording.rules().prevailing
    return asked if asked in languages else languages[0]


def suggest_words(stay: Stay, terms: Terms) -> dict[str, str]:
    """The usual wording of what is typed in each language of a document, in the language of `terms`."""
    places = {"host_country": _country(terms, stay.incubator.city), "host_city": str(stay.incubator.city or "")}
    usual = {key: fill(text, places) for key, text in terms.parts["suggestions"].items()}
    rules = read_rules(terms.parts.get("rules", {}))
    hours = hours_of(rules, stay.starts, stay.ends)
    return usual if hours is None else usual | {rules.hours_blank: str(hours)}


def _country(terms: Terms, city: City | None) -> str:
    return terms.parts["countries"].get(city.country, city.country) if city else ""


def _place(terms: Terms, body: Organisation | None) -> str:
    if body is None:
        return ""
    town = body.place or (str(body.city) if body.city else "")
    return ", ".join(part for part in (town, _country(terms, body.city)) if part)


def _in(language: str, value: Any) -> str:
    """A text that may hold several languages, in `language` or else in another."""
    return (value.localize(language) if isinstance(value, LazyI18nString) else str(value or "")).strip()


def own_words(language: str, value: Any) -> str:
    """A text that may hold several languages, in `language` and in no other.
    A text without languages is said in all."""
    data = value.data if isinstance(value, LazyI18nString) else value
    return str((data.get(language) if isinstance(data, Mapping) else data) or "").strip()


def said(given: Mapping[str, Any], key: str, language: str) -> str:
    """What was typed for `key`: a text for all languages of the document, or {language: text}."""
    return own_words(language, given.get(key))


def _services(terms: Terms, services: Iterable[Any]) -> tuple[str, ...]:
    """Services as an incubator states them: a code of the template's list, words, or words by language."""
    named = []
    for service in services:
        if isinstance(service, Mapping):
            named.append(LazyI18nString(dict(service)).localize(terms.language))
        else:
            named.append(terms.parts["services"].get(service, str(service)))
    return tuple(name for name in named if name.strip())


def _reports(stay: Stay, terms: Terms) -> tuple[str, ...]:
    """“Works: 11 June 2027” of every report that the guest owes, by day."""
    colon, language = terms.parts["words"]["colon"], terms.language
    owed = [form for form in forms_of(stay.programme) if form.side == GUEST_SIDE]
    days = sorted(
        (window(form, stay.starts, stay.ends)[1], LazyI18nString(dict(form.title)).localize(language)) for form in owed
    )
    with translation.override(language):
        return tuple(f"{title}{colon} {date_format(day, 'DATE_FORMAT')}" for day, title in days)


def _travellers(stay: Stay, terms: Terms, *, all_days: bool = False) -> str:
    """“Ana, Portugal; Bo, France, 1 March 2027 – 31 May 2027”: the days where they are not the whole stay's, or with
    `all_days` everybody's. Nothing while nobody is named."""
    countries, named = terms.parts["countries"], []
    with translation.override(terms.language):
        for one in travellers_of(stay):
            country = countries_in_words(one.nationalities, countries)
            days = [date_format(day, "DATE_FORMAT") for day in (one.starts, last_day(one.ends))]
            says_days = all_days or (one.starts, one.ends) != (stay.starts, stay.ends)
            named.append(f"{one.name}, {country}" + (f", {' – '.join(days)}" if says_days else ""))
    return "; ".join(named)


def blanks(*, stay: Stay, terms: Terms, parties: Parties, given: Mapping[str, Any]) -> dict[str, Value]:
    """Every value that the clauses print, in the language of `terms`, from the stay, the incubator and what the
    organiser gave (see `said`); empty where unknown."""
    reports, language = report_days(stay.programme, stay.starts, stay.ends), terms.language
    with translation.override(language):
        days = {
            key: date_format(value, "DATE_FORMAT")
            for key, value in {"starts": stay.starts, "last_day": last_day(stay.ends), **reports}.items()
        }
    words = {key: said(given, key, language) for key in ("immigration", "mentor", "mentor_hours", *TRANSLATED)}
    wording, hours = words["immigration"], words["mentor_hours"]
    own = {key: said(given, key, language) for key in terms.parts.get("blanks", {})}
    named = _travellers(stay, terms)
    return {
        **days,
        **words,
        **own,
        "months": counted(terms, "months", stay.programme.months),
        "desks": counted(terms, "desks", stay.desks),
        "people": counted(terms, "people", stay.candidate.people) + (f" ({named})" if named else ""),
        "travellers": _travellers(stay, terms, all_days=True),
        "mentor_hours": counted(terms, "mentor_hours", int(hours)) if hours.isdecimal() else hours,
        "programme_name": _in(language, stay.programme.name),
        ALL_REPORTS: _reports(stay, terms),
        "services": _services(terms, stay.incubator.services),
        "immigration": terms.parts["immigration"].get(wording, "") if wording in IMMIGRATION else "",
        "prevailing_language": terms.parts["languages"].get(said(given, "prevailing_language", language), ""),
        **_of_parties(stay, language, parties, given),
    }


def _of_parties(stay: Stay, language: str, parties: Parties, given: Mapping[str, Any]) -> dict[str, Value]:
    """{party}_name, _address, _signatory, _capacity and _authority of each.
    The host's come from the page of the incubator."""
    values: dict[str, Value] = {}
    for party in parties.order:
        signer = parties.signer_of(party, given.get(f"{party}_signer"))
        values[f"{party}_name"] = parties.name_of(party)
        values[f"{party}_address"] = said(given, f"{party}_address", language)
        values[f"{party}_signatory"] = signer.user.full_name if signer else ""
        for what in TRANSLATED_OF_PARTY:
            values[f"{party}_{what}"] = said(given, f"{party}_{what}", language)
    incubator = stay.incubator
    typed = {what: values.get(f"host_{what}", "") for what in TRANSLATED_OF_PARTY}
    return values | {
        "host_address": incubator.address.strip(),
        "host_signatory": incubator.signatory_name.strip(),
        "host_capacity": typed["capacity"] or own_words(language, incubator.signatory_role),
        "host_authority": own_words(language, incubator.authority) or typed["authority"],
    }


def required_of(terms: Terms, parties: Parties) -> list[str]:
    """Codes of the blanks that must be filled: what every party says of itself, and what the text prints."""
    of_parties = [
        f"{party}_{what}"
        for party in parties.order
        for what in REQUIRED_OF_PARTY
        if not (party in parties.persons and what in TRANSLATED_OF_PARTY)  # a person signs as nobody but herself
    ]
    used = terms.placeholders()
    return (
        of_parties
        + [name for name in (*REQUIRED, *PROMISED, ALL_REPORTS) if name in used]
        + list(terms.parts.get("blanks", {}))
    )


def aside(key: str, language: str) -> str:
    """The name of the field that says `key` in the second language of a document."""
    return f"{key}__{language}"


def depends_on_language(code: str) -> bool:
    """A blank that each language of a document needs for itself; the others are the same in all."""
    return code in TRANSLATED or code.rpartition("_")[2] in TRANSLATED_OF_PARTY or code.startswith("annex")


def missing_in(terms: Terms, values: Mapping[str, Value], parties: Parties) -> list[str]:
    """Codes of the blanks that are still empty."""
    return missing_blanks(values, required_of(terms, parties))
