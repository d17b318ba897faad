"""Whatever the forms accept, of a rule and of what jurors do by it: the round opens, is scored and closes through the
services; then the published format says yes to its file, and `verify`, `rank`, `rank --standings` and the page of its
standings say one thing.

hypothesis draws all of it, and makes a failure small. The whole run draws the same few each time; ROUNDS=100 draws as
many others.
"""

import json
import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contest.entries.services.entries import withdraw_entry
from judging.domain.results.document import ResultFile
from judging.domain.results.standings import standings_in
from judging.integrity import check_judging, faults_of_file, faults_of_result
from judging.jury.services.conflicts import declare_conflict
from judging.jury.services.opening import open_round
from judging.models import Criterion, CriterionGroup, Round, Scorecard
from judging.reads.rounds import entries_of
from judging.results.shown.board import board_of
from judging.rounds.forms.criteria import CriterionForm, GroupForm
from judging.rounds.services.criteria import save_criterion, save_group
from judging.scoring.forms.scorecards import ScorecardForm
from judging.scoring.services.ballots import answer_duel, pair_for, save_ranking, submit_duels, submit_ranking
from judging.scoring.services.scorecards import recuse, save_scorecard, submit_scorecard
from judging.scoring.services.set_aside import set_aside, take_over
from network.models import User
from tests import build
from tests.judging.results.test_formats import faults
from tests.judging.rounds.walks import Draw, posted
from toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db

ROUNDS = int(os.environ.get("ROUNDS", "5"))
KINDS = ["score", "score", "score", "informative", "bonus", "penalty"]


