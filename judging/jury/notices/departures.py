"""Who is told that an entry is no longer a juror's to score, or is again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from judging.models import Departure, Juror
from judging.rounds.notices import JUROR_PATH, RoundMail, round_path, runners_of
from judging.rounds.words.entries import called
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Event

if TYPE_CHECKING:
    from contest.models import Entry


@MAIL_KINDS.register
class EntryLeft(RoundMail):
    """Who runs the round: what left it, and why."""

    code = "judging.left"


@MAIL_KINDS.register
class EntryLeftForJuror(RoundMail):
    """Jurors whose work on an entry has begun: that it is over, by what they may call it."""

    code = "judging.left_juror"


def tell_left(departure: Departure, begun: Iterable[Juror]) -> None:
    """Who runs the round, and the jurors whose work on it has begun."""
    context = {"departure": departure, "round": departure.round, "entry": departure.entry}
    for person in runners_of(departure.round):
        EntryLeft.write(
            key=f"{EntryLeft.code}:{departure.pk}:{person.pk}",
            to=person,
            context={**context, "path": f"{round_path(departure.round)}progress/"},
        )
    label = departure.entry.code if departure.juror_id else called(departure.entry, departure.round)
    for juror in begun:
        if juror.user:
            EntryLeftForJuror.write(
                key=f"{EntryLeft.code}:{departure.pk}:juror:{juror.pk}",
                to=juror.user,
                context={**context, "label": label, "path": JUROR_PATH},
            )


@MAIL_KINDS.register
class BackForJuror(RoundMail):
    """Jurors who were told that their work on an entry was over: it takes part again.
    A tie that is taken back has its own mail."""

    code = "judging.back_juror"

    @classmethod
    def tell(cls, departure: Departure, begun: Iterable[Juror]) -> None:
        if departure.juror_id:
            return
        context = {"round": departure.round, "label": called(departure.entry, departure.round), "path": JUROR_PATH}
        for juror in begun:
            if juror.user:
                cls.write(
                    key=f"judging.back:{departure.pk}:juror:{juror.pk}",
                    to=juror.user,
                    context=context,
                )


@MAIL_KINDS.register
class TieTakenBack(RoundMail):
    """The juror, by the entry's code: the tie is no more, why, and how many scorecards are theirs again."""

    code = "judging.tie_taken_back"

    @classmethod
    def tell(cls, juror: Juror, entry: Entry, event: Event, reason: str, back: int) -> None:
        if juror.user:
            cls.write(
                key=f"{cls.code}:{event.pk}",
                to=juror.user,
                context={"juror": juror, "code": entry.code, "reason": reason, "back": back, "path": JUROR_PATH},
            )
