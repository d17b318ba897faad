"""A juror's work on one entry: save, submit, reopen, recuse.

Every service locks the scorecard first and reads its round after that: close_round locks all scorecards of the round,
so whoever comes second sees what the first one did.
"""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from judging.jury.services.conflicts import declare_conflict
from judging.live.reading import why_no_recording
from judging.models import Assignment, Round, Scorecard
from judging.models.rounds import from_thousandths
from judging.permissions import runs_round
from judging.reads.sessions import missed_recording
from judging.rounds.kinds.balloting import ballot_of
from judging.rounds.kinds.seeing_others import setting_of
from judging.scoring.services.marks import NOT_APPLICABLE, Value, asks_for_remark, number_of, write_marks
from judging.states import SCORECARD, ConflictKind, RoundState, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.columns import with_columns
from toolkit.dates import date_format
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move


class StaleScorecard(Refusal):
    """Somebody (often oneself, in another tab) saved in between. `scorecard` and `marks` are what is kept now."""

    def __init__(self, scorecard: Scorecard) -> None:
        super().__init__(
            _(
                "This scorecard was changed elsewhere since you opened it. Nothing was overwritten: compare, "
                "then save again."
            ),
            code="scorecard.stale",
        )
        self.scorecard = scorecard
        self.marks: dict[int, Decimal | str] = {
            mark.criterion_id: NOT_APPLICABLE if (number := from_thousandths(mark.value)) is None else number
            for mark in scorecard.marks.all()
        }


@transaction.atomic
def save_scorecard(
    *,
    by: User,
    scorecard: Scorecard,
    version: int,
    marks: Mapping[int, Value],
    comment: str,
    private_note: str,
    remarks: Mapping[int, str] | None = None,
) -> Scorecard:
    """Keeps marks and comments of a draft, and counts its version up by one.

    `marks` is {criterion pk: Decimal, None to clear it, or "n/a"}, `remarks` {criterion pk: why this mark}; a criterion
    that they do not name stays as it is. A remark goes with its mark: without one it is not kept.
    Raises StaleScorecard when `version` is not the one kept; Refusal for a mark outside its scale or step, for a round
    that is not open, for a scorecard that is no longer a draft.
    """
    scorecard, round = _own(by, scorecard)
    require_open(round)
    require_present(round, scorecard.assignment.missed)
    require_draft(scorecard)
    if scorecard.version != version:
        raise StaleScorecard(scorecard)
    changed = write_marks(scorecard, round, marks, remarks or {})
    scorecard.comment, scorecard.private_note = comment.strip(), private_note.strip()
    scorecard.version += 1
    scorecard.saved_at = clock.now()
    scorecard.save()
    record_event(by=by, verb="save", thing=scorecard, after={"version": scorecard.version, "marks": changed})
    return scorecard


@transaction.atomic
def submit_scorecard(*, by: User, scorecard: Scorecard, version: int) -> Scorecard:
    """Hands the scorecard in. Every required criterion needs a mark, or “not applicable”; one mark at least is a
    number. Raises StaleScorecard when `version` is not the row's; Refusal for what is missing, outside the round's
    hours, and in rounds without marks."""
    scorecard, round = _own(by, scorecard)
    require_open(round)
    require_present(round, scorecard.assignment.missed)
    if scorecard.version != version:
        raise StaleScorecard(scorecard)
    if not ballot_of(round).gives_marks:
        raise Refusal(
            _("In this round entries are handed in together, on a page of their own."),
            code="scorecard.ballot",
        )
    _require_complete(scorecard, round)
    before, after = move(scorecard, "submit", SCORECARD)
    scorecard.submitted_at = clock.now()
    scorecard.save()
    record_event(by=by, verb="submit", thing=scorecard, before={"state": before}, after={"state": after})
    return scorecard


@transaction.atomic
def reopen_scorecard(*, by: User, scorecard: Scorecard) -> Scorecard:
    """Takes a submitted scorecard back to change it, while the round is open: by its juror, or by who runs the round.
    Raises Forbidden to anybody else; Refusal when it is closed."""
    scorecard, round = _locked(scorecard)
    if scorecard.assignment.juror.user_id != by.pk and not runs_round(by, round):
        raise Forbidden(_("This is not your scorecard."), code="scorecard.not_yours")
    require_open(round)
    before, after = move(scorecard, "reopen", SCORECARD)
    scorecard.submitted_at = None
    scorecard.version += 1
    scorecard.save()
    told = {"saw_others": True} if setting_of(round).while_open else {}
    record_event(by=by, verb="reopen", thing=scorecard, before={"state": before}, after={"state": after, **told})
    return scorecard


