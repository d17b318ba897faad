"""Ballots in a spreadsheet: a workbook per juror and round, and what it says when it comes back."""

from judging.ballots.reading import Refused, Returned, read_ballot
from judging.ballots.writing import ballot_name, ballot_workbook

__all__ = ["Refused", "Returned", "ballot_name", "ballot_workbook", "read_ballot"]
