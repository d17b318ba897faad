"""`make validate`: every kind of document before the validators that have the last word, outside `make test`.

Makes the documents (tests/documents, all of them), takes veraPDF and the EU's DSS by Maven (config/validators/pom.xml),
asks pyHanko's own validator beside them (config/signature_check.py), and prints what they refuse. What they said is
kept in data/validated.json, from which pages say it.
"""

import json
import logging
import lzma
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "config" / "validators"
ROOM = ROOT / "var" / "validate"
KEPT = ROOT / "data" / "validated.json"
FLAVOURS = {"3a": "PDF/A-3a (ISO 19005-3)", "ua1": "PDF/UA-1 (ISO 14289-1)"}
OLDEST_JAVA = 17
FOREIGN = ROOT / "tests" / "toolkit" / "signed"  # its README says who signed each file
GIVEN_UP = "openpdf"  # signs with adbe.pkcs7.sha1


class NotRun(Exception):
    """Why the validators could not be asked, in one sentence."""


@dataclass(frozen=True)
class Failure:
    file: str
    by: str
    said: str


def main() -> int:
    try:
        java, classpath = _java(), _classpath()
    except NotRun as reason:
        sys.stderr.write(f"The validators were not run: {reason}\n")
        return 1
    documents = _documents()
    versions = _versions()
    answers = [*_verapdf(java, classpath, documents), *_dss(java, classpath, documents), *_pyhanko(documents)]
    for one in answers:
        print(f"{one.by}\t{one.file}\t{one.said}")
    _keep(versions, documents, answers)
    print(
        f"veraPDF {versions['verapdf']}, DSS {versions['dss']} and pyHanko {versions['pyhanko']}: {len(documents)} "
        f"documents, {len(_signed(documents))} of them signed, {len(answers)} failures."
    )
    return 1 if answers else 0


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise NotRun(f"there is no Java {OLDEST_JAVA} on this machine.")
    told = subprocess.run([java, "-XshowSettings:properties", "-version"], capture_output=True, text=True).stderr
    found = next(
        (line.split("=")[1].strip() for line in told.splitlines() if "java.specification.version" in line), "0"
    )
    if int(found.split(".")[0]) < OLDEST_JAVA:
        raise NotRun(f"the Java of this machine is {found}, and they need {OLDEST_JAVA}.")
    return java


