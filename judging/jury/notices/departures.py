"""Who is told that an entry is no longer a juror's to score, or is again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from judging.models import Departure, Juror
from judging.rounds.notices import JUROR_PATH, round_path, runners_of
from judging.rounds.words.entries import called
from network.models import Event
from network.services import send_message

if TYPE_CHECKING:
    from contest.models import Entry


def tell_left(departure: Departure, begun: Iterable[Juror]) -> None:
    """Who runs the round: what left it, and why. Jurors whose work on it has begun:
    that it is over, by what they may call it."""
    context = {"departure": departure, "round": departure.round, "entry": departure.entry}
    for person in runners_of(departure.round):
        send_message(
            key=f"judging.left:{departure.pk}:{person.pk}",
            kind="judging.left",
            to=person,
            context={**context, "path": f"{round_path(departure.round)}progress/"},
        )
    label = departure.entry.code if departure.juror_id else called(departure.entry, departure.round)
    for juror in begun:
        if juror.user:
            send_message(
                key=f"judging.left:{departure.pk}:juror:{juror.pk}",
                kind="judging.left_juror",
                to=juror.user,
                context={**context, "label": label, "path": JUROR_PATH},
            )


def tell_back(departure: Departure, begun: Iterable[Juror]) -> None:
    """Jurors who were told that their work on an entry was over: it takes part again.
    A tie that is taken back has its own mail."""
    if departure.juror_id:
        return
    context = {"round": departure.round, "label": called(departure.entry, departure.round), "path": JUROR_PATH}
    for juror in begun:
        if juror.user:
            send_message(
                key=f"judging.back:{departure.pk}:juror:{juror.pk}",
                kind="judging.back_juror",
                to=juror.user,
                context=context,
            )


def tell_tie_taken_back(juror: Juror, entry: Entry, event: Event, reason: str, back: int) -> None:
    """The juror, by the entry's code: the tie is no more, why, and how many scorecards are theirs again."""
    if juror.user:
        send_message(
            key=f"judging.tie_taken_back:{event.pk}",
            kind="judging.tie_taken_back",
            to=juror.user,
            context={"juror": juror, "code": entry.code, "reason": reason, "back": back, "path": JUROR_PATH},
        )
