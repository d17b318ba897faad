"""What a juror's device sends while they type: kept at once, or refused whole.

Counted in queries, because it runs every few seconds for every juror (benchmarks/autosave.py): the update that claims the
version is the lock as well, and marks are read together with their criteria.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils.translation import gettext as _

from judging.models import Assignment, Criterion, Mark, Round, Scorecard
from judging.services.marks import NOT_APPLICABLE, keep_marks, read_mark
from judging.services.scorecards import StaleScorecard, require_draft, require_open, require_theirs
from judging.states import ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Refusal

TEXTS = ("comment", "private_note")
TEXT_LIMIT = 4000


@dataclass(frozen=True)
class Kept:
    """The scorecard as it is kept now, its round, criteria and marks at hand, and {field: why it was not kept}."""

    scorecard: Scorecard
    errors: dict[str, str]


@transaction.atomic
def keep_typed(*, by: User, pk: int, version: int, values: Mapping[str, str]) -> Kept:
    """Keeps what is in order of a scorecard that is typed on; what is not comes back in `errors` and leaves the rest alone.

    `values` is {"m<criterion pk>": a number as text, "" or "n/a"; "comment", "private_note": text}; what it does not name stays.
    Raises StaleScorecard when `version` is not the one kept, Refusal `scorecard.none` when there is no such scorecard of
    theirs, and what save_scorecard raises for one that can't be written.
    """
    texts, errors = read_texts(values)
    # The new version is claimed first: this takes the row's lock, and what is read afterwards is what is true behind it
    # (close_round locks all scorecards of its round). A refusal below gives the claim back.
    unclaimed = Scorecard.objects.filter(pk=pk, version=version, state=ScorecardState.DRAFT)
    claimed = unclaimed.update(version=F("version") + 1, saved_at=clock.now(), **texts)
    scorecard = seat_of(by, pk)
    if scorecard is None:
        raise Refusal(_("This scorecard is not there."), code="scorecard.none", status=404)
    require_theirs(by, scorecard, scorecard.is_readable)  # type: ignore[attr-defined]
    require_open(scorecard.assignment.round)
    require_draft(scorecard)
    if not claimed:
        raise StaleScorecard(scorecard)
    given = {}
    criteria = criteria_with_marks(scorecard)
    for criterion in criteria:
        if (name := f"m{criterion.pk}") in values:
            try:
                given[criterion] = read_mark(criterion, values[name].strip())
            except Refusal as refusal:
                errors[name] = str(refusal.message)
    kept = {mark.criterion_id: mark for mark in scorecard.marks.all()}
    changed = keep_marks(scorecard, kept, given)
    record_event(by=by, verb="save", thing=scorecard, after={"version": scorecard.version, "marks": changed})
    _at_hand(scorecard, "marks", _after(scorecard, kept, given))
    return Kept(scorecard, errors)


def read_texts(values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(texts to keep, {field: why not}). A text that is too long is told, never cut."""
    texts, errors = {}, {}
    for name in TEXTS:
        if name not in values:
            continue
        text = values[name].replace("\r\n", "\n").replace("\0", "").strip()
        if len(text) > TEXT_LIMIT:
            sizes = {"size": len(text), "limit": TEXT_LIMIT}
            errors[name] = _("%(size)s characters: %(limit)s at most. This text is not saved yet.") % sizes
        else:
            texts[name] = text
    return texts, errors


def seat_of(by: User, pk: int) -> Scorecard | None:
    """A juror's own scorecard with its round, also one whose entry they may no longer read (`is_readable` says so). One query."""
    read = Assignment.objects.read_by(by).filter(pk=OuterRef("assignment_id")).order_by()
    rows = Scorecard.objects.filter(pk=pk, assignment__juror__user=by).annotate(is_readable=Exists(read))
    return rows.select_related("assignment__round", "assignment__juror", "assignment__entry").first()


def criteria_with_marks(scorecard: Scorecard) -> list[Criterion]:
    """The round's criteria, and as scorecard.marks.all() the marks kept on them. One query for both."""
    round = scorecard.assignment.round
    rows = list(
        Criterion.objects.filter(round=round)
        .annotate(
            own=FilteredRelation("marks", condition=Q(marks__scorecard=scorecard)),
            mark_id=F("own__id"),
            mark_value=F("own__value"),
            mark_not_applicable=F("own__not_applicable"),
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
        )
        for row in rows
        if row.mark_id is not None
    ]
    _at_hand(round, "criteria", rows)
    _at_hand(scorecard, "marks", marks)
    return rows


def _at_hand(thing: Scorecard | Round, name: str, rows: list) -> None:
    """Leaves `rows` where prefetch_related would: `thing.name.all()` asks the database nothing."""
    found = getattr(thing, name).all()
    found._result_cache, found._prefetch_done = rows, True
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


def _after(scorecard: Scorecard, kept: Mapping[int, Mark], given: Mapping[Criterion, int | str | None]) -> list[Mark]:
    """The marks as they stand once `given` is written over `kept`."""
    marks = dict(kept)
    for criterion, number in given.items():
        marks.pop(criterion.pk, None)
        if number is not None:
            is_na = number == NOT_APPLICABLE
            value = None if is_na else number
            marks[criterion.pk] = Mark(scorecard=scorecard, criterion=criterion, value=value, not_applicable=is_na)
    return list(marks.values())
