"""What a text must be to answer a question of a kind."""

import re
from collections.abc import Collection
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
    """Why a text is no answer: too_long, not_a_number, not_a_choice, not_an_address."""

    code: str
    limit: int = 0
    length: int = 0


def fault_of(text: str, *, kind: str, max_chars: int, choices: Collection[str] = ()) -> Fault | None:
    """What is wrong with a tidied text; None when nothing is. An empty text is never wrong here:
    a draft may be empty."""
    if not text:
        return None
    if kind in ("short", "long") and len(text) > max_chars:
        return Fault("too_long", limit=max_chars, length=len(text))
    if kind == "number" and not WHOLE_NUMBER.match(text.replace(" ", "")):
        return Fault("not_a_number")
    if kind == "choice" and text not in choices:
        return Fault("not_a_choice")
    if kind == "yes_no" and text not in ("yes", "no"):
        return Fault("not_a_choice")
    if kind == "address" and not is_address(text):
        return Fault("not_an_address")
    return None


def is_address(text: str) -> bool:
    """A web address that a reader may follow: http or https, a host with a dot, no spaces, at most 200 characters."""
    if len(text) > 200 or any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        return False
