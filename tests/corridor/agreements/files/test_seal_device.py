"""The seal of a key device: SoftHSM, a PKCS#11 device made of software, holds the key, which never leaves it."""

import io
import os
import subprocess
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.corridor.agreements.files.test_seal import (
    pdfsig,  # noqa: F401
    unsealed,  # noqa: F401
)
from toolkit.seal import SealMissing, current_seal, seal_pdf

pytestmark = pytest.mark.django_db
PIN, TOKEN, CERTIFICATE = "4321", "passerelle", "seal"


@pytest.fixture(scope="session")
def module(tools, tmp_path_factory) -> str:
    """The device's library, with an empty token in a folder of the tests' own. Read once per process:
    so once per session."""
    tool = tools("softhsm2-util", "apt-get install softhsm2")
    library = next(path for path in Path("/usr/lib").glob("**/libsofthsm2.so"))
    folder = tmp_path_factory.mktemp("device")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    made = [tool, "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "87654321"]
    subprocess.run(made, check=True, capture_output=True)
    return str(library)


@pytest.fixture
def device(module, settings):
    """The settings of a network whose key and certificate lie in the device:
    those that a machine made for itself, moved there."""
    import pkcs11
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    own = current_seal()
    key, certificate, _chain = pkcs12.load_key_and_certificates(Path(settings.SEAL_SELF_MADE).read_bytes(), None)
    form = (serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    about = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: CERTIFICATE, pkcs11.Attribute.ID: b"\x01"}
    with pkcs11.lib(module).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
        for row in list(session.get_objects()):
            row.destroy()
        session.create_object({**decode_rsa_private_key(key.private_bytes(*form)), **about})
        der = certificate.public_bytes(serialization.Encoding.DER)
        session.create_object({**decode_x509_certificate(der), **about})
    settings.SEAL = {
        **settings.SEAL,
        "pkcs11_module": module,
        "pkcs11_token": TOKEN,
        "pkcs11_pin": PIN,
        "pkcs11_certificate": CERTIFICATE,
    }
    settings.SEAL_SELF_MADE = None  # nothing but the device is left to seal with
    return own


@pytest.mark.sensitive
def test_a_key_device_seals(files, device, pdfsig):  # noqa: F811
    assert (current_seal().fingerprint, current_seal().is_self_made) == (device.fingerprint, False)
    bare = unsealed(files)
    sealed = seal_pdf(bare)
    assert sealed.startswith(bare)
    said = pdfsig(sealed)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    with pikepdf.open(io.BytesIO(sealed)) as document:
        assert str(document.Root.AcroForm.Fields[0].V.SubFilter) == "/ETSI.CAdES.detached"


@pytest.mark.sensitive
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pkcs11_module", "/nowhere/at/all.so"),
        ("pkcs11_pin", "0000"),
        ("pkcs11_token", "another"),
        ("pkcs11_certificate", "another"),
    ],
)
def test_a_device_that_does_not_answer_as_set_is_said_in_words(device, settings, name, value):
    settings.SEAL = {**settings.SEAL, name: value}
    with pytest.raises(SealMissing, match="SEAL_PKCS11"):
        current_seal()
