"""List pages as people load them: from the request to the last byte of HTML, on a database in memory."""

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def site() -> Iterator[None]:
    """The product on a database that lives as long as the context."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore", message="No directory at")
    import django

    django.setup()
    from django.template.base import Template
    from django.test.utils import (
        _TestState,
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    setup_test_environment(debug=False)
    # Tests keep a copy of every template's context; people who load pages don't wait for that.
    Template._render = _TestState.saved_data.template_render
    database = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(database, verbosity=0)
        teardown_test_environment()


@contextmanager
def pages() -> Iterator[dict[str, Callable[[], object]]]:
    """{what: load it once}, on a database that lives as long as the context."""
    with site():
        yield _loads()


def _loads() -> dict[str, Callable[[], object]]:
    from django.test import Client

    from judging.results.services.closing import close_round
    from tests import build

    organiser = build.person("organiser@network.example", "Odile", "organiser", build.secretariat())

    def load(person, place: str) -> Callable[[], object]:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

        def once():
            answer = client.get(place)
            assert answer.status_code == 200, f"{place} answers {answer.status_code}"
            return answer.content

        once()  # templates are compiled, as in a server that has run for a while
        return once

    large = build.edition("large")
    build.competing(large, 300)
    edition = build.edition("2027")
    entries = build.competing(edition, 60)
    jurors = [build.juror(edition, number, build.city("far")) for number in range(1, 21)]
    closed, opened = (build.round(edition, state="open", order=order) for order in (1, 2))
    for number, entry in enumerate(entries):
        for step in range(5):
            card = build.assign(closed, jurors[(number + step) % 20], entry)
            build.marks(card, (number + step) % 6, step)
        build.assign(opened, jurors[0], entry)
    close_round(by=organiser, round=closed)
    return {
        "page_standings_60": load(organiser, f"/organise/rounds/{closed.pk}/standings/"),
        "page_entries_50": load(organiser, "/organise/editions/large/entries/"),
        "page_juror_60": load(jurors[0].user, "/judging/"),
    }
