"""What jurors give: one class for each ballot, in judging/rounds/kinds/ballots.

A ballot says what it is called, what a round needs for it (`refused`), what the frozen file says of it (`data`) and
holds of it (`given`), what that makes (`best`, `scores`, `estimates`, in values alone: `rank` and `verify` do it from a
file), what makes no sense in a file (`faults_in`), on which page a juror gives it, and how sentences say it.

The format of a result knows two shapes of what is given, `lists` and `duels`, and the site two pages, of a list and of
pairs: a ballot that uses those is one module. One that jurors give otherwise brings a page and its address, and one
that the file has to spell otherwise another shape in docs/formats/result.schema.json.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import Rule, Score
from judging.domain.results.document import ResultFile
from judging.domain.rule.stated import StatedDuels, StatedLists, StatedRule
from judging.models import Round
from toolkit.kinds import Registry

LIST_PAGE, PAIRS_PAGE = "ranking", "duels"  # names of addresses: see judging.scoring.urls
Rows = Sequence[Any]  # GivenList or Pair of judging.domain.results.document, as `part` says


class Ballot:
    """A ballot; by this one jurors give something else than marks by criterion. `part` is the key under which a file
    has what was given, and the rule what it says of that. `page`: where a juror gives it; `invites` and `leads_back`
    are the links to it, `worth` heads the column of what each juror's ballot gave an entry. `is_estimate`: the result
    is one, made with `libraries`, of which another version may differ in a last digit."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    gives_marks: ClassVar[bool] = False
    part: ClassVar[str] = ""
    page: ClassVar[str] = ""
    invites: ClassVar[str | Promise] = ""
    leads_back: ClassVar[str | Promise] = ""
    is_estimate: ClassVar[bool] = False
    libraries: ClassVar[tuple[str, ...]] = ()

    def refused(self, round: Round) -> tuple[str, str]:
        """(field, sentence): why a round can't have it; empty where it can."""
        return "", ""

    def faults_in(self, rule: StatedRule) -> list[tuple[str, str]]:
        """The same of a rule in a file, which has the right form and its defaults: (place, sentence)."""
        return []

    def data(self, round: Round) -> StatedLists | StatedDuels | None:
        """What a file's rule says under `part`; None for marks."""
        return None

    def given(self, round: Round, asked: Mapping[str, Sequence[str]]) -> Rows:
        """What was handed in, as a file spells it. `asked`: {juror: the entries that their handed-in ballot is about},
        by code."""
        return []

    def best(self, rule: StatedRule) -> Fraction:
        """The highest result that there is, of a file's rule."""
        return Fraction(100)

    def scores(self, rule: Rule, inputs: ResultFile, peers: Collection[str]) -> list[Score]:
        """Every entry's score from a file; `peers` are the fellow applicants whose ballots are counted apart."""
        raise ValueError(f"{self.code} makes no scores of {len(inputs.entries)} entries")

    def estimates(self, inputs: ResultFile) -> Mapping[str, float]:
        """Every entry's result as it was estimated, before rounding, where it is an estimate."""
        return {}

    def words(self, round: Round) -> list[str]:
        """From what jurors give to the result, in sentences of the rule."""
        return []

    def least_words(self, round: Round) -> str:
        """How many of what jurors give a result needs."""
        return ""

    def estimate_words(self, decimals: int) -> str:
        """How an estimate came about, in a sentence of the minutes."""
        return ""

    def worth(self, round: Round) -> str:
        """What the figure is that each juror's ballot gave an entry."""
        return ""

    def said(self, rows: Rows, entry: str) -> dict[str, str]:
        """{juror: what they said of the entry}, of what a file holds."""
        return {}

    def sums(self, file: ResultFile, entry: str) -> list[tuple[str, str]]:
        """(what, figure): more of how the entry's result came about."""
        return []


BALLOTS: Registry[Ballot] = Registry(_("What jurors give"), "judging.rounds.kinds.ballots")


def ballot_of(round: Round) -> Ballot:
    """The round's ballot. Raises UnknownKind."""
    return BALLOTS.ask(round.rule.ballot, field="ballot")


def given_on(page: str) -> list[str]:
    """The codes of the ballots that are given on that page; of marks on none, the empty name."""
    return [ballot.code for ballot in BALLOTS.values() if ballot.page == page]
