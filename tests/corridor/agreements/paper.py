"""The two files of one agreement, made once for the tests that look into them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.evidence import evidence_of
from corridor.agreements.files.pdf import executed_pdf, issued_pdf
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.models import Agreement
from network.models import User
from tests.corridor.agreements import cast
from toolkit import clock
from toolkit.seal import current_seal, seal_pdf

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Files:
    frozen: dict
    code: str
    issued: bytes
    executed: bytes
    at: datetime = AT
    frozen_year: int = AT.year


@pytest.fixture(scope="package")
def files(django_db_setup, django_db_blocker) -> Files:
    """Drafted and signed by three parties; the rows are taken back, the files are kept."""
    with django_db_blocker.unblock(), clock.at(AT), transaction.atomic():
        [stay] = cast.stays(1)
        organiser = User.objects.get(email="organiser@network.example")
        agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))
        issued = issued_pdf(agreement.content)
        Agreement.objects.update(state="issued", issued_sha256="a" * 64, issued_at=AT)
        agreement.refresh_from_db()
        for party, person in [
            ("host", "host@braga.example"),
            ("startup", "founder1@startup.example"),
            ("city", "coordinator@clermont.example"),
        ]:
            signer = User.objects.get(email=person)
            sign_agreement(
                by=signer,
                agreement=agreement,
                party=party,
                typed_name=signer.full_name,
                consents=True,
                document_sha256="a" * 64,
                code=send_signing_code(by=signer, agreement=agreement, party=party),
            )
        executed = seal_pdf(
            executed_pdf(agreement.content, evidence=evidence_of(agreement, current_seal()), issued=issued)
        )
        transaction.set_rollback(True)
    return Files(agreement.frozen, agreement.code, issued, executed)
