"""Ranked lists and duels: a juror keeps a list, or answers pair after pair, and hands the whole in for the round.

Handing in and taking back moves the juror's scorecards of the round, all at once: so progress, reminders, recusals and
the closing of the round are the same as for marks. Every service locks those scorecards first, as close_round does.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Entry
from judging.domain.ballots.duels import Duel as Answer
from judging.domain.ballots.duels import next_pair
from judging.domain.ballots.ranked_lists import BadRanking, check_ranking
from judging.models import Assignment, Duel, Juror, RankedBallot, Round, Scorecard
from judging.rounds.kinds.balloting import LIST_PAGE, PAIRS_PAGE, ballot_of
from judging.scoring.services.scorecards import require_open
from judging.states import SCORECARD, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move


class StaleList(Refusal):
    """The list was saved elsewhere in between; `ballot` is what is kept."""

    def __init__(self, ballot: RankedBallot) -> None:
        super().__init__(
            _(
                "This list was changed elsewhere since you opened it. Nothing was overwritten: compare, then "
                "save again."
            ),
            code="ranking.stale",
        )
        self.ballot = ballot


@transaction.atomic
def save_ranking(*, by: User, round: Round, version: int, order: Sequence[str]) -> RankedBallot:
    """Keeps a juror's list of entry codes, best first, and counts its version up.
    A list may be unfinished until it is handed in.

    Raises Refusal for an entry named twice or not the juror's to rank, StaleList when `version` is not the one kept.
    """
    juror, cards = _own(by, round, LIST_PAGE)
    _require_drafts(cards)
    asked = frozenset(card.assignment.entry.code for card in cards)
    _check(order, asked, least=0, most=round.rule.list_most)
    ballot, _made = RankedBallot.objects.get_or_create(round=round, juror=juror)
    if ballot.version != version:
        raise StaleList(ballot)
    ballot.order, ballot.saved_at = list(order), clock.now()
    ballot.version += 1
    ballot.save()
    record_event(by=by, verb="rank", thing=ballot, after={"version": ballot.version, "order": ballot.order})
    return ballot


@transaction.atomic
def submit_ranking(*, by: User, round: Round, version: int) -> RankedBallot:
    """Hands the list in, as it is kept. Refused while it names fewer entries than the round asks for."""
    juror, cards = _own(by, round, LIST_PAGE)
    ballot = RankedBallot.objects.filter(round=round, juror=juror).first()
    if ballot is None or ballot.version != version:
        raise StaleList(ballot or RankedBallot(round=round, juror=juror))
    asked = frozenset(card.assignment.entry.code for card in cards)
    _check(ballot.order, asked, least=round.rule.list_least, most=round.rule.list_most)
    _hand_in(by, cards)
    record_event(by=by, verb="submit", thing=ballot, after={"order": ballot.order})
    return ballot


@transaction.atomic
def answer_duel(*, by: User, round: Round, first: Entry, second: Entry, winner: Entry | None) -> Duel:
    """Keeps what a juror says of a pair; said again, the later answer holds. `winner` None: they could not tell.

    Raises Refusal for an entry that is not theirs to judge,
    and for a new pair once they have answered as many as the round asks.
    """
    juror, cards = _own(by, round, PAIRS_PAGE)
    _require_drafts(cards)
    first, second = sorted((first, second), key=lambda entry: entry.code)
    asked = {card.assignment.entry_id for card in cards}
    if first == second or not {first.pk, second.pk} <= asked or winner not in (first, second, None):
        raise Refusal(_("This pair is not yours to compare."), code="duel.pair", status=422)
    given = Duel.objects.filter(round=round, juror=juror)
    duel = given.filter(first=first, second=second).first()
    if duel is None:
        if given.count() >= round.rule.duels_each:
            raise Refusal(_("You have compared as many pairs as this round asks for."), code="duel.enough")
        duel = Duel(round=round, juror=juror, first=first, second=second)
    duel.winner, duel.at = winner, clock.now()
    try:
        with transaction.atomic():
            duel.save()
    except IntegrityError:
        raise Refusal(
            _("This pair was answered elsewhere at this moment. Look at it again."), code="duel.twice"
        ) from None
    record_event(by=by, verb="compare", thing=duel, after={"winner": winner.code if winner else ""})
    return duel


@transaction.atomic
def submit_duels(*, by: User, round: Round) -> int:
    """Hands the answers in; their number. Refused before the juror has answered as many pairs as are asked,
    or all there are."""
    juror, cards = _own(by, round, PAIRS_PAGE)
    given = Duel.objects.filter(round=round, juror=juror).count()
    wanted = pairs_asked(round, len(cards))
    if given < wanted:
        raise Refusal(
            ngettext("Compare %(left)s more pair first.", "Compare %(left)s more pairs first.", wanted - given)
            % {"left": wanted - given},
            code="duel.too_few",
        )
    _hand_in(by, cards)
    return given


@transaction.atomic
def take_back_ballot(*, by: User, round: Round) -> None:
    """Takes a list, or answers, back to change them while the round is open."""
    _juror, cards = _own(by, round, ballot_of(round).page)
    for card in cards:
        if card.state == ScorecardState.SUBMITTED:
            _move(by, card, "reopen", None)


def pairs_asked(round: Round, entries: int) -> int:
    """How many pairs a juror of so many entries is asked for."""
    return min(round.rule.duels_each, entries * (entries - 1) // 2)


def pair_for(*, juror: Juror, round: Round) -> tuple[Entry, Entry] | None:
    """The pair that this juror should compare next, of those the answers of all jurors leave most open;
    None when done."""
    assert juror.user is not None
    mine = Assignment.objects.read_by(juror.user).filter(round=round).select_related("entry")
    entries = {seat.entry.code: seat.entry for seat in mine}
    answers = answers_of(round)
    if sum(answer.juror == juror.code for answer in answers) >= pairs_asked(round, len(entries)):
        return None
    everyone = {code for answer in answers for code in (answer.first, answer.second)} | entries.keys()
    barred = frozenset(everyone - entries.keys())
    found = next_pair(sorted(everyone), answers, juror=juror.code, barred=barred)
    return None if found is None else (entries[found[0]], entries[found[1]])


def answers_of(round: Round) -> list[Answer]:
    """All answers given so far, as the domain takes them, the earliest first."""
    rows = Duel.objects.filter(round=round).order_by("pk")
    codes = rows.values_list("juror__code", "first__code", "second__code", "winner__code")
    return [Answer(juror, first, second, winner or "") for juror, first, second, winner in codes]


def _own(by: User, round: Round, page: str) -> tuple[Juror, list[Scorecard]]:
    """The juror's seat and scorecards in this round, locked, without those they stepped back from or may not read."""
    juror = Juror.objects.of_jury(round.edition_id, round.city_id).active().filter(user=by).first()
    if juror is None:
        raise Forbidden(_("You are not on this jury."), code="ballot.no_seat")
    mine = Scorecard.objects.filter(assignment__round=round, assignment__juror=juror)
    list(locked(mine).order_by("pk").values_list("pk", flat=True))
    current = Round.objects.get(pk=round.pk)
    require_open(current)
    if ballot_of(current).page != page:
        raise Refusal(_("This round asks for something else."), code="ballot.kind")
    readable = Assignment.objects.read_by(by).filter(round=round).order_by().values("pk")
    cards = mine.filter(assignment__in=readable).exclude(state=ScorecardState.RECUSED)
    found = list(cards.select_related("assignment__entry").order_by("assignment__entry__code"))
    if not found:
        raise Forbidden(_("No entry of this round is yours to judge."), code="ballot.no_entries")
    return juror, found


