"""The network's seal on a finished PDF: a PAdES signature by a certificate of its own, over the whole document.

It shows that the file comes from whoever holds the certificate and has not changed since.
It replaces nobody's signature.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from toolkit.apart import apart

FIELD = "Seal"  # the empty field that toolkit.pdf leaves
SELF_MADE_YEARS = 10
TIME_STAMP_SECONDS = 20


class SealMissing(Exception):
    """No certificate is set, or the one that is set can't be used: says what to set."""


@dataclass(frozen=True)
class Seal:
    """Who seals: the certificate's subject and SHA-256, the PAdES level, and whether the machine made it for itself."""

    subject: str
    fingerprint: str
    level: str
    is_self_made: bool

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def current_seal() -> Seal:
    """The seal that the next document gets. Raises SealMissing."""
    with _signer() as signer:
        return _described(signer)


def seal_pdf(content: bytes) -> bytes:
    """`content` followed by the seal in its empty field; nothing before it changes. Raises SealMissing.

    Slow (asks a time-stamping service when one is set): never inside a transaction.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.timestamps import HTTPTimeStamper

    class Addition(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Leaves the metadata alone: written anew by pyHanko,
            their description would no longer be what PDF/A asks for."""

    address = settings.SEAL["time_stamp"]
    stamper = HTTPTimeStamper(address, timeout=TIME_STAMP_SECONDS) if address else None
    with _signer() as signer:
        asked = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=_described(signer).subject,
            reason=settings.SITE_NAME,
        )
        sealer = PdfSigner(asked, signer=signer, timestamper=stamper)
        sealed = apart(lambda: sealer.sign_pdf(Addition(io.BytesIO(content)), existing_fields_only=True))
    found: bytes = sealed.getvalue()
    return found


def _described(signer: Any) -> Seal:
    certificate = signer.signing_cert
    return Seal(
        subject=str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly),
        fingerprint=certificate.sha256.hex(),
        level="B-T" if settings.SEAL["time_stamp"] else "B-B",
        is_self_made=_is_self_made(),
    )


def _is_self_made() -> bool:
    return not settings.SEAL["pkcs12"] and not settings.SEAL["pkcs11_module"]


@contextmanager
def _signer() -> Iterator[Any]:
    """What signs: a PKCS#12 file, a PKCS#11 device, or on a developer's machine a certificate made at first use."""
    from pyhanko.sign.signers import SimpleSigner

    given = settings.SEAL
    if given["pkcs11_module"]:
        with _device() as signer:
            yield signer
        return
    path, passphrase = (given["pkcs12"], given["passphrase"]) if given["pkcs12"] else (_self_made(), "")
    signer = SimpleSigner.load_pkcs12(str(path), passphrase=passphrase.encode() or None)
    if signer is None:
        raise SealMissing(f"{path} can't be opened: check SEAL_PKCS12 and SEAL_PASSPHRASE")
    yield signer


@contextmanager
def _device() -> Iterator[Any]:
    """A session with the device, whose key never leaves it. Raises SealMissing when it doesn't answer as it is set."""
    from pkcs11.exceptions import PKCS11Error
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    given = settings.SEAL
    token = TokenCriteria(label=given["pkcs11_token"]) if given["pkcs11_token"] else None
    with ExitStack() as open_things:
        try:
            session = open_pkcs11_session(
                given["pkcs11_module"], token_criteria=token, user_pin=given["pkcs11_pin"] or None
            )
            open_things.enter_context(session)
            signer = PKCS11Signer(session, cert_label=given["pkcs11_certificate"])
            assert signer.signing_cert is not None  # read from the device now, while a refusal can be said in words
        except (PKCS11Error, PdfError, RuntimeError) as error:
            raise SealMissing(
                "the key device can't be used: check SEAL_PKCS11_MODULE, SEAL_PKCS11_TOKEN, SEAL_PKCS11_PIN and "
                f"SEAL_PKCS11_CERTIFICATE ({str(error) or type(error).__name__})"
            ) from error
        yield signer


def _self_made() -> Path:
    path = settings.SEAL_SELF_MADE
    if path is None:
        raise SealMissing("no certificate for the seal: set SEAL_PKCS12 or SEAL_PKCS11_MODULE (docs/settings.md)")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:  # readable by its owner only
            file.write(_new_certificate(settings.SITE_NAME))
        try:
            os.link(file.name, path)  # of two that come at once, the first one's stays
        except FileExistsError:
            pass
        finally:
            Path(file.name).unlink()
    return path


def _new_certificate(name: str) -> bytes:
    """A PKCS#12 file without a passphrase: a new key, and a certificate that nobody but this machine vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, f"{name}: seal made by this machine for itself"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, name),
        ]
    )
    began = datetime.now(UTC) - timedelta(days=1)
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False)
    usage |= {"encipher_only": False, "decipher_only": False}
    usage |= {"digital_signature": True, "content_commitment": True, "key_cert_sign": False}
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=365 * SELF_MADE_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, serialization.NoEncryption())
