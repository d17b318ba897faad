"""From a start-up to a submitted entry, and what refuses on the way."""

from datetime import date, timedelta

import pytest
from django.core import mail

from contest.dossier.services.drafts import Stale
from contest.entries.services.drafts import save_draft
from contest.entries.services.entries import start_entry, submit_entry, withdraw_entry
from contest.entries.services.facts import missing_of
from contest.entries.services.startups import create_startup, update_startup
from contest.models import Answer, Entry, Startup
from contest.nominations.services.screening import screen_entry
from network.models import Event, Membership
from tests import build
from tests.contest import cast
from tests.contest.cast import refused
from toolkit import clock


@pytest.fixture
def edition(db):
    return build.edition()


class TestStartup:
    def test_whoever_makes_it_becomes_its_founder(self, stranger, city):
        startup = create_startup(by=stranger, name="  River   Works ", city=city, founded_on=date(2024, 2, 29))
        assert (startup.name, startup.organisation.slug, startup.seat) == ("River Works", "river-works", "")
        assert list(Membership.objects.filter(user=stranger).values_list("role", flat=True)) == ["founder"]
        assert list(Startup.objects.of_team(stranger)) == [startup]

    def test_two_of_the_same_name_are_two_if_they_are_of_different_people(self, stranger, founder, city):
        first, second = (create_startup(by=person, name="Élan", city=city) for person in (stranger, founder))
        assert first.organisation.slug == "elan"
        assert second.organisation.slug != "elan"

    def test_needs_a_place_and_a_name(self, stranger):
        with refused("startup.place"):
            create_startup(by=stranger, name="Nowhere")
        with refused("startup.name"):
            create_startup(by=stranger, name="  ", seat="Vichy, France")
        assert not Startup.objects.exists()

    def test_a_city_that_is_no_member_is_said_as_a_seat(self, stranger):
        with refused("startup.city"):
            create_startup(by=stranger, name="Far", city=build.city("vichy", is_member=False))
        assert create_startup(by=stranger, name="Far", seat="Vichy, France").organisation.city is None

    def test_only_its_team_changes_it(self, founder, stranger, city):
        with refused("startup.team"):
            update_startup(by=stranger, startup=cast.startup_of(founder), name="Taken", city=city)

    def test_a_draft_follows_its_start_up_to_another_city(self, founder, edition, city):
        entry = cast.draft(founder, edition)
        update_startup(by=founder, startup=entry.startup, name="Sensors", city=build.city("braga"))
        entry.refresh_from_db()
        assert entry.city.slug == "braga"

    def test_a_checked_entry_is_checked_again_when_the_facts_change(self, founder, coordinator, edition, city):
        entry = cast.eligible(founder, edition, coordinator)
        update_startup(
            by=founder,
            startup=entry.startup,
            name="Sensors",
            city=city,
            founded_on=date(2024, 1, 1),
            has_prototype=True,
        )
        entry.refresh_from_db()
        assert entry.state == "submitted"

    def test_what_was_judged_stays_once_the_call_is_closed(self, founder, edition, city):
        startup = cast.submitted(founder, edition).startup
        facts = {"city": city, "founded_on": startup.founded_on, "has_prototype": True}
        with cast.after_call(edition):
            with refused("startup.judged"):
                update_startup(by=founder, startup=startup, name="Sensors", **{**facts, "founded_on": date(2025, 1, 1)})
            changed = update_startup(by=founder, startup=startup, name="Sensors", description="New words.", **facts)
        assert changed.description == "New words."


class TestStart:
    def test_twice_is_one_draft(self, founder, edition):
        startup = cast.startup_of(founder)
        first, second = (start_entry(by=founder, edition=edition, startup=startup) for _ in range(2))
        assert first == second
        assert (first.state, first.city, len(first.code)) == ("draft", startup.organisation.city, 6)

    def test_only_while_the_call_is_open(self, founder, edition):
        startup = cast.startup_of(founder)
        with cast.after_call(edition), refused("call.closed"):
            start_entry(by=founder, edition=edition, startup=startup)
        with clock.at(edition.call_opens - timedelta(seconds=1)), refused("call.upcoming"):
            start_entry(by=founder, edition=edition, startup=startup)

    def test_only_by_its_team_and_for_a_public_edition(self, founder, stranger, edition):
        startup = cast.startup_of(founder)
        with refused("startup.team"):
            start_entry(by=stranger, edition=edition, startup=startup)
        with refused("edition.hidden"):
            start_entry(by=founder, edition=build.edition("hidden", is_public=False), startup=startup)

    def test_a_withdrawn_entry_begins_again_with_what_was_written(self, founder, edition):
        entry = withdraw_entry(by=founder, entry=cast.submitted(founder, edition), reason="By mistake.")
        again = start_entry(by=founder, edition=edition, startup=entry.startup)
        assert (again.pk, again.state, again.title) == (entry.pk, "draft", "Clean rivers")


