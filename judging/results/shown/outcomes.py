"""From the rows of a round to its outcome: live while it is open, from the frozen file once it is closed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from django.db.models import QuerySet

from contest.models import Entry
from judging.domain.results import frozen
from judging.domain.results.document import (
    Breaches,
    Card,
    CarriedRound,
    FiledEntry,
    FormerRule,
    Head,
    Method,
    NotCounted,
    ResultFile,
    Verdict,
)
from judging.domain.results.format import EXACT
from judging.domain.rule.ballots import MARKS
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.rule.stated import StatedRule, correction_in
from judging.models import (
    Assignment,
    CutDecision,
    Penalty,
    Result,
    Round,
    RuleVersion,
    Scorecard,
    Standing,
    TieDecision,
)
from judging.reads.rounds import entries_of
from judging.reads.taking_part import FROZEN
from judging.rounds.kinds.balloting import BALLOTS
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.kinds.thresholds import effect_of
from judging.rounds.kinds.tie_rules import TIE_RULES, Asking, ReadOfEntry
from judging.rounds.reading.ballot_data import ballots_given
from judging.rounds.reading.rule_data import languages_of, moment_text, rule_data, thousandths_text
from judging.states import JurorKind, ScorecardState


def outcome_of(round: Round) -> frozen.Outcome:
    """The outcome as it stands now (submitted scorecards only) or, of a closed round, recomputed from its file."""
    if round.state in FROZEN:
        return frozen.compute(frozen_file(round))
    return frozen.compute(inputs_of(round))


def inputs_of(round: Round, closed_at: datetime | None = None) -> ResultFile:
    """Everything that the round's result follows from, as its file will hold it."""
    frame = frame_of(round, closed_at)
    counted, not_counted = _scorecards(round, frame.codes)
    return replace(frame, scorecards=tuple(counted), not_counted=tuple(not_counted))


def frame_of(round: Round, closed_at: datetime | None = None) -> ResultFile:
    """The inputs without the scorecards: what is cheap to read however many jurors there are."""
    entries = entries_of(round)
    rule = rule_data(round)
    return ResultFile(
        round=Head(
            edition=round.edition.slug,
            city=round.city.slug if round.city else "",
            order=str(round.order),
            name=languages_of(round.name),
            weight=str(round.weight),
            opens_at=moment_text(round.opens_at),
            closes_at=moment_text(round.closes_at),
            closed_at=moment_text(closed_at),
        ),
        method=method_of(rule),
        rule=rule,
        entries=tuple(_entries_data(round, entries)),
        carried=tuple(carried_data(round)),
        scorecards=(),
        not_counted=(),
        peers=tuple(_peers(round, entries)),
        penalties=tuple(_penalties(round, entries, rule)),
        decisions=tuple(map(tuple, _decisions(round, entries))),
        cut_decisions=tuple(_cut_decisions(round, entries)),
        former_rules=tuple(_former_rules(round)),
        **ballots_given(round),
    )


def frozen_file(round: Round) -> ResultFile:
    """The file of a closed round."""
    return ResultFile.from_data(json.loads(round.result.file))


def file_of(round: Round) -> ResultFile:
    """The file of a closed round; of an open one what closing it now would freeze."""
    if round.state in FROZEN:
        return frozen_file(round)
    inputs = inputs_of(round)
    return frozen.freeze(inputs, frozen.compute(inputs))


def method_of(rule: StatedRule) -> Method:
    """How the result is computed, to how many decimals, and with which versions of libraries; none where it is exact.

    The name is “exact”, or the code of what estimates: the declared correction, or the ballot.
    """
    correction = CORRECTIONS.ask(correction_in(rule))
    if rule.correction and correction.corrects:
        return _method(correction.code, rule.correction.decimals, correction.libraries)
    ballot = BALLOTS.ask(rule.ballot or MARKS)
    return _method(ballot.code if ballot.is_estimate else EXACT, rule.decimals, ballot.libraries)


def _method(name: str, decimals: str, libraries: Sequence[str]) -> Method:
    return Method(name, decimals, {name: version(name) for name in libraries})


def _entries_data(round: Round, entries: QuerySet[Entry]) -> list[FiledEntry]:
    """Each entry with what the chain for ties may ask for: nothing more is fetched than it asks."""
    rows = list(
        entries.values_list("pk", "code", "city", "city__slug", "category__code", "startup__founded_on", "submitted_at")
    )
    read = _read_for_ties(round, entries, {row[0]: row[2] for row in rows})
    return [
        FiledEntry(
            code=code,
            city=slug or "",
            category=category or "",
            founded_on=founded_on.isoformat() if founded_on else "",
            submitted_at=moment_text(submitted_at),
            laureates=read.get(pk, {}).get("laureates", ""),
            facts=read.get(pk, {}).get("facts", {}),
        )
        for pk, code, _city, slug, category, founded_on, submitted_at in rows
    ]


