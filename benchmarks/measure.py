"""What every benchmark needs: a clock, the baseline, and one shape for a figure."""

import os
import time
from collections.abc import Callable


def know_kinds() -> None:
    """The domains ask for kinds by their code; the apps hand them in when they start."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of a few runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def cpu(work: Callable[[], object], times: int = 20) -> float:
    """CPU seconds of one run, the mean of some: short work, whoever else uses the machine."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def plain_python() -> int:
    """About a tenth of a second of dictionary and integer work: the baseline where nothing closer is measured."""
    seen: dict[int, int] = {}
    for n in range(1_000_000):
        seen[n % 1000] = seen.get(n % 1000, 0) + n
    return sum(seen.values())


def figure(name: str, value: float, unit: str, *, baseline: str, ratio: float, limit: float) -> dict:
    """{name, value, unit, baseline, ratio, limit, holds}: `value` in `unit`; `ratio` is against `baseline`, of the same
    run, and decides: it must not pass `limit`."""
    return {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "baseline": baseline,
        "ratio": round(ratio, 3),
        "limit": limit,
        "holds": ratio <= limit,
    }
