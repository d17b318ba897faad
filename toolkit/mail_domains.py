"""Mail domains, compared up to the one that somebody registers: mail.corp.example and corp.example are one firm's.

What is registrable follows from the Public Suffix List (https://publicsuffix.org) in the edition that the locked
package `publicsuffixlist` brings: firm.co.uk is registrable, co.uk is not. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # reads ten thousand rules

    return PublicSuffixList()


def host_of(address: str) -> str:
    """The domain of a mail address, or a domain as it is, in small letters,
    spelt in ASCII (“müller.de” as “xn--mller-kva.de”)."""
    host = address.rpartition("@")[2].strip().strip(".").lower()
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:  # a label that no registry would take: compared as it is
        return host


@cache
def registrable(host: str) -> str:
    """The domain at or above `host` that somebody registers;
    "" where there is none (a public suffix, one word): it is nobody's."""
    return _suffixes().privatesuffix(host) or ""


def roots_of(addresses: Iterable[str], free_mail: frozenset[str]) -> frozenset[str]:
    """The registrable domains of mail addresses or domains, without free-mail services,
    which say nothing of an employer."""
    hosts = {host for address in addresses if (host := host_of(address))}
    return frozenset(root for host in hosts for root in [registrable(host)] if root and not {host, root} & free_mail)


def ladder_of(addresses: Iterable[str], free_mail: frozenset[str]) -> frozenset[str]:
    """Every domain at or above those of mail addresses: they lie under a root exactly if it is one of these."""
    hosts = {host for address in addresses if (host := host_of(address))}
    return frozenset(
        ".".join(labels[n:])
        for host in hosts
        if not {host, registrable(host)} & free_mail
        for labels in [host.split(".")]
        for n in range(len(labels))
    )


def spellings_of(root: str) -> tuple[str, ...]:
    """A domain in ASCII, and as people write it where that differs."""
    try:
        written = root.encode("ascii").decode("idna")
    except UnicodeError:
        return (root,)
    return (root,) if written == root else (root, written)
