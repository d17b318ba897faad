"""The pages before a document is issued: who drafts, what is missing, what one waits for."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.models import Agreement, Programme
from corridor.services import draft_agreement
from tests import build
from tests.corridor.agreements import cast


def test_drafting_page_is_the_organiser_s(stay, people, enter, client):
    address = reverse("agreement_draft", args=[stay.pk])
    answers = {name: enter(person).get(address).status_code for name, person in people.items()}
    assert answers == {
        "organiser": 200,
        "host": 403,
        "startup": 403,
        "city": 403,
        "other host": 404,
        "other founder": 404,
        "other coordinator": 404,
        "stranger": 404,
    }
    assert client.get(address).status_code == 302


def test_drafting_on_the_page_lists_what_is_missing_and_keeps_what_was_typed(
    stay, incubator, terms, organiser, enter, django_capture_on_commit_callbacks
):
    incubator.authority = ""
    incubator.save()
    browser, address = enter(organiser), reverse("agreement_draft", args=[stay.pk])
    typed = {**terms, "language": "en", "law": "the law of nowhere", "court": ""}
    answer = browser.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r"<li>([^<]*)</li>", page[page.index('role="alert"') :][:800]) == [
        "by virtue of what the incubator&#x27;s signatory signs (page of the incubator)",
        "the court that decides",
    ]
    assert 'value="the law of nowhere"' in page
    incubator.authority = {"en": "a decision", "fr": "une décision"}
    incubator.save()
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(address, {**typed, "court": "the courts of Braga"})
    agreement = Agreement.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("agreement", args=[agreement.pk]))
    assert agreement.state == "issued"
    assert browser.get(address).url == answer.url


def test_page_looks_again_while_the_document_is_prepared(stay, terms, organiser, enter):
    agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    browser, address = enter(organiser), reverse("agreement_status", args=[agreement.pk])
    waiting = browser.get(address)
    assert f'hx-get="{address}"' in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    Agreement.objects.update(state="issued")
    ready = browser.get(address)
    assert "hx-get" not in ready.content.decode()
    assert ready["HX-Refresh"] == "true"


def test_list_asks_the_same_for_three_as_for_thirty(organiser, city, coordinator, host, incubator, enter):
    programme = cast.programme()
    browser = enter(organiser)

    def queries(count: int) -> int:
        for number in range(Agreement.objects.count(), count):
            founder = build.person(
                f"f{number}@x.example", f"F {number}", "founder", build.startup(f"S {number}", city).organisation
            )
            stay = cast.stay(Programme.objects.get(pk=programme.pk), incubator, founder, city)
            draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(reverse("agreements")).status_code == 200
        return len(asked)

    queries(1)
    assert queries(3) == queries(30)
