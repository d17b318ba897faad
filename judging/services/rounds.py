"""Rounds, set up before jurors see them; opened when nothing is left to settle."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from contest.models import Edition, Entry
from judging import notifications
from judging.models import Assignment, Round, Scorecard
from judging.permissions import require_runs
from judging.querysets import entries_of
from judging.reading import ties_of
from judging.services.criteria import plain
from judging.services.phases import reason_if_early
from judging.services.rule_checks import check_round, check_rule
from judging.states import ROUND, CriterionKind, JurorKind, RoundState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

# What may still change while jurors score: more time and better words, never the rule.
WHILE_OPEN = {"name", "guidance", "closes_at"}
FIELDS = WHILE_OPEN | {
    "city", "order", "opens_at", "weight", "combine", "across", "aggregate_at", "trim", "decimals", "threshold",
    "min_scorecards", "jurors_per_entry", "load_min", "load_max", "same_city_conflicts", "shows_names", "others_marks",
    "tie_chain",
    "advance_count", "advance_per_city", "all_tied_go_on", "asks", "preset", "ballot", "decimals_criterion",
    "decimals_group",
    "final_decimals", "threshold_effect", "blanks", "min_peer_scorecards", "correction", "deviation",
    "correction_decimals",
    "correction_min_marks", "advance_per_category", "wild_cards", "counting", "place_points", "list_least",
    "list_most", "duels_each",
}  # fmt: skip


@transaction.atomic
def save_round(*, by: User, round: Round | None, edition: Edition | None = None, **fields: Any) -> Round:
    """Makes a round of `edition`, or changes one. `fields` are fields of Round.

    A draft takes any; an open round takes more time and better words only; a closed one none.
    """
    if round is None:
        if edition is None:
            raise ValueError("a new round needs its edition")
        city = fields.get("city")
        # In a city's own selection every entry is of the city, and most jurors are.
        round = Round(edition=edition, city=city, same_city_conflicts=city is None)
        require_runs(by, round)
        locked(Edition.objects.filter(pk=edition.pk)).get()  # two rounds made at once get two numbers
        same = Round.objects.filter(edition=edition, city=round.city)
        round.order = (same.aggregate(last=Max("order"))["last"] or 0) + 1
    else:
        round = locked(Round.objects.filter(pk=round.pk)).get()
        require_runs(by, round)
        if fields.get("city", round.city) != round.city:
            raise Refusal(_("A round stays where it was made: make a new one there."), code="round.city", field="city")
    _set(round, fields, FIELDS, WHILE_OPEN)
    check_round(round)
    round.save()
    record_event(by=by, verb="save", thing=round, after={name: plain(value) for name, value in fields.items()})
    return round


def _set(round: Round, fields: dict, known: set[str], while_open: set[str]) -> None:
    unknown = set(fields) - known
    if unknown:
        raise TypeError(f"a round has no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        if getattr(round, name) == value:
            continue
        if round.state != RoundState.DRAFT and not (round.state == RoundState.OPEN and name in while_open):
            raise Refusal(
                _("The rule of a round can't change once jurors score. While it is open you may give more time."),
                code="round.rule_is_fixed",
                field=name,
            )
        if name == "closes_at" and round.state == RoundState.OPEN and value < round.closes_at:
            raise Refusal(
                _("The round is open: jurors were told until when they score. That can only move later."),
                code="round.shortened",
                field=name,
            )
        setattr(round, name, value)


@transaction.atomic
def settle_ask(*, by: User, round: Round, field: str) -> Round:
    """The person who runs the round has decided what the published rules leave open."""
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    left = [ask for ask in round.asks if ask["field"] != field]
    if len(left) < len(round.asks):
        round.asks = left
        round.save()
        record_event(by=by, verb="settle", thing=round, after={"field": field})
    return round


@transaction.atomic
def open_round(*, by: User, round: Round, reason_for_early: str = "") -> Round:
    """Releases the assignments: jurors see their entries, and are told. Refuses while something is left to settle.

    While the call or the choice of the cities is open it takes a reason, which the public reads (EarlyRound).
    """
    round = locked(Round.objects.filter(pk=round.pk)).select_related("edition").get()
    require_runs(by, round)
    if round.state == RoundState.DRAFT:
        for check in (_check_settled, check_rule, _check_before, _check_assignments):
            check(round)
        round.opened_early = reason_if_early(round, reason_for_early)
    before, after = move(round, "open", ROUND)
    round.opened_at = clock.now()
    round.save()
    told = {"early": round.opened_early} if round.opened_early else {}
    event = record_event(by=by, verb="open", thing=round, before={"state": before}, after={"state": after, **told})
    _drop_left(round)
    notifications.tell_assigned(round, notifications.jurors_of(round).select_related("user").order_by("pk"), event)
    return round


def _drop_left(round: Round) -> None:
    """Takes away what was assigned of entries that left while the round was being prepared: nobody has seen it."""
    seats = Assignment.objects.filter(round=round)
    gone = list(seats.exclude(pk__in=seats.taking_part().order_by().values("pk")).values_list("pk", flat=True))
    Scorecard.objects.filter(assignment__in=gone).delete()
    Assignment.objects.filter(pk__in=gone).delete()


def _check_settled(round: Round) -> None:
    if round.asks:
        raise Refusal(
            _("Some points of the rules are still to be settled: %(count)s.") % {"count": len(round.asks)},
            code="round.asks",
        )


def _check_before(round: Round) -> None:
    previous = round.previous()
    if previous and previous.state in (RoundState.DRAFT, RoundState.OPEN):
        raise Refusal(
            _("Close “%(round)s” first: who goes on is decided there.") % {"round": previous}, code="round.order"
        )


def _check_assignments(round: Round) -> None:
    """Every entry has the scorecards it needs, and no juror a tie with what they score."""

    entries = list(entries_of(round).select_related("startup__organisation"))
    if not entries:
        raise Refusal(_("No entry takes part in this round yet."), code="round.no_entries")
    assigned: dict[tuple[str, int], int] = {}
    pairs = set()
    seats = Assignment.objects.filter(round=round).in_force().values_list("juror_id", "juror__kind", "entry_id")
    for juror_id, kind, entry_id in seats:
        assigned[kind, entry_id] = assigned.get((kind, entry_id), 0) + 1
        pairs.add((juror_id, entry_id))
    needs = {JurorKind.JURY: round.min_scorecards, JurorKind.PEER: round.min_peer_scorecards}
    short = [str(e) for e in entries if any(assigned.get((kind, e.pk), 0) < least for kind, least in needs.items())]
    if short:
        raise Refusal(
            _("Too few jurors are assigned to: %(entries)s.") % {"entries": ", ".join(short)},
            code="round.too_few_jurors",
        )
    _check_categories(round, entries)
    if any((tie.juror, tie.entry) in pairs for tie in ties_of(round)):
        raise Refusal(
            _("A juror is assigned to an entry that they have a tie with. Propose the assignment again."),
            code="round.conflict",
        )


def _check_categories(round: Round, entries: list[Entry]) -> None:
    """Criteria that are only for some categories leave no entry without one that counts."""
    counting = list(round.criteria.filter(kind=CriterionKind.SCORE).prefetch_related("categories"))
    limits = [{category.pk for category in criterion.categories.all()} for criterion in counting]
    bare = [str(e) for e in entries if limits and not any(not only or e.category_id in only for only in limits)]
    if bare:
        raise Refusal(
            _("No criterion that counts applies to: %(entries)s.") % {"entries": ", ".join(bare)},
            code="round.no_criteria_for",
        )
