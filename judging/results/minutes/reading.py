"""What the minutes of a closed round say: who sat, who stepped back, under which rule, what came out and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.results.document import ResultFile
from judging.domain.results.format import EXACT
from judging.live.reading import DeliberationLine, deliberations_of
from judging.models import Award, Conflict, Result, Round, Scorecard, TieDecision
from judging.models.rounds import SCALE, from_thousandths
from judging.results.shown.records import RecordLine, records_of
from judging.results.words.reasons import reason_words
from judging.results.words.ties import TieLine, left_words, tie_lines, tie_words
from judging.rounds.kinds.balloting import BALLOTS
from judging.rounds.words.figures import MARK_PLACES, column, number
from judging.rounds.words.parts import part_names
from judging.rounds.words.rule import rule_words
from judging.states import ReopeningState, ScorecardState
from toolkit.refusals import Refusal
from toolkit.templatetags.house import true_minus


@dataclass(frozen=True)
class JurorLine:
    """A juror's attendance in figures."""

    name: str
    city: str
    organisation: str
    submitted: int
    missing: int
    recused: int


@dataclass(frozen=True)
class ConflictLine:
    juror: str
    entry: str
    kind: str
    reason: str


@dataclass(frozen=True)
class CriterionLine:
    """Weight and scale as people write them; `needed` is empty without a threshold."""

    name: str
    weight: str
    scale: str
    needed: str


@dataclass(frozen=True)
class StandingLine:
    """An entry with its arithmetic: `cards` are (juror, total), `criteria` (name, value across jurors)."""

    rank: str
    entry: str
    startup: str
    city: str
    total: str
    final: str
    scorecards: int
    advances: bool
    reason: str
    cards: list[tuple[str, str]]
    criteria: list[tuple[str, str]]
    tie: str = ""


@dataclass(frozen=True)
class DecisionLine:
    entries: list[str]
    reason: str
    by: str
    at: datetime
    left: str = ""  # who of them is no longer in the round, and what that does


@dataclass(frozen=True)
class ReopeningLine:
    """The round was opened again: what was frozen before, why, and who the two were."""

    version: int
    sha256: str
    reason: str
    proposed_by: str
    confirmed_by: str
    at: datetime


@dataclass(frozen=True)
class AwardLine:
    rank: int
    name: str
    entry: str
    citation: str


@dataclass(frozen=True)
class Minutes:
    """All of it, in the reader's language; times are aware, to be shown in `time_zone`."""

    edition: str
    round: str
    city: str
    time_zone: str
    opened_at: datetime | None
    closes_at: datetime
    closed_at: datetime
    closed_by: str
    published_at: datetime | None
    jurors: list[JurorLine]
    conflicts: list[ConflictLine]
    reason_for_missing: str
    rule: list[str]
    criteria: list[CriterionLine]
    standings: list[StandingLine]
    ties: list[TieLine]
    decisions: list[DecisionLine]
    records: list[RecordLine]
    awards: list[AwardLine]
    carried: list[tuple[str, str, str]]  # earlier rounds: order, weight, hash
    sha256: str
    version: int
    method: str
    reopenings: list[ReopeningLine]
    deliberations: list[DeliberationLine]  # of its live sessions


def minutes_of(round: Round) -> Minutes:
    """The minutes of a closed round, from its frozen file and its rows. Raises Refusal for a round that is not closed.

    Whose names the key no longer holds stand by their code.
    """
    result = Result.objects.current().filter(round=round).select_related("closed_by").first()
    if result is None:
        raise Refusal(_("There are no minutes before the round is closed."), code="minutes.not_closed")
    file = ResultFile.from_data(json.loads(result.file))
    startups, jurors = (
        {code: row["name"] for code, row in result.key.get(part, {}).items()} for part in ("entries", "jurors")
    )
    return Minutes(
        edition=str(round.edition),
        round=str(round),
        city=str(round.city or ""),
        time_zone=round.edition.time_zone,
        opened_at=round.opened_at,
        closes_at=round.closes_at,
        closed_at=result.closed_at,
        closed_by=str(result.closed_by),
        published_at=round.published_at,
        jurors=_jurors(round, erased=result.key_erased_at is not None),
        conflicts=_conflicts(round),
        reason_for_missing=result.key.get("reason_for_missing", ""),
        rule=rule_words(round),
        criteria=_criteria(round),
        standings=_standings(round, file, startups, jurors),
        ties=tie_lines(file.ties or (), part_names(file.rule), startups),
        decisions=[
            DecisionLine(
                entries=[startups.get(code, code) for code in row.entries],
                reason=row.reason,
                by=str(row.by),
                at=row.at,
                left=left_words(row.entries, set(file.codes), startups),
            )
            for row in TieDecision.objects.filter(round=round).select_related("by").order_by("pk")
        ],
        records=records_of(round, startups),
        awards=[
            AwardLine(award.rank, str(award.name), award.entry.startup.name, str(award.citation))
            for award in Award.objects.with_entries().filter(edition=round.edition_id)
            if round.city_id is None  # a city's own round nominates, and gives no awards
        ],
        carried=[(row.order, row.weight, row.sha256 or "") for row in file.carried],
        sha256=result.sha256,
        version=result.version,
        method=_method(file),
        reopenings=_reopenings(round),
        deliberations=deliberations_of(round),
    )


