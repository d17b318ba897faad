"""Each role's answer on every address of an agreement, in every state; and what the pages let one do."""

import re

import pytest
from django.urls import reverse

from corridor.agreements.signing.services.ending import void_agreement
from corridor.models import Agreement, Signature
from network.models import Message

STATES = ["drafted", "issued", "signed", "executed", "void"]
PARTIES = ["host", "startup", "city"]
READ = ["agreement", "agreement_status", "agreement_issued", "agreement_executed"]
WRITE = ["agreement_sign", "agreement_code", "agreement_void", "agreement_prepare"]


@pytest.fixture
def in_state(agreement, sign, organiser):
    """Brings the agreement into a state."""

    def bring(state):
        if state == "void":
            void_agreement(by=organiser, agreement=agreement, reason="Wrong dates")
        if state in ("signed", "executed"):
            for party in PARTIES:
                sign(party, renders=state == "executed")
        if state == "drafted":
            Agreement.objects.update(state="drafted", issued_file="", issued_at=None, issued_sha256="")
        agreement.refresh_from_db()
        return agreement

    return bring


# What insiders get; everybody else gets 404 everywhere. The organiser may void, and draft again; each party signs at
# its turn.
FILES = {
    "drafted": {"agreement_issued": 404, "agreement_executed": 404},
    "issued": {"agreement_issued": 200, "agreement_executed": 404},
    "signed": {"agreement_issued": 200, "agreement_executed": 404},
    "executed": {"agreement_issued": 200, "agreement_executed": 200},
    "void": {"agreement_issued": 200, "agreement_executed": 404},
}


@pytest.mark.parametrize("state", STATES)
def test_reading_is_for_the_parties_and_the_organiser(in_state, people, enter, client, state):
    agreement = in_state(state)
    answers, expected = {}, {}
    for name, person in people.items():
        inside = name in ("organiser", *PARTIES)
        for page in READ:
            answers[name, page] = enter(person).get(reverse(page, args=[agreement.pk])).status_code
            expected[name, page] = FILES[state].get(page, 200) if inside else 404
    assert answers == expected
    for page in READ:
        answer = client.get(reverse(page, args=[agreement.pk]))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("state", STATES)
def test_writing_is_for_whoever_may_in_that_state(in_state, people, enter, state):
    agreement = in_state(state)
    voidable = 302 if state in ("drafted", "issued") else 409
    answers, expected = {}, {}
    for name, person in people.items():
        inside = name in ("organiser", *PARTIES)
        browser = enter(person)
        typed = {
            "party": "city",  # never the one whose turn it is
            "document_sha256": agreement.issued_sha256 or "0" * 64,
            "typed_name": "Cora Coordinator",
            "consents": "on",
        }
        answers[name, "sign"] = browser.post(reverse("agreement_sign", args=[agreement.pk]), typed).status_code
        done_already = 302 if state in ("signed", "executed") else 409
        expected[name, "sign"] = {"city": done_already}.get(name, 403) if inside else 404
        answers[name, "prepare"] = browser.post(reverse("agreement_prepare", args=[agreement.pk])).status_code
        expected[name, "prepare"] = {"organiser": 409}.get(name, 403) if inside else 404
        if name != "organiser":
            answers[name, "void"] = browser.post(
                reverse("agreement_void", args=[agreement.pk]), {"reason": "x"}
            ).status_code
            expected[name, "void"] = 403 if inside else 404
    organiser = enter(people["organiser"])
    answers["organiser", "void"] = organiser.post(
        reverse("agreement_void", args=[agreement.pk]), {"reason": "x"}
    ).status_code
    expected["organiser", "void"] = voidable
    assert answers == expected


def test_everybody_lists_their_own(agreement, people, enter):
    seen = {
        name: agreement.reference in enter(person).get(reverse("agreements")).content.decode()
        for name, person in people.items()
    }
    assert seen == {name: name in ("organiser", *PARTIES) for name in people}


def test_file_is_served_as_an_attachment_that_is_not_guessed(agreement, host, enter):
    answer = enter(host).get(reverse("agreement_issued", args=[agreement.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{agreement.reference}-issued.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def test_signing_on_the_page(agreement, host, enter, django_capture_on_commit_callbacks):
    browser, address = enter(host), reverse("agreement", args=[agreement.pk])
    page = browser.get(address).content.decode()
    assert "begins on 1 March 2027" in page
    shown = {name: hidden(page, name) for name in ("party", "document_sha256")}
    assert shown == {"party": "host", "document_sha256": agreement.issued_sha256}
    sign = reverse("agreement_sign", args=[agreement.pk])
    asked = browser.post(reverse("agreement_code", args=[agreement.pk]), {"party": "host"}, follow=True)
    assert "A code is on its way to host@braga.example." in asked.content.decode()
    assert (
        "A code was sent a moment ago"
        in browser.post(reverse("agreement_code", args=[agreement.pk]), {"party": "host"}, follow=True).content.decode()
    )
    code = re.search(r"^[0-9A-Z]{6}$", Message.objects.get(kind="corridor.signing_code").text, re.MULTILINE)[0]
    shown["code"] = f" {code.lower()} "

    wrong = browser.post(sign, {**shown, "typed_name": "H. Hospede", "consents": "on"})
    assert wrong.status_code == 422
    assert "Type the name as it stands in the agreement: Helena Hóspede." in wrong.content.decode()
    assert 'value="H. Hospede"' in wrong.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(sign, {**shown, "typed_name": "Helena Hóspede", "consents": "on"})
    assert answer.status_code == 302
    again = browser.post(sign, {**shown, "typed_name": "Helena Hóspede", "consents": "on"}, follow=True)
    assert "This party has signed already." in again.content.decode()
    assert Signature.objects.filter(signed_at__isnull=False).count() == 1
    assert "document_sha256" not in browser.get(address).content.decode()


def test_home_asks_the_party_whose_turn_it_is(agreement, people, enter, sign):
    def asked() -> list[str]:
        return [
            name
            for name, person in people.items()
            if f'href="{reverse("agreement", args=[agreement.pk])}"' in enter(person).get("/home/").content.decode()
        ]

    assert asked() == ["host"]
    sign("host")
    assert asked() == ["startup"]
    sign("startup")
    assert asked() == ["city"]
    sign("city", renders=False)
    assert asked() == []


def test_a_signer_who_left_is_told_and_nothing_is_lost(agreement, host, organiser, enter):
    address = reverse("agreement", args=[agreement.pk])
    assert "was to sign for" not in enter(organiser).get(address).content.decode()
    host.memberships.all().delete()
    page = enter(organiser).get(address).content.decode()
    assert "Helena Hóspede was to sign for Incubadora Querétaro &amp; Braga, and can't any more." in page
    assert "Nobody else of" in enter(organiser).get(f"{address}signer/host/").content.decode()
    assert enter(host).get(address).status_code == 404
