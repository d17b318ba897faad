"""Feedback to start-ups: the day on which it is shown, which comments go out, and the mail that says it is there."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from judging.models import CommentReview, Round, Scorecard
from judging.permissions import require_runs
from judging.results import notices
from judging.states import RoundState, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal


@transaction.atomic
def set_feedback_day(*, by: User, round: Round, feedback_at: datetime | None) -> Round:
    """From when the teams read their means and the released comments; none: as soon as the results are published.
    Raises Refusal for a day once they read it."""
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    if round.state == RoundState.PUBLISHED and feedback_at is not None and _is_shown(round):
        raise Refusal(_("The teams read their feedback already."), code="feedback.shown", field="feedback_at")
    before, round.feedback_at = round.feedback_at, feedback_at
    round.save(update_fields=["feedback_at"])
    record_event(
        by=by,
        verb="schedule",
        thing=round,
        before={"feedback_at": _text(before)},
        after={"feedback_at": _text(feedback_at)},
    )
    return round


def _is_shown(round: Round) -> bool:
    return round.feedback_at is None or round.feedback_at <= clock.now()


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


@transaction.atomic
def review_comments(*, by: User, round: Round, released: Mapping[int, bool]) -> list[CommentReview]:
    """Releases comments to their start-ups, or holds them back: {scorecard key: released}. Each as it is written now.

    Refused for a scorecard of another round, or without a comment.
    """
    require_runs(by, round)
    cards = locked(
        Scorecard.objects.filter(assignment__round=round, state=ScorecardState.SUBMITTED)
        .taking_part()
        .exclude(comment="")
    )
    found = {card.pk: card for card in cards.filter(pk__in=released).order_by("pk")}
    if set(found) != set(released):
        raise Refusal(_("One of these comments is not there any more. Read the list again."), code="comment.gone")
    reviews = []
    for pk, is_released in released.items():
        review, _new = CommentReview.objects.update_or_create(
            scorecard=found[pk],
            defaults={"text": found[pk].comment, "is_released": is_released, "by": by, "at": clock.now()},
        )
        record_event(by=by, verb="release" if is_released else "hold", thing=review, after={"scorecard": pk})
        reviews.append(review)
    return reviews


def tell_of_feedback(limit: int) -> int:
    """Writes to the teams of published rounds whose feedback day has come. Returns how many mails were written."""
    now, written = clock.now(), 0
    rounds = Round.objects.filter(state=RoundState.PUBLISHED, feedback_at__lte=now, feedback_told_at__isnull=True)
    for round in rounds.order_by("pk"):
        with transaction.atomic():
            left = notices.FeedbackThere.tell(round, limit - written)
            written += left
            if written < limit:
                locked(Round.objects.filter(pk=round.pk)).update(feedback_told_at=now)
        if written >= limit:
            break
    return written