class TestSave:
    def test_leaves_what_is_not_given_and_counts_versions(self, founder, edition):
        question = cast.ask(edition)
        entry = start_entry(by=founder, edition=edition, startup=cast.startup_of(founder))
        entry = save_draft(by=founder, entry=entry, version=1, values={"title": "A"}, answers={question.pk: "x\r\ny"})
        entry = save_draft(by=founder, entry=entry, version=2, values={"summary": "B"})
        assert (entry.title, entry.summary, entry.version) == ("A", "B", 3)
        assert Answer.objects.get().value == "x\ny"

    def test_a_stale_save_is_shown_never_applied(self, founder, edition):
        entry = cast.draft(founder, edition)
        save_draft(by=founder, entry=entry, version=entry.version, values={"title": "First tab"})
        with refused("entry.stale") as caught:
            save_draft(by=founder, entry=entry, version=entry.version, values={"title": "Second tab"})
        assert isinstance(caught.refusal, Stale)
        assert caught.refusal.row.title == "First tab"
        assert Entry.objects.get().title == "First tab"

    def test_the_same_save_twice_is_one(self, founder, edition):
        entry = cast.draft(founder, edition)
        for _ in range(2):
            saved = save_draft(by=founder, entry=entry, version=entry.version, values={"title": "Double click"})
        assert saved.version == entry.version + 1

    @pytest.mark.parametrize(
        ("kind", "text", "sentence"),
        [
            ("long", "x" * 51, "51 characters: at most 50."),
            ("number", "about ten", "Write a whole number, in digits."),
            ("yes_no", "maybe", "Choose one of the list."),
            ("address", "javascript:alert(1)", "Write a full web address that begins with https://"),
        ],
    )
    def test_an_answer_must_fit_its_question(self, founder, edition, kind, text, sentence):
        question = cast.ask(edition, kind=kind)
        entry = start_entry(by=founder, edition=edition, startup=cast.startup_of(founder))
        with refused("entry.answer") as caught:
            save_draft(by=founder, entry=entry, version=1, answers={question.pk: text})
        assert (str(caught.refusal), caught.refusal.field) == (sentence, f"question_{question.pk}")
        assert not Answer.objects.exists()

    def test_nothing_of_another_edition(self, founder, edition):
        other = build.edition("other")
        entry = cast.draft(founder, edition)
        with refused("entry.category"):
            save_draft(by=founder, entry=entry, version=entry.version, values={"category": other.categories.get()})
        with refused("entry.question"):
            save_draft(by=founder, entry=entry, version=entry.version, answers={cast.ask(other).pk: "12"})

    def test_too_long_a_title_and_a_video_that_is_no_address(self, founder, edition):
        entry = cast.draft(founder, edition)
        with refused("entry.title"):
            save_draft(by=founder, entry=entry, version=entry.version, values={"title": "x" * 151})
        with refused("entry.video"):
            save_draft(by=founder, entry=entry, version=entry.version, values={"video_url": "http://localhost"})

    def test_not_by_others_and_not_after_the_deadline(self, founder, stranger, organiser, edition):
        entry = cast.draft(founder, edition)
        for person in (stranger, organiser):
            with refused("entry.team"):
                save_draft(by=person, entry=entry, version=entry.version, values={"title": "Not mine"})
        with cast.after_call(edition), refused("call.closed"):
            save_draft(by=founder, entry=entry, version=entry.version, values={"title": "Too late"})

    def test_a_submitted_entry_is_submitted_again_and_stays_whole(self, founder, coordinator, edition):
        entry = cast.eligible(founder, edition, coordinator)
        with refused("entry.incomplete"):
            save_draft(by=founder, entry=entry, version=entry.version, values={"title": ""})
        with clock.at(edition.call_closes - timedelta(minutes=1)):
            again = save_draft(by=founder, entry=entry, version=entry.version, values={"title": "Better"})
        assert (again.state, again.submitted_version) == ("submitted", entry.version + 1)
        assert again.submitted_at == edition.call_closes - timedelta(minutes=1)

    def test_a_nominated_entry_stays_as_the_city_chose_it(self, founder, coordinator, edition):
        entry = cast.nominated(founder, edition, coordinator)
        with refused("entry.fixed"):
            save_draft(by=founder, entry=entry, version=entry.version, values={"title": "Other"})


