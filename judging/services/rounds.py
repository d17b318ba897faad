"""Rounds and their criteria, set up before jurors see them; opened when nothing is left to settle."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from contest.models import Edition
from judging import notifications
from judging.models import Assignment, Criterion, Juror, Round
from judging.permissions import require_runs
from judging.querysets import entries_of
from judging.reading import ties_of
from judging.states import ROUND, RoundState
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
    "min_scorecards", "jurors_per_entry", "load_min", "load_max", "same_city_conflicts", "shows_names", "tie_chain",
    "advance_count", "advance_per_city", "all_tied_go_on", "asks", "preset",
}  # fmt: skip
CRITERION_FIELDS = {
    "code", "name", "guidance", "weight", "scale_min", "scale_max", "scale_step", "anchors", "threshold", "is_required",
    "order",
}  # fmt: skip
TIE_KINDS = {
    "criterion", "highest_mark", "lowest_mark", "median", "younger_firm", "earlier_submission", "human",
}  # fmt: skip


@transaction.atomic
def save_round(*, by: User, round: Round | None, edition: Edition | None = None, **fields) -> Round:
    """Makes a round of `edition`, or changes one. `fields` are fields of Round.

    A draft takes any; an open round takes more time and better words only; a closed one none.
    """
    if round is None:
        if edition is None:
            raise ValueError("a new round needs its edition")
        round = Round(edition=edition, city=fields.get("city"))
        require_runs(by, round)
        same = Round.objects.filter(edition=edition, city=round.city)
        round.order = (same.aggregate(last=Max("order"))["last"] or 0) + 1
    else:
        round = locked(Round.objects.filter(pk=round.pk)).get()
        require_runs(by, round)
    _set(round, fields, FIELDS, WHILE_OPEN)
    _check_round(round)
    round.save()
    record_event(by=by, verb="save", thing=round, after={name: _plain(value) for name, value in fields.items()})
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
        setattr(round, name, value)


def _check_round(round: Round) -> None:
    """What the database also refuses, said in words, and what only the rule itself can know."""

    def refuse(sentence: str, field: str) -> None:
        raise Refusal(sentence, code=f"round.{field}", field=field, status=422)

    if round.closes_at <= round.opens_at:
        refuse(_("The round has to close after it opens."), "closes_at")
    if round.weight > 100:
        refuse(_("A round weighs 100 per cent at most."), "weight")
    if round.load_min > round.load_max:
        refuse(_("The least number of entries per juror is above the most."), "load_min")
    if round.min_scorecards < 1:
        refuse(_("An entry needs one scorecard at least."), "min_scorecards")
    if round.min_scorecards > round.jurors_per_entry:
        refuse(_("An entry gets fewer jurors than the scorecards it needs."), "jurors_per_entry")
    if round.across == "trimmed_mean" and round.min_scorecards <= 2 * round.trim:
        refuse(_("Dropping that many marks leaves none: ask for more scorecards or drop fewer."), "trim")
    for link in round.tie_chain:
        if not isinstance(link, dict) or link.get("kind") not in TIE_KINDS:
            refuse(_("The chain of rules for ties holds a rule that is not known."), "tie_chain")


def _plain(value):
    """A value as JSON takes it, for the event."""
    if isinstance(value, (str, int, bool, list, dict)) or value is None:
        return value
    return getattr(value, "data", None) or getattr(value, "pk", None) or str(value)


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
def save_criterion(*, by: User, round: Round, criterion: Criterion | None, **fields) -> Criterion:
    """Adds a criterion to a draft round, or changes one. `fields` are fields of Criterion; numbers in thousandths."""
    round = _draft(by, round)
    unknown = set(fields) - CRITERION_FIELDS
    if unknown:
        raise TypeError(f"a criterion has no {', '.join(sorted(unknown))}")
    if criterion is None:
        last = round.criteria.aggregate(last=Max("order"))["last"]
        criterion = Criterion(round=round, order=0 if last is None else last + 1)
    else:
        criterion = locked(Criterion.objects.filter(pk=criterion.pk, round=round)).get()
    for name, value in fields.items():
        setattr(criterion, name, value)
    _check_criterion(criterion)
    criterion.save()
    record_event(by=by, verb="save", thing=criterion, after={name: _plain(value) for name, value in fields.items()})
    return criterion


def _check_criterion(criterion: Criterion) -> None:
    def refuse(sentence: str, field: str) -> None:
        raise Refusal(sentence, code=f"criterion.{field}", field=field, status=422)

    low, high, step = criterion.scale_min, criterion.scale_max, criterion.scale_step
    if high <= low or high <= 0:
        refuse(_("The highest mark has to be above the lowest, and above zero."), "scale_max")
    if step <= 0 or (high - low) % step:
        refuse(_("The steps have to lead from the lowest mark to the highest."), "scale_step")
    if criterion.threshold is not None and not low <= criterion.threshold <= high:
        refuse(_("The mark needed lies outside the scale."), "threshold")
    if not criterion.code:
        refuse(_("Give the criterion a short code."), "code")
    twin = Criterion.objects.filter(round=criterion.round, code=criterion.code).exclude(pk=criterion.pk)
    if twin.exists():
        refuse(_("Another criterion of this round has this code."), "code")


@transaction.atomic
def remove_criterion(*, by: User, criterion: Criterion) -> None:
    """Takes a criterion out of a draft round."""
    _draft(by, criterion.round)
    record_event(by=by, verb="remove", thing=criterion, before={"code": criterion.code})
    criterion.delete()


def _draft(by: User, round: Round) -> Round:
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    if round.state != RoundState.DRAFT:
        raise Refusal(_("The criteria can't change once jurors score."), code="round.rule_is_fixed")
    return round


@transaction.atomic
def open_round(*, by: User, round: Round) -> Round:
    """Releases the assignments: jurors see their entries, and are told. Refuses while something is left to settle."""
    round = locked(Round.objects.filter(pk=round.pk)).select_related("edition").get()
    require_runs(by, round)
    if round.state == RoundState.DRAFT:
        for check in (_check_settled, _check_criteria, _check_before, _check_assignments):
            check(round)
    before, after = move(round, "open", ROUND)
    round.opened_at = clock.now()
    round.save()
    record_event(by=by, verb="open", thing=round, before={"state": before}, after={"state": after})
    notifications.tell_assigned(
        round, Juror.objects.filter(assignments__round=round).select_related("user").distinct().order_by("pk")
    )
    return round


def _check_settled(round: Round) -> None:
    if round.asks:
        raise Refusal(
            _("Some points of the rules are still to be settled: %(count)s.") % {"count": len(round.asks)},
            code="round.asks",
        )


def _check_criteria(round: Round) -> None:
    criteria = list(round.criteria.all())
    if not criteria or not any(c.weight for c in criteria):
        raise Refusal(_("The round has no criterion with a weight."), code="round.no_criteria")
    known = {c.code for c in criteria}
    for link in round.tie_chain:
        if link["kind"] == "criterion" and link.get("code") not in known:
            raise Refusal(
                _("The chain of rules for ties names a criterion that the round does not have: %(code)s.")
                % {"code": link.get("code")},
                code="round.tie_chain",
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
    assigned: dict[int, int] = {}
    pairs = set()
    for juror_id, entry_id in Assignment.objects.filter(round=round).values_list("juror_id", "entry_id"):
        assigned[entry_id] = assigned.get(entry_id, 0) + 1
        pairs.add((juror_id, entry_id))
    short = [str(e) for e in entries if assigned.get(e.pk, 0) < round.min_scorecards]
    if short:
        raise Refusal(
            _("Too few jurors are assigned to: %(entries)s.") % {"entries": ", ".join(short)},
            code="round.too_few_jurors",
        )
    if any((tie.juror, tie.entry) in pairs for tie in ties_of(round)):
        raise Refusal(
            _("A juror is assigned to an entry that they have a tie with. Propose the assignment again."),
            code="round.conflict",
        )
