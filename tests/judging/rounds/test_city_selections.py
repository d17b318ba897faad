"""A city's own selection: its jury never meets the network's, its rounds are its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.public import published_rounds
from judging.jury.overview import juries_of
from judging.jury.reading.facts import active_jurors, ties_of
from judging.jury.services.conflicts import declare_conflict
from judging.jury.services.jurors import invite_juror, update_juror, withdraw_juror
from judging.models import Assignment, Juror, Round, RoundRule, Scorecard
from judging.practice.services.practice import make_practice_round
from judging.reads.rounds import entries_of
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round, publish_results
from judging.road_overview import road
from judging.rounds.services.presets import create_rounds_from_rubric
from judging.rounds.services.rounds import save_round
from network.models import Invitation, Message
from network.services import accept_invitation
from tests import build
from tests.judging.selection import code_of, own_round, scored
from toolkit.refusals import Forbidden


class TestTwoJuries:
    def test_each_round_has_its_own(self, desk):
        own, network = own_round(desk), build.round(desk.edition)
        assert (active_jurors(own), active_jurors(network)) == ([desk.juror], [desk.network])

    def test_one_person_may_sit_on_both_with_the_same_address_but_once_on_each(self, desk):
        email = desk.network.email
        seat = invite_juror(by=desk.by, edition=desk.edition, for_city=desk.city, email=email, full_name="Juror 2")
        mail = Message.objects.get(kind="invitation")
        assert "the jury of Clermont-Ferrand's own selection, Edition 2027" in mail.text
        accept_invitation(by=desk.network.user, token=Invitation.objects.get().token)
        again = {"edition": desk.edition, "for_city": desk.city, "email": email, "full_name": "Juror 2"}
        assert code_of(invite_juror, by=desk.by, **again) == "juror.known"
        seat.refresh_from_db()
        assert (seat.user, Juror.objects.filter(email=email).count()) == (desk.network.user, 2)
        assert {line.where for line in juries_of(desk.network.user)} == {
            "Edition 2027", "Clermont-Ferrand's own selection, Edition 2027",
        }  # fmt: skip

    def test_a_coordinator_runs_the_jury_of_their_city_and_no_other(self, desk):
        elsewhere = {"edition": desk.edition, "email": "x@y.example", "full_name": "X"}
        for city in (None, build.city("cuneo")):
            assert code_of(invite_juror, by=desk.by, for_city=city, **elsewhere) == "juror.not_yours"
        for act, fields in ((update_juror, {}), (withdraw_juror, {"reason": "Late"})):
            with pytest.raises(Forbidden):
                act(by=desk.by, juror=desk.network, **fields)
        assert update_juror(by=desk.by, juror=desk.juror, load_max=3, groups=["investor"]).groups == ["investor"]
        assert withdraw_juror(by=desk.by, juror=desk.juror, reason="Ill").state == "withdrawn"

    def test_who_sees_which_seat_and_which_round(self, desk):
        own, network = own_round(desk, state="open"), build.round(desk.edition, state="open")
        seen = {
            person: (set(Juror.objects.visible_to(person)), set(Round.objects.visible_to(person)))
            for person in (desk.organiser, desk.by, desk.juror.user, desk.network.user)
        }
        assert seen == {
            desk.organiser: ({desk.juror, desk.network}, {own, network}),
            desk.by: ({desk.juror}, {own}),
            desk.juror.user: ({desk.juror}, {own}),
            desk.network.user: ({desk.network}, {network}),
        }

    def test_a_tie_declared_in_one_seat_holds_in_the_other(self, desk):
        """The juror of the city sits on the network's jury too, and has its scorecard for the same entry."""
        entry = desk.entries[0]
        build.nominate(entry)
        both = build.juror(desk.edition, 3, user=desk.juror.user, email=desk.juror.email)
        network = build.round(desk.edition, state="open")
        card = build.assign(network, both, entry)
        declare_conflict(by=desk.juror.user, juror=desk.juror, entry=entry, kind="declared", reason="A friend")
        card.refresh_from_db()
        assert card.state == "recused"
        assert [(tie.juror, tie.entry, tie.kind) for tie in ties_of(network, [both])] == [
            (both.pk, entry.pk, "declared")
        ]
        assert not Scorecard.objects.of_juror(desk.juror.user).exists()

    def test_a_coordinator_sets_a_tie_only_with_an_entry_of_the_city(self, desk):
        tie = {"by": desk.by, "juror": desk.juror, "kind": "organiser", "reason": "Cousins"}
        assert code_of(declare_conflict, entry=desk.other, **tie) == "conflict.edition"
        assert declare_conflict(entry=desk.entries[1], **tie).kind == "organiser"

    def test_a_newcomer_takes_part_in_the_practice_of_their_own_jury_only(self, desk):
        practices = []
        for round in (own_round(desk), build.round(desk.edition)):
            window = {"opens_at": timezone.now(), "closes_at": timezone.now() + timedelta(days=1)}
            practice = make_practice_round(by=desk.organiser, round=round, **window)
            practice.samples.create(entry=desk.entries[0], order=1)
            Round.objects.filter(pk=practice.pk).update(state="open")
            practices.append(practice)
        invite_juror(by=desk.by, edition=desk.edition, for_city=desk.city, email="new@jury.example", full_name="New")
        accept_invitation(by=build.person("new@jury.example"), token=Invitation.objects.get().token)
        assert list(Assignment.objects.values_list("round", "juror__full_name")) == [(practices[0].pk, "New")]


