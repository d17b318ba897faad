"""Work in a thread of its own: pyHanko starts an event loop, which can't stand inside one that runs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """What `work` answers, or raises."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
