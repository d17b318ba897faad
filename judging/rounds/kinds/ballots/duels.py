"""Pairs compared: a juror says which of two entries is better, and a model estimates one result
(judging.domain.ballots.duels)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.scores import scores_of_duels, strengths_in
from judging.domain.marks.scoring import Rule, Score
from judging.domain.results.document import ResultFile
from judging.domain.rule.stated import StatedDuels, StatedRule
from judging.models import Duel, Round
from judging.rounds.kinds.balloting import BALLOTS, PAIRS_PAGE, Ballot, Rows


@BALLOTS.register
class Duels(Ballot):
    code, order, name = "duels", 30, _("pairs compared")
    part, page = "duels", PAIRS_PAGE
    invites, leads_back = _("Compare pairs"), _("To your pairs")
    is_estimate = True
    libraries = ("numpy",)

    def refused(self, round: Round) -> tuple[str, str]:
        if round.rule.decimals is None:
            return "decimals", gettext(
                "The result of compared pairs is an estimate. Say to how many decimals it is rounded."
            )
        if not round.rule.duels_each:
            return "duels_each", gettext("Each juror compares one pair at least.")
        return "", ""

    def faults_in(self, rule: StatedRule) -> list[tuple[str, str]]:
        told = "the result of compared pairs is an estimate: say to how many decimals it is rounded."
        return [] if rule.decimals else [("rule.decimals", told)]

    def data(self, round: Round) -> StatedDuels:
        return StatedDuels(each=str(round.rule.duels_each))

    def given(self, round: Round, asked: Mapping[str, Sequence[str]]) -> Rows:
        rows = Duel.objects.filter(round=round).order_by("juror__code", "first__code", "second__code")
        codes = rows.values_list("juror__code", "first__code", "second__code", "winner__code")
        return [
            {"juror": juror, "first": first, "second": second, "winner": winner or ""}
            for juror, first, second, winner in codes
            if {first, second} <= set(asked.get(juror, ()))
        ]

    def scores(self, rule: Rule, inputs: ResultFile, peers: Collection[str]) -> list[Score]:
        return scores_of_duels(rule, inputs, peers)

    def estimates(self, inputs: ResultFile) -> Mapping[str, float]:
        return strengths_in(inputs)

    def words(self, round: Round) -> list[str]:
        pairs = ngettext(
            "Each juror compares %(number)s pair of entries: one of the two is better, or the juror can't tell.",
            "Each juror compares %(number)s pairs of entries: one of the two is better, or the juror can't tell.",
            round.rule.duels_each,
        )
        return [
            pairs % {"number": round.rule.duels_each},
            gettext(
                "The result is the entry's chance, in per cent, to be found better than one of middling strength: "
                "the Bradley–Terry model estimates it from all pairs compared."
            ),
            gettext("A pair that was never handed in does not count."),
        ]

    def least_words(self, round: Round) -> str:
        return ngettext(
            "A result needs %(scorecards)s juror who compared the entry.",
            "A result needs %(scorecards)s jurors who compared the entry.",
            round.rule.min_scorecards,
        ) % {"scorecards": round.rule.min_scorecards}

    def estimate_words(self, decimals: int) -> str:
        return ngettext(
            "Strengths estimated from the pairs, rounded to %(decimals)s decimal.",
            "Strengths estimated from the pairs, rounded to %(decimals)s decimals.",
            decimals,
        ) % {"decimals": decimals}

    def worth(self, round: Round) -> str:
        return gettext("Of these won, in per cent")

    def said(self, rows: Rows, entry: str) -> dict[str, str]:
        """How their pairs went, of every juror who compared the entry."""
        found: dict[str, Counter[str]] = {}
        for row in rows:
            if entry in (row["first"], row["second"]):
                how = "won" if row["winner"] == entry else "lost" if row["winner"] else "even"
                found.setdefault(row["juror"], Counter())[how] += 1
        return {juror: pairs_words(counts) for juror, counts in found.items()}


def pairs_words(counts: Counter[str]) -> str:
    pairs = ngettext(
        "%(all)s pair: %(won)s won, %(lost)s lost, %(even)s undecided",
        "%(all)s pairs: %(won)s won, %(lost)s lost, %(even)s undecided",
        counts.total(),
    )
    return pairs % {"all": counts.total(), **{how: counts[how] for how in ("won", "lost", "even")}}
