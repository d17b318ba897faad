"""A juror's autosave: what it asks of the database, before and behind the lock, and what its conditions cost to ask."""

from collections.abc import Callable

from benchmarks.measure import cpu, figure
from benchmarks.pages import pages

MOST = 9  # queries, session, user and the juror's mail domains among them
BEHIND = 6  # of them in the transaction: on SQLite it holds the one write lock


def figures(unit: float) -> list[dict]:
    """The queries of one save that writes some marks and clears others; the CPU of a save, and of reading the seat
    beside the same query built anew."""
    with pages():
        save, seat, built = _stage()
        asked, behind = _queries(save)
        costs = {work: cpu(work) for work in (save, seat, built)}
    kept = "the query built each time"
    return [
        figure("autosave", asked, "queries", baseline="most queries allowed", ratio=asked / MOST, limit=1),
        figure("autosave_locked", behind, "queries", baseline="most queries allowed", ratio=behind / BEHIND, limit=1),
        figure("autosave_cpu", costs[save], "CPU s", baseline="plain_python", ratio=costs[save] / unit, limit=0.15),
        figure("autosave_seat", costs[seat], "CPU s", baseline=kept, ratio=costs[seat] / costs[built], limit=0.2),
    ]


def _stage() -> tuple[Callable[[], object], ...]:
    """A save, each time of another version with other marks, of a card with five criteria;
    the read of its seat; the same read as a queryset."""
    import json

    from django.test import Client

    from judging.reads.conflicts import stand_in
    from judging.scoring.services.autosave import CARD, SEAT, seat_of
    from network.devices import offline_boxes
    from tests import build

    edition = build.edition("autosave")
    juror = build.juror(edition, 77, build.city("far"))
    round = build.round(edition, state="open", criteria=[(code, 20) for code in "abcde"])
    card = build.assign(round, juror, build.competing(edition, 1)[0])
    client = Client()
    client.force_login(juror.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    names = [f"m{criterion.pk}" for criterion in round.criteria.all()]
    box = offline_boxes(juror.user)[0]["name"]
    version = 0

    def once():
        nonlocal version
        turn = version % 2
        marks = {name: "" if place % 2 == turn else str(1 + version % 5) for place, name in enumerate(names)}
        body = {"user": box, "version": version, "values": {**marks, "comment": f"Turn {version}"}}
        answer = client.post(f"/judging/scorecards/{card.pk}/save/", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content
        version += 1

    def built():
        shape, _ = stand_in(juror.user)
        return list(SEAT.build(shape).filter(pk__gte=CARD))

    once()
    return once, lambda: seat_of(juror.user, card.pk), built


def _queries(work: Callable[[], object]) -> tuple[int, int]:
    """(queries, those of them since the transaction began), without the brackets of transactions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    asked = [row["sql"] for row in queries.captured_queries]
    brackets = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    begun = next(place for place, sql in enumerate(asked) if sql.startswith("BEGIN"))
    return tuple(sum(not sql.startswith(brackets) for sql in part) for part in (asked, asked[begun:]))  # type: ignore[return-value]
