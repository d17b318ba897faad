"""A city checks and nominates; two cities and the organiser; who may do what in which state."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail

from contest.domain.quotas import Places
from contest.editions.services.editions import save_edition
from contest.entries.services.drafts import save_draft
from contest.entries.services.entries import start_entry, submit_entry, withdraw_entry
from contest.entries.services.startups import create_startup
from contest.models import Claim, Entry, Nomination, Screening
from contest.nominations.notices import tell_those_not_nominated
from contest.nominations.services.cities import claim_entry, settle_city
from contest.nominations.services.nominations import (
    choose_competing,
    nominate_entry,
    places_of,
    release_nomination,
    reorder_nominations,
)
from contest.nominations.services.screening import screen_entry
from contest.states import ENTRY, EntryState
from network.models import Message
from tests import build
from tests.contest import cast
from tests.contest.cast import refused
from toolkit import clock
from toolkit.refusals import Refusal


@pytest.fixture
def edition(db):
    return build.edition()


@pytest.fixture
def braga(db):
    return build.city("braga")


@pytest.fixture
def neighbour(braga):
    return cast.coordinator_of(braga)


class TestScreening:
    def test_a_named_decision_with_the_facts_that_were_shown(
        self, founder, coordinator, edition, django_capture_on_commit_callbacks
    ):
        entry = cast.submitted(founder, edition)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            screen_entry(by=coordinator, entry=entry, eligible=False, reason="No prototype was shown.")
        kept = Screening.objects.get()
        assert (kept.by, kept.eligible, Entry.objects.get().state) == (coordinator, False, "ineligible")
        age = kept.facts["facts"][0]
        assert (age["code"], age["holds"], age["values"]["founded_on"]) == ("age", True, "2023-05-01")
        assert [message.to for message in mail.outbox] == [[founder.email]]
        assert "No prototype was shown." in mail.outbox[0].body
        assert "Cora Coordinator" in mail.outbox[0].body

    def test_can_be_decided_anew_and_each_decision_is_kept(self, founder, coordinator, edition):
        entry = cast.eligible(founder, edition, coordinator)
        with refused("screening.same"):
            screen_entry(by=coordinator, entry=entry, eligible=True, reason="Again.")
        screen_entry(by=coordinator, entry=entry, eligible=False, reason="Too old after all.")
        assert list(Screening.objects.values_list("eligible", flat=True)) == [True, False]

    def test_needs_a_reason_the_right_city_and_to_be_in_time(self, founder, coordinator, neighbour, edition):
        entry = cast.submitted(founder, edition)
        with refused("reason.missing"):
            screen_entry(by=coordinator, entry=entry, eligible=True, reason=" ")
        for person in (neighbour, founder):
            with refused("entry.city"):
                screen_entry(by=person, entry=entry, eligible=True, reason="Mine.")
        with cast.after_choice(edition), refused("nominations.closed"):
            screen_entry(by=coordinator, entry=entry, eligible=True, reason="Late.")


class TestNominating:
    def teams(self, city, edition, coordinator, count):
        return [
            cast.eligible(cast.team(f"Team {number}", city), edition, coordinator) for number in range(1, count + 1)
        ]

    def test_takes_the_lowest_free_places_and_refuses_a_full_quota(self, city, coordinator, edition):
        edition.quota_sent, edition.quota_competing = 3, 2
        edition.save()
        entries = self.teams(city, edition, coordinator, 4)
        for entry in entries[:2]:
            nominate_entry(by=coordinator, entry=entry)
        with refused("nomination.competing_full"):
            nominate_entry(by=coordinator, entry=entries[2])
        nominate_entry(by=coordinator, entry=entries[2], competes=False)
        with refused("nomination.full") as caught:
            nominate_entry(by=coordinator, entry=entries[3], competes=False)
        assert str(caught.refusal) == "Clermont-Ferrand has used all its 3 places. Release one first."
        assert list(Nomination.objects.values_list("slot", "competing_slot")) == [(1, 1), (2, 2), (3, None)]
        assert places_of(edition, city) == Places(3, 3, 2, 2)
        assert list(Entry.objects.competing(edition).order_by("pk")) == entries[:2]
        release_nomination(by=coordinator, entry=entries[0], reason="It stays at home.")
        again = nominate_entry(by=coordinator, entry=entries[3])
        assert (again.slot, again.competing_slot) == (1, 1)

    def test_one_citys_quota_is_not_anothers(self, city, braga, neighbour, coordinator, edition):
        edition.quota_sent = edition.quota_competing = 1
        edition.save()
        nominate_entry(by=coordinator, entry=self.teams(city, edition, coordinator, 1)[0])
        theirs = cast.eligible(cast.team("Theirs", braga), edition, neighbour)
        assert nominate_entry(by=neighbour, entry=theirs).slot == 1

    def test_order_and_competing_places_follow_people(self, city, coordinator, edition):
        first, second, third = self.teams(city, edition, coordinator, 3)
        for entry, competes in ((first, True), (second, False), (third, True)):
            nominate_entry(by=coordinator, entry=entry, competes=competes)
        reorder_nominations(by=coordinator, edition=edition, city=city, entries=[third, first, second])
        places = {row.entry: (row.slot, row.competing_slot) for row in Nomination.objects.all()}
        assert places == {third: (1, 1), first: (2, 2), second: (3, None)}
        with refused("nomination.order"):
            reorder_nominations(by=coordinator, edition=edition, city=city, entries=[third, first])

    def test_choosing_who_competes(self, city, coordinator, edition):
        edition.quota_competing = 1
        edition.save()
        first, second = self.teams(city, edition, coordinator, 2)
        nominate_entry(by=coordinator, entry=first)
        nominate_entry(by=coordinator, entry=second, competes=False)
        with refused("nomination.competing_full"):
            choose_competing(by=coordinator, entry=second, competes=True)
        choose_competing(by=coordinator, entry=first, competes=False)
        assert choose_competing(by=coordinator, entry=second, competes=True).competing_slot == 1
        assert list(Entry.objects.competing(edition)) == [second]

    def test_not_after_cities_have_chosen(self, city, coordinator, edition):
        first, second = self.teams(city, edition, coordinator, 2)
        nominate_entry(by=coordinator, entry=first)
        with cast.after_choice(edition):
            with refused("nominations.closed"):
                nominate_entry(by=coordinator, entry=second)
            with refused("nominations.closed"):
                release_nomination(by=coordinator, entry=first, reason="Late.")
            with refused("nominations.closed"):
                choose_competing(by=coordinator, entry=first, competes=False)
            with refused("nominations.closed"):
                reorder_nominations(by=coordinator, edition=edition, city=city, entries=[first])

    def test_not_by_another_city(self, city, coordinator, neighbour, edition):
        entry = self.teams(city, edition, coordinator, 1)[0]
        with refused("entry.city"):
            nominate_entry(by=neighbour, entry=entry)
        nominate_entry(by=coordinator, entry=entry)
        with refused("entry.city"):
            release_nomination(by=neighbour, entry=entry, reason="Jealousy.")
        with refused("nomination.city"):
            reorder_nominations(by=neighbour, edition=edition, city=city, entries=[entry])

    def test_those_not_nominated_are_told_once_after_cities_have_chosen(
        self, city, coordinator, edition, django_capture_on_commit_callbacks
    ):
        chosen, left = self.teams(city, edition, coordinator, 2)
        nominate_entry(by=coordinator, entry=chosen)
        mail.outbox.clear()
        assert tell_those_not_nominated(clock.now(), 10) == 0
        with cast.after_choice(edition), django_capture_on_commit_callbacks(execute=True):
            assert [tell_those_not_nominated(clock.now(), 10) for _ in range(2)] == [1, 0]
        assert [message.to for message in mail.outbox] == [["team-2@team.example"]]
        assert mail.outbox[0].subject == "Not nominated: Team 2, Edition 2027"

    def test_time_given_anew_ends_in_another_choice(self, city, coordinator, organiser, edition):
        """Not chosen, then the cities get more time: chosen and released in it, or left again.
        Each end is told, once."""
        first, second = self.teams(city, edition, coordinator, 2)
        with clock.at(edition.nominations_close):
            assert tell_those_not_nominated(clock.now(), 10) == 2
            save_edition(by=organiser, edition=edition, nominations_close=clock.now() + timedelta(days=5))
            edition.refresh_from_db()
            assert tell_those_not_nominated(clock.now(), 10) == 0
            nominate_entry(by=coordinator, entry=first)
        with clock.at(edition.nominations_close):
            assert [tell_those_not_nominated(clock.now(), 10) for _ in range(2)] == [1, 0]
        told = Message.objects.filter(kind="contest.entry_not_nominated").order_by("pk")
        names = [mail.subject.split(": ")[1].split(",")[0] for mail in told]
        assert sorted(names[:2]) == ["Team 1", "Team 2"]
        assert names[2:] == ["Team 2"]
        changed = Message.objects.filter(kind="contest.rules_changed").order_by("pk")[0].text
        assert "changed after its call" in changed
        assert "when you submit" not in changed
        assert "If you change it" not in changed


class TestCities:
    @pytest.fixture
    def adrift(self, edition):
        person = build.person("far@team.example", "Far Founder")
        startup = create_startup(by=person, name="Far", seat="Vichy, France", founded_on=edition.call_opens.date())
        return cast.submitted(person, edition, startup)

    def test_the_first_claim_settles_an_entry_without_a_city(self, adrift, coordinator, city):
        assert list(Entry.objects.unsettled()) == [adrift]
        claim = claim_entry(by=coordinator, entry=adrift, city=city, reason="Its laboratory is here.")
        adrift.refresh_from_db()
        assert (claim.upheld, adrift.city) == (True, city)
        assert not Entry.objects.unsettled().exists()

    def test_while_two_cities_claim_neither_nominates_until_the_organiser_settles(
        self, founder, coordinator, neighbour, organiser, braga, city, edition, django_capture_on_commit_callbacks
    ):
        entry = cast.eligible(founder, edition, coordinator)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            claim_entry(by=neighbour, entry=entry, city=braga, reason="It moved here.")
        assert {message.to[0] for message in mail.outbox} == {founder.email, coordinator.email, organiser.email}
        for person in (coordinator, organiser):
            with refused("nomination.contested"):
                nominate_entry(by=person, entry=entry)
        with refused("entry.city"):
            nominate_entry(by=neighbour, entry=entry)
        with refused("organiser"):
            settle_city(by=neighbour, entry=entry, city=braga, reason="Ours.")
        settle_city(by=organiser, entry=entry, city=braga, reason="The register says so.")
        claim = Claim.objects.get()
        assert (claim.upheld, claim.decided_by, claim.decision_reason) == (True, organiser, "The register says so.")
        assert nominate_entry(by=neighbour, entry=entry).city == braga

    def test_a_claim_turned_down_stays_turned_down(
        self, founder, coordinator, neighbour, organiser, braga, city, edition
    ):
        entry = cast.submitted(founder, edition)
        claim_entry(by=neighbour, entry=entry, city=braga, reason="Ours.")
        settle_city(by=organiser, entry=entry, city=city, reason="It lives there.")
        assert Claim.objects.get().upheld is False
        with refused("claim.twice"):
            claim_entry(by=neighbour, entry=entry, city=braga, reason="Still ours.")

    def test_what_can_not_be_claimed(self, founder, coordinator, neighbour, braga, city, edition):
        entry = cast.draft(founder, edition)
        with refused("claim.not_sent"):
            claim_entry(by=neighbour, entry=entry, city=braga, reason="Ours.")
        submit_entry(by=founder, entry=entry, rules_version=1)
        with refused("claim.own"):
            claim_entry(by=coordinator, entry=entry, city=city, reason="Ours.")
        with refused("claim.city"):
            claim_entry(by=coordinator, entry=entry, city=braga, reason="For a friend.")
        with refused("reason.missing"):
            claim_entry(by=neighbour, entry=entry, city=braga, reason="")
        screen_entry(by=coordinator, entry=entry, eligible=True, reason="Fine.")
        nominate_entry(by=coordinator, entry=entry)
        with refused("claim.nominated"):
            claim_entry(by=neighbour, entry=entry, city=braga, reason="Ours.")

    def test_a_city_that_is_no_member_does_not_nominate(self, adrift, organiser):
        with refused("claim.member"):
            settle_city(by=organiser, entry=adrift, city=build.city("vichy", is_member=False), reason="Nearest.")


WHO = {
    "submit": {"founder"},
    "withdraw": {"founder"},
    "reopen": {"founder"},
    "find_eligible": {"coordinator", "organiser"},
    "find_ineligible": {"coordinator", "organiser"},
    "nominate": {"coordinator", "organiser"},
    "release": {"coordinator", "organiser"},
}
ACTS = {
    "submit": lambda by, entry: submit_entry(by=by, entry=entry, rules_version=1),
    "withdraw": lambda by, entry: withdraw_entry(by=by, entry=entry, reason=""),
    "reopen": lambda by, entry: start_entry(by=by, edition=entry.edition, startup=entry.startup),
    "find_eligible": lambda by, entry: screen_entry(by=by, entry=entry, eligible=True, reason="Because."),
    "find_ineligible": lambda by, entry: screen_entry(by=by, entry=entry, eligible=False, reason="Because."),
    "nominate": lambda by, entry: nominate_entry(by=by, entry=entry),
    "release": lambda by, entry: release_nomination(by=by, entry=entry, reason="Because."),
}


@pytest.mark.parametrize("verb", sorted({verb for _, verb in ENTRY}))
@pytest.mark.parametrize("state", EntryState.values)
@pytest.mark.parametrize("role", ["founder", "coordinator", "organiser", "stranger"])
def test_who_moves_an_entry_from_which_state(role, state, verb, city, edition, request):
    """The table of states crossed with the roles: allowed exactly where both say so."""
    founder = request.getfixturevalue("founder")
    person = request.getfixturevalue(role)
    entry = build.entry(edition, cast.startup_of(founder), state, submitted_version=0, rules_version=1)
    if state == EntryState.NOMINATED:
        coordinator = request.getfixturevalue("coordinator")
        Nomination.objects.create(
            edition=edition, city=city, entry=entry, slot=1, competing_slot=1, by=coordinator, at=clock.now()
        )
    with suppress(Refusal):
        ACTS[verb](person, entry)
    entry.refresh_from_db()
    allowed = role in WHO[verb] and (state, verb) in ENTRY
    assert entry.state == (ENTRY[(state, verb)] if allowed else state)


def test_saving_is_for_the_team_alone(coordinator, founder, edition):
    entry = cast.submitted(founder, edition)
    with refused("entry.team"):
        save_draft(by=coordinator, entry=entry, version=entry.version, values={"title": "Mine"})
