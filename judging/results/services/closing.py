"""Closing a round, deciding its ties, publishing it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Entry
from judging.domain.results import frozen
from judging.jury.reading.facts import ties_of
from judging.models import Juror, Result, Round, Scorecard, Standing, TieDecision
from judging.permissions import require_runs
from judging.reads.rounds import entries_of
from judging.results import notices
from judging.results.shown.outcomes import inputs_of, outcome_of, standings_to_write
from judging.results.words.reasons import uncorrected_words
from judging.rounds.services.phases import reason_if_early
from judging.scoring.services.departures import note_departures
from judging.states import ROUND, RoundState, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.canonical import canonical_bytes, digest
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move


class OpenTies(Refusal):
    """Nothing of the chain tells these entries apart, and only some of them can go on. `ties` are lists of entries."""

    def __init__(self, ties: list[list[Entry]]) -> None:
        names = "; ".join(", ".join(str(entry) for entry in tie) for tie in ties)
        super().__init__(
            _("A tie at the cut is still open. Decide it, with a reason, then close the round: %(ties)s.")
            % {"ties": names},
            code="round.open_ties",
        )
        self.ties = ties


class MissingScorecards(Refusal):
    """Some scorecards are not submitted. `scorecards` are they."""

    def __init__(self, scorecards: list[Scorecard]) -> None:
        count: dict[str, int] = {}
        for card in scorecards:
            name = str(card.assignment.juror)
            count[name] = count.get(name, 0) + 1
        super().__init__(
            ngettext(
                "%(number)s scorecard is not submitted (%(who)s). Wait for it, or say why the round closes without it.",
                "%(number)s scorecards are not submitted (%(who)s). Wait for them, or say why the round closes "
                "without them.",
                len(scorecards),
            )
            % {"number": len(scorecards), "who": ", ".join(f"{name}: {n}" for name, n in sorted(count.items()))},
            code="round.missing_scorecards",
            field="reason_for_missing",
        )
        self.scorecards = scorecards


@transaction.atomic
def close_round(*, by: User, round: Round, reason_for_missing: str = "", reason_for_early: str = "") -> Result:
    """Freezes the round: the canonical file with its hash, the standings, and a reason for every entry.

    All scorecards are locked first, so that no mark is saved after it was counted. Raises MissingScorecards unless a
    reason is given (then they don't count, and an entry with too few is not ranked), and OpenTies while a person has to
    decide; EarlyRound while the call or the choice of the cities is open, unless `reason_for_early` says why: the
    public reads it.
    """
    round = locked(Round.objects.filter(pk=round.pk)).select_related("edition").get()
    require_runs(by, round)
    if round.is_calibration:
        raise Refusal(_("A practice round has no result: it ends when its time is over."), code="round.practice")
    if round.state != RoundState.OPEN:
        move(round, "close", ROUND)  # refuses with the state's name
    round.closed_early = reason_if_early(round, reason_for_early)
    list(locked(Scorecard.objects.filter(assignment__round=round)).order_by("pk").values_list("pk", flat=True))
    note_departures(round.pk)
    _require_all_in(round, reason_for_missing)
    _require_no_ties_with_jurors(round)
    now = clock.now()
    inputs = inputs_of(round, closed_at=now)
    if not inputs.entries:
        raise Refusal(_("No entry takes part in this round."), code="round.no_entries")
    outcome = frozen.compute(inputs)
    require_counted(round, outcome)
    if outcome.open_ties:
        raise OpenTies(_entries_of_ties(round, outcome))
    file = frozen.freeze(inputs, outcome).as_data()
    result = Result.objects.create(
        round=round,
        version=round.results.count() + 1,
        file=canonical_bytes(file).decode("utf-8"),
        sha256=digest(file),
        key=_key(round, reason_for_missing),
        closed_by=by,
        closed_at=now,
    )
    Standing.objects.bulk_create(standings_to_write(round, outcome))
    before, after = move(round, "close", ROUND)
    round.closed_at = now
    round.save()
    record_event(
        by=by,
        verb="close",
        thing=round,
        before={"state": before},
        after={
            "state": after,
            "sha256": result.sha256,
            "reason_for_missing": reason_for_missing,
            **({"early": round.closed_early} if round.closed_early else {}),
        },
    )
    notices.RoundClosed.tell(result, len(inputs.entries))
    return result


def require_counted(round: Round, outcome: frozen.Outcome) -> None:
    """Refuses to freeze what a declared correction could not be worked out for,
    or what waits for a person's decision."""
    if outcome.uncorrected:
        raise Refusal(
            _("The declared correction can't be worked out. %(why)s") % {"why": uncorrected_words(outcome.uncorrected)},
            code="round.uncorrected",
        )
    if outcome.undecided:
        waiting = entries_of(round).filter(code__in=outcome.undecided).select_related("startup__organisation")
        raise Refusal(
            _("Below what is needed, and would go on: decide with a reason whether they stay in: %(entries)s.")
            % {"entries": ", ".join(str(entry) for entry in waiting)},
            code="round.undecided",
        )


def _require_all_in(round: Round, reason: str) -> None:
    drafts = Scorecard.objects.filter(assignment__round=round, state=ScorecardState.DRAFT).in_force()
    missing = list(drafts.select_related("assignment__juror").order_by("pk"))
    if missing and not reason.strip():
        raise MissingScorecards(missing)


def _require_no_ties_with_jurors(round: Round) -> None:
    """A scorecard by a juror with a tie, found after it was submitted, must not count."""
    submitted = Scorecard.objects.filter(assignment__round=round, state=ScorecardState.SUBMITTED)
    rows = submitted.select_related("assignment__juror", "assignment__entry")
    cards = {(card.assignment.juror_id, card.assignment.entry_id): card for card in rows}
    jurors = Juror.objects.filter(pk__in={juror for juror, _entry in cards}).select_related("organisation")
    tied = [cards[pair] for tie in ties_of(round, jurors) if (pair := (tie.juror, tie.entry)) in cards]
    if tied:
        raise Refusal(
            _("A juror has a tie with an entry that they scored. Recuse them first: %(pairs)s.")
            % {"pairs": "; ".join(f"{card.assignment.juror} – {card.assignment.entry}" for card in tied)},
            code="round.conflict",
        )


def _entries_of_ties(round: Round, outcome: frozen.Outcome) -> list[list[Entry]]:
    by_code = {entry.code: entry for entry in entries_of(round).select_related("startup__organisation")}
    return [[by_code[code] for code in tie] for tie in outcome.open_ties]


def _key(round: Round, reason_for_missing: str) -> dict[str, object]:
    """Which code is whom: kept beside the file, erasable without changing it."""
    jurors = Juror.objects.filter(assignments__round=round).distinct().order_by("code")
    entries = entries_of(round).select_related("startup__organisation", "city")
    return {
        "entries": {
            entry.code: {
                "id": entry.pk,
                "name": entry.startup.name,
                "title": str(entry),
                "city": str(entry.city or ""),
            }
            for entry in entries
        },
        "jurors": {juror.code: {"id": juror.pk, "name": juror.full_name} for juror in jurors},
        "reason_for_missing": reason_for_missing.strip(),
    }


@transaction.atomic
def decide_tie(*, by: User, round: Round, entries: Sequence[Entry], reason: str) -> TieDecision:
    """Puts tied entries in order, best first, by a named person with a reason.

    Before the round is closed, it settles the cut. Afterwards it changes nothing that is frozen; it lets awards tell
    the entries apart. Refused when the entries given are not exactly a tie that is open.
    """
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    if round.state == RoundState.DRAFT:
        raise Refusal(_("The round is not open yet."), code="round.not_open")
    if not reason.strip():
        raise Refusal(_("Say why you put them in this order."), code="tie.reason", field="reason", status=422)
    codes = [entry.code for entry in entries]
    if len(codes) != len(set(codes)) or set(codes) not in open_ties_of(round):
        raise Refusal(_("These entries are not a tie that is open."), code="tie.not_open", status=422)
    decision = TieDecision.objects.create(
        round=round, entries=codes, reason=reason.strip()[:1000], by=by, at=clock.now()
    )
    record_event(by=by, verb="decide", thing=decision, after={"entries": codes, "reason": decision.reason})
    return decision


def open_ties_of(round: Round) -> list[set[str]]:
    """Sets of entry codes that nothing tells apart: those that straddle the cut first, then all others."""
    outcome = outcome_of(round)
    groups = [set(group) for trace in outcome.ranking.ties for group in trace.groups if len(group) > 1]
    found = [set(tie) for tie in outcome.open_ties]
    return found + [group for group in groups if group not in found]


@transaction.atomic
def publish_results(*, by: User, round: Round) -> Round:
    """Shows a closed round's standings to founders and the public, and writes to each founder."""
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    before, after = move(round, "publish", ROUND)
    round.published_at = clock.now()
    round.save()
    record_event(by=by, verb="publish", thing=round, before={"state": before}, after={"state": after})
    notices.ResultPublished.tell(round)
    return round
