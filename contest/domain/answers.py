"""What a text that people type must be."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

WHOLE_NUMBER = re.compile(r"^[+-]?[0-9]{1,15}$")


def tidy(text: str) -> str:
    """The text as it is kept and counted: line ends are one character, spaces at both ends are dropped.

    Browsers send a line end as two characters and count it as one.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True)
class Fault:
    """Why a text can't be taken: too_long, not_an_address."""

    code: str
    limit: int = 0
    length: int = 0


def is_whole_number(text: str) -> bool:
    """Digits with or without a sign and spaces between them, 15 at most."""
    return WHOLE_NUMBER.match(text.replace(" ", "")) is not None


def is_address(text: str) -> bool:
    """A web address that a reader may follow: http or https, a host with a dot, no spaces, at most 200 characters."""
    if len(text) > 200 or any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        return False