class AnyRound(Draw):
    """A round of which hypothesis draws the rule, the criteria and what each juror does."""

    reason_for_missing = "Two jurors were ill."

    def _groups(self, round: Round) -> None:
        for n in range(self.pick.randint(0, 2)):
            outer = CriterionGroup.objects.filter(round=round).order_by("pk").last()
            changes = {
                "name_en": f"Part {n}",
                "weight": self.pick.choice(["1", "2.5", "0.001"]),
                "parent": outer.pk if outer and self.chance(0.5) else "",
                "combine": self.pick.choice(["", "percent", "weighted_mean", "weighted_sum"]),
                "ranking_weight": self.pick.choice(["", "3"]),
                "threshold": self.pick.choice(["", "", "1.5"]),
            }
            form = GroupForm(posted(GroupForm(round=round), **changes), round=round)
            values = {"by": self.by, "round": round, "group": None}
            taken = {group.code for group in round.groups.all()}
            self.kept(form, lambda form=form, values=values, taken=taken: save_group(**values, **form.values(taken)))

    def _criteria(self, round: Round) -> None:
        """One in each group and one outside, which count for everybody; then up to three of any kind."""
        groups = ["", *(group.pk for group in round.groups.order_by("pk"))]
        for n, group in enumerate(groups):
            self.criterion(round, name_en=f"Criterion {n}", group=group, weight="2", ranking_weight=self.perhaps("2"))
        for n in range(self.pick.randint(0, 3)):
            self.criterion(
                round, name_en=f"More {n}", kind=self.pick.choice(KINDS), group=self.pick.choice(groups),
                weight=self.pick.choice(["1", "0.5", "33.333", "0"]), cap=self.perhaps("1.25"),
                categories=self.pick.choice([[], [self.categories[n % 2].pk]]),
            )  # fmt: skip

    def criterion(self, round: Round, **changes) -> None:
        form = CriterionForm(round=round)
        changes |= {
            "scale_min": self.pick.choice(["0", "1", "-2"]), "scale_max": self.pick.choice(["5", "10"]),
            "scale_step": self.pick.choice(["1", "0.5", "0.001"]), "threshold": self.perhaps("2"),
            "comment_below": self.perhaps("1"), "is_required": self.chance(0.6),
        }  # fmt: skip
        form = CriterionForm(posted(form, **changes), round=round)
        taken = {criterion.code for criterion in round.criteria.all()}
        self.kept(form, lambda: save_criterion(by=self.by, round=round, criterion=None, **form.values(taken)))

    def perhaps(self, text: str) -> str:
        return self.pick.choice(["", "", text])

    def kept(self, form, save) -> None:
        """What the form or its service refuses, a rule does not hold."""
        if form.is_valid():
            try:
                with transaction.atomic():
                    save()
            except Refusal:
                pass

    def fields(self) -> dict:
        fields = super().fields() | {"min_peer_scorecards": "0"}
        fewest = "3" if fields["trim"] != "0" else self.pick.choice("12")  # dropping marks has to leave one
        return fields | {"min_scorecards": fewest}

    def scored(self, round: Round) -> Round:
        """Jurors step back, hand in, leave undone, and take over what a device sent too late; an entry leaves."""
        few = self.pick.randint(max(2, round.rule.min_scorecards), 3)
        seats = self.jurors[:few] + ([self.peer] if self.peer else [])
        for juror in seats:
            for entry in self.entries:
                build.assign(round, juror, entry)
        open_round(by=self.by, round=round)
        round.refresh_from_db()
        for juror in seats:
            if self.chance(0.2):
                entry = self.pick.choice(self.entries)
                declare_conflict(by=self.by, juror=juror, entry=entry, kind="organiser", reason="A relative.")
            self.works(round, juror)
        if self.chance(0.3):
            entry = self.pick.choice(self.entries)
            founder = User.objects.get(memberships__organisation=entry.startup.organisation)
            withdraw_entry(by=founder, entry=entry, reason="Sold.")
        return round

    def of(self, round: Round) -> list:
        return list(entries_of(round).order_by("code"))

    def works(self, round: Round, juror) -> None:
        if round.rule.ballot == "ranking":
            codes = [entry.code for entry in self.readable(round, juror)]
            order = self.pick.sample(codes, self.pick.randint(1, min(3, len(codes))))
            save_ranking(by=juror.user, round=round, version=0, order=order)
            submit_ranking(by=juror.user, round=round, version=1)
        elif round.rule.ballot == "duels":
            while pair := pair_for(juror=juror, round=round):
                answer_duel(
                    by=juror.user, round=round, first=pair[0], second=pair[1], winner=self.pick.choice([*pair, None])
                )
            submit_duels(by=juror.user, round=round)
        else:
            for card in Scorecard.objects.of_juror(juror.user).filter(assignment__round=round).order_by("pk"):
                self.marks(card)

    def readable(self, round: Round, juror) -> list:
        cards = Scorecard.objects.of_juror(juror.user).filter(assignment__round=round)
        return [card.assignment.entry for card in cards.select_related("assignment__entry").order_by("pk")]

    def marks(self, card: Scorecard) -> None:
        does = self.pick.choice(["submit"] * 6 + ["recuse", "leave", "late"])
        juror = card.assignment.juror.user
        if does == "recuse":
            recuse(by=juror, scorecard=card, reason="I advise this team.")
            return
        card = self.typed(card, juror)
        if does != "leave":
            self.handed_in(card, juror)
        if does == "late":
            self.late(card, juror)

    def handed_in(self, card: Scorecard, juror: User) -> None:
        """A scorecard without one number is refused, and stays a draft."""
        try:
            submit_scorecard(by=juror, scorecard=card, version=card.version)
        except Refusal as refused:
            if refused.code != "scorecard.empty":
                raise

    def typed(self, card: Scorecard, juror: User) -> Scorecard:
        """Kept by the form of the page, as it is posted."""
        criteria = card.assignment.round.criteria_for(card.assignment.entry)
        empty = ScorecardForm(scorecard=card, criteria=criteria)
        values = {f"m{criterion.pk}": self.mark(criterion) for criterion in criteria}
        remarks = {name: "Because." for name in empty.fields if name.startswith("r")}
        form = ScorecardForm(posted(empty, **values, **remarks), scorecard=card, criteria=criteria)
        assert form.is_valid(), form.errors
        return save_scorecard(
            by=juror, scorecard=card, version=form.cleaned_data["version"], marks=form.marks(), comment="",
            private_note="", remarks=form.remarks(),
        )  # fmt: skip

    def mark(self, criterion: Criterion) -> str:
        """Few different marks, so that much is equal; blank or not applicable where the form allows it."""
        if not criterion.is_required and self.chance(0.3):
            return self.pick.choice(["", "n/a"])
        steps = (criterion.scale_max - criterion.scale_min) // criterion.scale_step
        near = max(steps - self.pick.choice([0, 0, 1, steps // 2]), 0)
        return str((criterion.scale_min + criterion.scale_step * near) / 1000)

    def late(self, card: Scorecard, juror: User) -> None:
        """Another device's version comes after submitting: set aside, taken over, handed in again."""
        first = card.assignment.round.criteria_for(card.assignment.entry)[0]
        lowest = str(first.scale_min / 1000)
        version = set_aside(
            by=juror, pk=card.pk, version=0, values={f"m{first.pk}": lowest}, code="scorecard.submitted"
        )
        if version is not None:
            self.handed_in(take_over(by=juror, version=version), juror)


def said_by_the_page(round: Round) -> list[tuple[str, str, bool]]:
    board = board_of(Round.objects.get(pk=round.pk))
    return [(str(line.place.rank or ""), line.entry.code, line.place.advances) for line in board.lines]


def look_at(round: Round, result) -> None:
    """All who read the file, or its rows, against what is frozen."""
    file, content = json.loads(result.file), result.file.encode()
    frozen = file["standings"]
    assert faults("result", file) == []
    assert ResultFile.from_data(file).as_data() == file
    assert faults_of_file(result.file, result.sha256) == []
    assert faults_of_result(result) == []
    call_command("verify", round=round.pk, stdout=StringIO())
    [rows] = standings_in(content)
    assert [tuple(row) for row in rows] == [
        (row["rank"], row["entry"], row["final"], row["scorecards"]) for row in frozen
    ]
    assert said_by_the_page(round) == [(row["rank"], row["entry"], row["advances"]) for row in frozen]
    assert list(check_judging()) == []


def ranked(file: str, tmp_path) -> dict:
    """What the command prints of the file."""
    path, out = tmp_path / "result.json", StringIO()
    path.write_text(file, encoding="utf-8")
    call_command("rank", str(path), "--json", stdout=out)
    return json.loads(out.getvalue())


@settings(
    max_examples=ROUNDS,
    derandomize="ROUNDS" not in os.environ,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
@given(number=st.integers(0, 1000), pick=st.randoms(use_true_random=False))
def test_what_the_forms_make_is_frozen_verified_ranked_and_shown_alike(organiser, tmp_path, number, pick):
    with transaction.atomic():
        drawn = AnyRound(number, organiser, pick)
        round = drawn.scored(drawn.round())
        drawn.recorded(round)
        result = drawn.closed(round)
        look_at(round, result)
        if number % 3 == 0:  # with its statistics, which take longer than all the rest
            report, file = ranked(result.file, tmp_path), json.loads(result.file)
            assert (report["standings"], report["ties"], report["open_ties"]) == (file["standings"], file["ties"], [])
        transaction.set_rollback(True)
