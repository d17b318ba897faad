"""Annexes of an incubator: its own people write them, and what was frozen stays."""

from django.urls import reverse

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.models import HostAnnex

TEXTS = {"version": 0, "title_en": "House rules", "text_en": "Quiet after ten."}


def test_its_own_people_write_them_and_an_agreement_keeps_what_it_had(organiser, stay, terms, incubator, host, enter):
    browser = enter(host)
    answer = browser.post(reverse("incubator_annex_new", args=[incubator.pk]), TEXTS)
    assert answer.status_code == 302
    annex = HostAnnex.objects.get()
    agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    address = reverse("incubator_annex", args=[incubator.pk, annex.pk])
    changed = {**TEXTS, "version": 1, "text_en": "Quiet after nine."}
    assert browser.post(address, changed).status_code == 302
    assert browser.post(address, changed).status_code == 422  # its version is 2 by now
    agreement.refresh_from_db()
    assert agreement.frozen["annexes"][2]["paragraphs"][0]["text"] == "Quiet after ten."
    browser.post(reverse("incubator_annex_remove", args=[incubator.pk, annex.pk]))
    assert list(incubator.annexes.filter(removed_at=None)) == []
    assert browser.get(address).status_code == 404


def test_half_an_annex_is_refused_and_nothing_typed_is_lost(incubator, host, enter):
    page = enter(host).post(reverse("incubator_annex_new", args=[incubator.pk]), {**TEXTS, "title_fr": "Règlement"})
    assert page.status_code == 422
    assert 'value="Règlement"' in page.content.decode()
    assert HostAnnex.objects.count() == 0


def test_annexes_are_nobody_else_s(incubator, people, enter):
    address = reverse("incubator_annexes", args=[incubator.pk])
    answers = {name: enter(person).get(address).status_code for name, person in people.items()}
    assert answers == {
        "organiser": 200,
        "host": 200,
        "startup": 404,
        "city": 403,
        "other host": 404,
        "other founder": 404,
        "other coordinator": 403,
        "stranger": 404,
    }
