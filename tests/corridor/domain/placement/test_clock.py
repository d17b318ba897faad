"""The time of a placement, counted from a beginning that lies in the past."""

import time

import pytest

from corridor.domain.placement.clock import LOT_SECONDS, Clock


def begun(seconds_ago, total=1000.0, level=100.0, name="placed"):
    clock = Clock(total, level, time.perf_counter() - seconds_ago)
    clock.start_level(name)
    return clock


@pytest.mark.sensitive
def test_a_level_has_its_share_of_what_is_left():
    assert begun(0).level_limit == 100
    assert begun(0, name="lot").level_limit == LOT_SECONDS
    assert 0 < begun(950).level_limit <= 50
    assert begun(2000).level_limit == 0


@pytest.mark.sensitive
def test_what_is_left_goes_down_to_nothing():
    clock = begun(10)
    assert 0 < clock.left <= 100
    clock.began -= 500
    assert clock.left == 0