def _classpath() -> str:
    maven = shutil.which("mvn")
    if maven is None:
        raise NotRun("there is no Maven on this machine.")
    ROOM.mkdir(parents=True, exist_ok=True)
    written = ROOM / "classpath"
    written.unlink(missing_ok=True)
    command = [
        maven,
        "-q",
        "-B",
        "-f",
        str(TOOLS / "pom.xml"),
        "dependency:build-classpath",
        f"-Dmdep.outputFile={written}",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode or not written.exists():
        said = next((line for line in done.stdout.splitlines() if "ERROR" in line), "no answer")
        raise NotRun(f"Maven could not bring them ({said.strip()[:200]}).")
    return written.read_text().strip()


def _versions() -> dict[str, str]:
    named = {"m": "http://maven.apache.org/POM/4.0.0"}
    properties = ElementTree.parse(TOOLS / "pom.xml").getroot().find("m:properties", named)
    assert properties is not None
    asked = {name: properties.findtext(f"m:{name}.version", "", named) for name in ("verapdf", "dss")}
    return {**asked, "pyhanko": version("pyHanko")}


def _documents() -> list[Path]:
    """All documents that tests/documents makes, and the certificate of their seal beside them."""
    folder = ROOM / "documents"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print("Making the documents …", flush=True)
    command = [sys.executable, "-m", "pytest", "tests/documents", "-q", "-p", "no:cacheprovider"]
    made = subprocess.run(command, cwd=ROOT, env={**os.environ, "KEEP_DOCUMENTS": str(folder), "LOCAL": "1"})
    if made.returncode:
        raise SystemExit("The documents could not all be made: see above.")
    return sorted(folder.glob("*.pdf"))


def _started(java: str, classpath: str, name: str, *arguments: str) -> Iterator[list[str]]:
    command = [
        java,
        "-Djava.util.logging.config.file=/dev/null",
        "-cp",
        classpath,
        str(TOOLS / f"{name}.java"),
        *arguments,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} stopped: {done.stderr[-2000:]}")
    yield from (line.split("\t") for line in done.stdout.splitlines() if "\t" in line)


def _verapdf(java: str, classpath: str, documents: list[Path]) -> Iterator[Failure]:
    print(f"veraPDF reads {len(documents)} documents …", flush=True)
    passed = set()
    for kind, file, flavour, *rest in _started(java, classpath, "VeraPdf", *map(str, documents)):
        name = Path(file).name
        if kind == "rule":
            yield Failure(name, f"veraPDF {FLAVOURS[flavour]}", " · ".join(rest))
        else:
            passed.add((name, flavour))
    for path in documents:
        for flavour in FLAVOURS:
            if (path.name, flavour) not in passed:
                yield Failure(path.name, f"veraPDF {FLAVOURS[flavour]}", "was not read")


def _dss(java: str, classpath: str, documents: list[Path]) -> Iterator[Failure]:
    """Each sealed document: a PAdES signature that passes,
    with the seal's own certificate as the one that is trusted."""
    sealed = _signed(documents)
    certificate = _certificate(sealed[0])
    print(f"DSS reads {len(sealed)} sealed documents …", flush=True)
    seen = set()
    for kind, file, *rest in _started(java, classpath, "Dss", str(certificate), *map(str, sealed)):
        name = Path(file).name
        seen.add(name)
        if kind == "signature":
            indication, _sub, form = rest
            # The seal is ours, and PAdES; which form a program outside chooses is its own affair.
            is_right = form.startswith("PAdES-BASELINE") or "elsewhere" in name
            if indication != "TOTAL_PASSED" or not is_right:
                yield Failure(name, "DSS", " ".join(rest))
        else:
            yield Failure(name, "DSS", f"{kind} {' '.join(rest)}")
    yield from (Failure(path.name, "DSS", "was not read") for path in sealed if path.name not in seen)


def _pyhanko(documents: list[Path]) -> Iterator[Failure]:
    """Each sealed document and what it carries, and the files that programs outside have signed."""
    from config.signature_check import of_others, of_ours

    sealed, others = _signed(documents), sorted(FOREIGN.glob("*.xz"))
    certificate = _certificate(sealed[0])
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it refuses is told below, once
    print(f"pyHanko reads {len(sealed)} sealed documents and {len(others)} signed by other programs …", flush=True)
    for path in sealed:
        yield from (Failure(path.name, "pyHanko", said) for said in of_ours(path, certificate))
    for path in others:
        faults = list(of_others(lzma.decompress(path.read_bytes())))
        if path.name.startswith(GIVEN_UP):  # must not pass
            faults = [] if faults else ["a kind that PDF 2.0 gave up is taken"]
        yield from (Failure(path.name, "pyHanko", said) for said in faults)


def _signed(documents: list[Path]) -> list[Path]:
    return [path for path in documents if "executed" in path.name or "signed" in path.name]


def _certificate(sealed: Path) -> Path:
    from pyhanko.pdf_utils.reader import PdfFileReader

    with sealed.open("rb") as file:
        signer = PdfFileReader(file).embedded_signatures[0].signer_cert
        path = ROOM / "seal.der"
        path.write_bytes(signer.dump())
    return path


def _keep(versions: dict[str, str], documents: list[Path], failures: list[Failure]) -> None:
    said = {
        "on": time.strftime("%Y-%m-%d", time.gmtime()),
        **versions,
        "documents": len(documents),
        "failed": sorted({f"{one.by}: {one.file}: {one.said}" for one in failures}),
    }
    KEPT.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
