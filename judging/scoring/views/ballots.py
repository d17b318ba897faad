"""A juror's page where a round asks for a ranked list, or for pairs compared, instead of marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from contest.models import Entry
from judging.models import Duel, Juror, RankedBallot, Round, Scorecard
from judging.rounds.kinds.balloting import LIST_PAGE, PAIRS_PAGE, ballot_of, given_on
from judging.rounds.kinds.counting import COUNTINGS
from judging.scoring.reading.pitch import beside_label, label_of, read_entry
from judging.scoring.services.ballots import (
    StaleList,
    answer_duel,
    pair_for,
    pairs_asked,
    save_ranking,
    submit_duels,
    submit_ranking,
    take_back_ballot,
)
from judging.scoring.views.entries import phase_of
from judging.scoring.views.scorecards import why_closed
from judging.states import ScorecardState
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from network.models import User


@dataclass(frozen=True)
class Row:
    """An entry to rank; `place` as text, empty when it has none."""

    scorecard: Scorecard
    code: str
    label: str
    place: str
    problem: bool = False
    beside: str = ""  # the start-up and the entry's code


def round_of(user: User, pk: int, page: str) -> Round:
    """A round whose ballot is given on this page and in which the user has an entry to judge; 404 for any other."""
    ballots = given_on(page)
    mine = Scorecard.objects.of_juror(user).filter(assignment__round=pk, assignment__round__rule__ballot__in=ballots)
    if not mine.exists():
        raise Http404
    return Round.objects.select_related("edition").get(pk=pk)


def cards_of(user: User, round: Round) -> list[Scorecard]:
    rows = Scorecard.objects.of_juror(user).filter(assignment__round=round)
    found = rows.select_related(
        "assignment__entry__startup__organisation", "assignment__entry__category", "assignment__round"
    )
    return list(found.order_by("assignment__entry__code"))


@login_required
@never_cache
def show_ranking(request: AuthedRequest, pk: int) -> HttpResponse:
    """The list, as kept; POST saves it as typed, moves one entry, or hands the list in."""
    round = round_of(request.user, pk, LIST_PAGE)
    cards = cards_of(request.user, round)
    codes = [card.assignment.entry.code for card in cards]
    ballot = RankedBallot.objects.filter(round=round, juror__user=request.user).first() or RankedBallot(round=round)
    if request.method != "POST":
        return ranking_page(request, round, cards, placed(ballot.order), ballot.version)
    typed = {code: request.POST.get(f"place_{code}", "").strip() for code in codes}
    version = int(request.POST.get("version", "")) if request.POST.get("version", "").isdigit() else -1
    try:
        order = moved(order_of(typed), request.POST.get("move", ""), codes)
        kept = save_ranking(by=request.user, round=round, version=version, order=order)
        if request.POST.get("do") == "submit":
            submit_ranking(by=request.user, round=round, version=kept.version)
            messages.success(request, _("Handed in. You can take it back and change it until the round closes."))
            return redirect("judging")
    except Refusal as refusal:
        now_kept = refusal.ballot if isinstance(refusal, StaleList) else ballot
        version = now_kept.version if isinstance(refusal, StaleList) else version
        if refusal.code in ("ranking.too_short", "ranking.too_long") and request.POST.get("do") == "submit":
            version = RankedBallot.objects.get(round=round, juror__user=request.user).version
        return ranking_page(request, round, cards, typed, version, refusal, now_kept)
    if not request.POST.get("move"):
        messages.success(request, _("Saved."))
    return redirect("ranking", pk)


def placed(order: list[str]) -> dict[str, str]:
    """{code: its place as text} of a list."""
    return {code: str(place) for place, code in enumerate(order, start=1)}


def order_of(typed: dict[str, str]) -> list[str]:
    """Entry codes by the places typed; gaps close. Raises Refusal when two have one place, or a place is no number."""
    by_place: dict[int, str] = {}
    for code, text in typed.items():
        if not text:
            continue
        if not text.isdecimal() or not 1 <= int(text) <= len(typed):
            raise Refusal(
                _("A place is a whole number from 1 to %(most)s.") % {"most": len(typed)},
                code="ranking.place",
                field=f"place_{code}",
                status=422,
            )
        if int(text) in by_place:
            raise Refusal(
                _("Two entries have place %(place)s. Give each a place of its own.") % {"place": text},
                code="ranking.same_place",
                field=f"place_{code}",
                status=422,
            )
        by_place[int(text)] = code
    return [by_place[place] for place in sorted(by_place)]


def moved(order: list[str], move: str, codes: list[str]) -> list[str]:
    """The list after “up:CODE”, “down:CODE”, “add:CODE” or “off:CODE”; as it is for anything else."""
    verb, _colon, code = move.partition(":")
    if code not in codes:
        return order
    rest = [other for other in order if other != code]
    if verb == "off":
        return rest
    if code not in order:
        return [*order, code] if verb == "add" else order
    at = order.index(code) + {"up": -1, "down": 1}.get(verb, 0)
    return [*rest[: max(at, 0)], code, *rest[max(at, 0) :]]


def ranking_page(
    request: AuthedRequest,
    round: Round,
    cards: list[Scorecard],
    typed: Any,
    version: Any,
    refusal: Refusal | None = None,
    kept: Any = None,
) -> HttpResponse:
    phase = phase_of(round, clock.now())
    labels = {card.assignment.entry.code: label_of(card.assignment.entry, round) for card in cards}
    wrong = {code for code in typed if refusal is not None and refusal.field == f"place_{code}"}
    same = {typed[code] for code in wrong}
    rows = [
        Row(
            card,
            code,
            labels[code],
            typed.get(code, ""),
            typed.get(code, "") in same if same else False,
            beside_label(card.assignment.entry, round),
        )
        for card in cards
        for code in (card.assignment.entry.code,)
    ]
    # Who has no place yet comes last.
    rows.sort(key=lambda row: (not row.place.isdecimal(), int(row.place) if row.place.isdecimal() else 0, row.code))
    handed_in = all(card.state == ScorecardState.SUBMITTED for card in cards)
    context = {
        "round": round,
        "rows": rows,
        "places": [str(place) for place in range(1, len(cards) + 1)],
        "version": version,
        "refusal": refusal,
        "kept": [labels.get(code, code) for code in kept.order] if isinstance(refusal, StaleList) and kept else [],
        "handed_in": handed_in,
        "can_write": phase == "open" and not handed_in,
        "can_take_back": phase == "open" and handed_in,
        "closed": why_closed(phase),
        "rule": counting_words(round, len(cards)),
    }
    return render(request, "judging/scoring/ranking.html", context, status=refusal.status if refusal else 200)


def counting_words(round: Round, entries: int) -> str:
    """How the lists make a result, in a sentence for jurors."""
    return COUNTINGS.ask(round.rule.counting).for_jurors(round.rule.place_points, entries)


@login_required
@never_cache
def show_duels(request: AuthedRequest, pk: int) -> HttpResponse:
    """The next pair, or one to change (?pair=CODE-CODE); POST keeps the answer."""
    round = round_of(request.user, pk, PAIRS_PAGE)
    cards = cards_of(request.user, round)
    entries = {card.assignment.entry.code: card.assignment.entry for card in cards}
    if request.method == "POST":
        return take_answer(request, round, entries)
    return duels_page(request, round, cards, chosen_pair(request, round, entries))


def chosen_pair(request: AuthedRequest, round: Round, entries: dict[str, Entry]) -> tuple[Entry, Entry] | None:
    first, _dash, second = request.GET.get("pair", "").partition("-")
    if first in entries and second in entries and first != second:
        return entries[first], entries[second]
    jury = Juror.objects.of_jury(round.edition_id, round.city_id).active()
    juror = jury.select_related("user").get(user=request.user)
    return pair_for(juror=juror, round=round)


def take_answer(request: AuthedRequest, round: Round, entries: dict[str, Entry]) -> HttpResponse:
    first, second, winner = (entries.get(request.POST.get(name, "")) for name in ("first", "second", "winner"))
    if first is None or second is None or (winner is None and request.POST.get("winner")):
        raise Http404
    try:
        answer_duel(by=request.user, round=round, first=first, second=second, winner=winner)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("duels", round.pk)


def duels_page(
    request: AuthedRequest, round: Round, cards: list[Scorecard], pair: tuple[Entry, Entry] | None
) -> HttpResponse:
    phase = phase_of(round, clock.now())
    given = list(
        Duel.objects.filter(round=round, juror__user=request.user)
        .select_related("first__startup", "second__startup", "winner__startup")
        .order_by("-at", "-pk")
    )
    handed_in = all(card.state == ScorecardState.SUBMITTED for card in cards)
    by_entry = {card.assignment.entry_id: card for card in cards}
    readings = []
    if pair and phase == "open" and not handed_in:
        full = Entry.objects.filter(pk__in=[entry.pk for entry in pair]).select_related(
            "startup__organisation", "category"
        )
        rows = {entry.pk: entry for entry in full.prefetch_related("answers__question", "attachments")}
        readings = [(rows[entry.pk], read_entry(rows[entry.pk], round), by_entry[entry.pk]) for entry in pair]
    asked = pairs_asked(round, len(cards))
    context = {
        "round": round,
        "readings": readings,
        "given": [
            (
                duel,
                label_of(duel.first, round),
                label_of(duel.second, round),
                duel.winner and label_of(duel.winner, round),
            )
            for duel in given
        ],
        "asked": asked,
        "done": len(given),
        "complete": len(given) >= asked,
        "handed_in": handed_in,
        "can_write": phase == "open" and not handed_in,
        "can_take_back": phase == "open" and handed_in,
        "closed": why_closed(phase),
    }
    return render(request, "judging/scoring/duels.html", context)


@login_required
@require_POST
def hand_in_duels(request: AuthedRequest, pk: int) -> HttpResponse:
    round = round_of(request.user, pk, PAIRS_PAGE)
    try:
        submit_duels(by=request.user, round=round)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("duels", pk)
    messages.success(request, _("Handed in. You can take it back and change it until the round closes."))
    return redirect("judging")


@login_required
@require_POST
def take_back(request: AuthedRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(
        Round.objects.filter(pk__in=Scorecard.objects.of_juror(request.user).values("assignment__round")).exclude(
            rule__ballot__in=given_on("")
        ),
        pk=pk,
    )
    try:
        take_back_ballot(by=request.user, round=card)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(ballot_of(card).page, pk)
