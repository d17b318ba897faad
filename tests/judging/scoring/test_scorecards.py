"""A juror saves, submits, reopens, recuses: what is kept, and what is refused with which sentence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from judging.jury.services.conflicts import declare_conflict
from judging.jury.services.jurors import withdraw_juror
from judging.models import Conflict, Scorecard
from judging.scoring.services.scorecards import (
    StaleScorecard,
    recuse,
    reopen_scorecard,
    save_scorecard,
    submit_scorecard,
)
from network.models import Event, Message
from tests import build
from toolkit.refusals import Forbidden, Refusal


def save(card, marks, version=None, by=None, comment="", note=""):
    return save_scorecard(
        by=by or card.assignment.juror.user,
        scorecard=card,
        version=card.version if version is None else version,
        marks=marks,
        comment=comment,
        private_note=note,
    )


def values(card):
    return {m.criterion.code: "n/a" if m.not_applicable else m.value for m in card.marks.select_related("criterion")}


@pytest.fixture
def card(stage):
    return stage.cards[0][0]


@pytest.fixture
def criteria(stage):
    return {c.code: c.pk for c in stage.round.criteria.all()}


@pytest.fixture
def optional(stage):
    """Criteria that may be not applicable."""
    stage.round.criteria.update(is_required=False)


def test_marks_are_kept_in_thousandths_and_each_save_counts(card, criteria, optional):
    saved = save(card, {criteria["innovation"]: Decimal("4"), criteria["market"]: "n/a"}, comment=" Bold. ", note="?")
    assert (saved.version, saved.comment, saved.private_note) == (1, "Bold.", "?")
    assert values(saved) == {"innovation": 4000, "market": "n/a"}
    saved = save(saved, {criteria["innovation"]: None})
    assert saved.version == 2
    assert values(saved) == {"market": "n/a"}
    event = Event.objects.filter(verb="save", object_type="judging.scorecard").last()
    assert event.after == {"version": 2, "marks": {"innovation": None}}


def test_a_stale_save_is_shown_beside_what_is_kept_never_applied(card, criteria):
    save(card, {criteria["innovation"]: 5})
    with pytest.raises(StaleScorecard) as refused:
        save(card, {criteria["innovation"]: 1}, version=0)
    assert refused.value.scorecard.version == 1
    assert refused.value.marks == {criteria["innovation"]: Decimal(5)}
    assert values(card) == {"innovation": 5000}


@pytest.mark.parametrize(
    ("value", "code"),
    [("6", "mark.scale"), ("-1", "mark.scale"), ("2.5", "mark.step"), ("2.0001", "mark.number"),
        ("four", "mark.number"), ("NaN", "mark.number"), ("Infinity", "mark.number")],
)  # fmt: skip
def test_a_mark_outside_scale_or_step_is_refused_and_nothing_is_kept(card, criteria, value, code):
    with pytest.raises(Refusal) as refused:
        save(card, {criteria["market"]: 3, criteria["innovation"]: value})
    assert (refused.value.code, refused.value.field) == (code, f"mark_{criteria['innovation']}")
    card.refresh_from_db()
    assert (card.version, values(card)) == (0, {})


def test_a_criterion_of_another_round_is_refused(stage, card):
    other = build.round(build.edition("2028")).criteria.first()
    with pytest.raises(Refusal) as refused:
        save(card, {other.pk: 3})
    assert refused.value.code == "mark.criterion"


def test_a_blank_required_criterion_can_t_be_submitted(card, criteria):
    saved = save(card, {criteria["innovation"]: 5})
    with pytest.raises(Refusal, match="Still to mark: Market") as refused:
        submit_scorecard(by=card.assignment.juror.user, scorecard=saved, version=1)
    assert refused.value.code == "scorecard.blank"


def test_a_scorecard_without_any_number_can_t_be_submitted(card, criteria, optional):
    saved = save(card, {criteria["innovation"]: "n/a", criteria["market"]: "n/a"})
    with pytest.raises(Refusal) as refused:
        submit_scorecard(by=card.assignment.juror.user, scorecard=saved, version=1)
    assert refused.value.code == "scorecard.empty"


def test_submit_then_reopen(card, criteria):
    juror = card.assignment.juror.user
    saved = save(card, {criteria["innovation"]: 5, criteria["market"]: 3})
    done = submit_scorecard(by=juror, scorecard=saved, version=1)
    assert done.state == "submitted"
    with pytest.raises(Refusal) as refused:
        save(done, {criteria["market"]: 1})
    assert refused.value.code == "scorecard.submitted"
    again = reopen_scorecard(by=juror, scorecard=done)
    assert (again.state, again.version, again.submitted_at) == ("draft", 2, None)


def test_a_save_that_comes_late_is_refused_with_what_to_do(stage, card, criteria):
    type(stage.round).objects.filter(pk=stage.round.pk).update(
        opens_at=timezone.now() - timedelta(days=3), closes_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(Refusal, match="If you need more time, ask the organiser") as refused:
        save(card, {criteria["market"]: 1})
    assert refused.value.code == "round.late"
    assert values(card) == {}


@pytest.mark.parametrize(("state", "code"), [("draft", "round.not_open"), ("closed", "round.closed")])
def test_only_an_open_round_takes_marks(stage, card, criteria, state, code):
    type(stage.round).objects.filter(pk=stage.round.pk).update(state=state)
    with pytest.raises(Refusal) as refused:
        save(card, {criteria["market"]: 1})
    assert refused.value.code == code


def test_nobody_saves_for_another(stage, card, criteria, organiser):
    for other in (stage.jurors[1].user, organiser):
        with pytest.raises(Forbidden):
            save(card, {criteria["market"]: 1}, by=other)


def test_recusing_hides_the_entry_for_good_and_tells_the_organiser(stage, card, organiser):
    juror = card.assignment.juror
    recused = recuse(by=juror.user, scorecard=card, reason="I advise them.")
    assert (recused.state, recused.recusal_reason) == ("recused", "I advise them.")
    conflict = Conflict.objects.get()
    assert (conflict.juror, conflict.entry, conflict.kind) == (juror, stage.entries[0], "declared")
    assert set(Scorecard.objects.visible_to(juror.user)) == {stage.cards[0][1], stage.cards[0][2]}
    assert set(Scorecard.objects.recused_by(juror.user)) == {card}
    mail = Message.objects.get(kind="judging.recused")
    assert mail.to_user == organiser
    assert "I advise them." in mail.text


def test_a_tie_declared_for_an_entry_recuses_its_scorecard(stage, organiser):
    declare_conflict(by=organiser, juror=stage.jurors[1], entry=stage.entries[2], kind="organiser", reason="Cousins")
    assert Scorecard.objects.get(pk=stage.cards[1][2].pk).state == "recused"
    assert Conflict.objects.get().kind == "organiser"


def test_whoever_leaves_the_jury_leaves_what_they_submitted(stage, organiser):
    build.marks(stage.cards[0][0], 4, 4)
    withdraw_juror(by=organiser, juror=stage.jurors[0], reason="Ill")
    states = Scorecard.objects.filter(assignment__juror=stage.jurors[0]).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["submitted", "recused", "recused"]


class TestWhoSees:
    def test_a_juror_sees_their_own_and_the_organiser_all(self, stage, organiser, stranger, founder, coordinator):
        assert set(Scorecard.objects.visible_to(stage.jurors[0].user)) == set(stage.cards[0])
        assert Scorecard.objects.visible_to(organiser).count() == 9
        for other in (stranger, founder, coordinator):
            assert list(Scorecard.objects.visible_to(other)) == []

    def test_nothing_before_the_round_opens(self, stage, organiser):
        type(stage.round).objects.update(state="draft")
        assert list(Scorecard.objects.visible_to(stage.jurors[0].user)) == []
        assert Scorecard.objects.visible_to(organiser).count() == 9

    def test_a_juror_never_sees_an_entry_they_have_a_tie_with(self, stage):
        """Each tie arises after the assignment was made, by a fact that changed."""
        first, second, third = stage.entries
        person, organisation, home = stage.jurors
        build.person(person.email, role="founder", organisation=first.startup.organisation)
        agency = build.organisation("Agency", "agency")
        build.person("founder2@firm2.example", role="host", organisation=agency)
        organisation.organisation = agency
        organisation.save()
        home.city = third.city
        home.save()
        assert set(Scorecard.objects.visible_to(person.user)) == set(stage.cards[0][1:])
        assert set(Scorecard.objects.visible_to(organisation.user)) == {stage.cards[1][0], stage.cards[1][2]}
        assert set(Scorecard.objects.visible_to(home.user)) == set(stage.cards[2][:2])
        criterion = stage.round.criteria.first()
        with pytest.raises(Forbidden):
            save(stage.cards[2][2], {criterion.pk: 5})

    def test_same_city_can_be_allowed_by_the_round(self, stage):
        stage.jurors[0].city = stage.entries[0].city
        stage.jurors[0].save()
        type(stage.round).objects.update(same_city_conflicts=False)
        assert set(Scorecard.objects.visible_to(stage.jurors[0].user)) == set(stage.cards[0])

    def test_progress_takes_one_query_for_any_number(self, stage, organiser, django_assert_num_queries):
        build.marks(stage.cards[0][0], 4, None, state="draft")
        with django_assert_num_queries(2):  # the organiser's roles, then the list
            rows = list(Scorecard.objects.visible_to(organiser).with_progress())
            described = [(str(r.assignment.entry.startup), r.marks_done, r.criteria_required) for r in rows]
        assert described[0] == ("Firm 1 of 2027", 1, 2)
        assert len(described) == 9
