"""The network's seal: valid, over the whole document, gone or broken when somebody touched it;
with a time-stamp when one is set."""

import io
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest

from toolkit.seal import SealMissing, current_seal, seal_pdf

pytestmark = pytest.mark.django_db  # the files are made in the database


@pytest.fixture
def pdfsig(tools, tmp_path):
    """pdfsig(content): what Poppler says about the signatures in it."""
    tool = tools("pdfsig", "apt-get install poppler-utils")

    def say(content: bytes) -> str:
        path = tmp_path / "sealed.pdf"
        path.write_bytes(content)
        return subprocess.run([tool, "-nocert", str(path)], capture_output=True, text=True).stdout

    return say


@pytest.mark.sensitive
def test_poppler_says_that_the_seal_is_valid_and_covers_everything(files, pdfsig):
    said = pdfsig(files.executed)
    for words in (
        "Signature Field Name: Seal",
        "Signature Type: ETSI.CAdES.detached",
        "Total document signed",
        "Signature Validation: Signature is Valid.",
    ):
        assert words in said
    assert said.count("Signature #") == 1


@pytest.mark.sensitive
def test_poppler_says_when_a_word_was_changed_or_something_was_added(files, pdfsig):
    changed = files.executed.replace(b'pdfaid:part="3"', b'pdfaid:part="2"')
    assert "Signature is Valid" not in pdfsig(changed)
    with pikepdf.open(io.BytesIO(files.executed)) as document:
        document.save(anew := io.BytesIO())
    assert "Signature is Valid" not in pdfsig(anew.getvalue())


def test_seal_is_in_the_tree_of_tags_with_words_and_adds_after_the_last_byte(files):
    with pikepdf.open(io.BytesIO(files.executed)) as document:
        [field] = document.Root.AcroForm.Fields
        assert (str(field.FT), str(field.T), str(field.TU)) == ("/Sig", "Seal", "Seal of the network")
        assert [float(edge) for edge in field.Rect] == [0, 0, 0, 0]
        assert (field.F & 4, str(field.V.SubFilter)) == (4, "/ETSI.CAdES.detached")
        owners = document.Root.StructTreeRoot.ParentTree.Nums
        owner = next(owners[at + 1] for at in range(0, len(owners), 2) if owners[at] == field.StructParent)
        assert (str(owner.S), owner.K[0].Obj.objgen) == ("/Form", field.objgen)
        assert document.Root.Metadata.read_bytes().count(b"pdfuaid:part") == 1


def test_certificate_is_made_once_and_readable_by_its_owner_only(settings, tmp_path):
    settings.SEAL_SELF_MADE = tmp_path / "new" / "seal.p12"
    first = current_seal()
    assert (first, first.is_self_made, first.level) == (current_seal(), True, "B-B")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["seal.p12"]
    assert (tmp_path / "new" / "seal.p12").stat().st_mode & 0o777 == 0o600
    settings.SEAL = {**settings.SEAL, "pkcs12": str(tmp_path / "new" / "seal.p12")}
    assert (current_seal().fingerprint, current_seal().is_self_made) == (first.fingerprint, False)


def test_without_a_certificate_it_says_what_to_set(settings, tmp_path):
    settings.SEAL_SELF_MADE = None
    with pytest.raises(SealMissing, match="set SEAL_PKCS12 or SEAL_PKCS11_MODULE"):
        current_seal()
    wrong = tmp_path / "wrong.p12"
    wrong.write_bytes(b"no certificate")
    settings.SEAL = {**settings.SEAL, "pkcs12": str(wrong)}
    with pytest.raises(SealMissing, match="check SEAL_PKCS12 and SEAL_PASSPHRASE"):
        current_seal()


@pytest.fixture
def time_stamps(settings):
    """A time-stamping service over HTTP, with the test's own certificate; yields the requests that it answered."""
    from asn1crypto import tsp
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps import DummyTimeStamper

    current_seal()
    own = SimpleSigner.load_pkcs12(str(settings.SEAL_SELF_MADE))
    stamper, answered = DummyTimeStamper(own.signing_cert, own.signing_key), []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answered.append(asked)
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SEAL = {**settings.SEAL, "time_stamp": f"http://127.0.0.1:{server.server_port}/"}
        yield answered
        server.shutdown()


@pytest.mark.sensitive
def test_time_stamp_stands_in_the_seal(files, time_stamps):
    assert current_seal().level == "B-T"
    before = len(time_stamps)
    with pikepdf.open(io.BytesIO(seal_pdf(unsealed(files)))) as document:
        held = bytes(document.Root.AcroForm.Fields[0].V.Contents)
    assert len(time_stamps) > before
    assert bytes.fromhex("060b2a864886f70d010910020e") in held  # id-aa-timeStampToken, RFC 3161 appendix A


def unsealed(files) -> bytes:
    """The executed file as it was before its seal, which is added at its end."""
    return files.executed[: files.executed.index(b"%%EOF") + 6]
