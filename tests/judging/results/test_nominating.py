"""A city's own selection: its jury never meets the network's, its coordinator runs every page,
its result becomes nominations."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.public import published_rounds
from contest.models import Claim, Nomination
from judging.jury.overview import juries_of
from judging.jury.reading.facts import active_jurors, ties_of
from judging.jury.services.jurors import declare_conflict, invite_juror, update_juror, withdraw_juror
from judging.jury.services.opening import open_round
from judging.models import Assignment, Juror, Round, RoundRule, Scorecard
from judging.overview import to_do
from judging.practice.services.practice import make_practice_round
from judging.reads.rounds import entries_of
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round, publish_results
from judging.results.services.nominating import foresee_nominations, nominate_from_round
from judging.road_overview import road
from judging.rounds.overview import rounds_to_watch
from judging.rounds.services.presets import create_rounds_from_rubric
from judging.rounds.services.rounds import save_round
from network.models import Invitation, Message
from network.services import accept_invitation
from tests import build
from toolkit.refusals import Forbidden, Refusal


@pytest.fixture
def desk(city, coordinator, organiser, enter):
    """A call that is over, cities choosing: four eligible entries of Clermont-Ferrand, one of Cuneo;
    a juror of each jury."""
    edition = build.edition(
        "2027", quota_sent=3, quota_competing=2, call_closes=timezone.now() - timedelta(days=1), is_public=True
    )
    edition.refresh_from_db()
    entries = [
        build.entry(edition, build.startup(f"Firm {n}", city), state="eligible", code=f"E{n:02}", city=city)
        for n in range(1, 5)
    ]
    cuneo = build.city("cuneo")
    other = build.entry(edition, build.startup("Elsewhere", cuneo), state="eligible", code="E09", city=cuneo)
    juror = build.juror(edition, 1, city, for_city=city)
    network = build.juror(edition, 2, cuneo)
    return SimpleNamespace(
        edition=edition, city=city, entries=entries, other=other, juror=juror, network=network, by=coordinator,
        organiser=organiser, client=enter(coordinator), base=f"/city/{city.slug}/2027/selection/",
    )  # fmt: skip


def own_round(desk, **fields):
    return build.round(desk.edition, city=desk.city, same_city_conflicts=False, **fields)


def scored(desk, **fields):
    """A round of the city, open, its four entries marked 5, 4, 3, 2 by its juror."""
    round = own_round(desk, state="open", advance_count=4, **fields)
    for n, entry in enumerate(desk.entries):
        build.marks(build.assign(round, desk.juror, entry), 5 - n, 5 - n)
    return round


def code_of(act, *args, **fields) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **fields)
    return refused.value.code


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


class TestNominating:
    def test_the_preview_is_what_then_happens_and_doing_it_again_fills_freed_places(self, desk):
        """By hand: three places, two competing. E02 is claimed by Cuneo; E01 and E03 compete;
        E04 is sent without competing."""
        round = scored(desk)
        Claim.objects.create(
            entry=desk.entries[1], city=build.city("cuneo"), by=desk.by, reason="Ours", created_at=timezone.now()
        )
        close_round(by=desk.by, round=round)
        contested = "Two cities claim this entry. Neither can nominate it until the organiser has settled it."
        expected = [("E01", 1, 1, ""), ("E02", None, None, contested), ("E03", 2, 2, ""), ("E04", 3, None, "")]
        foreseen = foresee_nominations(round)
        assert [(row.entry.code, row.slot, row.competing_slot, row.refusal) for row in foreseen] == expected
        assert [task.title for task in to_do(desk.by)] == [
            "Publish the results of Round 1", "Nominate who goes on from Round 1",
        ]  # fmt: skip
        done = nominate_from_round(by=desk.by, round=round)
        made = [(row.entry.code, row.slot, row.competing_slot, "") for row in done.made]
        assert made + [(entry.code, None, None, why) for entry, why in done.refused] == sorted(
            expected, key=lambda row: row[3] != ""
        )
        assert [row.is_nominated for row in foresee_nominations(round)] == [True, False, True, True]
        assert [task.title for task in to_do(desk.by)][1:] == ["Nominate who goes on from Round 1"]  # the claimed one
        Claim.objects.all().delete()
        assert [row.refusal for row in foresee_nominations(round)][1] == (
            "Clermont-Ferrand has used all its 3 places. Release one first."
        )

    def test_the_last_round_of_the_selection_decides_and_an_entry_that_moved_is_refused(self, desk):
        first = scored(desk)
        close_round(by=desk.by, round=first)
        second = own_round(desk, order=2, state="open")
        assert code_of(nominate_from_round, by=desk.by, round=first) == "city_round.later"
        Round.objects.filter(pk=second.pk).update(state="draft")
        type(desk.entries[0]).objects.filter(pk=desk.entries[0].pk).update(city=build.city("cuneo"))
        assert foresee_nominations(first)[0].refusal == "This entry now belongs to Cuneo."
        done = nominate_from_round(by=desk.organiser, round=first)
        assert [(entry.code, why) for entry, why in done.refused] == [("E01", "This entry now belongs to Cuneo.")]
        assert set(Nomination.objects.values_list("city__slug", flat=True)) == {desk.city.slug}


class TestScreens:
    def test_the_coordinator_walks_from_the_entries_to_the_nominations(self, desk):
        """Preset, jury, assignment, opening, closing, nominating:
        every page by its own link, none of another city's."""
        client, base = desk.client, desk.base
        assert base in client.get(f"/city/{desk.city.slug}/2027/").content.decode()
        opens = timezone.now().strftime("%Y-%m-%dT%H:%M")
        window = {"opens_1": opens, "closes_1": (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")}
        client.post(f"{base}jury/invite/", {"email": "new@jury.example", "full_name": "New", "language": "fr"})
        assert Juror.objects.get(email="new@jury.example").for_city == desk.city
        page = client.get(f"{base}jury/").content.decode()
        assert ("Juror 1" in page, "Juror 2" in page) == (True, False)
        round = scored(desk)
        assert client.post(f"{base}presets/holt-fintech/", window).headers["Location"] == base
        draft = own_round(desk, order=9)
        for path in ("", "edit/", "criteria/add/", "groups/add/", "assignment/", "assignment/rules/", "open/"):
            assert client.get(f"/organise/rounds/{draft.pk}/{path}").status_code == 200
        for path in (
            "", "edit/", "decisions/", "rule/", "assignment/", "assignment/rules/", "sessions/",
            "practice/", "open/", "progress/", "standings/", "agreement/", "stability/", "feedback/", "close/",
            "nominate/",
        ):  # fmt: skip
            answer = client.get(f"/organise/rounds/{round.pk}/{path}")
            assert (path, answer.status_code) == (path, 200)
            page = answer.content.decode()
            assert base in page
            assert "/organise/editions/" not in page
        assert "Juror 2" not in client.get(f"/organise/rounds/{round.pk}/assignment/").content.decode()
        client.post(f"/organise/rounds/{round.pk}/close/", {"reason_for_missing": ""})
        nominate = f"/organise/rounds/{round.pk}/nominate/"
        assert "Nominate 3 entries" in client.get(nominate).content.decode()
        answer = client.post(nominate, follow=True).content.decode()
        assert "Nominated, in order of place: Firm 1 pitches, Firm 2 pitches, Firm 3 pitches." in answer
        assert "Firm 4 pitches: Clermont-Ferrand has used all its 3 places. Release one first." in answer
        for path in ("standings/", "minutes/", "history/", "standings/workbook/"):
            assert client.get(f"/organise/rounds/{round.pk}/{path}").status_code == 200

    def test_what_is_not_theirs_is_not_there(self, desk, enter):
        network = build.round(desk.edition, state="open")
        build.assign(network, desk.network, desk.other)
        for address in (
            f"/organise/rounds/{network.pk}/", f"/organise/rounds/{network.pk}/nominate/",
            "/city/cuneo/2027/selection/",
            "/city/cuneo/2027/selection/jury/", f"/organise/jurors/{desk.network.pk}/", "/organise/editions/2027/jury/",
        ):  # fmt: skip
            assert (address, desk.client.get(address).status_code) == (address, 404)
        juror = desk.client.get(f"/organise/jurors/{desk.juror.pk}/")
        assert [entry.code for entry in juror.context["form"].fields["entry"].queryset] == ["E01", "E02", "E03", "E04"]
        boss = enter(desk.organiser)
        assert boss.get(f"/organise/rounds/{network.pk}/nominate/").status_code == 404
        assert "Juror 1" not in boss.get("/organise/editions/2027/jury/").content.decode()
        assert "Juror 1" in boss.get(f"{desk.base}jury/").content.decode()

    def test_the_juror_and_the_mail_name_the_selection(self, desk, enter):
        round = own_round(desk, jurors_per_entry=1)
        for entry in desk.entries:
            build.assign(round, desk.juror, entry)
        open_round(by=desk.by, round=round)
        mail = Message.objects.get(kind="judging.assigned")
        assert "Round 1 of Clermont-Ferrand's own selection, Edition 2027 is open." in mail.text
        page = enter(desk.juror.user).get("/judging/").content.decode()
        assert page.count("Clermont-Ferrand&#x27;s own selection, Edition 2027") == 2
        assert [task.detail for task in to_do(desk.juror.user)] == [
            "Clermont-Ferrand's own selection, Edition 2027, Round 1"
        ]
        assert [line.detail for line in rounds_to_watch(desk.by)] == ["Clermont-Ferrand's own selection, Edition 2027"]
        assert rounds_to_watch(desk.organiser) == []

    def test_as_many_queries_for_two_as_for_four(self, desk):
        round = scored(desk)
        Round.objects.filter(pk=round.pk).update(state="closed")
        pages = (desk.base, f"{desk.base}jury/", f"/organise/rounds/{round.pk}/nominate/")

        def counted() -> list[int]:
            numbers = []
            for page in pages:
                with CaptureQueriesContext(
                    connection,
                ) as seen:
                    assert desk.client.get(page).status_code == 200
                numbers.append(len(seen))
            return numbers

        for n, entry in enumerate(desk.entries[:2], 1):
            round.standings.create(
                entry=entry, place=n, rank=n, total="1", final="1", scorecards=1, advances=True, reason={}
            )
        few = counted()
        for n, entry in enumerate(desk.entries[2:], 3):
            round.standings.create(
                entry=entry, place=n, rank=n, total="1", final="1", scorecards=1, advances=True, reason={}
            )
            own_round(desk, order=n)
            build.juror(desk.edition, 10 + n, desk.city, for_city=desk.city)
        assert counted() == few