class TestRounds:
    def test_a_new_round_lets_jurors_of_the_city_score_its_entries(self, desk):
        now = timezone.now()
        window = (now, now + timedelta(days=2))
        made = save_round(
            by=desk.by, round=None, edition=desk.edition, city=desk.city, name={"en": "Own"}, opens_at=window[0],
            closes_at=window[1]
        )  # fmt: skip
        assert (made.same_city_conflicts, ties_of(made)) == (False, [])
        [preset] = create_rounds_from_rubric(
            by=desk.by, edition=desk.edition, city=desk.city, preset_slug="holt-fintech", windows=[window]
        )
        assert (preset.city, preset.order, preset.same_city_conflicts) == (desk.city, 2, False)
        for act in (
            lambda: save_round(by=desk.by, round=None, edition=desk.edition, name={"en": "X"}),
            lambda: create_rounds_from_rubric(
                by=desk.by, edition=desk.edition, preset_slug="holt-fintech", windows=[window]
            ),
        ):
            with pytest.raises(Forbidden):
                act()
        assert code_of(save_round, by=desk.organiser, round=made, city=None) == "round.city"

    def test_its_weights_and_its_standings_stay_in_the_city(self, desk):
        """The second round takes who went on from the first; the network's first round carries nothing of either."""
        first = scored(desk, weight=40)
        RoundRule.objects.filter(round=first).update(advance_count=2)
        close_round(by=desk.by, round=first)
        second = own_round(desk, order=2, weight=60)
        assert [entry.code for entry in entries_of(second)] == ["E01", "E02"]
        build.nominate(desk.entries[0])
        network = build.round(desk.edition, order=3, weight=100, state="open")
        build.marks(build.assign(network, desk.network, desk.entries[0]), 5, 5)
        assert network.previous() is None
        result = close_round(by=desk.organiser, round=network)
        assert '"carried":[]' in result.file
        assert [entry.code for entry in entries_of(network)] == ["E01"]

    def test_its_minutes_name_ties_of_its_own_jury_and_no_award(self, desk):
        round = scored(desk)
        close_round(by=desk.by, round=round)
        build.award(desk.entries[0])
        for juror in (desk.juror, desk.network):
            declare_conflict(by=desk.organiser, juror=juror, entry=desk.entries[1], kind="organiser", reason="Cousins")
        minutes = minutes_of(round)
        assert [line.juror for line in minutes.conflicts] == ["Juror 1"]
        assert ([line.name for line in minutes.jurors], minutes.city, minutes.awards) == (
            ["Juror 1"], "Clermont-Ferrand", [],
        )  # fmt: skip

    def test_it_is_public_only_when_published_and_apart_from_the_network_s(self, desk):
        round = scored(desk)
        close_round(by=desk.by, round=round)
        assert (published_rounds(desk.edition), published_rounds(desk.edition, of_cities=True)) == ([], [])
        assert [step.label for step in road(desk.entries[0])] == ["The jury scores", "Award"]  # the network's, ahead
        publish_results(by=desk.by, round=round)
        assert (published_rounds(desk.edition), published_rounds(desk.edition, of_cities=True)) == ([], [round])
        step, *network = road(desk.entries[0])
        assert (step.label, step.state, step.url) == (
            "Round 1, Clermont-Ferrand", "done", f"/entries/{desk.entries[0].pk}/results/",
        )  # fmt: skip
        assert (
            [step.label for step in network]
            == [step.label for step in road(desk.other)]
            == ["The jury scores", "Award"]
        )
