"""What computing knows of kinds is what was said last; asking for another is the mapping's to refuse."""

import pytest

from judging.domain.ballots.ranked_lists import countings_known, know_countings
from judging.domain.rule.combination import combinations_known, know_combinations
from judging.domain.rule.criterion_kinds import criterion_kinds_known, know_criterion_kinds, unmarked_kinds
from judging.domain.rule.values import aggregations_known, know_aggregations
from judging.domain.ties.chain import know_rules, rules_known


@pytest.mark.parametrize(
    ("know", "known"),
    [
        (know_countings, countings_known),
        (know_combinations, combinations_known),
        (know_criterion_kinds, criterion_kinds_known),
        (know_aggregations, aggregations_known),
        (know_rules, rules_known),
    ],
)
def test_what_is_said_last_is_known(know, known):
    before = known()
    try:
        know({"only": before})
        assert known() == {"only": before}
        with pytest.raises(KeyError):
            known()["other"]
    finally:
        know(before)
    assert known() is before


def test_of_the_kinds_of_criteria_only_a_penalty_is_nothing_that_jurors_mark():
    assert unmarked_kinds() == ["penalty"]
