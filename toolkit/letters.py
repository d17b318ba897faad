"""Letters that nothing here draws: on paper their number stands in a box, with a note,
so that no letter stops a document."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkit.fonts import draws

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


# Drawn as nothing by every renderer: joiners, what chooses a variant of the letter before, and the grapheme joiner.
SILENT = re.compile("[\u034f\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
LATIN = range(0x20, 0x250)  # in the fonts that documents bring along


def undrawn(text: str) -> list[str]:
    """The letters of `text` that documents show by their number, each once, in their order:
    without a shape or a font here."""
    found = dict.fromkeys(SILENT.sub("", text))
    return [one for one in found if has_no_shape(one) or not (ord(one) in LATIN or one.isspace() or draws(one))]


def undrawn_words(text: str) -> str:
    """Says which letters of `text` documents show by their number; empty where there are none."""
    letters = undrawn(text)
    named = [
        number_of(one)
        if has_no_shape(one)
        else _("“%(letter)s” (%(number)s)") % {"letter": one, "number": number_of(one)}
        for one in letters
    ]
    told = ngettext(
        "No font here draws %(letters)s: documents show its number in a box instead.",
        "No font here draws %(letters)s: documents show their numbers in boxes instead.",
        len(letters),
    )
    return told % {"letters": ", ".join(named)} if letters else ""


def texts_in(content: Any) -> Iterator[str]:
    """Every text of what is frozen as JSON, keys aside."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from texts_in(value)
    elif isinstance(content, Sequence):
        for value in content:
            yield from texts_in(value)


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
