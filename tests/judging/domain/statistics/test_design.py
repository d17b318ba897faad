"""Scorecards as arrays."""

import numpy as np

from judging.domain.statistics.design import Design


def test_who_has_no_mark_is_counted_too():
    """Two of four entries, two of three jurors."""
    design = Design(np.array([0, 1, 1]), np.array([1, 0, 1]), np.array([1.0, 2.0, 3.0]), entries=4, jurors=3)
    assert design.per_entry.tolist() == [1, 2, 0, 0]
    assert design.per_juror.tolist() == [1, 2, 0]
