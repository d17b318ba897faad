"""What a document says that changes or ends an agreement, frozen once, when it is drafted."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import translation

from corridor.agreements.drafting.content import travellers_of, verification_of
from corridor.agreements.templates.wording import terms_in, wording_for
from corridor.domain.chain.chain import NOTICE, Facts, Proposal, facts_said, topics
from corridor.domain.terms.clauses import Terms, Value, fill, fill_clauses
from corridor.domain.terms.content import (
    CHANGE_FORMAT,
    Changed,
    ChangeSaid,
    Content,
    PartyBlock,
    TemplateSaid,
    Text,
)
from corridor.domain.terms.host_law import read_rules
from corridor.kinds.document_kinds import ChangeKind, Said
from corridor.models import Agreement, Signature, Stay
from corridor.states import AgreementState, Party
from toolkit.dates import date_format

SIGNS = ("signatory", "capacity", "authority")
Signatories = Mapping[str, Mapping[str, str]]  # by party: {signatory, capacity, authority}


def stands(stay: Stay) -> Facts:
    """What stands of a stay now. Reads who travels."""
    return Facts(stay.starts, stay.ends, stay.desks, travellers_of(stay))


def party_blocks(base: Agreement, signatories: Signatories, text: Text) -> tuple[PartyBlock, ...]:
    """The parties of the agreement as they are called today, each with who signs for it now, in the agreement's order.

    `text` is what the agreement says in one of its languages.
    """
    places = {place.party: place for place in base.signatures.select_related("organisation", "user")}
    content, blocks = base.content, []
    for block in text.parties:
        place = places.get(block.party)
        name = place.party_name if place else block.name
        offered = content.party(block.party)  # what was left as it was offered stays in its own language
        asked = signatories.get(block.party, {})
        given = {key: asked[key] for key in SIGNS if asked.get(key, "").strip() and asked[key] != getattr(offered, key)}
        known_as = {} if name == block.name else {"name": name, "formerly": block.name}
        blocks.append(replace(block, **{**_who_signed(place), **given, **known_as}))
    return tuple(blocks)


def _who_signed(place: Signature | None) -> dict[str, str]:
    """Who signed the agreement instead of the person whom it names: they are expected to sign its changes too."""
    instead = place.stand_in if place else {}
    return {"signatory": instead["name"], **{key: instead[key] for key in ("capacity", "authority")}} if instead else {}


def clauses_of(said: Text) -> list[tuple[str, str]]:
    """(number, “17. Suspension, early end”) of the clauses of a frozen agreement."""
    return [(str(clause.number), f"{clause.number}. {clause.heading}") for clause in said.clauses]


# Agreements that were frozen before their rules said it: the text of a graduate's has said fifteen days from its first
# version. That of a French stage asks for none: whoever interrupts it “tells the others in writing”.
NOTICE_OF = {"graduate-agreement": timedelta(days=15), "stage-fr": timedelta(0)}


def notice_of(agreement: Agreement) -> timedelta:
    """What the agreement, or the one that this document changes, asks of a party that withdraws alone."""
    content = (agreement.base or agreement).content
    days = read_rules(content.rules or {}).notice_days
    slug = content.template.slug if content.template else ""
    return NOTICE_OF.get(slug, NOTICE) if days is None else timedelta(days=days)


def freeze_change(
    *,
    base: Agreement,
    stay: Stay,
    kind: ChangeKind,
    place: int,
    asked: Proposal,
    signatories: Signatories,
    reference: str,
    code: str,
    drafted_at: datetime,
) -> Content:
    """The whole content of the document, in the languages of the agreement and in the same shape.

    Who gives a notice alone is the only party named as signing. Without a code there is no page to check it on.
    """
    wording = wording_for(stay, kind.code)
    agreement = base.content
    before = stands(stay)
    said = Said(asked, before, kind.changed(before, asked), notice_of(base))
    world = _World(base, stay, kind, place, said, signatories, reference)
    # In the languages of the agreement, the one it is written in first.
    first, *others = [_text(world, terms_in(wording, text.language), text, drafted_at) for text in agreement.texts]
    return Content(
        **vars(first),
        format=CHANGE_FORMAT,
        kind=kind.code,
        template=TemplateSaid(wording.slug, wording.version),
        terms_version=wording.version,
        languages=tuple(text.language for text in agreement.texts),
        prevailing=agreement.prevailing or base.language,
        reference=reference,
        drafted_at=drafted_at.isoformat(),
        is_sample=stay.programme.is_sample,
        time_zone=stay.programme.time_zone,
        changes=Changed(base.reference, place, base.executed_sha256),
        change=ChangeSaid(
            before=facts_said(before),
            after=facts_said(said.after),
            topics=tuple(sorted(topics(before, said.after, asked.text))),
            text=asked.text.strip(),
            reason=asked.reason.strip(),
            party=asked.party,
            clause=asked.clause,
            is_joint=asked.is_joint,
        ),
        verification=verification_of(reference, code) if code else None,
        beside=others[0] if others else None,
    )


@dataclass(frozen=True)
class _World:
    """What a document is about, in whatever language it says it."""

    base: Agreement
    stay: Stay
    kind: ChangeKind
    place: int
    said: Said
    signatories: Signatories
    reference: str


def _text(world: _World, terms: Terms, text: Text, drafted_at: datetime) -> Text:
    """What the document says in one language; `text` is what the agreement says in it."""
    asked = world.said.asked
    blocks = party_blocks(world.base, world.signatories, text)
    with translation.override(terms.language):
        names = {block.party: block.name for block in blocks}
        values = {
            **_about(world, terms, text, blocks),
            "reference": world.reference,
            **world.kind.values(world.said, terms, names, dict(clauses_of(text))),
        }
        drafted_on = _day(drafted_at.astimezone(zoneinfo.ZoneInfo(world.stay.programme.time_zone)).date())
    signing = [
        replace(block, consent=fill(terms.consent, {"reference": world.reference, "party_name": block.name}))
        for block in blocks
        if asked.is_joint or block.party == asked.party
    ]
    return Text(
        language=terms.language,
        title=fill(terms.title, values),
        subtitle=fill(terms.subtitle, values),
        programme=text.programme,
        drafted_on=drafted_on,
        parties=tuple(signing),
        clauses=fill_clauses(terms.clauses, values),
        annexes=fill_clauses(terms.annexes, values),
        words={**terms.parts["words"], **({} if asked.is_joint else terms.parts["words_alone"])},
    )


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _about(world: _World, terms: Terms, text: Text, blocks: Sequence[PartyBlock]) -> dict[str, Value]:
    """What every document of the chain says of the agreement."""
    base, words = world.base, terms.parts["earlier"]
    earlier = base.changes.filter(state=AgreementState.EXECUTED).select_related("programme").order_by("place")
    listed = "; ".join(
        f"{_said_in(one.content, terms.language).title} ({one.reference}, SHA-256 {one.executed_sha256})"
        for one in earlier
    )
    facts = [fill(words["some"], {"list": listed}) if listed else words["none"]]
    facts += [fill(words["renamed"], {"name": one.name, "old": one.formerly}) for one in blocks if one.formerly]
    zone = zoneinfo.ZoneInfo(world.stay.programme.time_zone)
    host = next((block.name for block in blocks if block.party == Party.HOST), world.stay.incubator.name)
    return {
        "place": str(world.place),
        "base_reference": base.reference,
        "base_drafted": text.drafted_on,
        "base_executed": _day(base.executed_at.astimezone(zone).date()) if base.executed_at else "",
        "base_fingerprint": base.executed_sha256,
        "earlier": " ".join(facts),
        "guest_name": world.stay.candidate.name,
        "host_name": host,
    }


def _said_in(content: Content, language: str) -> Text:
    """What a document says in `language`, or else in its first one."""
    beside = content.beside
    return beside if beside is not None and beside.language == language else content
