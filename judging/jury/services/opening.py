"""A round is opened to its jury when nothing is left to settle."""

from django.db import transaction
from django.utils.translation import gettext as _

from contest.models import Entry
from judging.jury.notices import assignment
from judging.jury.reading.facts import ties_of
from judging.models import Assignment, Round, Scorecard
from judging.permissions import require_runs
from judging.reads.rounds import entries_of
from judging.rounds import notices
from judging.rounds.kinds.criterion_kinds import counting
from judging.rounds.services.phases import reason_if_early
from judging.rounds.services.rule_checks import check_rule
from judging.states import ROUND, JurorKind, RoundState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move


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
    assignment.Assigned.tell(round, notices.jurors_of(round).select_related("user").order_by("pk"), event)
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
    needs = {JurorKind.JURY: round.rule.min_scorecards, JurorKind.PEER: round.rule.min_peer_scorecards}
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
    counts = counting(round.criteria.prefetch_related("categories"))
    limits = [{category.pk for category in criterion.categories.all()} for criterion in counts]
    bare = [str(e) for e in entries if limits and not any(not only or e.category_id in only for only in limits)]
    if bare:
        raise Refusal(
            _("No criterion that counts applies to: %(entries)s.") % {"entries": ", ".join(bare)},
            code="round.no_criteria_for",
        )
