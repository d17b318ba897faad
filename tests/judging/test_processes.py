"""Two at once on the jury's rows: one is applied, the other is told; nothing is counted twice, nothing lost."""

import json

import pytest

from judging.jury.services.assignment import apply_plan, propose_plan
from judging.jury.services.jurors import invite_juror, withdraw_juror
from judging.models import Assignment, Juror, Mark, Plan, Reopening, Result, Round, Scorecard, Standing
from judging.results.services.closing import close_round
from judging.results.services.reopening import confirm_reopening, propose_reopening
from judging.scoring.services.scorecards import recuse, save_scorecard, submit_scorecard
from network.models import Event, Message, User
from tests import build

pytestmark = pytest.mark.processes
ORGANISER = "organiser@network.example"


def prepare(**fields):
    """An open round with one scorecard that is ready to be submitted; its pk."""
    build.person(ORGANISER, role="organiser", organisation=build.secretariat())
    edition = build.edition("2027")
    round = build.round(edition, **{"state": "open", **fields})
    entries = build.competing(edition, 3)
    return build.marks(build.assign(round, build.juror(edition, 1), entries[0]), 1, 1, state="draft").pk


def prepare_plan(state):
    pk = prepare(state=state)
    round = Scorecard.objects.get(pk=pk).assignment.round
    for number in (2, 3, 4):
        build.juror(round.edition, number)
    return propose_plan(by=organiser(), round=round).pk


def organiser():
    return User.objects.get(email=ORGANISER)


def own(pk):
    card = Scorecard.objects.select_related("assignment__juror__user", "assignment__round").get(pk=pk)
    return card.assignment.juror.user, card


def save(pk, mark):
    by, card = own(pk)
    first = card.assignment.round.criteria.first()
    saved = save_scorecard(by=by, scorecard=card, version=1, marks={first.pk: mark}, comment="", private_note="")
    return "saved", saved.version, mark


def submit(pk):
    by, card = own(pk)
    return submit_scorecard(by=by, scorecard=card, version=1).state


def close(reason="Enough."):
    return close_round(by=organiser(), round=Round.objects.get(), reason_for_missing=reason).sha256


def step_back(pk):
    by, card = own(pk)
    return recuse(by=by, scorecard=card, reason="My sister works there.").state


def leave(pk):
    by, card = own(pk)
    return withdraw_juror(by=by, juror=card.assignment.juror, reason="I am ill.").state


def invite():
    edition = Round.objects.get().edition
    return invite_juror(by=organiser(), edition=edition, email="ana@braga.example", full_name="Ana").pk


def seats_of_ana():
    return Juror.objects.filter(email="ana@braga.example").count()


def apply(pk):
    return len(apply_plan(by=organiser(), plan=Plan.objects.get(pk=pk)))


def events(verb):
    return Event.objects.filter(verb=verb).count()


def card_and_first_mark():
    card = Scorecard.objects.get()
    return card.state, card.version, Mark.objects.order_by("criterion__order").first().value


def test_of_saves_of_one_version_one_is_applied_the_others_are_stale(place):
    pk = place.run(prepare)
    told = place.at_once([(save, pk, mark) for mark in (2, 3, 4, 5)])
    [saved] = [answer for answer in told if answer[0] == "saved"]
    assert sorted(told) == [("refused", "scorecard.stale")] * 3 + [saved]
    assert place.run(card_and_first_mark) == ("draft", 2, saved[2] * 1000)


def test_a_scorecard_submitted_twice_at_once_is_submitted_once(place):
    pk = place.run(prepare)
    told = place.at_once([(submit, pk), (submit, pk), (submit, pk)])
    assert [answer for answer in told if answer == "submitted"] == ["submitted"]
    assert [answer[0] for answer in told if answer != "submitted"] == ["refused"] * 2
    assert place.run(events, "submit") == 1


def closed():
    round = Round.objects.get()
    return round.state, Result.objects.count(), Standing.objects.count(), events("close")


def test_a_round_closed_twice_at_once_is_frozen_once(place):
    place.run(prepare)
    told = place.at_once([(close,), (close,), (close,)])
    assert sum(isinstance(answer, str) for answer in told) == 1
    assert [answer for answer in told if not isinstance(answer, str)] == [("refused", "state.close")] * 2
    assert place.run(closed) == ("closed", 1, 3, 1)


def prepare_reopening():
    """A closed round with a proposal to open it again, and two people who may answer."""
    prepare()
    for name in ("second", "third"):
        build.person(f"{name}@network.example", role="organiser", organisation=build.secretariat())
    close()
    return propose_reopening(by=organiser(), round=Round.objects.get(), reason="A typing error.").pk


def confirm(pk, name):
    by = User.objects.get(email=f"{name}@network.example")
    return confirm_reopening(by=by, reopening=Reopening.objects.get(pk=pk)).state


def propose():
    return propose_reopening(by=organiser(), round=Round.objects.get(), reason="Another.").state


def reopened():
    round = Round.objects.get()
    return round.state, Result.objects.count(), Standing.objects.count(), events("reopen")


def test_a_round_opened_again_by_two_at_once_is_opened_once(place):
    pk = place.run(prepare_reopening)
    told = place.at_once([(confirm, pk, "second"), (confirm, pk, "third"), (propose,)])
    assert sorted(told[:2], key=str) == [("refused", "state.confirm"), "open"]
    assert told[2] in (("refused", "reopening.waits"), ("refused", "reopening.not_closed"))
    assert place.run(reopened) == ("open", 1, 0, 1)


def counted():
    """The scorecard's state, how many scorecards the frozen result counts, and how often one was submitted."""
    return Scorecard.objects.get().state, len(json.loads(Result.objects.get().file)["scorecards"]), events("submit")


def test_a_scorecard_submitted_while_the_round_closes_is_counted_or_refused(place):
    pk = place.run(prepare)
    told, frozen = place.at_once([(submit, pk), (close,)])
    assert isinstance(frozen, str)
    if told == "submitted":
        assert place.run(counted) == ("submitted", 1, 1)
    else:
        assert told == ("refused", "round.closed")
        assert place.run(counted) == ("draft", 0, 0)


def test_a_juror_who_leaves_and_steps_back_at_once_waits_in_no_ring(place):
    pk = place.run(prepare)
    left, back = place.at_once([(leave, pk), (step_back, pk)])
    assert left == "withdrawn"
    assert back in ("recused", ("refused", "state.recused"))
    assert place.run(events, "recuse") == 1


def assigned(plan):
    rows = Assignment.objects.filter(plan=plan)
    return rows.count(), Scorecard.objects.filter(assignment__in=rows).count(), events("apply"), told_of_it()


def told_of_it():
    return Message.objects.exclude(kind="").count()


def test_a_plan_of_an_open_round_applied_twice_at_once_assigns_once_and_tells_each_juror_once(place):
    plan = place.run(prepare_plan, "open")
    told = place.at_once([(apply, plan), (apply, plan), (apply, plan)])
    assert sorted(told, key=str) == [("refused", "state.apply")] * 2 + [2]
    assert place.run(assigned, plan) == (2, 2, 1, 2)


def test_a_double_click_on_inviting_a_juror_gives_one_seat(place):
    place.run(prepare)
    assert len(set(place.at_once([(invite,)] * 3))) == 1
    assert place.run(seats_of_ana) == 1
