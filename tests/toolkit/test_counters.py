"""Counters that several processes share: none is lost when they come at once,
and one that is there is not added twice."""

import os

import pytest
from django.conf import settings

from toolkit.counters import LockedFileCache, LockedTableCache

pytestmark = pytest.mark.processes
EACH, AT_ONCE = 40, 4


def counter_of(kind: str):
    if kind == "files":
        return LockedFileCache(str(settings.VAR_DIR / "counters"), {})
    return LockedTableCache("cache_entries", {})


def count(kind: str) -> bool:
    """Adds once what may be there once, and counts up. Whether it was the first."""
    counter = counter_of(kind)
    was_first = counter.add("first", os.getpid())
    counter.add("visits", 0)
    for _ in range(EACH):
        counter.incr("visits")
    return was_first


def counted(kind: str) -> int:
    return counter_of(kind).get("visits")


@pytest.mark.parametrize("kind", ["files", "table"])
def test_no_count_is_lost_when_processes_come_at_once(place, kind):
    firsts = place.at_once([(count, kind)] * AT_ONCE)
    assert sorted(firsts) == [False] * (AT_ONCE - 1) + [True]
    assert place.run(counted, kind) == EACH * AT_ONCE


def test_a_counter_that_is_not_there_is_not_counted(tmp_path):
    with pytest.raises(ValueError, match="not found"):
        LockedFileCache(str(tmp_path), {}).incr("visits")
