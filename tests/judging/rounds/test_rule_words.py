"""The rule, and why an entry stays behind, in words."""

import pytest
from django.utils import translation

from judging.results.words.reasons import reason_words
from judging.rounds.services.criteria import save_criterion, save_group
from judging.rounds.services.rounds import save_round
from judging.rounds.words.rule import absence_words, rule_words


def test_the_rule_is_told_in_words(draft):
    """Every part that a rule can have leaves its sentence."""
    group = save_group(
        by=draft.by, round=draft.round, group=None, code="plan", name={"en": "Plan"}, weight=60_000, threshold=50_000
    )
    save_criterion(by=draft.by, round=draft.round, criterion=draft.first, group=group, ranking_weight=1500)
    for code, fields in (
        ("extra", {"kind": "bonus", "weight": 500, "cap": 2000}),
        ("late", {"kind": "penalty", "weight": 2000, "is_required": False}),
        ("note", {"kind": "informative"}),
    ):
        save_criterion(by=draft.by, round=draft.round, criterion=None, code=code, name={"en": code.title()}, **fields)
    round = save_round(
        by=draft.by, round=draft.round, correction="rescale", correction_decimals=2, blanks="zero",
        threshold_effect="warn",
        decimals_group=1, decimals=2, final_decimals=1, advance_count=3, advance_per_category=1, wild_cards=1,
        tie_chain=[{"kind": "group", "code": "plan"}, {"kind": "fact", "code": "law", "name": {"en": "legal status"}},
            {"kind": "human"}],
    )  # fmt: skip
    with translation.override("en"):
        said = rule_words(round)
        assert [line for line in said if line not in absence_words(round)] == [
            "A scorecard: weighted percentage of the best possible.",
            "Groups of criteria weigh as one each: Plan 60.",
            "Extra is on top of the total: the mark × 0.5, 2 points at most.",
            "Late: 2 points off for each breach.",
            "Note is informative: it counts nowhere.",
            "For the rank some parts weigh otherwise; thresholds look at the total without that.",
            "Several jurors: mean of the jurors; each juror's total first, then across jurors.",
            (
                "Correction between jurors: each juror's totals get the mean and the spread of all. It ranks, "
                "rounded to 2 decimals."
            ),
            "Thresholds look at the total before it. A juror with fewer than 2 scorecards is not corrected.",
            "The standard deviation is that of a whole (divided by n).",
            "Each group's result is rounded to 1 decimal, half up.",
            "The total is rounded to 2 decimals, half up.",
            "The result of all rounds is rounded to 1 decimal, half up.",
            "An entry needs 2 scorecards.",
            "Needed: Plan 50.",
            "Below what is needed an entry does not stop by itself: a person decides and says why.",
            (
                "Ties, in order: higher result of Plan, legal status, a person's decision. At the end, a person "
                "decides and says why."
            ),
            "3 entries go on.",
            "Of one category, 1 at most.",
            "1 wild card at most, on top, given by a person with a reason.",
        ]
        assert "an optional one counts as zero" in absence_words(round)[0]


BELOW = {"code": "below_group", "figures": {"groups": [{"code": "plan", "value": "40", "needed": "50"}]}}


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ({"code": "below_group", "figures": BELOW["figures"]},
            "Stops here, below what a group of criteria needs. Plan: 40, and 50 is needed."),
        ({"code": "below_warned", "figures": {"failed": BELOW}},
            "Below what is needed: a person decides whether it goes on. Plan: 40, and 50 is needed."),
        ({"code": "dropped_below", "figures": {"failed": BELOW}},
            "Stops here, below what is needed: a person decided so, with a reason. Plan: 40, and 50 is needed."),
        ({"code": "category_full", "figures": {"category": "x", "most": "1", "ahead": ["E01"]}},
            "Stops here: 1 per category at most, and these of the same category stand higher: Firm 1."),
        ({"code": "wild_card", "figures": {"otherwise": "below_cut"}},
            "Goes on by a wild card: a person decided so, with a reason, on top of the places there are."),
        ({"code": "too_few_peers", "figures": {"have": "1", "needed": "5"}},
            "Not ranked: 1 scorecard of a fellow applicant counts, and 5 are needed."),
        (
            {"code": "lost_tie", "figures": {"kind": "topic_not_covered", "code": "", "value": "0", "to": "E01",
                    "their_value": "1"}},
            ("Stops here: equal to Firm 1, put after by “category that nobody ahead has” (covered ahead against not "
             "covered ahead)."),
        ),
    ],
)  # fmt: skip
def test_every_new_reason_is_told_in_words(reason, said):
    with translation.override("en"):
        assert reason_words(reason, {"E01": "Firm 1"}, {"group:plan": "Plan"}) == said