def _require_drafts(cards: list[Scorecard]) -> None:
    if all(card.state == ScorecardState.SUBMITTED for card in cards):
        raise Refusal(_("You have handed this in. Take it back to change it."), code="ballot.submitted")


def _hand_in(by: User, cards: list[Scorecard]) -> None:
    waiting = [card for card in cards if card.state == ScorecardState.DRAFT]
    if not waiting:
        raise Refusal(_("You have handed this in already."), code="ballot.submitted")
    for card in waiting:
        _move(by, card, "submit", clock.now())


def _move(by: User, card: Scorecard, verb: str, submitted_at: datetime | None) -> None:
    before, after = move(card, verb, SCORECARD)
    card.submitted_at = submitted_at
    card.version += 1
    card.save()
    record_event(by=by, verb=verb, thing=card, before={"state": before}, after={"state": after})


def _check(order: Sequence[str], asked: frozenset[str], *, least: int, most: int | None) -> None:
    try:
        check_ranking(order, asked, least=least, most=most)
    except BadRanking as bad:
        sentences = {
            "twice": _("The entry %(entry)s stands on the list twice: give each entry one place."),
            "unknown": _("The entry %(entry)s is not one of yours to rank."),
            "too_short": ngettext("Rank %(least)s entry at least.", "Rank %(least)s entries at least.", least),
            "too_long": ngettext("Rank %(most)s entry at most.", "Rank %(most)s entries at most.", most or 0),
        }
        values = {"entry": bad.entry, "least": min(least, len(asked)), "most": most}
        raise Refusal(sentences[bad.code] % values, code=f"ranking.{bad.code}", status=422) from None
