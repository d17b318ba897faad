"""What a juror's device sends while they type: kept at once, or refused whole.

Counted in queries, because it runs every few seconds for every juror (benchmarks/autosave.py): the update that claims
the version is the lock as well, and marks are read together with their criteria.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from judging.models import Assignment, Criterion, Mark, Scorecard
from judging.models.scorecards import REMARK_LIMIT, TEXT_LIMIT
from judging.reads.conflicts import StandIn, roots_of_seats, stand_in
from judging.reads.sessions import missed_recording
from judging.rounds.kinds.criterion_kinds import marked
from judging.scoring.services.marks import Given, keep_marks, number_of, read_mark
from judging.scoring.services.scorecards import (
    StaleScorecard,
    require_draft,
    require_open,
    require_present,
    require_theirs,
)
from judging.states import ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.columns import with_columns
from toolkit.prepared import Prepared, number
from toolkit.refusals import Refusal

TEXTS = ("comment", "private_note")


@dataclass(frozen=True)
class Kept:
    """The scorecard as it is kept now, round and marks at hand, what is marked on it, and {field:
    why it was not kept}."""

    scorecard: Scorecard
    criteria: list[Criterion]
    errors: dict[str, str]


def keep_typed(*, by: User, pk: int, version: int, values: Mapping[str, str]) -> Kept:
    """Keeps what is in order of a scorecard that is typed on;
    what is not comes back in `errors` and leaves the rest alone.

    `values` is {"m<criterion pk>": a number as text, "" or "n/a"; "r<pk>": why; "comment", "private_note": text}; what
    it does not name stays. Raises StaleScorecard when `version` is not the one kept, Refusal `scorecard.none` when
    there is no such scorecard of theirs, and what save_scorecard raises for one that can't be written.
    """
    texts, errors = read_texts(values)
    roots_of_seats(by)  # asked before the transaction: on SQLite it holds the one write lock
    with transaction.atomic():
        return _keep(by, pk, version, values, texts, errors)


def _keep(
    by: User, pk: int, version: int, values: Mapping[str, str], texts: dict[str, str], errors: dict[str, str]
) -> Kept:
    # The new version is claimed first: this takes the row's lock, and what is read afterwards is what is true behind it
    # (close_round locks all scorecards of its round). A refusal below gives the claim back.
    unclaimed = Scorecard.objects.filter(pk=pk, version=version, state=ScorecardState.DRAFT)
    claimed = unclaimed.update(version=F("version") + 1, saved_at=clock.now(), **texts)
    scorecard = seat_of(by, pk)
    if scorecard is None:
        raise Refusal(_("This scorecard is not there."), code="scorecard.none", status=404)
    require_theirs(by, scorecard, scorecard.is_readable, scorecard.takes_part)
    require_open(scorecard.assignment.round)
    require_present(scorecard.assignment.round, scorecard.missed)
    require_draft(scorecard)
    if not claimed:
        raise StaleScorecard(scorecard)
    criteria = criteria_with_marks(scorecard)
    kept = {mark.criterion_id: mark for mark in scorecard.marks.all()}
    given = {}
    for criterion in criteria:
        what, wrong = _read(criterion, kept.get(criterion.pk), values)
        errors.update(wrong)
        if what:
            given[criterion] = what
    changed = keep_marks(scorecard, kept, given)
    record_event(by=by, verb="save", thing=scorecard, after={"version": scorecard.version, "marks": changed})
    after = {**kept, **{c.pk: what.on(scorecard, c, kept.get(c.pk)) for c, what in given.items()}}
    _at_hand(scorecard, "marks", [mark for mark in after.values() if mark])
    return Kept(scorecard, criteria, errors)


def _read(criterion: Criterion, kept: Mark | None, values: Mapping[str, str]) -> tuple[Given | None, dict[str, str]]:
    """(what to keep of one criterion, {field: why not}); None when nothing was sent that can be kept."""
    mark, words = f"m{criterion.pk}", f"r{criterion.pk}"
    if mark not in values and words not in values:
        return None, {}
    try:
        number = read_mark(criterion, values[mark].strip()) if mark in values else number_of(kept)
    except Refusal as refusal:
        return None, {mark: str(refusal.message)}
    remark = tidy(values[words]) if words in values else None
    if remark and number is None:
        return Given(None), {words: _("Saved once you give the mark that it is about.")}
    if remark and len(remark) > REMARK_LIMIT:
        return Given(number), {words: too_long(remark, REMARK_LIMIT)}
    return Given(number, remark), {}


def tidy(text: str) -> str:
    """The text as it is kept: one kind of line end, no zero bytes (PostgreSQL has none), no white space around it."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def too_long(text: str, limit: int) -> str:
    """The sentence for a text of more than `limit` characters."""
    sizes = {"size": len(text), "limit": limit}
    return _("%(size)s characters: %(limit)s at most. This text is not saved yet.") % sizes


