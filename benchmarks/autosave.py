"""A juror's autosave: what it asks of the database, and how long it takes beside the juror's list."""

from collections.abc import Callable

from benchmarks.measure import figure, seconds
from benchmarks.pages import pages

MOST = 8  # queries, session and user among them


def figures(unit: float) -> list[dict]:
    """The queries of one save that writes some marks and clears others; decided by their number, whatever the machine."""
    with pages():
        save = _stage()
        asked = _queries(save)
        taken = seconds(save, times=5)
    print(f"autosave: {1000 * taken:.1f} ms, {taken / unit:.2f} x the baseline", flush=True)
    return [figure("autosave", asked, "queries", baseline="most queries allowed", ratio=asked / MOST, limit=1)]


def _stage() -> Callable[[], object]:
    """A save, each time of another version with other marks, of a card with five criteria."""
    import json

    from django.test import Client

    from judging.views.offline import offline_boxes
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

    once()
    return once


def _queries(work: Callable[[], object]) -> int:
    """Without the brackets of transactions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    brackets = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not row["sql"].startswith(brackets) for row in queries.captured_queries)
