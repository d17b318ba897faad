"""Letters that nothing here draws: on paper their number stands in a box, with a note, so that no letter stops a document."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

MARKUP = re.compile(r"(<!--.*?-->|<(?:script|style|title)\b.*?</(?:script|style|title)>|<[^>]*>)", re.DOTALL)
LANGUAGES = re.compile(r'\blang="([A-Za-z-]+)"')
LINES = "\t\n\r"


def has_no_shape(letter: str) -> bool:
    """A control character, one for private use or a noncharacter: what a font shows for it is the font's own invention.

    PDF/A-3 level A wants another text beside those for private use (ISO 19005-3, 6.2.11.7.3), and a title may not hold
    the others at all: XML 1.0 forbids them.
    """
    number = ord(letter)
    noncharacter = 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
    return noncharacter or (unicodedata.category(letter) in ("Cc", "Co", "Cs") and letter not in LINES)


def without_shapeless(text: str) -> str:
    """`text` for a title or a description, which are no drawings: letters without a shape as “U+E000”."""
    return "".join(number_of(letter) if has_no_shape(letter) else letter for letter in text)


def number_of(letter: str) -> str:
    """A letter's number as the Unicode standard writes it: “U+E000”."""
    return f"U+{ord(letter):04X}"


def shapeless(page: str) -> set[str]:
    """The letters of an HTML page's text that have no shape."""
    return {letter for letter in set(page) if has_no_shape(letter)}


def in_boxes(page: str, letters: Iterable[str], language: str) -> str:
    """An HTML page with `letters` of its body's text as numbers in boxes, and at its end what those are.

    The note speaks `language` and every other one of the page. The same page when it holds none of the letters.
    """
    head, opening, body = page.partition("<body")
    wanted = re.compile("[" + re.escape("".join(sorted(letters))) + "]") if letters else None
    if wanted is None or not wanted.search(body):
        return page
    parts = MARKUP.split(opening + body)
    parts[::2] = [wanted.sub(lambda found: _box(found[0]), text) for text in parts[::2]]  # what is between the tags
    boxed = "".join(parts)
    if boxed == opening + body:
        return page  # only in attributes, which nothing draws
    before, end, after = boxed.rpartition("</body>")
    return f"{head}{before}{_note([language, *LANGUAGES.findall(boxed)])}{end}{after}"


def _box(letter: str) -> str:
    return f'<span class="no-letter">{number_of(letter)}</span>'


def _note(languages: list[str]) -> str:
    said: dict[str, str] = {}
    for language in languages:
        with translation.override(language):
            said.setdefault(
                _(
                    "A number in a box stands for a letter that no font draws here: it is the letter’s number in the "
                    "Unicode standard. The data inside this file hold the letter itself."
                ),
                language,
            )
    paragraphs = "".join(f'<p lang="{language}">{text}</p>' for text, language in said.items())
    return f'<div class="letters-note">{paragraphs}</div>'