def read_texts(values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(texts to keep, {field: why not}). A text that is too long is told, never cut."""
    texts, errors = {}, {}
    for name in TEXTS:
        if name not in values:
            continue
        text = tidy(values[name])
        if len(text) > TEXT_LIMIT:
            errors[name] = too_long(text, TEXT_LIMIT)
        else:
            texts[name] = text
    return texts, errors


def seat_of(by: User, pk: int) -> Scorecard | None:
    """A juror's own scorecard with its round, also one whose entry they may no longer read (`is_readable` says so,
    `takes_part` whether the entry is still in the round). One query, and another once per user object."""
    shape, values = stand_in(by)
    return next(iter(SEAT.rows(shape, {**values, CARD: pk})), None)


def _seat(juror: StandIn) -> QuerySet[Scorecard]:
    seat = Assignment.objects.filter(pk=OuterRef("assignment_id")).order_by()
    read = Assignment.objects.readable(juror.user).filter(pk=OuterRef("assignment_id")).order_by()
    rows = with_columns(
        Scorecard.objects.filter(pk=CARD, assignment__juror__user=juror.user),
        is_readable=Exists(read),
        takes_part=Exists(seat.taking_part()),
        missed=missed_recording("assignment__juror", "assignment__entry", "assignment__round"),
    )
    return rows.select_related("assignment__round__rule", "assignment__juror", "assignment__entry")


CARD = number(99_999)
SEAT = Prepared(_seat)


def criteria_with_marks(scorecard: Scorecard) -> list[Criterion]:
    """What is marked on this entry (Round.criteria_for), and as scorecard.marks.all() the marks kept on it.
    One query for both."""
    limited = Criterion.categories.through.objects.filter(criterion=OuterRef("pk"))
    own = limited.filter(category=scorecard.assignment.entry.category_id)
    rows = list(
        marked(Criterion.objects.filter(Exists(own) | ~Exists(limited), round=scorecard.assignment.round_id))
        .annotate(
            own=FilteredRelation("marks", condition=Q(marks__scorecard=scorecard)),
            mark_id=F("own__id"),
            mark_value=F("own__value"),
            mark_not_applicable=F("own__not_applicable"),
            mark_comment=F("own__comment"),
        )
        .order_by("order", "pk")
    )
    marks = [
        Mark(
            pk=row.mark_id,
            scorecard=scorecard,
            criterion=row,
            value=row.mark_value,
            not_applicable=row.mark_not_applicable,
            comment=row.mark_comment,
        )
        for row in rows
        if row.mark_id is not None
    ]
    _at_hand(scorecard, "marks", marks)
    return rows  # type: ignore[return-value]  # of criteria, each with its mark beside it


def _at_hand(thing: Scorecard, name: str, rows: list[Any]) -> None:
    """Leaves `rows` where prefetch_related would: `thing.name.all()` asks the database nothing."""
    found = getattr(thing, name).all()
    found._result_cache, found._prefetch_done = rows, True
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found
