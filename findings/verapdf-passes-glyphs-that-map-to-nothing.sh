#!/usr/bin/env bash
# veraPDF 1.30.1 (org.verapdf:validation-model), WeasyPrint 70.0, pikepdf 10.17.0, font @fontsource/noto-sans-thai 5.3.0; 30 November 2026.
# Guess, written first: PDF/A-3 level A asks that every character shown leads to Unicode (ISO 19005-3, 6.2.11.7.2), so veraPDF refuses a
#   file whose ToUnicode maps shown glyphs to the empty string, and with it a Thai name that no reader finds again.
# Seen: the file passes PDF/A-3a without a failed rule. The rule asks that there is a mapping; an empty one is one.
# Where one meets it: "checked with veraPDF" says nothing about whether names can be searched, copied or read aloud; test the text itself.
# Needs Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0), Python 3.11, Node.js 20 with npm, Java 17 and Maven; ends with 2 without them.
set -euo pipefail
for tool in npm java mvn; do command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 2; }; done
ldconfig -p | grep libpangoft2-1.0 >/dev/null || { echo "libpangoft2-1.0-0 is missing"; exit 2; }
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT; cd "$room"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check weasyprint==70.0 pikepdf==10.17.0
npm install --silent --no-audit --no-fund @fontsource/noto-sans-thai@5.3.0 >/dev/null
cat > make.py <<'PY'
from pathlib import Path
import pikepdf
from weasyprint import HTML
page = """<html lang="th"><title>Name</title><style>@font-face { font-family: T;
src: url(node_modules/@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff2) } p { font: 20pt T }</style><p>กำธร</p></html>"""
HTML(string=page, base_url=str(Path.cwd()) + "/").write_pdf("name.pdf", pdf_variant="pdf/a-3a")
with pikepdf.open("name.pdf") as file:
    maps = [font.ToUnicode.read_bytes() for font in file.pages[0].Resources.Font.values()]
assert any(b"<>" in one for one in maps), "every glyph that is shown leads to a letter now"
PY
venv/bin/python make.py
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version>
<dependencies><dependency><groupId>org.verapdf</groupId><artifactId>validation-model</artifactId><version>1.30.1</version></dependency></dependencies></project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath -Dmdep.outputFile=classpath >/dev/null
cat > Check.java <<'JAVA'
import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
public class Check {
    public static void main(String[] given) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (var in = new FileInputStream("name.pdf"); var parser = Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFA_3_A)) {
            var result = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_3_A, false).validate(parser);
            result.getTestAssertions().forEach(one -> System.out.println(one.getRuleId().getClause() + " " + one.getStatus()));
            System.out.println(result.isCompliant() ? "passed" : "refused");
        }
    }
}
JAVA
java -cp "$(cat classpath)" Check.java 2>/dev/null | tee said
[ "$(tail -1 said)" = passed ] || { echo "veraPDF refuses it now"; exit 1; }
echo "as found on 30 November 2026"
