"""Who may see which row of judging, and what its pages need at once. Loaded once the app is ready."""

from judging.reads import awaiting, conflicts, jury, results, rounds, scorecards, sessions, taking_part

__all__ = ["awaiting", "conflicts", "jury", "results", "rounds", "scorecards", "sessions", "taking_part"]
