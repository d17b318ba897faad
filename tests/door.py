"""Getting in and proving again, over HTTP, as a person does it with the mails of the outbox."""

import hashlib
import re
import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from network.models import Message, User

SECRET = "JBSWY3DPEHPK3PXP"


def last_code(address: str) -> str:
    """The code of the last mail to an address: alone on its line."""
    text = Message.objects.filter(to_email=address).latest("pk").text
    found = re.search(r"^([A-Z0-9]+(-[A-Z0-9]+)*)$", text, re.MULTILINE)
    assert found, text
    return found[1]


def prove_by_mail(browser: Client, user: User) -> None:
    """Proves once more who one is, by the code sent to the present address."""
    browser.post("/accounts/reauthenticate/code/", {"recipient": user.email})
    answer = browser.post("/accounts/reauthenticate/code/confirm/", {"code": last_code(user.email)})
    assert answer.status_code == 302, answer.content.decode()


def app_of(user: User) -> None:
    TOTP.activate(user, SECRET)


def app_code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def prove_by_app(browser: Client) -> None:
    assert browser.post("/accounts/2fa/reauthenticate/", {"code": app_code()}).status_code == 302


def passkey_of(user: User) -> None:
    """A passkey as a browser registers it; nobody holds its key any more."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AttestedCredentialData.create(Aaguid.NONE, b"sixteen bytes id", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    held = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 0, data)
    said = CollectedClientData.create("webauthn.create", b"challenge", "https://testserver")
    response = AuthenticatorAttestationResponse(
        client_data=said, attestation_object=AttestationObject.create("none", held, {})
    )
    WebAuthn.add(user, "Phone", dict(RegistrationResponse(raw_id=b"sixteen bytes id", response=response)))
