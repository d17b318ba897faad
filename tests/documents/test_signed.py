"""Signed documents: evidence, chains of changes, files signed elsewhere, minutes;
names of twelve scripts among them."""

import hashlib
import io
from datetime import UTC, date, datetime
from itertools import cycle, islice

import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from config.signature_check import of_ours
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.evidence import evidence_of
from corridor.agreements.files.pdf import executed_pdf, issued_pdf
from corridor.models import Agreement, Incubator
from judging.results.minutes.document import freeze_minutes, minutes_pdf
from judging.results.services.closing import close_round
from network.models import User
from tests import build
from tests.corridor.agreements import cast
from tests.corridor.agreements.changes.conftest import execute
from tests.documents.conftest import KEPT
from tests.documents.test_templates import squeezed
from tests.names import NAMES
from tests.readers import by_poppler_in_order, by_pypdf
from toolkit import clock
from toolkit.apart import apart
from toolkit.pdf import AttachedFile
from toolkit.seal import current_seal, seal_pdf

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
ROLES = ("host@braga.example", "founder1@startup.example", "coordinator@clermont.example")
# Three names a document: twelve scripts in four, all of them where the files are kept.
TRIPLES = [tuple(islice(cycle(NAMES), first, first + 3)) for first in range(0, len(NAMES), 3)]
HARD = [("Tamil", "Thai", "Devanagari"), ("Arabic with marks and ligatures", "Khmer", "Han")]


def signed(agreement: Agreement, issued: bytes) -> Agreement:
    """As if every party had signed `issued` here, one after the other."""
    at = clock.now()
    for place in agreement.signatures.order_by("order"):
        block = next(one for one in agreement.frozen["parties"] if one["party"] == place.party)
        place.signer_name, place.signer_role = block["signatory"], block["capacity"]
        place.signed_by, place.signed_at, place.consent = agreement.drafted_by, at, block["consent"]
        place.account, place.time_zone = f"{block['signatory']} <someone@network.example>", "Europe/Paris"
        place.document_sha256 = hashlib.sha256(issued).hexdigest()
        place.second_step, place.second_step_at, place.ip_address = "mail", at, "192.0.2.7"
        place.save()
    agreement.issued_sha256, agreement.issued_at = hashlib.sha256(issued).hexdigest(), at
    return agreement


def executed(agreement: Agreement, issued: bytes, received: list[AttachedFile] | None = None) -> bytes:
    evidence = evidence_of(signed(agreement, issued), current_seal())
    made = executed_pdf(agreement.content, evidence=evidence, issued=issued, received=received or [])
    return seal_pdf(made)


def elsewhere(content: bytes, settings) -> bytes:
    """As a program outside signs it, with a certificate that nobody here knows."""
    current_seal()
    person = SimpleSigner.load_pkcs12(str(settings.SEAL_SELF_MADE))
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    return apart(lambda: sign_pdf(writer, PdfSignatureMetadata(field_name="Signature1"), signer=person)).getvalue()


def unread(content: bytes, names) -> list[tuple[str, str]]:
    """(reader, name) of names that are not in the text as they are written."""
    texts = {read.__name__: squeezed(read(content)) for read in (by_poppler_in_order, by_pypdf)}
    return [(reader, name) for reader, text in texts.items() for name in names if squeezed(name) not in text]


def drafted_by_three(scripts, language: str, beside: str = "") -> Agreement:
    names = [NAMES[script] for script in scripts]
    [stay] = cast.stays(1)
    for email, name in zip(ROLES, names, strict=True):
        User.objects.filter(email=email).update(full_name=name)
    Incubator.objects.update(signatory_name=names[0])
    stay.refresh_from_db()
    organiser = User.objects.get(email="organiser@network.example")
    return draft_agreement(
        by=organiser, stay=stay, language=language, beside=beside, terms=cast.terms(stay) | prevails(language)
    )


def prevails(language: str) -> dict:
    return {"prevailing_language": language}


@pytest.mark.sensitive
@pytest.mark.django_db
@pytest.mark.parametrize("scripts", TRIPLES if KEPT else HARD, ids="-".join)
def test_who_signed_is_read_on_the_evidence(scripts, keep):
    names = [NAMES[script] for script in scripts]
    with clock.at(AT):
        agreement = drafted_by_three(scripts, "en")
        issued = keep(f"agreement-{'-'.join(scripts)}-issued", issued_pdf(agreement.content))
        content = keep(f"agreement-{'-'.join(scripts)}-executed", executed(agreement, issued))
    assert unread(issued, names) == unread(content, names) == []


