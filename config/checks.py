"""What `manage.py check` says, and what `check --deploy` refuses, beyond Django's own list."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register

from config.machine import SCRIPTS, apt_command, scripts_without_font


@register(Tags.security, deploy=True)
def check_no_demo(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Ways in without a log-in belong to a demonstration on one's own machine."""
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO is on: anybody at this machine can enter as a sample person.",
            hint="Unset the environment variable DEMO.",
            id="passerelle.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_not_local(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """LOCAL loosens cookies, TLS and the secret key for a developer's machine."""
    if settings.DEMO or not settings.LOCAL:
        return []
    return [
        Error(
            "LOCAL (or DEBUG) is on: cookies travel without TLS and the secret key lies in a file.",
            hint="Unset the environment variables LOCAL and DEBUG.",
            id="passerelle.E002",
        )
    ]


@register(Tags.security, deploy=True)
def check_site_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Links in mails start with SITE_URL: it must be the public address, over TLS,
    and one that the server answers to."""
    parts = urlsplit(settings.SITE_URL)
    found: list[CheckMessage] = []
    if parts.scheme != "https":
        found.append(
            Error(
                f"SITE_URL is {settings.SITE_URL}: links in mails would not be secure.",
                hint="Set SITE_URL to an address that starts with https://.",
                id="passerelle.E003",
            )
        )
    if parts.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        found.append(
            Warning(
                f"ALLOWED_HOSTS does not name {parts.hostname}, where SITE_URL sends people.",
                hint="Add it to the environment variable ALLOWED_HOSTS.",
                id="passerelle.W001",
            )
        )
    return found


@register(Tags.security, deploy=True)
def check_proxies(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy whose word about visitors is not taken, all of them share one limit,
    and evidence names the proxy."""
    if settings.TRUSTED_PROXIES < 0:
        return [
            Error("TRUSTED_PROXIES is below 0.", hint="Set it to the number of your proxies.", id="passerelle.E005")
        ]
    if settings.SECURE_PROXY_SSL_HEADER is None or settings.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "BEHIND_TLS_PROXY is set and TRUSTED_PROXIES is 0: all visitors share one limit on logging in, and "
            "signatures record the address of the proxy.",
            hint="Set TRUSTED_PROXIES to the number of proxies in front of this server (usually 1).",
            id="passerelle.W003",
        )
    ]


@register(Tags.security, deploy=True)
def check_security_contact(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Who finds a weakness should know whom to tell."""
    if settings.SECURITY_CONTACT:
        return []
    return [
        Warning(
            "Nobody is named to tell of a weakness: /.well-known/security.txt is not there.",
            hint="Set SECURITY_CONTACT, for instance to mailto:security@example.org.",
            id="passerelle.W004",
        )
    ]


@register()
def check_fonts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A name in a script without a font is printed as numbers in boxes: better known before it is drafted."""
    missing = scripts_without_font()
    if not missing:
        return []
    kind = Info if settings.LOCAL else Warning
    return [
        kind(
            f"Names in these scripts are printed as numbers in boxes here, for want of a font: {', '.join(missing)}.",
            hint=f"Run: {apt_command(sorted({SCRIPTS[script][1] for script in missing}))}",
            id="passerelle.W002",
        )
    ]


@register(Tags.security, deploy=True)
def check_seal(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Executed agreements are sealed: without a certificate none can be made."""
    if settings.SEAL["pkcs12"] or settings.SEAL["pkcs11_module"]:
        return []
    return [
        Error(
            "There is no certificate to seal executed agreements with.",
            hint="Set SEAL_PKCS12 (and SEAL_PASSPHRASE) or SEAL_PKCS11_MODULE: see docs/settings.md.",
            id="passerelle.E004",
        )
    ]
