from judging.models.documents import Minutes
from judging.models.jury import Assignment, Conflict, Juror, Plan
from judging.models.remote import SampleEntry, SetAside
from judging.models.results import Award, Result, Standing, TieDecision
from judging.models.rounds import Criterion, Round
from judging.models.scorecards import Mark, Scorecard

__all__ = [
    "Assignment",
    "Award",
    "Conflict",
    "Criterion",
    "Juror",
    "Mark",
    "Minutes",
    "Plan",
    "Result",
    "Round",
    "SampleEntry",
    "Scorecard",
    "SetAside",
    "Standing",
    "TieDecision",
]
