"""Reminders to jurors: by the minute clock before a round closes, or by hand."""

from django.db import transaction
from django.utils.translation import gettext as _

from judging.models import Round
from judging.permissions import require_runs
from judging.scoring import notices
from judging.states import RoundState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Refusal

DAYS_BEFORE = (3, 1)


def remind_of_closing(limit: int) -> int:
    """Writes what reminders are due three days and one day before a round closes. Returns how many;
    again does nothing."""
    return notices.remind_before_closing(clock.now(), DAYS_BEFORE, limit)


@transaction.atomic
def remind_jurors(*, by: User, round: Round) -> int:
    """Writes now to every juror of an open round with something left to submit, once a day at most. Returns how many
    mails. Raises Refusal for a round that is not open."""
    require_runs(by, round)
    if round.state != RoundState.OPEN or clock.now() >= round.closes_at:
        raise Refusal(_("The round is not open."), code="round.not_open")
    written = notices.remind(round, f"by-hand-{clock.now():%Y-%m-%d}", limit=10_000)
    record_event(by=by, verb="remind", thing=round, after={"mails": written})
    return written
