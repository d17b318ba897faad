"""The pages before a document is issued: who drafts, what is missing, what one waits for."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.models import Agreement, Programme
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


def lacking(page: str) -> list[tuple[str, str]]:
    """(where it is filled in, what is missing) of each line of the list."""
    alert = page[page.index('role="alert"') :].partition("</ul>")[0]
    return re.findall(r'<li><a href="([^"]*)">([^<]*)</a></li>', alert)


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
    assert lacking(page) == [
        (
            reverse("incubator_edit", args=[incubator.pk]),
            "by virtue of what the incubator&#x27;s signatory signs (page of the incubator)",
        ),
        ("#id_court", "the court that decides"),
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


def test_two_languages_are_asked_for_side_by_side_and_what_was_typed_stays(stay, terms, organiser, enter):
    browser, address = enter(organiser), reverse("agreement_draft", args=[stay.pk])
    typed = {**terms, "language": "fr", "beside": "es", "was_language": "en", "mentor": "Maria", "do": "languages"}
    page = browser.post(address, typed).content.decode()
    for field, value in [
        ("mentor", "Maria"),
        ("city_authority", "deliberation 2026-12 of the council"),
        ("fee", "à titre gratuit"),  # the usual English words have gone
        ("fee__es", "a título gratuito"),
    ]:
        assert re.search(rf'name="{field}" value="{value}"', page), field
    answer = browser.post(address, {**typed, "do": "draft", "prevailing_language": "fr", "host_authority__es": ""})
    assert answer.status_code == 422
    assert [where for where, _what in lacking(answer.content.decode())] == [
        f"#id_{name}__es"
        for name in (
            "host_authority",
            "startup_capacity",
            "startup_authority",
            "city_capacity",
            "city_authority",
            "fee",
            "law",
            "court",
        )
    ]


def test_preview_shows_the_document_and_writes_nothing(stay, terms, organiser, enter, private_files):
    browser, address = enter(organiser), reverse("agreement_draft", args=[stay.pk])
    page = browser.post(address, {**terms, "language": "en", "do": "preview"})
    assert page.status_code == 200
    assert "PREVIEW: not issued" in page.content.decode()
    assert "keeps 2\xa0desks for the team" in page.content.decode()
    file = browser.post(address, {**terms, "language": "en", "do": "pdf"})
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    back = browser.post(address, {**terms, "language": "en", "mentor": "Maria", "do": "edit"})
    assert 'value="Maria"' in back.content.decode()
    assert Agreement.objects.count() == 0
    assert list(private_files.rglob("*.pdf")) == []


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
