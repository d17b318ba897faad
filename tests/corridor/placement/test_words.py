"""A plan's reasons as the pages say them."""

from django.utils import translation
from django.utils.translation import gettext

from corridor.domain.placement.answer import Why
from corridor.domain.placement.file import schema
from corridor.models import Stay
from corridor.models.stays import PLAN_APPLIED
from corridor.placement.words.plans import Names, why_not
from toolkit.typed_data import from_data

NAMES = Names({1: "Alpha", 2: "Beta"}, {7: "Braga"})
FIGURES = {
    "desks": 2,
    "short_by": 1,
    "start": "2027-01-01",
    "holders": ["1", "2"],
    "reason": "No laboratory for it.",
    "feasible_from": "2027-05-01",
    "eligible_until": "2027-04-30",
    "starts": "2027-08-01",
    "ends": "2027-09-01",
    "most": 1,
    "month": "2027-02-01",
    "rule": "award_order",
}


def test_every_reason_of_an_answer_has_a_sentence():
    codes = schema("placement-answer")["$defs"]["why"]["properties"]["code"]["enum"]
    said = {
        code: why_not(from_data(Why, {"incubator": "7", "wish": 1, "code": code, **FIGURES}), NAMES) for code in codes
    }
    assert {code for code, sentence in said.items() if not sentence.startswith("Braga") or "%" in sentence} == set()
    assert said["taken"] == (
        "Braga: its desks go to Alpha, Beta. From 1 January 2027, 1 desk is missing. Better ranks among them "
        "hold the desks."
    )
    assert said["refused"] == "Braga does not take this guest: No laboratory for it."
    assert said["too_late"] == "Braga: lead times allow no start before 1 May 2027."
    until = "Braga: by the rule on age, the stay can begin until 30 April 2027, and no desk is offered before."
    assert said["not_eligible"] == until
    assert said["blackout"] == "Braga is closed from 1 August 2027 to 31 August 2027."
    assert (
        said["arrivals"] == "Braga: as many guests as it receives in a month (1) arrive in February 2027: Alpha, Beta."
    )


def test_a_stay_that_a_plan_ended_says_so_in_each_reader_s_language():
    stay = Stay(decline_reason=PLAN_APPLIED)
    assert stay.why_ended == "A new plan was applied."
    with translation.override("fr"):
        assert stay.why_ended == gettext("A new plan was applied.")
    assert Stay(decline_reason="Flood").why_ended == "Flood"