@transaction.atomic
def recuse(*, by: User, scorecard: Scorecard, reason: str) -> Scorecard:
    """The juror has a tie with the entry: the scorecard no longer counts, the entry is hidden from them for good, and
    the organiser is told. Who runs the round may do it for them. Raises Forbidden to anybody else; Refusal once the
    round is frozen."""
    scorecard, round = _locked(scorecard)
    juror = scorecard.assignment.juror
    if juror.user_id != by.pk and not runs_round(by, round):
        raise Forbidden(_("This is not your scorecard."), code="scorecard.not_yours")
    if round.state != RoundState.OPEN:
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")
    kind = ConflictKind.DECLARED if juror.user_id == by.pk else ConflictKind.ORGANISER
    declare_conflict(by=by, juror=juror, entry=scorecard.assignment.entry, kind=kind, reason=reason)
    scorecard.refresh_from_db()
    return scorecard


def _require_complete(scorecard: Scorecard, round: Round) -> None:
    """Every required criterion marked, words where the rule asks for them, one number at least."""
    marks = {mark.criterion_id: mark for mark in scorecard.marks.all()}
    criteria = round.criteria_for(scorecard.assignment.entry)
    blank = [c for c in criteria if c.is_required and c.pk not in marks]
    if blank:
        raise Refusal(
            _("Still to mark: %(criteria)s.") % {"criteria": ", ".join(str(c) for c in blank)},
            code="scorecard.blank",
            field=f"mark_{blank[0].pk}",
            status=422,
        )
    mute = [c for c in criteria if asks_for_remark(c, number_of(marks.get(c.pk))) and not marks[c.pk].comment]
    if mute:
        raise Refusal(
            _("Say why you gave this mark: %(criteria)s.") % {"criteria": ", ".join(str(c) for c in mute)},
            code="scorecard.remark",
            field=f"r{mute[0].pk}",
            status=422,
        )
    if all(mark.not_applicable for mark in marks.values()):
        raise Refusal(_("Give one mark at least."), code="scorecard.empty", status=422)


def _locked(scorecard: Scorecard) -> tuple[Scorecard, Round]:
    scorecard = locked(Scorecard.objects.filter(pk=scorecard.pk)).get()
    rows = with_columns(Assignment.objects.all(), missed=missed_recording("juror", "entry", "round"))
    assignment = rows.select_related("round__rule", "juror__user", "entry").get(pk=scorecard.assignment_id)
    scorecard.assignment = assignment
    return scorecard, assignment.round


def _own(by: User, scorecard: Scorecard) -> tuple[Scorecard, Round]:
    """The scorecard, locked, if it is `by`'s own and nothing ties them to the entry."""
    scorecard, round = _locked(scorecard)
    seat = Assignment.objects.filter(pk=scorecard.assignment_id)
    is_readable = Assignment.objects.read_by(by).filter(pk=scorecard.assignment_id).exists()
    require_theirs(by, scorecard, is_readable, is_readable or seat.taking_part().exists())
    return scorecard, round


def require_theirs(by: User, scorecard: Scorecard, is_readable: bool, takes_part: bool) -> None:
    """Refuses another's scorecard, one that the juror stepped back from, one whose entry has left the round, and one
    whose entry they may not read now."""
    if scorecard.assignment.juror.user_id != by.pk:
        raise Forbidden(_("This is not your scorecard."), code="scorecard.not_yours")
    if scorecard.state == ScorecardState.RECUSED:
        raise Refusal(_("You stepped back from this entry."), code="scorecard.recused")
    if not takes_part and scorecard.assignment.round.state == RoundState.OPEN:
        raise Refusal(
            _("This entry has left the round: there is nothing more to mark. What you saved before is kept."),
            code="scorecard.left",
        )
    if not is_readable and scorecard.assignment.round.state == RoundState.OPEN:
        raise Forbidden(_("You have a tie with this entry and can't score it."), code="scorecard.conflict")


def require_present(round: Round, missed: str | None) -> None:
    """`missed` is what reads.sessions.missed_recording says. A juror who is noted as absent scores from the
    recording, if the rules allow. Raises Refusal otherwise."""
    why = "" if missed is None else why_no_recording(round, missed, clock.now())
    if why:
        raise Refusal(why, code="live.absent")


def require_draft(scorecard: Scorecard) -> None:
    """Raises Refusal unless the scorecard can still be changed."""
    if scorecard.state != ScorecardState.DRAFT:
        raise Refusal(_("This scorecard is submitted. Reopen it to change your marks."), code="scorecard.submitted")


def require_open(round: Round) -> None:
    """By state and by window; the sentence says what to do, because the page still holds what was typed. Raises Refusal
    outside of both."""
    now = clock.now()
    if round.state == RoundState.DRAFT or now < round.opens_at:
        raise Refusal(_("The round is not open yet."), code="round.not_open")
    if round.state != RoundState.OPEN:
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")
    if now >= round.closes_at:
        local = timezone.localtime(round.closes_at)
        raise Refusal(
            _(
                "The round closed on %(moment)s (%(zone)s). What you saved before is kept. If you need more time, ask "
                "the organiser."
            )
            % {"moment": date_format(local, "DATETIME_FORMAT"), "zone": local.tzname()},
            code="round.late",
        )
