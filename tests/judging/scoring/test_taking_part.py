"""What takes part in a round counts in it, and what has left counts nowhere."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from contest.models import Nomination
from judging.jury.services.assignment import apply_plan, propose_plan
from judging.jury.services.opening import open_round
from judging.live.reading import appointments
from judging.models import Assignment, LiveSession, RoundRule, Scorecard
from judging.reads.rounds import entries_of
from judging.results.services.closing import close_round
from judging.rounds.reading.ballot_data import ballots_given
from network.models import Message
from tests import build
from tests.judging.scoring.leaving import GONE, LEAVES, founder_of


def test_a_round_closes_without_what_has_left(stage, organiser):
    for cards in stage.cards:
        for card in cards[1:]:
            build.marks(card, 4, 4)
    LEAVES["withdrawn"](stage.entries[GONE])
    close_round(by=organiser, round=stage.round)  # no scorecard of E01 is missing
    stage.round.refresh_from_db()
    assert sorted(stage.round.standings.values_list("entry__code", flat=True)) == ["E02", "E03"]


def test_a_list_that_was_handed_in_no_longer_names_it(stage):
    stage.round.rule.ballot = "ranking"
    stage.round.rule.save()
    for card in stage.cards[0]:
        build.marks(card, None, None)
    stage.round.ranked_ballots.create(juror=stage.jurors[0], order=["E01", "E03", "E02"])
    LEAVES["withdrawn"](stage.entries[GONE])
    (given,) = ballots_given(stage.round)["lists"]
    assert (given["asked"], given["order"]) == (["E02", "E03"], ["E03", "E02"])


def test_a_plan_leaves_begun_work_on_it_where_it_is(stage, organiser):
    """Filling up is not refused because somebody had begun on what is gone."""
    build.marks(stage.cards[0][GONE], 4, 4, state="draft")
    LEAVES["withdrawn"](stage.entries[GONE])
    plan = propose_plan(by=organiser, round=stage.round)
    apply_plan(by=organiser, plan=plan)
    assert Assignment.objects.filter(round=stage.round, entry=stage.entries[GONE]).count() == 3


def test_opening_drops_what_left_before(stage, organiser):
    type(stage.round).objects.update(state="draft")
    Nomination.objects.filter(entry=stage.entries[GONE]).delete()
    round = open_round(by=organiser, round=stage.round)
    assert not Assignment.objects.filter(round=round, entry=stage.entries[GONE]).exists()
    assert "You have 2 entries to score" in Message.objects.filter(kind="judging.assigned")[0].text


def test_a_team_that_left_no_longer_pitches(stage):
    session = build.live_session(stage.round, *stage.entries)
    team, juror = founder_of(stage.entries[GONE]), stage.jurors[0].user
    LEAVES["withdrawn"](stage.entries[GONE])
    session = LiveSession.objects.with_slots().get(pk=session.pk)
    assert (team.pk, stage.entries[GONE].pk) not in appointments(session)
    assert appointments(session)[juror.pk, 0].order == ("E02", "E03")
    assert list(LiveSession.objects.told_to(team)) == []
    assert Message.objects.filter(kind="judging.session_off", to_user=team).count() == 1


def test_the_rule_for_rows_says_what_the_rule_for_a_round_says(stage, organiser):
    """Every kind of round against every state of an entry, with a place to compete and without."""
    city = build.city("braga")
    rounds = [
        stage.round,
        build.round(stage.edition, city=city),
        build.round(stage.edition, is_calibration=True, weight=0, order=9),
    ]
    entries = list(stage.entries)
    for n, state in enumerate(["draft", "submitted", "eligible", "ineligible", "withdrawn"]):
        entries.append(build.entry(stage.edition, build.startup(f"Other {n}", city), state=state, code=f"X{n}"))
    entries.append(build.nominate(build.entry(stage.edition, build.startup("Sent", city), code="X9"), competing=False))
    rounds[2].samples.create(entry=entries[3])
    for cards in stage.cards:
        for card in cards:
            build.marks(card, 4, 4)
    for round in rounds:
        for entry in entries:
            if not Assignment.objects.filter(round=round, entry=entry).exists():
                build.assign(round, stage.jurors[0], entry)
    Scorecard.objects.filter(assignment__round=rounds[1]).update(state="submitted")

    def agree(*some):
        for round in some:
            round.refresh_from_db()
            rows = Assignment.objects.filter(round=round).taking_part()
            said = set(rows.values_list("entry__code", flat=True))
            assert said == set(entries_of(round).values_list("code", flat=True)), round
            assert said, "something takes part in each"

    agree(*rounds)
    second = build.round(stage.edition, order=2)
    RoundRule.objects.filter(round=stage.round).update(advance_count=2, all_tied_go_on=False, tie_chain=[])
    for entry in entries:
        build.assign(second, stage.jurors[0], entry)
    Scorecard.objects.filter(assignment__round=stage.round, assignment__entry=entries[0]).update(state="draft")
    close_round(by=organiser, round=stage.round, reason_for_missing="Enough.")
    agree(*rounds, second)
    with CaptureQueriesContext(connection) as asked:
        list(Assignment.objects.in_force())
    assert len(asked) == 1
