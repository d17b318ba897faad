"""A live session of the stage, and the same one published."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from judging.live.services.sessions import (
    SlotDraft,
    publish_session,
    save_running_order,
    save_session,
)
from judging.models import Round
from network.models import User
from tests.judging.live.hall import LINK, NINE, founder_of
from toolkit import clock


@pytest.fixture
def hall(stage, organiser):
    """The stage, with a session on 12 March 2027 at nine (UTC): E01, a break, E02; juror 1 in the chair.
    E03 is in none."""
    Round.objects.filter(pk=stage.round.pk).update(
        opens_at=NINE - timedelta(days=2), closes_at=NINE + timedelta(days=2)
    )
    stage.round.refresh_from_db()
    for person, zone in ((stage.jurors[0].user, "America/Toronto"), (founder_of(stage, 0), "Asia/Tokyo")):
        User.objects.filter(pk=person.pk).update(time_zone=zone)
    with clock.at(NINE - timedelta(days=1)):
        session = save_session(
            by=organiser,
            round=stage.round,
            session=None,
            name="Morning",
            starts_at=NINE,
            time_zone="Europe/Paris",
            meeting_url=LINK,
            chair=stage.jurors[0],
        )
        drafts = [SlotDraft(stage.entries[0], 5, 5), SlotDraft(None, 10), SlotDraft(stage.entries[1], 5, 3)]
        session = save_running_order(by=organiser, session=session, slots=drafts)
    return SimpleNamespace(**vars(stage), organiser=organiser, session=session, drafts=drafts)


@pytest.fixture
def on(hall):
    """The same, published, at nine o'clock."""
    with clock.at(NINE - timedelta(days=1)):
        hall.session = publish_session(by=hall.organiser, session=hall.session)
    with clock.at(NINE):
        yield hall