@pytest.mark.sensitive
@pytest.mark.django_db
def test_signed_elsewhere_and_side_by_side(keep, settings):
    """The issued file with a signature of somebody's own, and the executed one that carries it."""
    scripts = ("Hebrew", "Bengali", "Cyrillic")
    with clock.at(AT):
        agreement = drafted_by_three(scripts, "fr", "en")
        issued = issued_pdf(agreement.content)
        outside = keep("agreement-signed-elsewhere", elsewhere(issued, settings))
        received = AttachedFile("received.pdf", outside, "Signed elsewhere", AT, relationship="Supplement")
        content = keep("agreement-fr-en-executed-with-received", executed(agreement, issued, [received]))
    names = [NAMES[script] for script in scripts]
    assert unread(outside, names) == unread(content, names) == []


CHANGES = [
    ("extension", {"ends": date(2027, 10, 1), "text": NAMES["Tamil"]}),
    ("amendment", {"desks": 3, "text": NAMES["Thai"]}),
    ("withdrawal", {"party": "startup", "is_joint": False, "clause": "17", "reason": NAMES["Arabic"]}),
]
DURING = datetime(2027, 5, 3, 9, tzinfo=UTC)


@pytest.mark.sensitive
def test_each_document_of_a_chain(founder, host, coordinator, incubator, base, draft, keep):
    """Three changes of one agreement, the last of which ends it;
    each is sealed, and says what the one before changed."""
    for place, (kind, asked) in enumerate(CHANGES):
        by = {"by": founder} if kind == "withdrawal" else {}
        change = draft(kind, **by, **asked)
        with clock.at(change.drafted_at):
            issued = keep(f"chain-{place + 1}-{kind}-issued", issued_pdf(change.content))
            content = keep(f"chain-{place + 1}-{kind}-executed", executed(change, issued))
        assert unread(content, [asked.get("text") or asked["reason"]]) == []
        with clock.at(change.drafted_at):
            execute(change)


@pytest.mark.sensitive
@pytest.mark.parametrize("language", ["en", "fr"])
def test_minutes_with_jurors_of_every_script(stage, organiser, language, keep):
    names = list(NAMES.values())
    for place, juror in enumerate(stage.jurors):
        juror.full_name = " · ".join(names[place::3])
        juror.save()
    for cards in stage.cards:
        for card in cards:
            build.marks(card, 3, 4)
    close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    content = keep(f"minutes-{language}", minutes_pdf(freeze_minutes(stage.round, language)))
    assert unread(content, names) == []


@pytest.mark.sensitive
@pytest.mark.django_db
def test_a_letter_in_a_box(keep):
    """No font draws it: its number does, and the note speaks both languages."""
    with clock.at(AT):
        agreement = drafted_by_three(("Greek", "Hangul", "Latin"), "fr", "en")
        frozen = agreement.frozen
        frozen["parties"][0]["signatory"] = frozen["beside"]["parties"][0]["signatory"] = (
            "Odd \u0378\ue001 \U0001f469\u200d\U0001f4bb Name"
        )
        content = keep("agreement-letter-in-a-box", issued_pdf(agreement.content))
    assert (
        unread(content, ["U+0378", "U+E001", "U+1F469\u200d\U0001f4bb", "standard Unicode", "Unicode standard"]) == []
    )


@pytest.mark.django_db
def test_pyhanko_s_own_validator_takes_the_seal_and_not_what_follows_it(tmp_path):
    """As `make validate` asks it; a file with something added after its seal is told."""
    with clock.at(AT):
        agreement = drafted_by_three(("Greek", "Hangul", "Latin"), "en", "")
        content = executed(agreement, issued_pdf(agreement.content))
    path, certificate = tmp_path / "executed.pdf", tmp_path / "seal.der"
    path.write_bytes(content)
    [signature] = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures
    certificate.write_bytes(signature.signer_cert.dump())
    assert apart(lambda: list(of_ours(path, certificate))) == []
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Lang"] = pdf_string("xx")
    writer.update_root()
    writer.write(added := io.BytesIO())
    path.write_bytes(added.getvalue())
    assert apart(lambda: list(of_ours(path, certificate))) != []
