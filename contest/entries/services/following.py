"""What other apps hold of an entry follows it, in the transaction that changes it."""

from contest.models import Entry
from toolkit.protocols import providers


def tell_apps(entry: Entry) -> None:
    """The entry's state, its city or its place among those that compete is another: protocol entry_changed."""
    for follow in providers("entry_changed"):
        follow(entry)
