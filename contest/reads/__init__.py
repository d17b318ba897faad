"""Who may see which row of contest, and what its pages need at once. Loaded once the app is ready."""

from contest.reads import editions, entries

__all__ = ["editions", "entries"]
