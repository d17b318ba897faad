"""Ranked lists: each juror puts entries in order, the best first (judging.domain.ballots.ranked_lists). How lists are
counted is a family of its own."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.ranked_lists import countings_known, rank_lists
from judging.domain.ballots.scores import lists_in, scores_of_lists
from judging.domain.marks.scoring import Rule, Score
from judging.domain.numbers import number_of
from judging.domain.results.document import ResultFile
from judging.domain.rule.stated import StatedLists, StatedRule
from judging.models import RankedBallot, Round
from judging.rounds.kinds.balloting import BALLOTS, LIST_PAGE, Ballot, Rows
from judging.rounds.kinds.counting import COUNTINGS


@BALLOTS.register
class RankedLists(Ballot):
    code, order, name = "ranking", 20, _("ranked lists")
    part, page = "lists", LIST_PAGE
    invites, leads_back = _("Rank your entries"), _("To your list")

    def refused(self, round: Round) -> tuple[str, str]:
        points = round.rule.place_points
        if COUNTINGS.ask(round.rule.counting).takes_points and (
            not points or points != sorted(points, reverse=True) or min(points) < 0 or not max(points)
        ):
            return "place_points", gettext("Say how many points the first places earn, the most first: 3, 2, 1.")
        if round.rule.list_most is not None and round.rule.list_most < max(round.rule.list_least, 1):
            return "list_most", gettext("A list can't be shorter than the least number of entries on it.")
        return "", ""

    def faults_in(self, rule: StatedRule) -> list[tuple[str, str]]:
        if rule.lists is None:
            return [("rule", "it lacks “lists”: how ranked lists are counted.")]
        points = [int(text) for text in rule.lists.points]
        if countings_known()[rule.lists.counting].takes_points and (
            not points or points != sorted(points, reverse=True) or not points[0]
        ):
            told = "say how many points the first places earn, the most first: 3, 2, 1."
            return [("rule.lists.points", told)]
        return []

    def data(self, round: Round) -> StatedLists:
        return StatedLists(
            counting=round.rule.counting,
            points=tuple(str(number) for number in round.rule.place_points),
            least=str(round.rule.list_least),
            most="" if round.rule.list_most is None else str(round.rule.list_most),
        )

    def given(self, round: Round, asked: Mapping[str, Sequence[str]]) -> Rows:
        """A list that names nobody any more is none."""
        orders = dict(RankedBallot.objects.filter(round=round).values_list("juror__code", "order"))
        lists = (
            {"juror": juror, "asked": entries, "order": [code for code in orders.get(juror, []) if code in entries]}
            for juror, entries in asked.items()
        )
        return [row for row in lists if row["order"]]

    def best(self, rule: StatedRule) -> Fraction:
        points = [number_of(text) or Fraction(0) for text in rule.ranked.points]
        return countings_known()[rule.ranked.counting].best(points)

    def scores(self, rule: Rule, inputs: ResultFile, peers: Collection[str]) -> list[Score]:
        return scores_of_lists(rule, inputs, peers)

    def words(self, round: Round) -> list[str]:
        counted = COUNTINGS.ask(round.rule.counting).words(round.rule.place_points)
        return [*asked_words(round), *counted, gettext("A list that was never handed in does not count.")]

    def least_words(self, round: Round) -> str:
        return ngettext(
            "A result needs %(scorecards)s list that could name the entry.",
            "A result needs %(scorecards)s lists that could name the entry.",
            round.rule.min_scorecards,
        ) % {"scorecards": round.rule.min_scorecards}

    def worth(self, round: Round) -> str:
        return str(COUNTINGS.ask(round.rule.counting).worth)

    def said(self, rows: Rows, entry: str) -> dict[str, str]:
        """Its place on every list that could name it."""
        return {
            row["juror"]: (
                gettext("place %(place)s of %(asked)s")
                % {"place": row["order"].index(entry) + 1, "asked": len(row["asked"])}
                if entry in row["order"]
                else gettext("left off")
            )
            for row in rows
            if entry in row["asked"]
        }

    def sums(self, file: ResultFile, entry: str) -> list[tuple[str, str]]:
        """Where entries are compared: how the entry's comparisons with all others went."""
        how = file.rule.ranked
        if not COUNTINGS.ask(how.counting).compares:
            return []
        points = [int(text) for text in how.points]
        result = rank_lists(lists_in(file), file.codes, method=how.counting, points=points)[entry]
        return [
            (gettext("Comparisons won"), str(result.wins)),
            (gettext("Even comparisons"), str(result.evens)),
            (gettext("Comparisons lost"), str(result.losses)),
        ]


def asked_words(round: Round) -> list[str]:
    """How many entries a list names."""
    lists = ngettext(
        "Each juror puts entries in order, the best first: %(least)s at least.",
        "Each juror puts entries in order, the best first: %(least)s at least.",
        round.rule.list_least,
    )
    lines = [lists % {"least": round.rule.list_least}]
    if round.rule.list_most is not None:
        most = ngettext(
            "A list names %(most)s entry at most.", "A list names %(most)s entries at most.", round.rule.list_most
        )
        lines.append(most % {"most": round.rule.list_most})
    return lines
