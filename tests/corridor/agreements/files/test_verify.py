"""Anybody checks a document by its number and code, or by its file; the answer names nobody."""

import hashlib
import io

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from corridor.agreements.files.verification import verdict_on_file, verdict_on_number
from corridor.models import Agreement


@pytest.fixture
def known(organiser, stay, files):
    """The agreement of `files` as it stands in the database, with its files."""
    made = Agreement.objects.create(
        stay=stay,
        programme=stay.programme,
        year=files.frozen_year,
        number=1,
        language="en",
        code=files.code,
        state="executed",
        frozen=files.frozen,
        frozen_sha256="0" * 64,
        issued_sha256=hashlib.sha256(files.issued).hexdigest(),
        issued_at=files.at,
        executed_sha256=hashlib.sha256(files.executed).hexdigest(),
        executed_at=files.at,
        drafted_by=organiser,
        drafted_at=files.at,
    )
    made.issued_file.save("issued.pdf", ContentFile(files.issued))
    made.executed_file.save("executed.pdf", ContentFile(files.executed))
    return made


def checked(content: bytes, **given):
    verdict = verdict_on_file(SimpleUploadedFile("x.pdf", content), **given)
    return verdict.code, verdict.kind, verdict.agreement


def saved_anew(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out)
    return out.getvalue()


def test_a_file_is_known_by_all_its_bytes(known, files):
    assert checked(files.issued) == ("genuine", "issued", known)
    assert checked(files.executed) == ("genuine", "executed", known)
    assert checked(b"%PDF-1.7 something else") == ("unknown", "", None)


def test_a_file_that_was_touched_is_altered(known, files):
    assert checked(files.executed + b"\n") == ("altered", "", known)
    assert checked(files.executed.replace(b'pdfaid:part="3"', b'pdfaid:part="2"', 1)) == ("altered", "", known)
    assert checked(saved_anew(files.executed)) == ("altered", "", known)
    assert checked(b"a scan", number=known.reference, code=known.code.lower()) == ("altered", "", known)
    # Who does not know the code learns nothing.
    assert checked(b"passerelle:agreement:CORRIDOR-2027-2026-001:22222222") == ("unknown", "", None)


def without_seal(content: bytes) -> bytes:
    """Saved anew without the signature, as a program does that takes it off."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        for field in document.Root.AcroForm.Fields:
            del field.V
        document.save(out)
    return out.getvalue()


def test_how_a_file_was_touched_is_said_plainly(known, files):
    first_revision = files.executed[: files.executed.index(b"%%EOF") + 6]  # before the seal was added
    update = b"\n7 0 obj\n<< /Type /Annot >>\nendobj\nxref\n0 0\ntrailer << >>\nstartxref\n0\n%%EOF\n"
    one_byte = files.executed.replace(b'pdfaid:part="3"', b'pdfaid:part="2"', 1)
    for content, how in [
        (files.executed + update, "appended"),
        (files.issued + b"\n% more", "appended"),
        (one_byte, "changed"),
        (first_revision, "unsealed"),
        (without_seal(files.executed), "unsealed"),
        (files.executed[:-100], "cut"),
    ]:
        verdict = verdict_on_file(SimpleUploadedFile("x.pdf", content))
        assert (verdict.code, verdict.how, verdict.agreement) == ("altered", how, known)
    known.executed_file.delete()  # a file that storage has lost is no reason to fail
    assert verdict_on_file(SimpleUploadedFile("x.pdf", one_byte)).how == "changed"


def test_number_and_code_together_and_neither_alone(known):
    assert verdict_on_number(known.reference.lower(), known.code[:4] + " - " + known.code[4:]).agreement == known
    for number, code in [
        (known.reference, "22222222"),
        (known.reference, ""),
        ("CORRIDOR-2027-2026-002", known.code),
        ("x", known.code),
        ("-1-1", known.code),
        ("CORRIDOR-2027-٢-1", known.code),
        (known.reference, "é\u0000"),
        ("CORRIDOR\u0000-2026-001", known.code),
        ("CORRIDOR-9999-99999999", known.code),
    ]:
        assert verdict_on_number(number, code).code == "unknown"
    Agreement.objects.update(code="")  # from before there were codes
    assert verdict_on_number(known.reference, "").code == "unknown"


def test_page_names_nobody_and_says_what_has_become_of_it(known, client):
    address = reverse("verify_document", args=[known.reference, known.code])
    page = client.get(address).content.decode()
    assert known.issued_sha256 in page
    assert known.executed_sha256 in page
    assert "This number and this code belong to a document that we made" in page
    for name in ("Helena", "Fatou", "Cora", "Sensors", "Incubadora", "Clermont", "Braga", "example"):
        assert name not in page
    Agreement.objects.update(state="void")
    assert "made void before everybody who signs had signed. It binds nobody." in client.get(address).content.decode()
    Agreement.objects.update(state="executed")
    later = Agreement.objects.get()
    later.pk, later.number, later.supersedes = None, 2, known
    later.state = "void"
    later.save()
    assert "Another document" not in client.get(address).content.decode()
    Agreement.objects.filter(pk=known.pk).update(state="void")
    Agreement.objects.filter(pk=later.pk).update(state="executed")
    assert f"Another document has taken its place: {later.reference}," in client.get(address).content.decode()


def test_upload_over_http_in_french_and_what_is_refused(known, files, client, settings):
    client.cookies["language"] = "fr"
    sent = {"file": SimpleUploadedFile("convention.pdf", files.executed)}
    assert known.executed_sha256 in client.post(reverse("verify"), sent).content.decode()
    client.cookies["language"] = "en"
    for given, sentence in [
        ({}, "Give the number and the code, or the file."),
        ({"number": known.reference}, "Give the number and the code, or the file."),
        ({"file": SimpleUploadedFile("empty.pdf", b"")}, "The submitted file is empty."),
    ]:
        answer = client.post(reverse("verify"), given)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    settings.UPLOAD_MAX_BYTES = 1000
    answer = client.post(reverse("verify"), {"file": SimpleUploadedFile("big.pdf", files.executed)})
    assert (answer.status_code, "at most 1000\xa0bytes" in answer.content.decode()) == (422, True)


def test_nobody_tries_all_day(db, client, one_minute):
    address = reverse("verify_document", args=["CORRIDOR-2027-2026-001", "22222222"])
    assert [client.get(address).status_code for _ in range(31)] == [200] * 30 + [429]
    assert client.post(reverse("verify"), {"number": "x", "code": "y"}).status_code == 429
