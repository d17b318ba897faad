"""Names with letters that nothing draws: everybody signs, the evidence comes out, and what fails has a way out."""

import subprocess

import pytest
from django.urls import reverse

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.services.rendering import render_owed
from corridor.agreements.signing.services.ending import prepare_again, void_agreement
from corridor.models import Agreement
from network.models import Message
from toolkit.refusals import Refusal

NO_FONT = "\u0378"  # a place that Unicode has given to no letter
PRIVATE = "\ue001"


def text_of(path) -> str:
    command = ["pdftotext", "-layout", str(path), "-"]
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.fixture
def odd(founder, stay):
    """The founder's profile name holds two letters that no font draws,
    and the start-up and its host's place one each."""
    founder.full_name = f"Fadila {NO_FONT}{PRIVATE} Founder"
    founder.save()
    body = stay.candidate.organisation
    body.name = f"Dynamo {NO_FONT}"
    body.save()
    stay.candidate.name = body.name
    stay.candidate.save()
    stay.incubator.address = f"Rua de Zalău {PRIVATE}"
    stay.incubator.save()
    return founder


@pytest.mark.sensitive
def test_a_signer_whose_name_no_font_draws_signs_and_the_evidence_comes_out(odd, agreement, sign, private_files):
    for party in ("host", "startup", "city"):
        sign(party)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.failure) == ("executed", "")
    name = "Fadila U+0378 U+E001 Founder"
    for file in (agreement.issued_file, agreement.executed_file):
        text = text_of(private_files / file.name)
        assert name in text
        assert "Dynamo U+0378" in text
        assert "Rua de Zalău U+E001" in text
        assert "A number in a box stands for a letter that no font draws here" in text
    assert f"{name} <founder@" in text  # the account that signed, on the pages of evidence
    assert agreement.frozen["parties"][1]["signatory"] == odd.full_name  # the data keep the letters themselves


TOLD = "No font here draws “\u0378” (U+0378): documents show its number in a box instead."
ALL_TOLD = "No font here draws “\u0378” (U+0378), U+E001: documents show their numbers in boxes instead."


def test_it_is_told_at_the_field_where_a_name_is_typed(founder, enter, stay):
    """Taken and kept, in one go; the profile shows itself again, another page gets a message."""
    client = enter(founder)
    place = reverse("profile")
    sent = {"full_name": f"Fadila {NO_FONT}{PRIVATE}", "language": "en", "time_zone": "Europe/Paris"}
    page = client.post(place, sent, follow=True).content.decode()
    founder.refresh_from_db()
    assert founder.full_name == sent["full_name"]
    field = page[page.index('id="id_full_name_helptext"') :]
    assert ALL_TOLD in field[: field.index("</div>")]
    assert page.count(ALL_TOLD) == 2  # and as a message
    sent["full_name"] = "Fadila Founder"
    assert "No font here draws" not in client.post(place, sent, follow=True).content.decode()
    sent = {
        "people-TOTAL_FORMS": 1,
        "people-INITIAL_FORMS": 0,
        "people-0-name": f"Bo {NO_FONT}",
        "people-0-nationality": "FR",
    }
    page = client.post(reverse("stay_people", args=[stay.pk]), sent, follow=True).content.decode()
    assert TOLD in page
    assert TOLD in client.get(reverse("stay_people", args=[stay.pk])).content.decode()


def test_a_name_that_is_refused_is_told_once_it_is_taken_and_in_the_reader_s_language(founder, enter):
    client = enter(founder)
    sent = {"full_name": f"Fadila {NO_FONT}", "language": "xx", "time_zone": "Europe/Paris"}
    answer = client.post(reverse("profile"), sent)
    assert (answer.status_code, answer.content.decode().count(TOLD)) == (200, 1)  # at the field alone
    page = client.post(reverse("profile"), {**sent, "language": "fr"}, follow=True).content.decode()
    assert "Aucune police d’ici ne dessine «\xa0\u0378\xa0» (U+0378)" in page


def test_the_organiser_reads_it_before_a_document_is_issued(odd, organiser, stay, terms, enter):
    sent = {**terms, "do": "preview", "language": "en"}
    page = enter(organiser).post(reverse("agreement_draft", args=[stay.pk]), sent).content.decode()
    assert ALL_TOLD in page
    assert page.index(ALL_TOLD) < page.index("Issue the agreement")


@pytest.mark.sensitive
def test_an_account_renamed_before_signing_is_drawn_too(agreement, sign, founder, private_files):
    """The document names “Fadila Founder”; the account is called otherwise when it signs, and the evidence says so."""
    named = founder.full_name
    founder.full_name = f"Fadila {PRIVATE}"
    founder.save()
    sign("host")
    sign("startup", typed_name=named)
    sign("city")
    assert agreement.state == "executed"
    assert "Fadila U+E001 <founder@" in text_of(private_files / agreement.executed_file.name)


@pytest.fixture
def failed(agreement, sign):
    """All have signed, and the executed copy can't be made:
    the issued file on the disk is not the one that was signed."""
    for party in ("host", "startup"):
        sign(party)
    sign("city", renders=False)
    agreement.issued_file.storage.delete(agreement.issued_file.name)
    agreement.issued_file.storage.save(agreement.issued_file.name, _file(b"another one"))
    for _ in range(6):
        render_owed(10)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.has_failed) == ("signed", True)
    return agreement


def _file(content):
    from django.core.files.base import ContentFile

    return ContentFile(content)


def test_a_document_that_fails_says_why_to_the_organiser_at_home_and_by_mail(failed, organiser, founder, enter):
    reason = "the issued file is not the one that was signed"
    [message] = Message.objects.filter(kind="corridor.agreement_failed")
    assert message.to_email == organiser.email
    assert reason in message.text
    assert reverse("agreement", args=[failed.pk]) in message.text
    home = enter(organiser).get(reverse("home")).content.decode()
    assert reason in home
    assert f'href="{reverse("agreement", args=[failed.pk])}"' in home
    assert reason not in enter(founder).get(reverse("home")).content.decode()
    prepare_again(by=organiser, agreement=failed)  # tried again in vain: told again
    for _ in range(6):
        render_owed(10)
    assert Message.objects.filter(kind="corridor.agreement_failed").count() == 2


def test_an_agreement_that_all_signed_and_that_fails_can_be_made_void_and_drafted_anew(
    failed, organiser, terms, enter, django_capture_on_commit_callbacks
):
    page = enter(organiser).get(reverse("agreement", args=[failed.pk])).content.decode()
    assert reverse("agreement_void", args=[failed.pk]) in page
    assert reverse("agreement_prepare", args=[failed.pk]) in page
    void_agreement(by=organiser, agreement=failed, reason="The file was lost.")
    assert Message.objects.filter(kind="corridor.agreement_void").count() == 3  # all three had signed
    with django_capture_on_commit_callbacks(execute=True):
        again = draft_agreement(by=organiser, stay=failed.stay, language="en", terms=terms)
    again.refresh_from_db()
    assert (again.state, again.supersedes) == ("issued", failed)


def test_while_the_executed_copy_is_being_prepared_nobody_makes_it_void(agreement, sign, organiser):
    for party in ("host", "startup"):
        sign(party)
    sign("city", renders=False)
    with pytest.raises(Refusal) as refusal:
        void_agreement(by=organiser, agreement=agreement, reason="A second thought.")
    assert refusal.value.code == "agreement.all_signed"
    render_owed(10)
    assert Agreement.objects.get(pk=agreement.pk).state == "executed"
