"""What a document says that changes or ends an agreement, frozen once, when it is drafted."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation

from corridor.agreements.content import party_in
from corridor.agreements.drafting.content import travellers_of, verification_of
from corridor.agreements.templates.wording import terms_in, wording_for
from corridor.domain.chain.chain import NOTICE, Facts, Proposal, facts_as_json, topics
from corridor.domain.terms.clauses import Terms, Value, fill, fill_clauses
from corridor.domain.terms.host_law import read_rules
from corridor.kinds.document_kinds import ChangeKind, Said
from corridor.models import Agreement, Signature, Stay
from corridor.states import AgreementState, Party
from toolkit.dates import date_format

FORMAT = "passerelle-change-1"  # an agreement’s shape, with `changes` and `change`


def stands(stay: Stay) -> Facts:
    """What stands of a stay now. Reads who travels."""
    return Facts(stay.starts, stay.ends, stay.desks, travellers_of(stay))


def party_blocks(
    base: Agreement, signatories: Mapping[str, Mapping[str, str]], text: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The parties of the agreement as they are called today, each with who signs for it now, in the agreement's order.

    `text` is what the agreement says in one of its languages: the frozen content, or what stands beside it.
    """
    places = {place.party: place for place in base.signatures.select_related("organisation", "user")}
    blocks = []
    for block in text["parties"]:
        place = places.get(block["party"])
        name = place.party_name if place else block["name"]
        offered = party_in(base.frozen, block["party"])  # what was left as it was offered stays in its own language
        asked = signatories.get(block["party"], {}).items()
        given = {key: value for key, value in asked if value.strip() and value != offered[key]}
        known_as = {} if name == block["name"] else {"name": name, "formerly": block["name"]}
        blocks.append({**block, **_who_signed(place), **given, **known_as})
    return blocks


def _who_signed(place: Signature | None) -> dict[str, str]:
    """Who signed the agreement instead of the person whom it names: they are expected to sign its changes too."""
    instead = place.stand_in if place else {}
    return {"signatory": instead["name"], **{key: instead[key] for key in ("capacity", "authority")}} if instead else {}