def _read_for_ties(round: Round, entries: QuerySet[Entry], cities: dict[int, int | None]) -> dict[int, ReadOfEntry]:
    """{entry: what the rules of the chain read of it}; what several of them know as facts, together."""
    found: dict[int, ReadOfEntry] = {}
    for kind in dict.fromkeys(link["kind"] for link in round.rule.tie_chain):
        links = [link for link in round.rule.tie_chain if link["kind"] == kind]
        for pk, more in TIE_RULES[kind].read(Asking(round, entries, cities, links)).items():
            known = found.get(pk, ReadOfEntry())
            facts = {**known.get("facts", {}), **more.get("facts", {})}
            found[pk] = {**known, **more, "facts": facts}
    return found


def _peers(round: Round, entries: QuerySet[Entry]) -> list[str]:
    """Fellow applicants with a scorecard on an entry that is in the round."""
    seats = Assignment.objects.filter(round=round, entry__in=entries.order_by(), juror__kind=JurorKind.PEER)
    return sorted(set(seats.values_list("juror__code", flat=True)))


def _decisions(round: Round, entries: QuerySet[Entry]) -> list[list[str]]:
    """Orders that a person gave; an entry that has left the round since is in none of them any more."""
    orders = list(TieDecision.objects.filter(round=round).order_by("pk").values_list("entries", flat=True))
    if not orders:
        return []
    here = set(entries.values_list("code", flat=True))
    left = ([code for code in order if code in here] for order in orders)
    return [order for order in left if len(order) > 1]


def _penalties(round: Round, entries: QuerySet[Entry], rule: StatedRule) -> list[Breaches]:
    if not any(not kind_of(criterion).is_marked for criterion in rule.criteria):
        return []
    rows = Penalty.objects.filter(criterion__round=round, entry__in=entries.order_by()).select_related(
        "entry", "criterion"
    )
    return [
        Breaches(entry=row.entry.code, code=row.criterion.code, breaches=str(row.breaches))
        for row in rows.order_by("pk")
    ]


def _cut_decisions(round: Round, entries: QuerySet[Entry]) -> list[Verdict]:
    if not round.rule.wild_cards and not effect_of(round).asks:
        return []
    rows = CutDecision.objects.filter(round=round, entry__in=entries.order_by()).select_related("entry").order_by("pk")
    return [Verdict(entry=row.entry.code, kind=row.kind) for row in rows]


def _former_rules(round: Round) -> list[FormerRule]:
    if round.rule.version == 1:
        return []
    rows = RuleVersion.objects.filter(round=round).order_by("version")
    return [FormerRule(version=str(row.version), sha256=row.sha256, until=moment_text(row.at)) for row in rows]


def carried_data(round: Round) -> list[CarriedRound]:
    """Earlier frozen rounds of the same edition (and city): their weight, hash and per-cent shares by entry."""
    earlier = (
        Round.objects.counted()
        .filter(edition=round.edition_id, city=round.city_id, order__lt=round.order, state__in=FROZEN)
        .order_by("order")
    )
    rows = []
    for result in Result.objects.current().filter(round__in=earlier).select_related("round").order_by("round__order"):
        standings = json.loads(result.file)["standings"]
        rows.append(
            CarriedRound(
                order=str(result.round.order),
                weight=str(result.round.weight),
                sha256=result.sha256,
                shares={row["entry"]: row["share"] for row in standings if row["share"]},
            )
        )
    return rows


def _scorecards(round: Round, entries: list[str]) -> tuple[list[Card], list[NotCounted]]:
    """(those that count, those that don't) for the entries given by code, by entry and juror code."""
    cards = (
        Scorecard.objects.filter(assignment__round=round)
        .select_related("assignment__entry", "assignment__juror")
        .prefetch_related("marks__criterion")
        .order_by("assignment__entry__code", "assignment__juror__code")
    )
    counted: list[Card] = []
    not_counted: list[NotCounted] = []
    known = set(entries)
    for card in cards:
        if card.assignment.entry.code not in known:
            continue
        entry, juror = card.assignment.entry.code, card.assignment.juror.code
        if card.state == ScorecardState.SUBMITTED:
            counted.append(
                {
                    "entry": entry,
                    "juror": juror,
                    "marks": {
                        mark.criterion.code: (
                            frozen.NOT_APPLICABLE if mark.not_applicable else thousandths_text(mark.value)
                        )
                        for mark in card.marks.all()
                    },
                }
            )
        else:
            state = "recused" if card.state == ScorecardState.RECUSED else "missing"
            not_counted.append(NotCounted(entry, juror, state))
    return counted, not_counted


def standings_to_write(round: Round, outcome: frozen.Outcome) -> list[Standing]:
    """Unsaved Standing rows of an outcome."""
    ids = dict(entries_of(round).values_list("code", "pk"))
    return [
        Standing(
            round=round,
            entry_id=ids[row.entry],
            rank=int(row.rank) if row.rank else None,
            place=int(row.place),
            total=row.total,
            final=row.final,
            scorecards=int(row.scorecards),
            advances=row.advances,
            reason=row.reason,
            tie=row.tie or {},
        )
        for row in frozen.standings_of(outcome)
    ]
