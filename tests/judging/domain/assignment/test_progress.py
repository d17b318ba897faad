"""What is told while an assignment's whole numbers are searched: from the solver's own calls."""

import itertools
import random

from judging.domain.assignment.format import problem_from
from judging.domain.assignment.solve import Search


class Listening(Search):
    """Counts what is told while the solver branches."""

    def __init__(self, problem):
        self.told = []
        self.while_branching = 0
        super().__init__(problem, self.told.append)

    def branch(self, free):
        before = len(self.told)
        status = super().branch(free)
        self.while_branching += len(self.told) - before
        return status


def jurors_apart(seed):
    """Nine jurors, of whom many should not sit together: the linear programme gives halves,
    so that it has to branch."""
    draw = random.Random(seed)
    jurors = [f"J{number}" for number in range(9)]
    pairs = [pair for pair in itertools.combinations(jurors, 2) if draw.random() < 0.4]
    return problem_from(
        {
            "format": "passerelle.assignment",
            "version": 1,
            "demand": 4,
            "load": {"most": 4},
            "entries": [{"code": f"E{number}", "language": draw.choice(["fr", "en"])} for number in range(9)],
            "jurors": [{"code": code, "languages": [draw.choice(["fr", "en"])]} for code in jurors],
            "rules": [
                *({"rule": "apart", "price": 10, "jurors": list(pair)} for pair in pairs),
                {"rule": "language", "price": 5},
                {"rule": "demand", "price": 6},
            ],
        }
    )


def test_the_solver_is_heard_while_it_branches(capfd):
    searches = [Listening(jurors_apart(seed)) for seed in range(6)]
    found = [search.run() for search in searches]
    assert {one.status for one in found} == {"optimal"}
    assert sum(search.while_branching for search in searches) > 0
    assert all(
        row.bound is None or row.bound < one.price + 1 for one, s in zip(found, searches, strict=True) for row in s.told
    )
    assert capfd.readouterr() == ("", "")
