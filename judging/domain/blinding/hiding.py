"""How what names a team (see name_patterns) is taken out of a text that a juror of a blind round reads.

Texts are compared folded (see name_letters), once with ü as u and once as ue. Mail addresses are always held back; an
address or a handle that holds a name goes as a whole.
"""

import re
from collections.abc import Iterable

from judging.domain.blinding.letters import fold
from judging.domain.blinding.patterns import Patterns, Team, longest_first

MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.\w+")
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]+|(?<![\w@])(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>()\[\]]*)?", re.IGNORECASE
)
HANDLE = re.compile(r"(?<![\w@./])@\w{3,}")
ENDS_OF_SENTENCES = ".!?:;•\n"


class Hiding:
    """Takes a team's names out of texts.

    `spans(text)` are the places held back, `hide(text, mark)` the text with a mark in their stead, `left(text)` the
    addresses and handles that stay and may still tell.
    """

    def __init__(self, team: Team) -> None:
        patterns = Patterns(team)
        self._loose = longest_first(patterns.loose)
        self._capital = longest_first(patterns.capital)
        self._inside = longest_first(patterns.inside_sentences)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """[(first, end)] in letters of the text: what names the team, and addresses that hold such a name; in order,
        none overlapping."""
        found = [(match.start(), match.end()) for match in MAIL.finditer(text)]
        plain, spelt_out = fold(text), fold(text, spelt_out=True)
        for folded, places in (plain,) if plain == spelt_out else (plain, spelt_out):
            found += self._named(text, folded, places)
        for match in [*ADDRESS.finditer(text), *HANDLE.finditer(text)]:
            if any(start < match.end() and match.start() < end for start, end in found):
                found.append((match.start(), match.end()))
        return _merged(found)

    def _named(self, text: str, folded: str, places: list[int]) -> Iterable[tuple[int, int]]:
        for pattern in (self._loose, self._capital, self._inside):
            at = 0
            while pattern and (match := pattern.search(folded, at)):
                start = places[match.start()]
                if pattern is not self._loose and text[start].islower():
                    at = match.start() + 1  # a shorter name may begin within what was no name
                    continue
                at = match.end()
                if pattern is not self._inside or not _begins_a_sentence(text, start):
                    # Accents and what is not seen belong to the letter before.
                    yield start, max(start + 1, places[match.end()] if match.end() < len(places) else len(text))

    def hide(self, text: str, mark: str) -> str:
        """The text with `mark` in place of each of them."""
        parts, at = [], 0
        for start, end in self.spans(text):
            parts += [text[at:start], mark]
            at = end
        return "".join([*parts, text[at:]])

    def left(self, text: str) -> list[str]:
        """The addresses and handles that stay in the text, as written: a person looks at them."""
        held = self.spans(text)
        return [
            match[0]
            for pattern in (ADDRESS, HANDLE)
            for match in pattern.finditer(text)
            if not any(start < match.end() and match.start() < end for start, end in held)
        ]


def _begins_a_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip(" \t\"'“«(-–")
    return not before or before[-1] in ENDS_OF_SENTENCES


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
