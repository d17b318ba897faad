"""How an entry is called to whoever must not know its team."""

from contest.models import Entry
from judging.models import Round


def called(entry: Entry, round: Round) -> str:
    """What a juror may call an entry: its title, or its code where names are held back."""
    return str(entry) if round.shows_names else entry.code
