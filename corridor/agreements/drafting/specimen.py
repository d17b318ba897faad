"""A template as a document with sample values, for whoever reads or writes it: nothing in it is anybody's."""

from collections.abc import Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.utils import translation

from corridor.agreements.drafting.content import freeze
from corridor.agreements.drafting.parties import Parties
from corridor.agreements.templates.words import known_placeholders
from corridor.domain.life.reports import form_of, promised_days
from corridor.domain.terms.checks import own_blanks
from corridor.domain.terms.clauses import Terms, Value, Wording, counted, last_day
from corridor.domain.terms.content import Content
from corridor.life.reading.stays import standard
from corridor.states import USUAL_PARTIES, Party, Side
from toolkit.dates import date_format

STARTS, ENDS = date(2027, 3, 1), date(2027, 9, 1)


def specimen(wording: Wording, languages: Sequence[str], at: datetime) -> Content:
    """The content of a document that is marked as a sample on every page, without a number."""
    guest = Party.GUEST if wording.guest != "startup" else Party.STARTUP
    usual = [guest if party == Party.STARTUP else party for party in USUAL_PARTIES]
    order = [*usual, *(Party(party) for party in wording.rules().parties if party not in usual)]
    bodies: dict[Party, Any] = {
        party: SimpleNamespace(slug=str(party), name=f"Sample {party.label}") for party in order
    }
    stay: Any = SimpleNamespace(
        programme=SimpleNamespace(is_sample=True, time_zone="Europe/Paris", guest_is_person=False),
        starts=STARTS,
        ends=ENDS,
        desks=2,
        travellers=SimpleNamespace(all=lambda: []),
    )
    words = wording.words[languages[0]]["words"]
    return freeze(
        stay=stay,
        wording=wording,
        languages=list(languages),
        prevailing=languages[0],
        values={code: _values(wording, wording.terms(code), bodies, languages[0]) for code in languages},
        parties=Parties(bodies, {party: [] for party in order}),
        order=order,
        reference=words["no_number"],
        code="",
        drafted_at=at,
        preview=words["sample"],
    )


def _report_days() -> dict[str, date]:
    usual = [form_of(row, Side.values) for row in standard()["reports"]]
    return promised_days(usual, STARTS, ENDS)


def _values(wording: Wording, terms: Terms, bodies: dict[Party, Any], prevailing: str) -> dict[str, Value]:
    with translation.override(terms.language):
        days = {
            name: date_format(day, "DATE_FORMAT")
            for name, day in {"starts": STARTS, "last_day": last_day(ENDS), **_report_days()}.items()
        }
    known: dict[str, Value] = {
        name: f"[{name}]" for name in known_placeholders(wording.kind) | own_blanks(wording.texts)
    }
    for party, body in bodies.items():
        known |= {f"{party}_{what}": f"[{party}_{what}]" for what in ("address", "signatory", "capacity", "authority")}
        known[f"{party}_name"] = body.name
    numbers = {"months": 6, "desks": 2, "people": 2, "mentor_hours": 4}
    return {
        **known,
        **days,
        **{name: counted(terms, name, number) for name, number in numbers.items()},
        "services": tuple(terms.parts["services"].values())[:3],
        "immigration": terms.parts.get("immigration", {}).get("startup", "[immigration]"),
        "prevailing_language": terms.parts["languages"][prevailing],
        "aims": "",
        "mentor": "",
    }
