"""Moves an object from one stored state to another by a literal table, or refuses."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from toolkit.refusals import Refusal

# {(state, verb): state}; states are members of a TextChoices, which a Mapping of str would not take for the type
# checker.
Table = Mapping[Any, str]


def can_move(table: Table, state: str, verb: str) -> bool:
    return (state, verb) in table


def move(thing: Any, verb: str, table: Table) -> tuple[str, str]:
    """Sets `thing.state` by `verb` and returns (before, after).
    Raises Refusal when the table has no such move. Does not save."""
    before = thing.state
    if (before, verb) not in table:
        raise Refusal(
            _("This can't be done now: the state is “%(state)s”.") % {"state": thing.get_state_display()},
            code=f"state.{verb}",
        )
    thing.state = table[(before, verb)]
    return before, thing.state
