"""The pages as people use them: what they type is saved, or shown again with the reason."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from contest.models import Claim, Edition, Entry, Nomination, Question, Startup
from contest.nominations.services.cities import claim_entry
from network.models import Event
from tests import build
from tests.contest import cast, pdfs
from toolkit import clock


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def edition(db):
    return build.edition()


def step(entry, name):
    return reverse("entry_step", args=[entry.pk, name])


def pitch(entry, **changes):
    kept = {
        "title": entry.title,
        "summary": entry.summary,
        "language": entry.language,
        "category": entry.category_id or "",
    }
    return {"version": entry.version, **kept, **changes}


class TestFounder:
    def test_from_nothing_to_a_submitted_entry(self, stranger, city, edition, enter):
        question = cast.ask(edition)
        browser = enter(stranger)
        response = browser.get(reverse("entry_start", args=[edition.slug]))
        assert response.url == f"{reverse('startup_new')}?edition={edition.slug}"
        profile = {"name": "River Works", "city": city.pk, "founded_on": "2024-02-29", "has_prototype": "on"}
        response = browser.post(response.url, profile)
        assert response.url == reverse("entry_start", args=[edition.slug])
        response = browser.post(response.url, {"startup": Startup.objects.get().pk})
        entry = Entry.objects.get()
        assert response.url == step(entry, "startup")
        assert browser.post(response.url, profile).url == step(entry, "pitch")
        typed = pitch(entry, title="Clean rivers", summary="Sensors.", category=edition.categories.get().pk)
        assert browser.post(step(entry, "pitch"), typed).url == step(entry, "questions")
        typed = {"version": 2, f"question_{question.pk}": "All of it."}
        assert browser.post(step(entry, "questions"), typed).url == step(entry, "files")
        typed = {"version": 3, "video_url": "https://films.example/a", "deck": pdfs.upload()}
        assert browser.post(step(entry, "files"), typed).url == step(entry, "check")
        submission = {"rules_version": 1, "accepts": "on"}
        assert browser.post(step(entry, "check"), submission).url == reverse("entry", args=[entry.pk])
        browser.post(step(entry, "check"), submission)  # a double click
        entry.refresh_from_db()
        assert (entry.state, entry.title, entry.video_url) == ("submitted", "Clean rivers", "https://films.example/a")
        assert entry.attachments.get().pages == 2
        assert Event.objects.filter(verb="submit").count() == 1

    def test_the_rules_must_be_accepted(self, founder, edition, enter):
        entry = cast.draft(founder, edition)
        response = enter(founder).post(step(entry, "check"), {"rules_version": 1})
        assert list(response.context["form"].errors) == ["accepts"]
        assert Entry.objects.get().state == "draft"

    def test_a_city_that_is_not_on_the_list(self, stranger, enter):
        values = {"name": "Far", "city": "elsewhere", "founded_on": "2024-01-01"}
        response = enter(stranger).post(reverse("startup_new"), values)
        assert response.context["form"].errors["seat"] == ["Say in which town and country your seat is."]
        enter(stranger).post(reverse("startup_new"), {**values, "seat": "Vichy, France"})
        startup = Startup.objects.get()
        assert (startup.seat, startup.organisation.city) == ("Vichy, France", None)

    def test_two_tabs_show_both_texts_and_apply_neither_by_surprise(self, founder, edition, enter):
        entry = cast.draft(founder, edition)
        browser = enter(founder)
        browser.post(step(entry, "pitch"), pitch(entry, title="From the first tab"))
        response = browser.post(step(entry, "pitch"), pitch(entry, title="From the second tab"))
        page = unescape(response.content.decode())
        assert response.status_code == 200
        assert 'value="From the second tab"' in page
        assert response.context["stale"].differences == [{"label": "Title", "kept": "From the first tab"}]
        assert "From the first tab" in page
        assert Entry.objects.get().title == "From the first tab"
        shown = response.context["form"]["version"].value()
        browser.post(step(entry, "pitch"), pitch(entry, title="From the second tab", version=shown))
        assert Entry.objects.get().title == "From the second tab"

    def test_a_deadline_that_passes_while_one_types_keeps_what_was_typed(self, founder, edition, enter):
        entry = cast.draft(founder, edition)
        with clock.at(edition.call_closes + timedelta(seconds=1)):
            response = enter(founder).post(step(entry, "pitch"), pitch(entry, summary="Two hours of work."))
        page = unescape(response.content.decode())
        assert "Two hours of work." in page
        assert "The call closed on" in page
        assert "Paris time" in page
        assert Entry.objects.get().summary == "Sensors float."

    def test_every_fault_is_beside_its_field_and_nothing_is_lost(self, founder, edition, enter):
        first, second = cast.ask(edition), cast.ask(edition, "count", kind="number")
        entry = cast.draft(founder, edition)
        typed = {"version": entry.version, f"question_{first.pk}": "x" * 60, f"question_{second.pk}": "many"}
        response = enter(founder).post(step(entry, "questions"), typed)
        assert response.context["form"].errors == {
            f"question_{first.pk}": ["60 characters: at most 50."],
            f"question_{second.pk}": ["Write a whole number, in digits."],
        }
        assert "x" * 60 in response.content.decode()

    def test_a_refused_deck_says_why_and_keeps_the_address(self, founder, edition, enter):
        entry = cast.draft(founder, edition)
        deck = pdfs.upload(pdfs.pdf(2, pdfs.javascript))
        typed = {"version": entry.version, "video_url": "https://films.example/a", "deck": deck}
        response = enter(founder).post(step(entry, "files"), typed)
        assert response.context["form"].errors["deck"] == [
            "This PDF holds JavaScript. Export it again without scripts."
        ]
        assert Entry.objects.get().video_url == "https://films.example/a"

    def test_withdrawing_and_starting_again(self, founder, edition, enter):
        entry = cast.submitted(founder, edition)
        browser = enter(founder)
        browser.post(reverse("entry_withdraw", args=[entry.pk]), {"reason": "By mistake."})
        assert Entry.objects.get().state == "withdrawn"
        browser.post(reverse("entry_start", args=[edition.slug]), {"startup": entry.startup_id})
        assert Entry.objects.get().state == "draft"

    def test_somebody_elses_ids_are_404(self, founder, edition, enter):
        entry = cast.draft(founder, edition)
        rival = enter(cast.team("Rivals", build.city("braga")))
        posts = [
            rival.post(step(entry, "pitch"), pitch(entry, title="Mine")),
            rival.post(reverse("entry_start", args=[edition.slug]), {"startup": entry.startup_id}),
            rival.post(reverse("entry_withdraw", args=[entry.pk]), {}),
            rival.post(reverse("deck_remove", args=[entry.pk])),
        ]
        assert [response.status_code for response in posts] == [404] * 4
        assert Entry.objects.get().title == "Clean rivers"


class TestCity:
    def test_checks_and_nominates(self, founder, coordinator, edition, enter):
        entry = cast.submitted(founder, edition)
        browser, address = enter(coordinator), reverse("city_entry", args=[entry.pk])
        response = browser.post(address, {"act": "screen", "eligible": "yes"})
        assert response.context["forms"]["screen"].errors == {"reason": ["This field is required."]}
        browser.post(address, {"act": "screen", "eligible": "yes", "reason": "Seen."})
        browser.post(address, {"act": "nominate", "competes": "on", "reason": "Ready."})
        browser.post(address, {"act": "nominate", "competes": "on", "reason": "Ready."})  # a double click
        assert Nomination.objects.get().competing_slot == 1
        browser.post(address, {"act": "competes"})
        assert Nomination.objects.get().competing_slot is None
        browser.post(address, {"act": "release", "reason": "Not ready."})
        assert not Nomination.objects.exists()

    def test_a_full_quota_is_said_on_the_page_and_the_reason_typed_stays(self, city, coordinator, edition, enter):
        edition.quota_sent = edition.quota_competing = 1
        edition.save()
        cast.nominated(cast.team("First", city), edition, coordinator)
        second = cast.eligible(cast.team("Second", city), edition, coordinator)
        response = enter(coordinator).post(
            reverse("city_entry", args=[second.pk]), {"act": "nominate", "reason": "The better one."}
        )
        page = unescape(response.content.decode())
        assert "Clermont-Ferrand has used its 1 place. Release it first." in page
        assert "The better one." in page

    def test_puts_nominations_in_order_by_numbers_or_a_step_at_a_time(self, city, coordinator, edition, enter):
        first, second, third = (
            cast.nominated(cast.team(f"Team {number}", city), edition, coordinator) for number in range(3)
        )
        browser, address = enter(coordinator), reverse("city_order", args=[city.slug, edition.slug])

        def order():
            return [row.entry for row in Nomination.objects.select_related("entry").order_by("slot")]

        browser.post(address, {f"place_{first.pk}": "3", f"place_{second.pk}": "1", f"place_{third.pk}": "2"})
        assert order() == [second, third, first]
        browser.post(address, {"move": f"up:{first.pk}"})
        assert order() == [second, first, third]
        browser.post(address, {"move": f"down:{second.pk}"})
        assert order() == [first, second, third]
        for nonsense in ({"move": "up:x"}, {"move": f"up:{first.pk}"}, {f"place_{first.pk}": "²"}):
            browser.post(address, nonsense)
        assert order() == [first, second, third]

    def test_claims_by_the_code_that_the_team_gave(self, founder, edition, enter):
        braga = build.city("braga")
        neighbour = cast.coordinator_of(braga)
        entry = cast.submitted(founder, edition)
        browser, address = enter(neighbour), reverse("city_claim", args=[braga.slug, edition.slug])
        response = browser.post(address, {"code": "XXXXXX", "reason": "Ours."})
        assert response.context["form"].errors == {"code": ["No submitted entry of this edition has this code."]}
        assert browser.get(reverse("city_entry", args=[entry.pk])).status_code == 404
        browser.post(address, {"code": entry.code.lower(), "reason": "It moved here."})
        assert Claim.objects.get().city == braga
        assert browser.get(reverse("city_entry", args=[entry.pk])).status_code == 200

    def test_another_citys_pages_are_404(self, founder, city, edition, enter):
        entry = cast.submitted(founder, edition)
        neighbour = enter(cast.coordinator_of(build.city("braga")))
        addresses = [
            reverse("city_entry", args=[entry.pk]),
            reverse("city_order", args=[city.slug, edition.slug]),
            reverse("city_claim", args=[city.slug, edition.slug]),
        ]
        assert [neighbour.post(address, {"act": "screen"}).status_code for address in addresses] == [404] * 3


class TestOrganiser:
    SET_UP = {
        "slug": "2028",
        "name_en": "Edition 2028",
        "name_fr": "Édition 2028",
        "time_zone": "America/Montreal",
        "call_opens": "2028-01-05T09:00",
        "call_closes": "2028-02-01T23:59",
        "nominations_close": "2028-02-20T18:00",
        "max_age_years": "8",
        "quota_sent": "5",
        "quota_competing": "3",
    }

    def test_sets_up_an_edition_in_its_own_zone_and_both_languages(self, organiser, enter):
        browser = enter(organiser)
        response = browser.post(reverse("edition_new"), self.SET_UP)
        edition = Edition.objects.get()
        assert response.url == reverse("organise_edition", args=["2028"])
        assert edition.call_closes.isoformat() == "2028-02-02T04:59:00+00:00"
        assert edition.name.data == {"en": "Edition 2028", "fr": "Édition 2028"}
        shown = browser.get(reverse("edition_set_up", args=["2028"])).context["form"]
        assert shown["call_closes"].value() == "2028-02-01T23:59"
        browser.post(reverse("edition_publish", args=["2028"]), {"public": "yes"})
        assert Edition.objects.get().is_public

    def test_saving_what_was_not_touched_changes_nothing(self, organiser, edition, enter):
        browser, address = enter(organiser), reverse("edition_set_up", args=[edition.slug])
        form = browser.get(address).context["form"]
        browser.post(address, {name: form[name].value() or "" for name in form.fields})
        kept = Edition.objects.get()
        assert (kept.call_closes, kept.nominations_close) == (edition.call_closes, edition.nominations_close)
        assert kept.rules_version == 1

    def test_faults_are_beside_their_fields(self, organiser, enter):
        bad = {**self.SET_UP, "call_closes": "2028-01-01T00:00"}
        response = enter(organiser).post(reverse("edition_new"), bad)
        assert response.context["form"].errors == {"call_closes": ["This has to be later than the date before it."]}
        # On 12 March 2028 clocks in Montreal jump from 2 to 3.
        gone = {**self.SET_UP, "nominations_close": "2028-03-12T02:30"}
        response = enter(organiser).post(reverse("edition_new"), gone)
        assert list(response.context["form"].errors) == ["nominations_close"]
        assert not Edition.objects.exists()

    def test_writes_questions_and_categories(self, organiser, enter):
        edition = build.edition(call_opens=clock.now() + timedelta(days=1), call_closes=clock.now() + timedelta(days=9))
        browser = enter(organiser)
        typed = {
            "text_en": "Which stage?",
            "text_fr": "Quel stade ?",
            "code": "stage",
            "kind": "choice",
            "max_chars": "100",
            "choices": "poc = Proof of concept = Preuve de concept\nmvp = MVP",
            "is_required": "on",
            "order": "1",
        }
        browser.post(reverse("question_new", args=[edition.slug]), typed)
        question = Question.objects.get()
        assert question.choices == [
            {"code": "poc", "name": {"en": "Proof of concept", "fr": "Preuve de concept"}},
            {"code": "mvp", "name": {"en": "MVP", "fr": "MVP"}},
        ]
        browser.post(reverse("category_new", args=[edition.slug]), {"code": "food", "name_en": "Food", "order": "2"})
        assert [category.code for category in edition.categories.all()] == ["energy", "food"]
        browser.post(reverse("question_remove", args=[edition.slug, question.pk]))
        browser.post(reverse("category_remove", args=[edition.slug, edition.categories.get(code="food").pk]))
        assert not Question.objects.exists()
        assert [category.code for category in edition.categories.all()] == ["energy"]

    def test_settles_a_city(self, founder, organiser, city, edition, enter):
        braga = build.city("braga")
        entry = cast.submitted(founder, edition)
        claim_entry(by=cast.coordinator_of(braga), entry=entry, city=braga, reason="Ours.")
        address = reverse("organise_entry", args=[edition.slug, entry.pk])
        enter(organiser).post(address, {"act": "settle", "city": braga.pk, "reason": "The register."})
        entry.refresh_from_db()
        assert entry.city == braga