def clauses_of(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(number, “17. Suspension, early end”) of the clauses of a frozen agreement."""
    return [(str(clause["number"]), f"{clause['number']}. {clause['heading']}") for clause in said.get("clauses", [])]


# Agreements that were frozen before their rules said it: the text of a graduate's has said fifteen days from its first
# version. That of a French stage asks for none: whoever interrupts it “tells the others in writing”.
NOTICE_OF = {"graduate-agreement": timedelta(days=15), "stage-fr": timedelta(0)}


def notice_of(agreement: Agreement) -> timedelta:
    """What the agreement, or the one that this document changes, asks of a party that withdraws alone."""
    frozen = (agreement.base or agreement).frozen
    days = read_rules(frozen.get("rules", {})).notice_days
    return NOTICE_OF.get(frozen["template"]["slug"], NOTICE) if days is None else timedelta(days=days)


def freeze_change(
    *,
    base: Agreement,
    stay: Stay,
    kind: ChangeKind,
    place: int,
    asked: Proposal,
    signatories: Mapping[str, Mapping[str, str]],
    reference: str,
    code: str,
    drafted_at: datetime,
) -> dict[str, Any]:
    """The whole content of the document as JSON, in the languages of the agreement and in the same shape.

    Who gives a notice alone is the only party named as signing. Without a code there is no page to check it on.
    """
    wording = wording_for(stay, kind.code)
    # In the languages of the agreement, the one it is written in first.
    said = [base.frozen, *([base.frozen["beside"]] if "beside" in base.frozen else [])]
    before = stands(stay)
    content = Said(asked, before, kind.changed(before, asked), notice_of(base))
    world = _World(base, stay, kind, place, content, signatories, reference)
    texts = [_text(world, terms_in(wording, text["language"]), text, drafted_at) for text in said]
    frozen = {
        "format": FORMAT,
        "kind": kind.code,
        "template": {"slug": wording.slug, "version": wording.version},
        "terms_version": wording.version,
        "languages": [text["language"] for text in said],
        "prevailing": base.frozen.get("prevailing", base.language),
        "reference": reference,
        "drafted_at": drafted_at.isoformat(),
        "is_sample": stay.programme.is_sample,
        "time_zone": stay.programme.time_zone,
        "changes": {"reference": base.reference, "place": place, "sha256": base.executed_sha256},
        "change": {
            "before": facts_as_json(before),
            "after": facts_as_json(content.after),
            "topics": sorted(topics(before, content.after, asked.text)),
            "text": asked.text.strip(),
            "reason": asked.reason.strip(),
            "party": asked.party,
            "clause": asked.clause,
            "is_joint": asked.is_joint,
        },
        **texts[0],
    }
    if code:
        frozen["verification"] = verification_of(reference, code)
    if len(texts) > 1:
        frozen["beside"] = texts[1]
    return frozen


@dataclass(frozen=True)
class _World:
    """What a document is about, in whatever language it says it."""

    base: Agreement
    stay: Stay
    kind: ChangeKind
    place: int
    content: Said
    signatories: Mapping[str, Mapping[str, str]]
    reference: str


def _text(world: _World, terms: Terms, said: Mapping[str, Any], drafted_at: datetime) -> dict[str, Any]:
    """What the document says in one language; `said` is what the agreement says in it."""
    asked = world.content.asked
    blocks = party_blocks(world.base, world.signatories, said)
    with translation.override(terms.language):
        names = {block["party"]: block["name"] for block in blocks}
        values = {
            **_about(world, terms, said, blocks),
            "reference": world.reference,
            **world.kind.values(world.content, terms, names, dict(clauses_of(said))),
        }
        drafted_on = _day(drafted_at.astimezone(zoneinfo.ZoneInfo(world.stay.programme.time_zone)).date())
    signing = [block for block in blocks if asked.is_joint or block["party"] == asked.party]
    for block in signing:
        block["consent"] = fill(terms.consent, {"reference": world.reference, "party_name": block["name"]})
    return {
        "language": terms.language,
        "programme": said["programme"],
        "title": fill(terms.title, values),
        "subtitle": fill(terms.subtitle, values),
        "drafted_on": drafted_on,
        "parties": signing,
        "clauses": fill_clauses(terms.clauses, values),
        "annexes": fill_clauses(terms.annexes, values),
        "words": {**terms.parts["words"], **({} if asked.is_joint else terms.parts["words_alone"])},
    }


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _about(world: _World, terms: Terms, said: Mapping[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Value]:
    """What every document of the chain says of the agreement."""
    base, words = world.base, terms.parts["earlier"]
    earlier = base.changes.filter(state=AgreementState.EXECUTED).select_related("programme").order_by("place")
    listed = "; ".join(
        f"{_said_in(one.frozen, terms.language)['title']} ({one.reference}, SHA-256 {one.executed_sha256})"
        for one in earlier
    )
    facts = [fill(words["some"], {"list": listed}) if listed else words["none"]]
    facts += [fill(words["renamed"], {"name": b["name"], "old": b["formerly"]}) for b in blocks if b.get("formerly")]
    zone = zoneinfo.ZoneInfo(world.stay.programme.time_zone)
    host = next((block["name"] for block in blocks if block["party"] == Party.HOST), world.stay.incubator.name)
    return {
        "place": str(world.place),
        "base_reference": base.reference,
        "base_drafted": said["drafted_on"],
        "base_executed": _day(base.executed_at.astimezone(zone).date()) if base.executed_at else "",
        "base_fingerprint": base.executed_sha256,
        "earlier": " ".join(facts),
        "guest_name": world.stay.candidate.name,
        "host_name": host,
    }


def _said_in(frozen: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """What a frozen document says in `language`, or else in its first one."""
    beside = frozen.get("beside", {})
    return beside if beside.get("language") == language else frozen
