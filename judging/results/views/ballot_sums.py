"""What ranked lists, or pairs compared, gave one entry: a line for each juror, and how they make a result."""

from dataclasses import dataclass

from judging.domain.results.document import ResultFile
from judging.models import Round
from judging.results.shown.table import TableRow
from judging.rounds.kinds.balloting import ballot_of
from judging.rounds.words.figures import column


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


def ballot_sums(round: Round, file: ResultFile, filed: TableRow, called: dict[str, str]) -> BallotSums | None:
    """Of the entry of the row `filed`; None where jurors gave marks. `called`:
    jurors' names by code, where they are shown."""
    ballot = ballot_of(round)
    if ballot.gives_marks:
        return None
    code, cards = filed.entry, filed.cards
    said = ballot.said(file.given(ballot.part), code)
    *worth, together = column([*cards.values(), filed.total])
    return BallotSums(
        rows=[
            Given(called.get(juror, juror), said.get(juror, "–"), figure)
            for juror, figure in zip(cards, worth, strict=True)
        ],
        worth=ballot.worth(round),
        together=together,
        how=ballot.words(round),
        parts=ballot.sums(file, code),
    )
