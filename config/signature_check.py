"""What pyHanko's own validator says of signatures: those of our documents, of the files inside them,
and of other programs.

Of ours everything is asked: read strictly, intact, trusted by the seal's own certificate, over the whole file, nothing
added. Of what other programs signed that it is intact and valid, read leniently as such files have to be
(toolkit/pdf_signatures.py says why).
"""

import io
from collections.abc import Iterator
from pathlib import Path


def of_ours(path: Path, certificate: Path) -> Iterator[str]:
    """What is wrong with the signatures of a document of ours and of the signed files that it carries;
    nothing when all is right."""
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    data, seal = path.read_bytes(), Certificate.load(certificate.read_bytes())
    signatures = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
    if not signatures:
        yield "holds no signature"
    for signature in signatures:
        trusted = ValidationContext(trust_roots=[seal], allow_fetching=False)
        status = validate_pdf_signature(signature, trusted, trusted)
        if not status.bottom_line:
            yield status.summary()
        covered = "" if status.coverage is None else status.coverage.name
        if covered != "ENTIRE_FILE" or status.docmdp_ok is False:
            yield f"{covered}, {status.modification_level}"
    yield from (f"{name}: {said}" for name, inside in _signed_inside(data) for said in of_others(inside))


def of_others(data: bytes) -> Iterator[str]:
    """What is wrong with signatures that a program outside has added, whoever signed."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    signatures = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
    if not signatures:
        yield "holds no signature"
    for signature in signatures:
        themselves = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signature, themselves, themselves)
        if not (status.intact and status.valid):
            yield status.summary()


def _signed_inside(data: bytes) -> Iterator[tuple[str, bytes]]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        for name, attached in document.attachments.items():
            content = attached.get_file().read_bytes()
            if content.startswith(b"%PDF") and b"/ByteRange" in content:
                yield name, content
