"""A juror's own marks of one round: how they spread, which entries are level, two entries side by side."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from judging.domain.marks.scoring import card_total
from judging.domain.marks.spread import equal_totals
from judging.domain.numbers import Thousandths
from judging.domain.rule.reading import rule_of
from judging.domain.rule.values import Rule
from judging.models import Criterion, Mark, Round, Scorecard
from judging.rounds.kinds.balloting import ballot_of
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.reading.rule_data import rule_data
from judging.rounds.words.figures import decimals_of, figure
from judging.scoring.reading.pitch import beside_label, label_of
from judging.scoring.views.entries import phase_of
from judging.scoring.views.set_aside import in_figures
from judging.scoring.views.spreads import own_marks, rows_of
from judging.scoring.workbooks.fields import applies, criteria_on
from judging.states import ScorecardState
from network.requests import AuthedRequest
from toolkit import clock


@dataclass
class Card:
    """One of the juror's entries. `total` is empty until every criterion that needs a mark has one."""

    scorecard: Scorecard
    label: str
    beside: str  # the start-up and the entry's code
    marks: list[str]
    remarks: list[str]
    exact: Fraction | None
    is_submitted: bool
    level_with: list[str] = field(default_factory=list)
    total: str = ""


@never_cache
@login_required
def show_own_marks(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything the juror has given in a round so far, to look at before submitting. A fixed number of queries."""
    rows = (
        Scorecard.objects.of_juror(request.user)
        .filter(assignment__round=pk)
        .select_related(
            "assignment__round__rule",
            "assignment__round__edition",
            "assignment__round__city",
            "assignment__entry__startup__organisation",
        )
        .with_marks()
        .order_by("assignment__entry__code")
    )
    scorecards = list(rows)
    if not scorecards or not ballot_of(scorecards[0].assignment.round).gives_marks:
        raise Http404
    round = scorecards[0].assignment.round
    criteria = criteria_on(round)
    rule = rule_of(rule_data(round))
    cards = [card_of(row, round, rule, criteria) for row in scorecards]
    level = level_among(cards)
    places = decimals_of(card.exact for card in cards)  # they stand under each other
    for card in cards:
        card.total = "" if card.exact is None else figure(card.exact, places, whole=True)
    marks = [mark for row in scorecards for mark in row.marks.all()]
    left = [card for card in cards if not card.is_submitted]
    context = {
        "round": round,
        "phase": phase_of(round, clock.now()),
        "criteria": criteria,
        "cards": sorted(cards, key=lambda card: (card.exact is None, -(card.exact or 0), card.label)),
        "level": level,
        "spread": rows_of(criteria, marks, {}),
        "submitted": len(cards) - len(left),
        "next": left[0] if left else None,
        "pair": pair_of(cards, request.GET, criteria, level),
    }
    return render(request, "judging/scoring/own_marks.html", context)


def card_of(scorecard: Scorecard, round: Round, rule: Rule, criteria: list[Criterion]) -> Card:
    given: dict[int, Mark] = {mark.criterion_id: mark for mark in scorecard.marks.all()}
    own = own_marks(scorecard)
    return Card(
        scorecard=scorecard,
        label=label_of(scorecard.assignment.entry, round),
        beside=beside_label(scorecard.assignment.entry, round),
        marks=[in_figures(own.get(criterion.pk, "")) for criterion in criteria],
        remarks=[given[criterion.pk].comment if criterion.pk in given else "" for criterion in criteria],
        exact=total_of(given, [c for c in criteria if applies(c, scorecard.assignment.entry)], round, rule),
        is_submitted=scorecard.state == ScorecardState.SUBMITTED,
    )


def total_of(given: dict[int, Mark], asked: list[Criterion], round: Round, rule: Rule) -> Fraction | None:
    """As the round's rule makes it of one scorecard; None while a criterion that needs a mark has none."""
    by_code = {criterion.code: given.get(criterion.pk) for criterion in asked}
    if not given or any(c.is_required and c.pk not in given for c in asked):
        return None
    way = BLANKS.ask(round.rule.blanks)
    blank = {criterion.code: way.counts_as(criterion.scale_min, criterion.scale_max) for criterion in asked}
    sheet: list[Thousandths | None] = []
    for code in rule.codes:
        mark = by_code.get(code)
        sheet.append(mark.value if mark else blank.get(code))
    outside = frozenset(place for place, code in enumerate(rule.codes) if code not in by_code)
    return card_total(rule, sheet, outside)


def level_among(cards: list[Card]) -> list[list[Card]]:
    """Entries that the juror gave the same total, the highest first."""
    by_code = {card.scorecard.assignment.entry.code: card for card in cards}
    totals = {code: card.exact for code, card in by_code.items() if card.exact is not None}
    groups = [[by_code[code] for code in group] for group in equal_totals(totals)]
    for group in groups:
        for card in group:
            card.level_with = [other.label for other in group if other is not card]
    return groups


def pair_of(cards: list[Card], asked: Any, criteria: list[Criterion], level: list[list[Card]]) -> Any:
    """(first, second, rows) of the two entries asked for; of two that are level, else of the first two,
    when none is."""
    by_pk = {str(card.scorecard.pk): card for card in cards}
    chosen = [by_pk[pk] for pk in (asked.get("a"), asked.get("b")) if pk in by_pk]
    if len(chosen) < 2:
        chosen = (level[0] if level else cards)[:2]
    if len(chosen) < 2:
        return None
    first, second = chosen
    marks = zip(criteria, first.marks, second.marks, first.remarks, second.remarks, strict=True)
    return first, second, list(marks)
