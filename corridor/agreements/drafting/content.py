"""What an agreement says, frozen once, when it is drafted: in one language, or in two side by side."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from corridor.agreements.drafting.parties import Parties
from corridor.domain.chain.chain import FactsSaid, Person, in_order, people_said
from corridor.domain.life.reports import promised_times
from corridor.domain.terms.clauses import Clause, Terms, Value, Wording, as_text, fill, fill_clauses, plain_clause
from corridor.domain.terms.content import AGREEMENT_FORMAT, Content, PartyBlock, TemplateSaid, Text, Verification
from corridor.life.reading.stays import forms_of
from corridor.states import Party
from toolkit.dates import date_format

if TYPE_CHECKING:
    from corridor.models import HostAnnex, Stay


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
    annexes: Iterable[HostAnnex] = (),
    preview: str = "",
) -> Content:
    """The whole content of the document: the PDF and the page are made from this and from nothing else.

    `languages`: one, or two that stand side by side, of which `prevailing` prevails; `values`: by language, what fills
    the text. The parties sign, and are named, in `order`. `annexes` follow those of the template. `code` and
    `reference` together open the page on which anybody checks the document; without a code there is none. `preview`
    says of what is not issued that it isn't.
    """
    texts = [
        _text(wording.terms(language), languages, values[language], parties, order, reference, list(annexes))
        for language in languages
    ]
    first, *others = [replace(text, drafted_on=_day(text.language, stay, drafted_at)) for text in texts]
    beside = others[0] if others else None
    if beside is not None:  # whoever reads one language only knows what they consent to
        first = replace(first, parties=tuple(map(_consent_in_both, first.parties, beside.parties)))
    terms = wording.terms(languages[0])
    return Content(
        **vars(first),
        format=AGREEMENT_FORMAT,
        kind=wording.kind,
        template=TemplateSaid(wording.slug, wording.version),
        terms_version=wording.version,
        languages=tuple(languages),
        prevailing=prevailing,
        reference=reference,
        drafted_at=drafted_at.isoformat(),
        is_sample=stay.programme.is_sample,
        time_zone=stay.programme.time_zone,
        stay=FactsSaid(starts=stay.starts, ends=stay.ends, desks=stay.desks, people=people_said(travellers_of(stay))),
        # What the system goes by later: when the reports are due that the text names, and the template's rules.
        reports=promised_times(forms_of(stay.programme), terms.placeholders()),
        rules=terms.parts.get("rules") or None,
        verification=verification_of(reference, code) if code else None,
        beside=beside,
        preview=preview,
    )


def _consent_in_both(block: PartyBlock, same: PartyBlock) -> PartyBlock:
    return replace(block, consent=f"{block.consent}\n\n{same.consent}")


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
    host_annexes: Sequence[HostAnnex],
) -> Text:
    """What the document says in one language, its day aside."""
    blocks = tuple(_party(party, parties, values, terms, reference) for party in order)
    added = [annex.texts[terms.language] for annex in host_annexes]
    headings = [*(annex.heading for annex in terms.annexes), *(text["title"] for text in added)]
    filled: dict[str, Value] = {
        **values,
        "reference": reference,
        "signatories": tuple(_who_signs(terms, block) for block in blocks),
        "annexes": tuple(_named_annex(terms, number, heading) for number, heading in enumerate(headings, start=1)),
    }
    filled |= _sentences(terms, languages, filled)
    own = fill_clauses(terms.annexes, filled)
    of_host = tuple(
        plain_clause(len(own) + place, Clause(f"host-{annex.pk}", text["title"], text["text"]))
        for place, (annex, text) in enumerate(zip(host_annexes, added, strict=True), start=1)
    )
    return Text(
        language=terms.language,
        title=terms.title,
        subtitle=fill(terms.subtitle, filled),
        programme=as_text(values["programme_name"]),
        drafted_on="",
        parties=blocks,
        clauses=fill_clauses(terms.clauses, filled),
        annexes=own + of_host,
        words=dict(terms.parts["words"]),
        prevails=as_text(values["prevailing_language"]) if len(languages) > 1 else "",
    )


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


def _who_signs(terms: Terms, block: PartyBlock) -> str:
    return fill(terms.parts["signatory"]["body" if block.organisation else "person"], vars(block))


def travellers_of(stay: Stay) -> tuple[Person, ...]:
    """Who travels, as the rows say now."""
    return in_order(Person(row.name, tuple(row.nationalities), row.starts, row.ends) for row in stay.travellers.all())


def verification_of(reference: str, code: str) -> Verification:
    """Where a document of this number and code is checked."""
    return Verification(
        code="-".join(code[start : start + 4] for start in range(0, len(code), 4)),
        address=settings.SITE_URL.split("://", 1)[1] + reverse("verify"),
        url=settings.SITE_URL + reverse("verify_document", args=[reference, code]),
    )


def _party(party: Party, parties: Parties, values: Mapping[str, Value], terms: Terms, reference: str) -> PartyBlock:
    body, name = parties.organisations.get(party), parties.name_of(party)
    return PartyBlock(
        party=str(party),
        label=terms.parts["words"][party],
        organisation=body.slug if body else "",
        name=name,
        address=as_text(values[f"{party}_address"]),
        signatory=as_text(values[f"{party}_signatory"]),
        capacity=as_text(values[f"{party}_capacity"]),
        authority=as_text(values[f"{party}_authority"]),
        consent=fill(terms.consent, {"reference": reference, "party_name": name}),
    )
