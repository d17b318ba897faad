"""Looks at the digital signatures that somebody added to a PDF of ours, alone in a process with little time and memory.

`python -I pdf_signatures.py LENGTH_OF_OURS < file` writes one line of JSON: {"signatures": [{subject, issuer, fingerprint, at}]} or
{"fault": code}. Imports nothing of ours and writes no file. Faults: unreadable, unsigned (no signature was added), broken (one is not
intact), partial (the last one does not cover the whole file), changed (something else than signatures was added).
Whether a certificate can be trusted is not asked: that needs a list of whom one trusts.
"""

import io
import json
import resource
import sys

SECONDS, BYTES = 20, 1 << 30


def limit() -> None:
    """Takes away what this does not need: time, memory, written files."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def look(data: bytes, length: int) -> dict:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(io.BytesIO(data))
    ours = PdfFileReader(io.BytesIO(data[:length])).xrefs.total_revisions
    added = [found for found in reader.embedded_regular_signatures if found.signed_revision >= ours]
    if not added:
        return {"fault": "unsigned"}
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    for signature in added:
        status = validate_pdf_signature(signature, nobody, nobody, skip_diff=True)
        if not (status.intact and status.valid):
            return {"fault": "broken"}
    if added[-1].evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        return {"fault": "partial"}
    try:
        change = DEFAULT_DIFF_POLICY.review_file(reader, ours - 1)
    except SuspiciousModification:
        return {"fault": "changed"}
    if isinstance(change, SuspiciousModification) or change.modification_level > ModificationLevel.FORM_FILLING:
        return {"fault": "changed"}
    return {"signatures": [described(signature) for signature in added]}


def described(signature) -> dict:
    certificate, at = signature.signer_cert, signature.self_reported_timestamp
    return {
        "subject": certificate.subject.human_friendly[:300],
        "issuer": certificate.issuer.human_friendly[:300],
        "fingerprint": certificate.sha256.hex(),
        "at": at.isoformat() if at else "",
    }


def main() -> dict:
    data, length = sys.stdin.buffer.read(), int(sys.argv[1])
    try:
        return look(data, length)
    except Exception:  # whatever a hostile file makes of the parsers: it is not read
        return {"fault": "unreadable"}


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(main()) + "\n")
