"""Events are append-only by trigger, on both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from network.services import record_event


def test_event_can_be_added_never_changed(organiser):
    with transaction.atomic():
        event = record_event(by=organiser, verb="try", thing=organiser)
    for sql in ("UPDATE network_event SET verb = 'other'", "DELETE FROM network_event"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    event.refresh_from_db()
    assert event.verb == "try"
