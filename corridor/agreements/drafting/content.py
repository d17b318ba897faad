"""What an agreement says, frozen once, when it is drafted: in one language, or in two side by side."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from corridor.agreements.drafting.parties import Parties
from corridor.domain.chain.chain import Person, in_order, people_as_json
from corridor.domain.life.reports import promised_times
from corridor.domain.terms.clauses import Clause, Terms, Value, Wording, fill, fill_clauses, plain_clause
from corridor.life.reading.stays import forms_of
from corridor.states import Party
from toolkit.dates import date_format

if TYPE_CHECKING:
    from corridor.models import Stay


FORMAT = "passerelle-agreement-2"


def freeze(
    *,
    stay: Stay,
    wording: Wording,
    languages: Sequence[str],
    prevailing: str,
    values: Mapping[str, Mapping[str, Value]],
    parties: Parties,
    order: Sequence[Party],
    reference: str,
    code: str,
    drafted_at: datetime,
    annexes: Iterable[Any] = (),
) -> dict[str, Any]:
    """The whole content of the document as JSON: the PDF and the page are made from this and from nothing else.

    `languages`: one, or two that stand side by side, of which `prevailing` prevails; `values`: by language, what fills
    the text. The parties sign, and are named, in `order`. `annexes` (HostAnnex) follow those of the template. `code`
    and `reference` together open the page on which anybody checks the document; without a code there is none.

    The text of the first language stands at the top of the answer, that of the second under `beside`.
    """
    texts = [
        _text(wording.terms(language), languages, values[language], parties, order, reference, list(annexes))
        for language in languages
    ]
    with_days = [{**text, "drafted_on": _day(text["language"], stay, drafted_at)} for text in texts]
    frozen = {
        "format": FORMAT,
        "kind": wording.kind,
        "template": {"slug": wording.slug, "version": wording.version},
        "terms_version": wording.version,
        "languages": list(languages),
        "prevailing": prevailing,
        "reference": reference,
        "drafted_at": drafted_at.isoformat(),
        "is_sample": stay.programme.is_sample,
        "time_zone": stay.programme.time_zone,
        "stay": {
            "starts": stay.starts.isoformat(),
            "ends": stay.ends.isoformat(),
            "desks": stay.desks,
            "people": people_as_json(travellers_of(stay)),
        },
        **with_days[0],
    }
    frozen |= _kept_by_the_stay(stay, wording, languages[0])
    if code:
        frozen["verification"] = verification_of(reference, code)
    if len(texts) > 1:
        frozen["beside"] = with_days[1]
        for block, same in zip(frozen["parties"], frozen["beside"]["parties"], strict=True):
            block["consent"] += f"\n\n{same['consent']}"  # whoever reads one language only knows what they consent to
    return frozen


def _kept_by_the_stay(stay: Stay, wording: Wording, language: str) -> dict[str, Any]:
    """What the system goes by later: on which days the reports are due that the text names,
    and the template's rules."""
    terms = wording.terms(language)
    said = {
        "reports": promised_times(forms_of(stay.programme), terms.placeholders()),
        "rules": terms.parts.get("rules"),
    }
    return {key: value for key, value in said.items() if value}


def _day(language: str, stay: Stay, moment: datetime) -> str:
    with translation.override(language):
        return date_format(moment.astimezone(zoneinfo.ZoneInfo(stay.programme.time_zone)), "DATE_FORMAT")


def _text(
    terms: Terms,
    languages: Sequence[str],
    values: Mapping[str, Value],
    parties: Parties,
    order: Sequence[Party],
    reference: str,
    host_annexes: Sequence[Any],
) -> dict[str, Any]:
    """What the document says in one language."""
    blocks = [_party(party, parties, values, terms, reference) for party in order]
    added = [annex.texts[terms.language] for annex in host_annexes]
    headings = [*(annex.heading for annex in terms.annexes), *(text["title"] for text in added)]
    filled: dict[str, Value] = {
        **values,
        "reference": reference,
        "signatories": tuple(_who_signs(terms, block) for block in blocks),
        "annexes": tuple(_named_annex(terms, number, heading) for number, heading in enumerate(headings, start=1)),
    }
    filled |= _sentences(terms, languages, filled)
    prevails = {"prevails": values["prevailing_language"]} if len(languages) > 1 else {}
    own = fill_clauses(terms.annexes, filled)
    return {
        "language": terms.language,
        "title": terms.title,
        "subtitle": fill(terms.subtitle, filled),
        "programme": values["programme_name"],
        "parties": blocks,
        "clauses": fill_clauses(terms.clauses, filled),
        "annexes": own
        + [
            plain_clause(len(own) + place, Clause(f"host-{annex.pk}", text["title"], text["text"]))
            for place, (annex, text) in enumerate(zip(host_annexes, added, strict=True), start=1)
        ],
        "words": dict(terms.parts["words"]),
        **prevails,
    }


def _sentences(terms: Terms, languages: Sequence[str], values: Mapping[str, Value]) -> dict[str, Value]:
    """The sentences that a template words in several ways: the one that fits."""
    chosen: dict[str, Value] = {}
    for name, table, key in (
        ("mentoring", "mentor", "named" if values.get("mentor") else "to_name"),
        ("plan", "plan", "given" if values.get("aims") else "later"),
        ("travel", "travel", "named" if values.get("travellers") else "alone"),
        ("language_statement", "language_statement", "beside" if len(languages) > 1 else "alone"),
    ):
        if table in terms.parts:
            named = [terms.parts["languages"][language] for language in languages]
            known = {**values, "own": named[0], "first": named[0], "second": named[-1]}
            chosen[name] = fill(terms.parts[table][key], known)
    return chosen


def _named_annex(terms: Terms, number: int, heading: str) -> str:
    return f"{terms.parts['words']['annex']} {number}{terms.parts['words']['colon']} {heading}"


def _who_signs(terms: Terms, block: Mapping[str, Any]) -> str:
    kind = "body" if block["organisation"] else "person"
    return fill(terms.parts["signatory"][kind], {key: str(value) for key, value in block.items()})


def travellers_of(stay: Stay) -> tuple[Person, ...]:
    """Who travels, as the rows say now."""
    return in_order(Person(row.name, tuple(row.nationalities), row.starts, row.ends) for row in stay.travellers.all())


def verification_of(reference: str, code: str) -> dict[str, str]:
    """Where the document is checked: the page, and the address that the QR code holds."""
    return {
        "code": "-".join(code[start : start + 4] for start in range(0, len(code), 4)),
        "address": settings.SITE_URL.split("://", 1)[1] + reverse("verify"),
        "url": settings.SITE_URL + reverse("verify_document", args=[reference, code]),
    }


def _party(party: Party, parties: Parties, values: Mapping[str, Value], terms: Terms, reference: str) -> dict[str, Any]:
    body, name = parties.organisations.get(party), parties.name_of(party)
    return {
        "party": str(party),
        "label": terms.parts["words"][party],
        "organisation": body.slug if body else "",
        "name": name,
        "address": values[f"{party}_address"],
        "signatory": values[f"{party}_signatory"],
        "capacity": values[f"{party}_capacity"],
        "authority": values[f"{party}_authority"],
        "consent": fill(terms.consent, {"reference": reference, "party_name": name}),
    }
