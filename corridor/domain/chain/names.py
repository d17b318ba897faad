"""Names of people, compared as people compare them."""

import unicodedata


def plain(name: str) -> str:
    """A name without regard to case, spacing and how accents are encoded."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
