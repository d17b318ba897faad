"""Agreements through the queue: a hundred by two workers, and a single one, against WeasyPrint alone on the same pages.

The baseline is what one would write without us: one process that hands the same HTML to WeasyPrint, asked for PDF/A-3a,
in a loop. Ours reads the row, lays out, adds what PDF/UA asks for and the data, keeps the file, the events and the
mails. PostgreSQL, because SQLite takes one worker.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import figure, seconds

ROOT = Path(__file__).resolve().parent.parent
BATCH = int(os.environ.get("AGREEMENTS", "100"))
WORKERS = 2
WARM_UP = 4  # documents before the clock starts: a worker that has just been started imports first
SINGLES = 5
PATIENCE = 1800


def figures(unit: float) -> list[dict]:
    """[agreements_batch, agreement_single]: seconds per document, ours to WeasyPrint's."""
    with _site(), _workers():
        made = _stays(WARM_UP + BATCH + SINGLES)
        _through_the_queue(made[:WARM_UP])
        queue, loop = _through_the_queue(made[WARM_UP : WARM_UP + BATCH])
        single, raw = _singles(made[WARM_UP + BATCH :])
    alone = "WeasyPrint, one process"
    return [
        figure(
            "agreements_batch", queue / BATCH, "s each", baseline=alone, ratio=queue / loop, limit=round(1 / 1.7, 3)
        ),
        figure("agreement_single", single, "s", baseline=alone, ratio=single / raw, limit=1.25),
    ]


@contextmanager
def _site() -> Iterator[None]:
    """The product on a PostgreSQL and a folder of its own."""
    from tests import postgresql

    postgresql.start()
    with tempfile.TemporaryDirectory(prefix="passerelle-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOCAL": "1",
            "VAR_DIR": folder,
            "EMAIL_URL": f"filemail:///{folder}/mail",
            "LOG_LEVEL": "ERROR",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield


@contextmanager
def _workers() -> Iterator[None]:
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--no-reload", "--interval", "0.1"]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(WORKERS)]
    try:
        yield
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait(60)


def _stays(count: int) -> list:
    from tests.corridor.agreements import cast

    return cast.stays(count)


def _drafted(stays: list) -> list:
    from corridor.agreements.drafting.services.drafting import draft_agreement
    from network.models import User
    from tests.corridor.agreements import cast

    organiser = User.objects.get(email="organiser@network.example")
    return [draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay)) for stay in stays]


def _through_the_queue(stays: list) -> tuple[float, float]:
    """(seconds until the workers have issued them all, seconds that WeasyPrint takes for the same pages in a loop)."""
    from django.db import transaction

    from corridor.models import Agreement

    with transaction.atomic():  # what is drafted reaches the queue when this ends
        agreements = _drafted(stays)
        began = time.perf_counter()
        for agreement in agreements:
            _alone(_html(agreement))
        loop = time.perf_counter() - began
    began = time.perf_counter()
    waiting = Agreement.objects.filter(pk__in=[agreement.pk for agreement in agreements], issued_at=None)
    while waiting.exists():
        if waiting.filter(attempts__gt=1).exists() or time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"{waiting.count()} documents were not made")
        time.sleep(0.1)
    return time.perf_counter() - began, loop


def _html(agreement) -> str:
    from corridor.agreements.files.pdf import page_of

    return page_of(agreement.content)


def _alone(page: str) -> bytes:
    from weasyprint import HTML

    document = HTML(string=page, base_url=f"{ROOT / 'static'}/")
    return document.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=b"bench")


def _singles(stays: list) -> tuple[float, float]:
    """(seconds for one from row to file, seconds of WeasyPrint for its pages): the best of a few, in this process."""
    from django.db import transaction

    from corridor.agreements.files.services.rendering import render_agreement
    from corridor.models import Agreement

    with transaction.atomic():
        agreements = _drafted(stays)
        # Out of the workers' hands: what was enqueued finds nothing owed.
        Agreement.objects.filter(pk__in=[agreement.pk for agreement in agreements]).update(state="issued")
    raw = seconds(lambda: _alone(_html(agreements[0])), SINGLES)
    ours = []
    for agreement in agreements:
        Agreement.objects.filter(pk=agreement.pk).update(state="drafted")
        began = time.perf_counter()
        state = render_agreement.call(agreement.pk)
        ours.append(time.perf_counter() - began)
        assert state == "issued", state
    return min(ours), raw
