"""All statistics of a round at once, and their spelling in a file."""

import json
from fractions import Fraction

from judging.domain.analysis import analyse, spelled
from judging.domain.rule import Correction
from judging.domain.scenarios import Scoring
from tests.judging.domain.examples import marks, rule
from tests.judging.domain.test_sensitivity import ROWS

SCORING = Scoring(("A", "B", "C"), 2)


def test_all_parts_speak_of_the_same_scorecards():
    found = analyse(rule([50, 50], decimals=2), marks([*ROWS, ("X", "J1", [1, 1])]), SCORING, draws=20, seed=1)
    assert [effect.entry for effect in found.severity.entries] == ["A", "B", "C"]
    assert [part.code for part in found.criteria] == ["c1", "c2"]
    assert {measure.marks for part in found.criteria for measure in part.agreement.alphas} == {9}
    assert [profile.juror for profile in found.jurors] == ["J1", "J2", "J3"]
    assert found.stability.method == "jurors"


def test_a_rule_that_corrects_is_drawn_by_its_errors():
    declared = rule([50, 50], decimals=2, correction=Correction("severity", decimals=1, min_marks=2))
    found = analyse(declared, marks(ROWS), SCORING, draws=20, seed=1)
    assert (found.severity.decimals, found.severity.minimum, found.stability.method) == (1, 2, "errors")


def test_the_same_input_makes_the_same_file():
    def once():
        return json.dumps(spelled(analyse(rule([50, 50]), marks(ROWS), SCORING, draws=20, seed=1)), sort_keys=True)

    assert once() == once()


def test_numbers_are_text():
    assert spelled([Fraction(239, 3), 0.5, 1 / 3, -1e-9, 3, None, True, {"a": (1,)}]) == [
        "239/3", "0.5", "0.333333", "0", "3", "", True, {"a": ["1"]}
    ]  # fmt: skip
