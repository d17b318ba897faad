"""The parts of crossed models that whole reports do not reach."""

import numpy as np
import pytest

from judging.domain.statistics import crossed


@pytest.mark.parametrize("size", [1, 4, 7])
def test_an_inverse_is_filled_in_block_by_block(monkeypatch, size):
    """Blocks of three: matrices of one block, of one and a part, of two and a part."""
    monkeypatch.setattr(crossed, "BLOCK", 3)
    root = np.random.default_rng(size).normal(size=(size, size))
    matrix = np.ascontiguousarray(root @ root.T + size * np.eye(size))
    inverse, determinant = crossed._inverse(matrix.copy())
    assert inverse == pytest.approx(np.linalg.inv(matrix))
    assert determinant == pytest.approx(np.linalg.slogdet(matrix)[1])


def test_what_is_not_positive_definite_is_refused():
    with pytest.raises(ValueError, match="not positive definite"):
        crossed._inverse(np.array([[1.0, 2.0], [2.0, 1.0]]))
