"""Signing outside the site: a digital signature on our file, byte for byte;
a copy on paper, page by page, by a named person."""

import hashlib
import io
import subprocess
from dataclasses import replace
from functools import partial

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from corridor.agreements.files.pdf import issued_pdf
from corridor.agreements.files.views import verdict_on_file
from corridor.agreements.signing.services.outside import Finding, pages_of, record_comparison, sign_by_file, upload_copy
from corridor.agreements.signing.services.signing import Proof
from corridor.domain.terms.content import Content
from corridor.models import PaperCopy
from network.models import Message
from tests import build, door
from toolkit import clock, pdf_signatures
from toolkit.apart import apart
from toolkit.refusals import Refusal
from toolkit.seal import current_seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(settings):
    """signed(content): as a program elsewhere signs it, with a certificate that nobody here knows."""
    current_seal()
    person = SimpleSigner.load_pkcs12(str(settings.SEAL_SELF_MADE))

    def sign(content: bytes, field: str = "Signature1") -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        return apart(lambda: sign_pdf(writer, PdfSignatureMetadata(field_name=field), signer=person)).getvalue()

    return sign


def with_another_first_page(content: bytes) -> bytes:
    """An update that is added to the file and empties its first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    pages = writer.root["/Pages"]["/Kids"]
    pages[0]["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(pages.raw_get(0))
    writer.write(out := io.BytesIO())
    return out.getvalue()


def pdf(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("signed.pdf", content, "application/pdf")


def refused(act, **values) -> str:
    with pytest.raises(Refusal) as refusal:
        act(**values)
    return refusal.value.code


def test_what_was_added_to_our_file_is_told_apart(files, signed):
    ours = issued_pdf(
        replace(Content.from_data(files.frozen), clauses=(), annexes=())
    )  # short: what is compared is everything
    good = signed(ours)
    told = {
        name: apart(partial(pdf_signatures.look, content, len(ours))).get("fault", "signed")
        for name, content in {
            "one signature": good,
            "two signatures": signed(good, "Signature2"),
            "none": ours,
            "a page changed, then signed": signed(with_another_first_page(ours)),
            "signed, then a page changed": with_another_first_page(good),
            "signed, then renamed": ours + good[len(ours) :].replace(b"(Signature1)", b"(Signature9)"),
        }.items()
    }
    assert told == {
        "one signature": "signed",
        "two signatures": "signed",
        "none": "unsigned",
        "a page changed, then signed": "changed",
        "signed, then a page changed": "partial",
        "signed, then renamed": "broken",
    }


def test_one_party_signs_elsewhere_one_on_paper_one_here(
    agreement, sign, signed, host, founder, organiser, private_files, enter, tools, django_capture_on_commit_callbacks
):
    issued = (private_files / agreement.issued_file.name).read_bytes()
    given = {"by": host, "agreement": agreement, "party": "host", "proof": Proof("mail", clock.now())}
    assert refused(sign_by_file, **{**given, "proof": None}, upload=pdf(issued)) == "agreement.proof"
    assert refused(sign_by_file, **given, upload=pdf(b"%PDF-1.7 another")) == "outside.other"
    assert refused(sign_by_file, **{**given, "by": founder}, upload=pdf(issued)) == "agreement.party"
    content, browser = signed(issued), enter(host)
    address = reverse("agreement_signed_file", args=[agreement.pk])
    answer = browser.post(address, {"party": "host", "file-file": pdf(content)})
    assert "Confirm first that it is you" in answer.content.decode()  # whoever holds the session alone does not sign
    door.prove_by_mail(browser, host)
    answer = browser.post(address, {"party": "host", "file-file": pdf(content)}, follow=True)
    assert "lies on our document. You have signed." in answer.content.decode()

    # On paper: as many pages, then a person says of each page what they saw.
    scan = private_files / "scan.pdf"
    with pikepdf.open(io.BytesIO(issued)) as document:
        pages = len(document.pages)
        blank = pikepdf.new()
        for _ in range(pages):
            blank.add_blank_page()
        blank.save(scan)
    given = {"by": founder, "agreement": agreement, "party": "startup", "proof": Proof("mail", clock.now())}
    assert refused(upload_copy, **{**given, "proof": None}, upload=pdf(scan.read_bytes())) == "agreement.proof"
    short = pikepdf.new()
    short.add_blank_page()
    short.save(one := io.BytesIO())
    assert refused(upload_copy, **given, upload=pdf(one.getvalue())) == "copy.pages"
    copy = upload_copy(**given, upload=pdf(scan.read_bytes()))
    assert refused(upload_copy, **given, upload=pdf(scan.read_bytes())) == "copy.waiting"
    asked = Message.objects.filter(kind="corridor.copy_to_compare").values_list("to_email", flat=True)
    assert list(asked) == ["organiser@network.example"]
    same = [Finding(page, True) for page in range(1, pages + 1)]
    assert refused(record_comparison, by=founder, copy=copy, findings=same) == "forbidden"
    assert refused(record_comparison, by=organiser, copy=copy, findings=same[1:]) == "copy.findings"
    assert refused(record_comparison, by=organiser, copy=copy, findings=[Finding(1, False), *same[1:]]) == "copy.note"
    record_comparison(by=organiser, copy=copy, findings=[Finding(1, False, "Another date."), *same[1:]])
    assert "Page 1: Another date." in Message.objects.get(kind="corridor.copy_differs").text
    assert agreement.signatures.filter(signed_at__isnull=False).count() == 1

    # A colleague may send the paper, and nothing else: the founder who is named has signed it by hand.
    clerk = build.person("clerk@sensors.example", "Clara Clerk", "founder", agreement.stay.candidate.organisation)
    assert refused(sign_by_file, **{**given, "by": clerk}, upload=pdf(content)) == "agreement.signer"
    assert refused(sign_by_file, **{**given, "by": host}, upload=pdf(content)) == "agreement.party"
    assert refused(upload_copy, **{**given, "by": host}, upload=pdf(scan.read_bytes())) == "agreement.party"
    office, sent = enter(clerk), {"party": "startup", "paper-file": pdf(scan.read_bytes())}
    assert "You don’t sign by sending it" in office.get(reverse("agreement", args=[agreement.pk])).content.decode()
    door.prove_by_mail(office, clerk)
    answer = office.post(reverse("agreement_paper", args=[agreement.pk]), sent, follow=True)
    assert f"then the signature of {founder.full_name} counts" in answer.content.decode()
    place = agreement.signatures.filter(party="startup")
    copy = PaperCopy.objects.get(signature__in=place, state="waiting")
    place.update(signatory=organiser)  # whose signature it is does not compare it either
    assert refused(record_comparison, by=organiser, copy=copy, findings=same) == "forbidden"
    place.update(signatory=founder)
    copy = PaperCopy.objects.get(pk=copy.pk)
    browser, address = enter(organiser), reverse("paper_copy", args=[agreement.pk, copy.pk])
    tools("pdftoppm", "apt-get install poppler-utils")
    picture = browser.get(reverse("paper_copy_picture", args=[agreement.pk, copy.pk, "issued", 1]))
    assert picture.content.startswith(b"\x89PNG")
    assert browser.post(address, {"page_1": "same"}).status_code == 422
    seen = {f"page_{page}": "same" for page in range(1, pages + 1)} | {"note_2": "A stain."}
    assert "Your comparison is recorded." in browser.post(address, seen, follow=True).content.decode()
    assert enter(founder).get(address).status_code == 403
    assert [(one.signed_by, one.signer_name, one.account) for one in place] == [
        (founder, founder.full_name, "Clara Clerk <clerk@sensors.example>")
    ]

    sign("city")
    assert agreement.state == "executed"
    evidence = agreement_text(private_files / agreement.executed_file.name)
    for words in (
        "was not checked",
        "Odile Organiser compared the scan with the issued document page by page",
        "Page 2: A stain.",
        "was sent from the account of Clara Clerk",
        hashlib.sha256(content).hexdigest(),
    ):
        assert words in evidence
    with pikepdf.open(private_files / agreement.executed_file.name) as document:
        held = {str(file.UF): (str(file.AFRelationship), file.EF.F.read_bytes()) for file in document.Root.AF}
    reference = agreement.reference
    assert held[f"{reference}-host-received.pdf"] == ("/Supplement", content)
    assert held[f"{reference}-startup-received.pdf"] == ("/Supplement", scan.read_bytes())
    assert held[f"{reference}-issued.pdf"] == ("/Source", issued)
    assert verdict_on_file(pdf(content)).kind == "received"
    assert (PaperCopy.objects.count(), pages_of(agreement)) == (2, pages)


def agreement_text(path) -> str:
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split())
