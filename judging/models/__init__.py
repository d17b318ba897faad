from judging.models.ballots import Duel, RankedBallot
from judging.models.departures import Departure
from judging.models.facts import CutDecision, EntryFact, Penalty, RuleVersion
from judging.models.feedback import CommentReview
from judging.models.jury import Assignment, Conflict, Juror, PairRule, Plan
from judging.models.live import Absence, CalendarFeed, LiveSession, Slot
from judging.models.minutes import Minutes
from judging.models.remote import SampleEntry, SetAside
from judging.models.results import Award, Computed, Reopening, Result, Standing, TieDecision
from judging.models.rounds import Criterion, CriterionGroup, Round
from judging.models.rules import RoundRule
from judging.models.scorecards import Mark, Scorecard
from judging.models.workbooks import BallotImport

__all__ = [
    "Absence",
    "CalendarFeed",
    "LiveSession",
    "Slot",
    "Assignment",
    "Award",
    "BallotImport",
    "CommentReview",
    "Computed",
    "Conflict",
    "Criterion",
    "CriterionGroup",
    "CutDecision",
    "Departure",
    "Duel",
    "EntryFact",
    "Juror",
    "Mark",
    "Minutes",
    "PairRule",
    "Penalty",
    "Plan",
    "Reopening",
    "RankedBallot",
    "Result",
    "Round",
    "RoundRule",
    "RuleVersion",
    "SampleEntry",
    "Scorecard",
    "SetAside",
    "Standing",
    "TieDecision",
]