def _method(file: ResultFile) -> str:
    """How the figures came about: exactly, or by a declared correction with the libraries that estimated it."""
    method = file.method
    if method is None or method.name == EXACT:
        return _("Computed exactly, in whole numbers and fractions.")
    if ballot := BALLOTS.get(method.name):
        return ballot.estimate_words(int(method.decimals or 0))
    libraries = ", ".join(f"{name} {version}" for name, version in sorted(method.libraries.items()))
    return ngettext(
        "Corrected as the rule declared before the round opened, rounded to %(decimals)s decimal (%(libraries)s).",
        "Corrected as the rule declared before the round opened, rounded to %(decimals)s decimals (%(libraries)s).",
        int(method.decimals or 0),
    ) % {
        "decimals": method.decimals,
        "libraries": libraries or "Python",
    }


def _reopenings(round: Round) -> list[ReopeningLine]:
    rows = round.reopenings.filter(state=ReopeningState.CONFIRMED)
    return [
        ReopeningLine(
            row.result.version,
            row.result.sha256,
            row.reason,
            str(row.proposed_by),
            str(row.answered_by),
            row.answered_at,
        )
        for row in rows.select_related("result", "proposed_by", "answered_by").order_by("pk")
        if row.answered_at is not None
    ]


def _jurors(round: Round, *, erased: bool = False) -> list[JurorLine]:
    """With `erased` names: by code, without city and organisation."""
    cards = (
        Scorecard.objects.filter(assignment__round=round)
        .taking_part()
        .select_related("assignment__juror__city", "assignment__juror__organisation")
        .order_by("assignment__juror__full_name", "assignment__juror_id")
    )
    counts: dict[int, dict[str, int]] = {}
    people: dict[int, Any] = {}
    for card in cards:
        juror = card.assignment.juror
        people[juror.pk] = juror
        states = counts.setdefault(juror.pk, dict.fromkeys(ScorecardState.values, 0))
        states[card.state] += 1
    return [
        JurorLine(
            name=juror.code if erased else juror.full_name,
            city="" if erased else str(juror.city or ""),
            organisation="" if erased else str(juror.organisation or ""),
            submitted=counts[pk][ScorecardState.SUBMITTED],
            missing=counts[pk][ScorecardState.DRAFT],
            recused=counts[pk][ScorecardState.RECUSED],
        )
        for pk, juror in people.items()
    ]


def _conflicts(round: Round) -> list[ConflictLine]:
    """Ties that were declared or set for an entry of this round by a seat of its own jury."""
    rows = Conflict.objects.filter(
        juror__edition=round.edition_id, juror__for_city=round.city_id, entry__standings__round=round
    )
    return [
        ConflictLine(row.juror.full_name, row.entry.startup.name, row.get_kind_display(), row.reason)
        for row in rows.select_related("juror", "entry__startup__organisation").order_by("juror__full_name", "pk")
    ]


ENDS = (("low", "min"), ("high", "max"), ("step", "step"))


def _criteria(round: Round) -> list[CriterionLine]:
    criteria = list(round.criteria.all())
    weights, needed = (
        column(["" if value is None else str(Fraction(value, SCALE)) for value in values], MARK_PLACES)
        for values in ([c.weight for c in criteria], [c.threshold for c in criteria])
    )
    scale = _("%(low)s to %(high)s, steps of %(step)s")
    return [
        CriterionLine(
            name=str(criterion.name),
            weight=weight,
            scale=scale
            % {name: true_minus(from_thousandths(getattr(criterion, f"scale_{field}"))) for name, field in ENDS},
            needed="" if criterion.threshold is None else need,
        )
        for criterion, weight, need in zip(criteria, weights, needed, strict=True)
    ]


def _standings(
    round: Round, file: ResultFile, startups: Mapping[str, str], jurors: Mapping[str, str]
) -> list[StandingLine]:
    criteria = part_names(file.rule)
    filed = file.filed
    differ = len({row.best for row in filed if row.best}) > 1
    rows = {s.entry.code: s for s in round.standings.with_entries()}
    totals, finals = column([row.total for row in filed]), column([row.final for row in filed])
    return [
        StandingLine(
            rank=row.rank,
            entry=row.entry,
            startup=startups.get(row.entry, row.entry),
            city=str(rows[row.entry].entry.city or ""),
            total=_of_best(row.best, total) if differ and row.best and row.total else total,
            final=final,
            scorecards=int(row.scorecards),
            advances=row.advances,
            reason=reason_words(row.reason, startups, criteria),
            cards=[(jurors.get(code, code), number(total)) for code, total in row.cards.items()],
            criteria=[(criteria.get(code, code), number(value)) for code, value in row.criteria.items()],
            tie=tie_words(row.tie, row.reason, criteria),
        )
        for row, total, final in zip(filed, totals, finals, strict=True)
    ]


def _of_best(best: str, total: str) -> str:
    return _("%(total)s of %(best)s") % {"total": total, "best": number(best)}
