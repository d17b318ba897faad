"""What the contest tells the home page, the frame and the road; and who reads an entry, with names or without."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contest import overview, road_overview
from contest.entries.services.attachments import attach_deck
from contest.entries.services.entries import submit_entry, withdraw_entry
from contest.models import Edition, Entry, Nomination
from contest.nominations.overview import entries_to_watch
from contest.nominations.services.cities import claim_entry
from contest.reads import entries
from tests import build
from tests.contest import cast, pdfs
from toolkit import clock


@pytest.fixture
def edition(db):
    return build.edition()


def titles(person):
    return [task.title for task in overview.to_do(person)]


class TestToDo:
    def test_a_founder_enters_then_finishes_then_has_nothing_to_do(self, founder, edition):
        assert titles(founder) == ["Enter Edition 2027"]
        entry = cast.draft(founder, edition)
        assert titles(founder) == ["Finish and submit your entry to Edition 2027"]
        cast.submitted(founder, edition)
        assert titles(founder) == []
        entry.refresh_from_db()
        assert overview.to_do(founder) == []

    def test_somebody_without_a_role_is_invited_to_enter_and_a_juror_city_or_organiser_is_not(
        self, stranger, coordinator, organiser, edition
    ):
        assert [titles(person) for person in (stranger, coordinator, organiser)] == [["Enter Edition 2027"], [], []]

    def test_a_coordinator_checks_then_chooses_until_cities_have_chosen(self, founder, city, coordinator, edition):
        cast.submitted(founder, edition)
        cast.eligible(cast.team("Others", city), edition, coordinator)
        assert titles(coordinator) == [
            "Check 1 entry of Clermont-Ferrand",
            "Choose whether to nominate 1 eligible entry of Clermont-Ferrand",
        ]
        assert [task.until for task in overview.to_do(coordinator)] == [edition.nominations_close] * 2
        with cast.after_choice(edition):
            assert titles(coordinator) == []

    def test_the_organiser_settles(self, founder, organiser, edition):
        entry = cast.submitted(founder, edition)
        assert titles(organiser) == []
        braga = build.city("braga")
        claim_entry(by=cast.coordinator_of(braga), entry=entry, city=braga, reason="Ours.")
        assert titles(organiser) == ["Two cities claim 1 entry: say whose it is"]
        assert [task.edition for task in overview.to_do(organiser)] == ["2027"]

    def test_the_organiser_gives_a_city_and_shows_what_is_hidden(self, founder, organiser, edition):
        entry = cast.submitted(founder, edition)
        Entry.objects.filter(pk=entry.pk).update(city=None)
        Edition.objects.update(is_public=False)
        assert titles(organiser) == [
            "1 entry has no city yet: give it one",
            "Finish the set-up, then show the edition to the public",
        ]


class TestWatch:
    def watched(self, person):
        return [task.title for task in entries_to_watch(person)]

    def test_the_organiser_sees_what_teams_and_cities_still_owe(
        self, founder, city, coordinator, organiser, stranger, edition
    ):
        cast.submitted(founder, edition)
        cast.eligible(cast.team("Others", city), edition, coordinator)
        cast.draft(cast.team("Late ones", city), edition)
        owed = ["1 entry waits for its city's check", "1 eligible entry waits for its city's choice"]
        assert self.watched(organiser) == ["Call open: 2 entries sent, 1 being written", *owed]
        with clock.at(edition.call_closes):
            assert self.watched(organiser) == owed
        with cast.after_choice(edition):
            assert self.watched(organiser) == []
        assert [self.watched(person) for person in (founder, coordinator, stranger)] == [[], [], []]

    def test_an_entry_claimed_twice_waits_for_the_organiser_not_for_a_city(self, founder, organiser, edition):
        entry = cast.submitted(founder, edition)
        braga = build.city("braga")
        claim_entry(by=cast.coordinator_of(braga), entry=entry, city=braga, reason="Ours.")
        assert self.watched(organiser) == ["Call open: 1 entry sent, 0 being written"]

    def test_many_editions_cost_no_more_queries_than_one(self, organiser, edition):
        counts = []
        overview.to_do(organiser)  # a user's roles are read once
        for more in (0, 5):
            for number in range(more):
                build.edition(slug=f"more-{number}")
            with CaptureQueriesContext(connection) as queries:
                overview.to_do(organiser)
                entries_to_watch(organiser)
            counts.append(len(queries))
        assert counts[0] == counts[1]


def test_an_edition_has_its_road(edition):
    def states():
        return [step.state for step in road_overview.edition_road(edition)]

    moments = [
        edition.call_opens - timedelta(days=1),
        edition.call_opens,
        edition.call_closes,
        edition.nominations_close,
    ]
    seen = []
    for moment in moments:
        with clock.at(moment):
            seen.append(states())
    assert seen == [
        ["now", "ahead", "ahead"],
        ["done", "now", "ahead"],
        ["done", "done", "now"],
        ["done", "done", "done"],
    ]


class TestRoad:
    def road(self, entry):
        return [step.state for step in road_overview.road(Entry.objects.get(pk=entry.pk))]

    def test_follows_the_entry(self, founder, coordinator, edition):
        entry = cast.draft(founder, edition)
        assert self.road(entry) == ["now", "ahead", "ahead"]
        cast.submitted(founder, edition)
        assert self.road(entry) == ["done", "now", "ahead"]
        cast.eligible(founder, edition, coordinator)
        assert self.road(entry) == ["done", "done", "now"]

    def test_what_can_not_happen_any_more_is_missed(self, founder, edition):
        entry = cast.submitted(founder, edition)
        with cast.after_choice(edition):
            assert self.road(entry) == ["done", "missed", "missed"]
        withdraw_entry(by=founder, entry=entry, reason="")
        assert self.road(entry) == ["done", "missed", "missed"]  # it was sent, whatever came after


class TestReaders:
    @pytest.fixture
    def reader(self, stranger, monkeypatch):
        """Somebody whom an app above lets read submitted entries, as a juror:
        with what they say, not whose they are."""

        def provide(user):
            return Q(state="nominated") if user == stranger else Q(pk__in=[])

        given = list(entries.providers("entry_readers"))
        monkeypatch.setattr(entries, "providers", lambda protocol: iter([*given, provide]))
        return stranger

    def test_an_app_above_adds_readers_who_do_not_learn_the_name(
        self, reader, founder, coordinator, edition, enter, tmp_path, settings
    ):
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
        }
        entry = cast.draft(founder, edition)
        deck = attach_deck(by=founder, entry=entry, upload=pdfs.upload(name="Sensors.pdf"))
        assert not Entry.objects.visible_to(reader).exists()
        entry.refresh_from_db()
        entry.state, entry.submitted_at = "nominated", clock.now()
        entry.save()
        Nomination.objects.create(
            edition=edition, city=entry.city, entry=entry, slot=1, competing_slot=1, by=coordinator, at=clock.now()
        )
        assert list(Entry.objects.visible_to(reader)) == [entry]
        assert not Entry.objects.known_to(reader).exists()
        response = enter(reader).get(reverse("attachment", args=[deck.pk]))
        assert response["Content-Disposition"] == f'attachment; filename="{entry.code.lower()}-deck.pdf"'
        assert enter(reader).get(reverse("entry", args=[entry.pk])).status_code == 404

    def test_whoever_is_both_organiser_and_reader_still_sees_all_that_is_sent(self, organiser, founder, edition):
        entry = cast.draft(founder, edition)
        assert list(Entry.objects.visible_to(organiser)) == []
        submit_entry(by=founder, entry=entry, rules_version=edition.rules_version)
        assert list(Entry.objects.visible_to(organiser)) == [entry]

    def test_a_visitor_sees_nothing(self, founder, edition):
        cast.submitted(founder, edition)
        assert not Entry.objects.visible_to(AnonymousUser()).exists()
        assert not Entry.objects.known_to(AnonymousUser()).exists()
        assert not Entry.objects.of_team(AnonymousUser()).exists()
