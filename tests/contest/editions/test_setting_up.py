"""Setting up an edition, and what may still change once teams have entered."""

from datetime import date, timedelta

import pytest
from django.core import mail

from contest.editions.services.editions import announce_rules_change, publish_edition, save_edition
from contest.models import Edition, Question
from contest.questions.services.categories import remove_category, save_category
from contest.questions.services.questions import remove_question, save_question
from tests import build
from tests.contest import cast
from tests.contest.cast import refused
from toolkit import clock

NAME = {"en": "Edition 2028", "fr": "Édition 2028"}


@pytest.fixture
def edition(db):
    return build.edition()


def upcoming(slug="soon") -> Edition:
    now = clock.now()
    return build.edition(
        slug, call_opens=now + timedelta(days=1), call_closes=now + timedelta(days=9), nominations_close=None
    )


class TestEdition:
    def test_only_by_the_organiser(self, coordinator, founder, edition):
        for person in (coordinator, founder):
            with refused("organiser"):
                save_edition(by=person, edition=None, slug="x", name=NAME)
            with refused("organiser"):
                publish_edition(by=person, edition=edition, is_public=False)
            with refused("organiser"):
                save_question(by=person, edition=edition, code="x", text=NAME)
            with refused("organiser"):
                save_category(by=person, edition=edition, code="x", name=NAME)

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"slug": "2027"}, "edition.slug"),
            ({"name": ""}, "edition.name"),
            ({"time_zone": "Europe/Clermont"}, "edition.time_zone"),
            ({"time_zone": "../../etc/passwd"}, "edition.time_zone"),
            ({"quota_sent": 2, "quota_competing": 3}, "edition.quota_competing"),
            ({"final_from": date(2028, 4, 2), "final_until": date(2028, 4, 1)}, "edition.final_until"),
        ],
    )
    def test_what_is_not_sound_is_refused(self, organiser, edition, fields, code):
        with refused(code):
            save_edition(by=organiser, edition=None, **{"slug": "2028", "name": NAME, **fields})
        assert Edition.objects.count() == 1

    def test_before_the_call_opens_anything_may_change_in_silence(self, organiser):
        edition = save_edition(by=organiser, edition=upcoming(), max_age_years=10, quota_sent=9)
        edition.refresh_from_db()
        assert (edition.max_age_years, edition.rules_version) == (10, 1)

    def test_once_open_a_change_of_the_rules_is_a_new_version_told_to_all_entrants(
        self, organiser, founder, city, edition, django_capture_on_commit_callbacks
    ):
        cast.submitted(founder, edition)
        cast.draft(cast.team("Writers", city), edition)
        cast.team("Idle", city)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            save_edition(by=organiser, edition=edition, final_place="Cuneo")
        assert (mail.outbox, Edition.objects.get().rules_version) == ([], 1)
        with django_capture_on_commit_callbacks(execute=True):
            save_edition(by=organiser, edition=edition, max_age_years=9)
        assert Edition.objects.get().rules_version == 2
        assert {message.to[0] for message in mail.outbox} == {founder.email, "writers@team.example"}
        assert "younger than (years)" in mail.outbox[0].body

    def test_a_call_is_never_cut_short(self, organiser, edition):
        with refused("edition.call_shortened"):
            save_edition(by=organiser, edition=edition, call_closes=edition.call_closes - timedelta(seconds=1))
        later = edition.call_closes + timedelta(days=1)
        assert save_edition(by=organiser, edition=edition, call_closes=later).call_closes == later

    def test_quotas_do_not_fall_below_what_cities_have_used(self, organiser, founder, coordinator, edition):
        cast.nominated(founder, edition, coordinator)
        with refused("edition.quota_sent_used"):
            save_edition(by=organiser, edition=edition, quota_sent=0, quota_competing=0)

    def test_an_archive_is_not_changed(self, organiser):
        archive = build.edition("old", is_archive=True)
        with refused("edition.archive"):
            save_edition(by=organiser, edition=archive, quota_sent=9)

    def test_an_edition_with_entries_stays_public_and_one_without_dates_hidden(self, organiser, founder, edition):
        cast.draft(founder, edition)
        with refused("edition.entered"):
            publish_edition(by=organiser, edition=edition, is_public=False)
        bare = save_edition(by=organiser, edition=None, slug="bare", name=NAME)
        with refused("edition.dates"):
            publish_edition(by=organiser, edition=bare, is_public=True)

    def test_layers_above_announce_their_own_changes(self, organiser, edition):
        announce_rules_change(by=organiser, edition=edition, what=["weights"], labels=["the weights"])
        assert Edition.objects.get().rules_version == 2


class TestQuestions:
    def test_codes_are_one_of_their_kind(self, organiser, edition):
        with refused("category.code"):
            save_category(by=organiser, edition=edition, code="energy", name=NAME)
        cast.ask(edition)
        with refused("question.code"):
            save_question(by=organiser, edition=edition, code="problem", text=NAME)

    def test_a_list_needs_two_choices(self, organiser):
        one = [{"code": "a", "name": {"en": "A"}}]
        for choices in ([], one, one * 2):
            with refused("question.choices"):
                save_question(
                    by=organiser,
                    edition=upcoming(f"s{len(choices)}"),
                    code="q",
                    text=NAME,
                    kind="choice",
                    choices=choices,
                )

    def test_what_was_answered_stays_asked(self, organiser, founder, edition):
        question = cast.ask(edition)
        cast.draft(founder, edition)
        with refused("question.answered"):
            remove_question(by=organiser, question=question)
        with refused("question.kind_late"):
            save_question(by=organiser, edition=edition, question=question, kind="number")
        with refused("question.max_late"):
            save_question(by=organiser, edition=edition, question=question, max_chars=49)
        with refused("category.used"):
            remove_category(by=organiser, category=edition.categories.get())
        longer = save_question(by=organiser, edition=edition, question=question, max_chars=99)
        assert (longer.max_chars, Edition.objects.get().rules_version) == (99, 2)

    def test_nothing_new_is_required_once_the_call_is_open(self, organiser, edition):
        with refused("question.required_late"):
            save_question(by=organiser, edition=edition, code="new", text=NAME, is_required=True)
        optional = save_question(by=organiser, edition=edition, code="new", text=NAME, is_required=False)
        with refused("question.required_late"):
            save_question(by=organiser, edition=edition, question=optional, is_required=True)
        assert Question.objects.get().is_required is False

    def test_moving_a_question_is_no_change_of_the_rules(self, organiser, edition):
        question = cast.ask(edition, is_required=False)
        save_question(by=organiser, edition=edition, question=question, order=7)
        assert Edition.objects.get().rules_version == 1
