"""The minutes of a closed round: everything that happened, in the reader's language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Result, Round, RoundRule
from judging.results.minutes.reading import minutes_of
from judging.results.services.awards import AwardDraft, grant_awards
from judging.results.services.closing import close_round, decide_tie, publish_results
from judging.scoring.services.scorecards import recuse
from tests import build
from toolkit.refusals import Refusal


@pytest.fixture
def closed(stage, organiser):
    """E01 and E02 tie at 80 for the second place; J03 has stepped back from E03 (100);
    E01 wins by a person's decision."""
    recuse(by=stage.jurors[2].user, scorecard=stage.cards[2][2], reason="I coach them.")
    for juror, cards in enumerate(stage.cards):
        for entry, (card, values) in enumerate(zip(cards, [(4, 4), (4, 4), (5, "n/a")], strict=True)):
            if (juror, entry) != (2, 2):
                build.marks(card, *values)
    RoundRule.objects.update(advance_count=2, tie_chain=[{"kind": "criterion", "code": "innovation"}])
    stage.round.refresh_from_db()
    decide_tie(by=organiser, round=stage.round, entries=stage.entries[:2], reason="Nearer to a first customer.")
    close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    return stage


def test_the_same_number_of_queries_for_any_number_of_entries(stage, organiser):
    def close_and_count(round):
        close_round(by=organiser, round=round)
        with CaptureQueriesContext(connection) as context:
            minutes_of(Round.objects.select_related("edition", "city").get(pk=round.pk))
        return len(context)

    for cards in stage.cards:
        for card in cards:
            build.marks(card, 4, 4)
    large = build.edition("2028")
    round = build.round(large, state="open")
    jurors = [build.juror(large, n) for n in (11, 12)]
    for entry in build.competing(large, 30):
        for juror in jurors:
            build.marks(build.assign(round, juror, entry), 4, 4)
    assert close_and_count(stage.round) == close_and_count(round)


def test_no_minutes_before_the_round_is_closed(stage):
    with pytest.raises(Refusal) as refused:
        minutes_of(stage.round)
    assert refused.value.code == "minutes.not_closed"


class TestMinutes:
    def test_everything_that_happened(self, closed, organiser):
        publish_results(by=organiser, round=closed.round)
        award = AwardDraft(closed.entries[2], {"en": "First prize", "fr": "Premier prix"}, 1, {"en": "Bold."})
        grant_awards(by=organiser, edition=closed.edition, awards=[award])
        minutes = minutes_of(closed.round)
        assert [(j.name, j.submitted, j.missing, j.recused) for j in minutes.jurors] == [
            ("Juror 1", 3, 0, 0),
            ("Juror 2", 3, 0, 0),
            ("Juror 3", 2, 0, 1),
        ]
        assert [(c.juror, c.entry, c.reason) for c in minutes.conflicts] == [
            ("Juror 3", "Firm 3 of 2027", "I coach them.")
        ]
        assert [(s.rank, s.startup, s.total, s.advances) for s in minutes.standings] == [
            ("1", "Firm 3 of 2027", "100", True),
            ("2", "Firm 1 of 2027", "80", True),
            ("3", "Firm 2 of 2027", "80", False),
        ]
        assert minutes.standings[1].cards == [("Juror 1", "80"), ("Juror 2", "80"), ("Juror 3", "80")]
        assert minutes.standings[0].criteria == [("Innovation", "5"), ("Market", "–")]
        (tie,) = minutes.ties
        assert (tie.entries, tie.is_open) == (["Firm 1 of 2027", "Firm 2 of 2027"], False)
        assert tie.steps[0] == (
            "higher mark for Innovation",
            [("Firm 1 of 2027", "4"), ("Firm 2 of 2027", "4")],
        )
        (decision,) = minutes.decisions
        assert (decision.reason, decision.by) == ("Nearer to a first customer.", "Odile Organiser")
        assert [(a.rank, a.name, a.entry, a.citation) for a in minutes.awards] == [
            (1, "First prize", "Firm 3 of 2027", "Bold.")
        ]
        assert minutes.sha256 == closed.round.result.sha256
        assert "An entry needs 2 scorecards." in minutes.rule

    def test_in_the_reader_s_language(self, closed):
        with translation.override("fr"):
            assert minutes_of(closed.round).round == "Premier tour"

    def test_figures_of_the_rule_in_the_reader_s_language(self, closed):
        closed.round.criteria.filter(code="innovation").update(weight=33_500, scale_step=500, scale_min=-1000)
        with translation.override("fr"):
            one, two = minutes_of(closed.round).criteria
        assert (one.weight, two.weight, one.scale) == ("33,5", "40,0", "de −1 à 5, par pas de 0,5")

    def test_whose_name_was_erased_stands_by_code(self, closed):
        Result.objects.update(key={})
        assert [s.startup for s in minutes_of(closed.round).standings] == ["E03", "E01", "E02"]
