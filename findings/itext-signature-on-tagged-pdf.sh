#!/usr/bin/env bash
# iText Core 8.0.5 (Maven: com.itextpdf) and pyHanko 0.38.0 (PyPI), on a tagged PDF of WeasyPrint 70.0 (PyPI); Java 17, Python 3.11;
# seen on 30 November 2026.
#
# Expected: an invisible signature that iText adds in append mode is form filling to pyHanko's difference policy, on a tagged document as
# on an untagged one: the signature is the only thing that was added.
# Seen: both are "suspicious" by default, because iText frees a number that it reserved and never used. With freeing allowed the untagged
# file passes and the tagged one does not: iText gives the signature's field a place in the structure tree and the parent tree, as PDF/UA
# wants of a field, and no rule of the policy knows that. Both signatures are intact and valid.
# Where it is met: accessible documents (PDF/UA, PDF/A level A) come back signed by a program built on iText and are called changed.
set -euo pipefail
for tool in java javac mvn python3; do command -v "$tool" >/dev/null || { echo "needs $tool"; exit 2; }; done
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv v && v/bin/pip -q install pyHanko==0.38.0 weasyprint==70.0 pikepdf==10.17.0 || { echo "needs PyPI"; exit 2; }
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version>
<dependencies>
<dependency><groupId>com.itextpdf</groupId><artifactId>sign</artifactId><version>8.0.5</version></dependency>
<dependency><groupId>com.itextpdf</groupId><artifactId>bouncy-castle-adapter</artifactId><version>8.0.5</version></dependency>
</dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Sign.java <<'JAVA'
import com.itextpdf.kernel.pdf.*;
import com.itextpdf.signatures.*;
import java.io.*;
import java.security.*;
import java.security.cert.Certificate;

public class Sign {
  public static void main(String[] names) throws Exception {
    Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new FileInputStream("keys.p12"), "secret".toCharArray());
    PrivateKey key = (PrivateKey) keys.getKey("signer", "secret".toCharArray());
    Certificate[] chain = keys.getCertificateChain("signer");
    for (String name : names) {
      PdfSigner signer = new PdfSigner(new PdfReader(name + ".pdf"), new FileOutputStream(name + "-signed.pdf"), new StampingProperties().useAppendMode());
      signer.signDetached(new PrivateKeySignature(key, "SHA-256", "BC"), chain, null, null, null, 0, PdfSigner.CryptoStandard.CADES);
    }
  }
}
JAVA
keytool -genkeypair -alias signer -keyalg RSA -keysize 2048 -dname "CN=A Signer" -ext KeyUsage=digitalSignature,nonRepudiation -validity 365 \
  -storetype PKCS12 -keystore keys.p12 -storepass secret >/dev/null 2>&1
v/bin/python - <<'PY'
import pikepdf
from weasyprint import HTML

page = HTML(string='<html lang="en"><title>Contract</title><h1>Contract</h1><p>Two desks.</p></html>')
page.write_pdf("tagged.pdf", pdf_variant="pdf/ua-1", uncompressed_pdf=True)
page.write_pdf("plain.pdf", uncompressed_pdf=True)
for name in ("tagged.pdf", "plain.pdf"):  # an empty form: pyHanko compares forms, and wants one in both revisions
    with pikepdf.open(name, allow_overwriting_input=True) as document:
        document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=[], SigFlags=3))
        document.save(name)
PY
javac -cp 'lib/*' Sign.java && java -cp '.:lib/*' Sign tagged plain 2>/dev/null

v/bin/python - 2>/dev/null <<'PY'
import sys
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel, StandardDiffPolicy
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

nobody = ValidationContext(trust_roots=[], allow_fetching=False)
lenient = StandardDiffPolicy(DEFAULT_DIFF_POLICY.global_rules, DEFAULT_DIFF_POLICY.form_rule, reject_object_freeing=False)
seen = {}
for name in ("plain", "tagged"):
    with open(f"{name}-signed.pdf", "rb") as file:
        reader = PdfFileReader(file)
        [signature] = reader.embedded_regular_signatures
        status = validate_pdf_signature(signature, nobody, nobody, skip_diff=True)
        assert status.intact and status.valid
        for policy, label in ((DEFAULT_DIFF_POLICY, "default"), (lenient, "freeing allowed")):
            found = policy.review_file(reader, reader.xrefs.total_revisions - 2)
            seen[name, label] = found.modification_level.name if isinstance(found, DiffResult) else str(found).split("\n")[-1]
for key, value in seen.items():
    print(*key, ":", value)
fine = ModificationLevel.FORM_FILLING.name
sys.exit(0 if "freed" in seen["plain", "default"] and seen["plain", "freeing allowed"] == fine and "StructTreeRoot" in seen["tagged", "freeing allowed"] else 1)
PY
