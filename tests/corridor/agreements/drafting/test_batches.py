"""Agreements for a whole programme: what is missing is named for each stay, the others are drafted,
no number is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.agreements.drafting.services.batches import draft_batch, open_batch
from corridor.models import Agreement, AgreementBatch, Incubator
from network.models import User
from tests.corridor.agreements import cast
from toolkit.refusals import Forbidden, Refusal

TERMS = {"city_authority": "deliberation 2026-12", "mentor_hours": 4}


@pytest.fixture
def stays(db):
    return cast.stays(3)


@pytest.fixture
def organiser(stays):
    return User.objects.get(email="organiser@network.example")


def incomplete(stay):
    """The team of this stay has nobody whose full name is known."""
    User.objects.filter(memberships__organisation=stay.candidate.organisation).update(full_name="")


def test_one_form_drafts_all_and_names_what_the_others_lack(stays, organiser, enter):
    incomplete(stays[1])
    browser, programme = enter(organiser), stays[0].programme
    form = reverse("programme_agreements", args=[programme.pk])
    assert "3 accepted stays have no agreement yet." in browser.get(form).content.decode()
    typed = {**TERMS, "language": "en", "fee": "EUR 1 a month", "immigration": "none", "signing_order": ""}
    address = browser.post(form, typed).url
    batch = AgreementBatch.objects.get()
    assert address == reverse("agreement_batch", args=[batch.pk])
    first, second = Agreement.objects.order_by("number")
    assert [first.stay_id, second.stay_id] == [stays[0].pk, stays[2].pk]
    assert [first.number, second.number] == [1, 2]
    assert "EUR 1 a month" in str(first.frozen)
    assert "the law of the host’s country (Portugal)" in str(first.frozen)  # left empty: the usual wording
    page = browser.get(address).content.decode()
    assert "0 of 3 prepared" in page
    assert "hx-get" in page
    assert "who signs for the start-up, with a full name in the account" in page
    User.objects.filter(full_name="").update(full_name="Ines Inventor")
    browser.post(reverse("agreement_batch_again", args=[batch.pk]))
    third = Agreement.objects.get(number=3)
    assert third.stay_id == stays[1].pk
    Agreement.objects.update(state="issued")
    page = browser.get(reverse("agreement_batch_status", args=[batch.pk])).content.decode()
    assert "3 of 3 prepared" in page
    assert "hx-get" not in page
    assert "No stay waits for an agreement" in browser.get(form).content.decode()


def test_a_document_that_failed_is_prepared_again_under_its_number(stays, organiser, enter):
    batch = open_batch(by=organiser, programme=stays[0].programme, language="en", terms=TERMS)
    draft_batch(by=organiser, batch=batch)
    broken = Agreement.objects.order_by("number").first()
    Agreement.objects.filter(pk=broken.pk).update(attempts=5, failure="no font on this machine")
    browser, address = enter(organiser), reverse("agreement_batch", args=[batch.pk])
    assert "no font on this machine" in browser.get(address).content.decode()
    answer = browser.post(reverse("agreement_prepare", args=[broken.pk]), {"next": f"batch-{batch.pk}"})
    assert answer.url == address
    assert list(Agreement.objects.order_by("number").values_list("number", "attempts")) == [(1, 0), (2, 0), (3, 0)]


def test_running_it_twice_drafts_nothing_twice(stays, organiser):
    batch = open_batch(by=organiser, programme=stays[0].programme, language="en", terms=TERMS)
    assert (draft_batch(by=organiser, batch=batch), draft_batch(by=organiser, batch=batch)) == (3, 0)
    with pytest.raises(Refusal) as refusal:
        open_batch(by=organiser, programme=stays[0].programme, language="en", terms=TERMS)
    assert refusal.value.code == "batch.empty"


def test_two_languages_for_all_say_what_the_incubator_has_not_said_in_one(stays, organiser):
    terms = {**TERMS, "city_authority": {"fr": "délibération", "es": "acuerdo"}, "prevailing_language": "fr"}
    batch = open_batch(by=organiser, programme=stays[0].programme, language="fr", beside="es", terms=terms)
    assert draft_batch(by=organiser, batch=batch) == 0
    assert [line.lacks for line in batch.lines.all()] == [[["host_authority", "es"]]] * 3
    Incubator.objects.update(authority="by the statutes")  # in no language: said in all
    assert draft_batch(by=organiser, batch=batch) == 3


def test_a_batch_is_the_organiser_s(stays):
    host = User.objects.get(email="host@braga.example")
    with pytest.raises(Forbidden):
        open_batch(by=host, programme=stays[0].programme, language="en", terms=TERMS)


def test_thirty_lines_ask_as_many_queries_as_three(stays, organiser, enter):
    browser, programme = enter(organiser), stays[0].programme
    batch = open_batch(by=organiser, programme=programme, language="en", terms=TERMS)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse("agreement_batch", args=[batch.pk])).status_code == 200
        return len(asked)

    queries()
    draft_batch(by=organiser, batch=batch)
    few = queries()
    batch.lines.filter(stay=stays[0]).delete()
    batch.lines.filter(stay=stays[1]).delete()
    assert queries() == few
