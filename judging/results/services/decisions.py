"""What a person records about an entry besides marks: breaches, facts for the chain of ties, decisions at the cut."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Entry
from judging.models import Criterion, CutDecision, EntryFact, Penalty, Round
from judging.permissions import require_organiser, require_runs
from judging.reads.rounds import entries_of
from judging.results.shown.outcomes import outcome_of
from judging.rounds.kinds.criterion_kinds import kind_of
from judging.rounds.kinds.thresholds import effect_of
from judging.states import CutKind, RoundState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal


@transaction.atomic
def record_penalty(
    *, by: User, round: Round, entry: Entry, criterion: Criterion, breaches: int = 1, reason: str
) -> Penalty:
    """Takes off the points of a penalty for so many breaches, with a reason, before the round is closed. Raises Refusal
    for a criterion that is marked or of another round, and for breaches outside 1 to 1,000."""
    round = _before_closing(by, round)
    _require_entry(round, entry)
    if criterion.round_id != round.pk or kind_of(criterion).is_marked:
        raise Refusal(_("The round has no such penalty."), code="penalty.criterion", field="criterion", status=422)
    if not 1 <= breaches <= 1000:
        raise Refusal(_("Count one breach at least."), code="penalty.breaches", field="breaches", status=422)
    penalty = Penalty.objects.create(
        criterion=criterion, entry=entry, breaches=breaches, reason=_said(reason), by=by, at=clock.now()
    )
    record_event(
        by=by,
        verb="penalise",
        thing=penalty,
        after={"entry": entry.code, "criterion": criterion.code, "breaches": breaches, "reason": penalty.reason},
    )
    return penalty


@transaction.atomic
def withdraw_penalty(*, by: User, penalty: Penalty, reason: str) -> None:
    """A penalty that was wrong: its points count again. What was recorded stays in the log, with the reason."""
    _before_closing(by, penalty.criterion.round)
    why = _said(reason)
    penalty = locked(Penalty.objects.filter(pk=penalty.pk)).select_related("entry", "criterion").get()
    before = {"entry": penalty.entry.code, "criterion": penalty.criterion.code, "breaches": penalty.breaches}
    record_event(by=by, verb="withdraw", thing=penalty, before=before, after={"reason": why})
    penalty.delete()


@transaction.atomic
def record_fact(*, by: User, entry: Entry, code: str, value: int, source: str) -> EntryFact:
    """A fact about an entry that a chain for ties may ask for:
    `value` in thousandths (yes is 1000), `source` how it is known.

    Recording it again replaces it. What is frozen keeps the fact of its day. Raises Refusal without a code or a source.
    """
    require_organiser(by)
    if not code:
        raise Refusal(_("Give the fact a short code."), code="fact.code", field="code", status=422)
    if not source.strip():
        raise Refusal(_("Say how this is known."), code="fact.source", field="source", status=422)
    locked(Entry.objects.filter(pk=entry.pk)).get()
    former = EntryFact.objects.filter(entry=entry, code=code).first()
    fact, _made = EntryFact.objects.update_or_create(
        entry=entry, code=code, defaults={"value": value, "source": source.strip()[:500], "by": by, "at": clock.now()}
    )
    record_event(
        by=by,
        verb="record",
        thing=fact,
        before={"value": former.value} if former else None,
        after={"entry": entry.code, "code": code, "value": value, "source": fact.source},
    )
    return fact


@transaction.atomic
def decide_cut(*, by: User, round: Round, entry: Entry, kind: str, reason: str) -> CutDecision:
    """What the rule leaves to a person: a wild card, or whether an entry below a threshold that warns goes on (keep) or
    not (drop). While the round is open; the latest decision on an entry holds. Raises Refusal when the round is not
    open, or the rule leaves nothing of this kind to decide about the entry."""
    round = _before_closing(by, round)
    _require_entry(round, entry)
    if round.state != RoundState.OPEN:
        raise Refusal(_("The round is not open yet."), code="round.not_open")
    if kind == CutKind.WILD_CARD:
        _check_wild_card(round, entry)
    elif kind in (CutKind.KEEP, CutKind.DROP):
        _check_below(round, entry)
    else:
        raise Refusal(_("This can't be decided about an entry."), code="cut.kind", field="kind", status=422)
    decision = CutDecision.objects.create(
        round=round, entry=entry, kind=kind, reason=_said(reason), by=by, at=clock.now()
    )
    record_event(
        by=by, verb="decide", thing=decision, after={"entry": entry.code, "kind": kind, "reason": decision.reason}
    )
    return decision


@transaction.atomic
def withdraw_cut_decision(*, by: User, decision: CutDecision, reason: str) -> None:
    """Takes a decision at the cut back while the round is open; the log keeps it with the reason."""
    _before_closing(by, decision.round)
    why = _said(reason)
    before = {"entry": decision.entry.code, "kind": decision.kind, "reason": decision.reason}
    record_event(by=by, verb="withdraw", thing=decision, before=before, after={"reason": why})
    decision.delete()


def _check_wild_card(round: Round, entry: Entry) -> None:
    latest = dict(CutDecision.objects.filter(round=round).order_by("pk").values_list("entry_id", "kind"))
    given = sum(kind == CutKind.WILD_CARD for pk, kind in latest.items() if pk != entry.pk)
    if given >= round.rule.wild_cards:
        raise Refusal(
            ngettext(
                "The rule of this round allows %(number)s wild card, and it is given.",
                "The rule of this round allows %(number)s wild cards, and all are given.",
                round.rule.wild_cards,
            )
            % {"number": round.rule.wild_cards},
            code="cut.wild_cards",
        )
    if outcome_of(round).results.get(entry.code) is None:
        raise Refusal(
            _("%(entry)s has no result yet: it needs more scorecards first.") % {"entry": entry}, code="cut.no_result"
        )


def _check_below(round: Round, entry: Entry) -> None:
    """Only where a threshold warns, and only about an entry below it."""
    if not effect_of(round).asks or entry.code not in outcome_of(round).warned:
        raise Refusal(
            _("%(entry)s is not below a threshold that leaves the decision to a person.") % {"entry": entry},
            code="cut.not_below",
        )


def _before_closing(by: User, round: Round) -> Round:
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    if round.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")
    return round


def _require_entry(round: Round, entry: Entry) -> None:
    if not entries_of(round).filter(pk=entry.pk).exists():
        raise Refusal(_("%(entry)s takes no part in this round.") % {"entry": entry}, code="entry.round", status=422)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Say why."), code="reason", field="reason", status=422)
    return reason.strip()[:1000]
