"""What ranked lists, or pairs compared, gave one entry: a line for each juror, and how they make a result."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.ballots.ranked_lists import RankedList, rank_lists
from judging.models import Round
from judging.results.shown.table import TableRow
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.words.ballots import ballot_words
from judging.rounds.words.figures import column
from judging.states import Ballot


@dataclass(frozen=True)
class Given:
    """What a juror said of the entry, and what that is worth."""

    juror: str
    said: str
    worth: str


@dataclass(frozen=True)
class BallotSums:
    """`worth` heads the column of what each juror gave; under it stands the result."""

    rows: list[Given]
    worth: str
    together: str
    how: list[str]
    parts: list[tuple[str, str]]


def ballot_sums(round: Round, file: dict[str, Any], filed: TableRow, called: dict[str, str]) -> BallotSums | None:
    """Of the entry of the row `filed`; None where jurors gave marks. `called`:
    jurors' names by code, where they are shown."""
    if round.rule.ballot == Ballot.MARKS:
        return None
    code, cards = filed.entry, filed.cards
    said = (
        said_on_lists(file["lists"], code)
        if round.rule.ballot == Ballot.RANKING
        else said_in_pairs(file["duels"], code)
    )
    *worth, together = column([*cards.values(), filed.total])
    return BallotSums(
        rows=[
            Given(called.get(juror, juror), said.get(juror, "–"), figure)
            for juror, figure in zip(cards, worth, strict=True)
        ],
        worth=worth_of(round),
        together=together,
        how=ballot_words(round),
        parts=comparisons(file, code)
        if round.rule.ballot == Ballot.RANKING and COUNTINGS.ask(round.rule.counting).compares
        else [],
    )


def worth_of(round: Round) -> str:
    if round.rule.ballot == Ballot.DUELS:
        return _("Of these won, in per cent")
    return str(COUNTINGS.ask(round.rule.counting).worth)


def said_on_lists(lists: list[dict[str, Any]], code: str) -> dict[str, str]:
    """{juror: the entry's place} on every list that could name it."""
    return {
        row["juror"]: (
            _("place %(place)s of %(asked)s") % {"place": row["order"].index(code) + 1, "asked": len(row["asked"])}
            if code in row["order"]
            else _("left off")
        )
        for row in lists
        if code in row["asked"]
    }


def said_in_pairs(duels: list[dict[str, Any]], code: str) -> dict[str, str]:
    """{juror: how its pairs went} of every juror who compared the entry."""
    found: dict[str, Counter[str]] = {}
    for row in duels:
        if code in (row["first"], row["second"]):
            how = "won" if row["winner"] == code else "lost" if row["winner"] else "even"
            found.setdefault(row["juror"], Counter())[how] += 1
    return {juror: pairs_words(counts) for juror, counts in found.items()}


def pairs_words(counts: Counter[str]) -> str:
    pairs = ngettext(
        "%(all)s pair: %(won)s won, %(lost)s lost, %(even)s undecided",
        "%(all)s pairs: %(won)s won, %(lost)s lost, %(even)s undecided",
        counts.total(),
    )
    return pairs % {"all": counts.total(), **{how: counts[how] for how in ("won", "lost", "even")}}


def comparisons(file: dict[str, Any], code: str) -> list[tuple[str, str]]:
    """Where entries are compared: how the entry's comparisons with all others went."""
    lists = [RankedList(row["juror"], frozenset(row["asked"]), tuple(row["order"])) for row in file["lists"]]
    entries = [entry["code"] for entry in file["entries"]]
    points = [int(text) for text in file["rule"]["lists"]["points"]]
    result = rank_lists(lists, entries, method=file["rule"]["lists"]["counting"], points=points)[code]
    return [
        (_("Comparisons won"), str(result.wins)),
        (_("Even comparisons"), str(result.evens)),
        (_("Comparisons lost"), str(result.losses)),
    ]
