#!/usr/bin/env bash
# Poppler 22.12 (Debian 12: poppler-utils, libnss3-tools) and pyHanko 0.38.0 (PyPI), Python 3.11; seen on 30 November 2026.
#
# Expected: a signature that `pdfsig -add-signature` adds, and that `pdfsig` itself calls valid over the total document, can be read by
# pyHanko with its defaults: both write and read incremental updates by the same standard (ISO 32000).
# Seen: the reader raises before it looks at the signature: "orphaned generation". Poppler gives new objects (the appearance of the
# field) generation 1 although no object of that number was ever freed. With strict=False the same file is read, intact and valid.
# Where it is met: a contract signed on a Linux desktop is "unreadable" to whoever checks it with pyHanko's defaults.
set -euo pipefail
for tool in pdfsig certutil python3; do command -v "$tool" >/dev/null || { echo "needs $tool: Debian's poppler-utils, libnss3-tools"; exit 2; }; done
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv v && v/bin/pip -q install pyHanko==0.38.0 pikepdf==10.17.0
echo "$(pdfsig -v 2>&1 | head -1)"

v/bin/python - <<'PY'
import pikepdf

document = pikepdf.new()
document.add_blank_page(page_size=(300, 200))
document.save("ours.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
PY
mkdir nss && certutil -N -d sql:nss --empty-password
head -c 2048 /dev/urandom > noise
certutil -S -d sql:nss -n signer -s "CN=A Signer" -x -t "Cu,Cu,Cu" -m 1 -v 12 -z noise -k rsa -g 2048 --keyUsage digitalSignature,nonRepudiation >/dev/null 2>&1
pdfsig -nssdir sql:nss -add-signature -nick signer ours.pdf signed.pdf >/dev/null 2>&1 || true
pdfsig -nssdir sql:nss signed.pdf 2>/dev/null > said || true
grep -q "Signature is Valid" said && grep -q "Total document signed" said || { cat said; echo "pdfsig has not signed"; exit 1; }

v/bin/python - <<'PY'
import io, sys
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

data = open("signed.pdf", "rb").read()
assert data.startswith(open("ours.pdf", "rb").read()), "the file was written anew, not added to"
try:
    PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
    strict = "read"
except PdfReadError as error:
    strict = str(error)
print("strict:", strict)
[signature] = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
nobody = ValidationContext(trust_roots=[], allow_fetching=False)
status = validate_pdf_signature(signature, nobody, nobody)
print("lenient: intact", status.intact, "valid", status.valid)
sys.exit(0 if "orphaned generation" in strict and status.intact and status.valid else 1)
PY