class TestSubmit:
    def test_sends_accepts_the_rules_and_gives_a_receipt(self, founder, edition, django_capture_on_commit_callbacks):
        cast.ask(edition)
        entry = cast.draft(founder, edition)
        with django_capture_on_commit_callbacks(execute=True):
            entry = submit_entry(by=founder, entry=entry, rules_version=1)
        assert (entry.state, entry.rules_version, entry.submitted_by) == ("submitted", 1, founder)
        assert [message.to for message in mail.outbox] == [[founder.email]]
        assert mail.outbox[0].subject == "Received: Sensors, Edition 2027"
        assert entry.code in mail.outbox[0].body
        assert "(Paris time)" in mail.outbox[0].body

    def test_a_double_click_is_one_submission_and_one_mail(self, founder, edition, django_capture_on_commit_callbacks):
        entry = cast.draft(founder, edition)
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                submit_entry(by=founder, entry=entry, rules_version=1)
        assert Event.objects.filter(verb="submit").count() == 1
        assert len(mail.outbox) == 1

    def test_until_the_deadline_in_the_editions_zone(self, founder, edition):
        entry = cast.draft(founder, edition)
        with clock.at(edition.call_closes), refused("call.closed") as caught:
            submit_entry(by=founder, entry=entry, rules_version=1)
        assert "(Paris time)" in str(caught.refusal)
        with clock.at(edition.call_closes - timedelta(microseconds=1)):
            assert submit_entry(by=founder, entry=entry, rules_version=1).state == "submitted"

    def test_what_is_missing_is_named(self, founder, edition):
        question, optional = cast.ask(edition), cast.ask(edition, "more", is_required=False)
        entry = start_entry(by=founder, edition=edition, startup=cast.startup_of(founder))
        assert [part.field for part in missing_of(entry)] == ["title", "summary", "category", f"question_{question.pk}"]
        assert optional.pk not in {part.field for part in missing_of(entry)}
        with refused("entry.incomplete") as caught:
            submit_entry(by=founder, entry=entry, rules_version=1)
        assert str(caught.refusal) == ("This is still missing: the title; the pitch; the category; What about problem?")

    def test_only_the_rules_in_force_are_accepted(self, founder, edition):
        entry = cast.draft(founder, edition)
        edition.rules_version = 2
        edition.save()
        with refused("entry.rules"):
            submit_entry(by=founder, entry=entry, rules_version=1)

    def test_only_by_its_team(self, founder, coordinator, organiser, stranger, edition):
        entry = cast.draft(founder, edition)
        for person in (coordinator, organiser, stranger):
            with refused("entry.team"):
                submit_entry(by=person, entry=entry, rules_version=1)


class TestWithdraw:
    def test_frees_the_place_and_tells_the_city(
        self, founder, coordinator, edition, django_capture_on_commit_callbacks
    ):
        entry = cast.nominated(founder, edition, coordinator)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_entry(by=founder, entry=entry, reason="We were bought.")
        assert not edition.nominations.exists()
        assert Event.objects.get(verb="withdraw").before == {"state": "nominated", "slot": 1, "competing_slot": 1}
        assert sorted(message.to[0] for message in mail.outbox) == [coordinator.email, founder.email]
        assert "We were bought." in mail.outbox[0].body

    def test_a_draft_is_withdrawn_without_a_word_to_anybody(self, founder, edition, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_entry(by=founder, entry=cast.draft(founder, edition), reason="")
        assert mail.outbox == []

    def test_not_once_the_edition_is_over_and_not_by_others(self, founder, stranger, edition):
        entry = cast.submitted(founder, edition)
        with refused("entry.team"):
            withdraw_entry(by=stranger, entry=entry, reason="")
        edition.results_published_at = edition.nominations_close
        edition.save()
        with cast.after_choice(edition), refused("edition.over"):
            withdraw_entry(by=founder, entry=entry, reason="")

    def test_screening_a_withdrawn_entry_is_refused(self, founder, coordinator, edition):
        entry = withdraw_entry(by=founder, entry=cast.submitted(founder, edition), reason="")
        with refused("state.find_eligible"):
            screen_entry(by=coordinator, entry=entry, eligible=True, reason="Too late.")
