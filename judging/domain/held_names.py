"""What names a team, and how it is taken out of a text that a juror of a blind round reads.

Texts are compared folded: compatibility forms, case, accents, apostrophes, dashes, spaces and invisible letters make no difference
(Unicode's NFKD without combining marks, UAX #15). The names are those of the team and its people, the name without its legal
form, its first words where they are distinctive, the labels of its websites and of its own mail domains.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

ARTICLES = frozenset(
    [
        "a",
        "an",
        "the",
        "la",
        "le",
        "les",
        "l",
        "un",
        "une",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "der",
        "die",
        "das",
        "o",
        "os",
        "as",
        "project",
        "projet",
    ]
)
# Where a page of one's own is a path below somebody else's name.
SHARED_HOSTS = frozenset(
    [
        "facebook.com",
        "github.com",
        "instagram.com",
        "linkedin.com",
        "linktr.ee",
        "medium.com",
        "tiktok.com",
        "twitter.com",
        "x.com",
        "youtube.com",
    ]
)
SHORT_PART, SHORT_WORD, LONG_LABEL, LONG_NAME = 3, 4, 6, 8
LONGEST_FORM = 8  # words, where each letter has its dot
JOIN = r"[ '\-_.]?"  # between the letters of a name
INSIDE = r"['\-_.]?"  # the same where it may be a part of a longer word
GAP = r"(?:[ '\-_]{1,2}|\.)?"  # between its words
MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.\w+")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|(?<![\w@])(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>()\[\]]*)?")
HANDLE = re.compile(r"(?<![\w@./])@\w{3,}")


def fold(text: str) -> tuple[str, list[int]]:
    """The text folded, and for each of its letters the place in `text` that it comes from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold()):
            kind = unicodedata.category(part)
            if kind in ("Mn", "Cf"):
                continue
            letters.append(_plain(part, kind))
            places.append(place)
    return "".join(letters), places


def _plain(letter: str, kind: str) -> str:
    if kind == "Pd" or letter == "\N{MINUS SIGN}":
        return "-"
    if letter in "'`´ʻʼʹ‘’‛′＇":
        return "'"
    return " " if letter.isspace() else letter


def words_of(text: str) -> list[str]:
    """The words of a folded name."""
    return [word for word in re.split(r"[\W_]+", fold(text)[0]) if word]


@dataclass(frozen=True)
class Team:
    """What is known of who stands behind an entry. `domains` are registrable domains of its websites and its people's mail, without
    those of free mail; `pages` the last parts of paths below a shared host; `texts` all that the entry says, as it was typed."""

    name: str
    people: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    legal_forms: Collection[str] = frozenset()

    @cached_property
    def small(self) -> str:
        """What the team writes in small letters: plain words, not names."""
        words = [word for text in self.texts for word in re.findall(r"[^\W_]+", text)]
        return " ".join(["", *("".join(words_of(word)) if word.islower() else "·" for word in words), ""])

    def writes_small(self, words: Iterable[str]) -> bool:
        return f" {' '.join(words)} " in self.small


def read_legal_forms(lines: Iterable[str]) -> frozenset[str]:
    """The forms of data/legal_forms.txt, each folded to one word: “S.A.S.” and “SAS” are the same."""
    return frozenset(form for line in lines if not line.startswith("#") and (form := "".join(words_of(line))))


def without_legal_form(words: list[str], forms: Collection[str]) -> list[str]:
    """The words of a name without what says its legal form, at either end; never without all of them."""
    for long in range(min(len(words) - 1, LONGEST_FORM), 0, -1):
        for form, rest in ((words[-long:], words[:-long]), (words[:long], words[long:])):
            if "".join(form) in forms:
                return without_legal_form(rest, forms)
    return words


def shared_page(website: str) -> str:
    """The part of an address that names its owner where the host is shared: “greenwave” of linkedin.com/company/greenwave."""
    parts = urlsplit(website if "//" in website else f"//{website}")
    host = (parts.hostname or "").removeprefix("www.")
    steps = [step for step in parts.path.split("/") if step]
    return steps[-1].lstrip("@") if host in SHARED_HOSTS and steps else ""


class Hiding:
    """Takes a team's names out of texts.

    `spans(text)` are the places held back, `hide(text, mark)` the text with a mark in their stead, `left(text)` the addresses and
    handles that stay and may still tell.
    """

    def __init__(self, team: Team):
        loose, capital = _patterns(team)
        self._loose = re.compile("|".join(loose)) if loose else None
        self._capital = re.compile("|".join(capital)) if capital else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        folded, places = fold(text)
        ends = [*places[1:], len(text)]
        found = [(match.start(), match.end()) for match in MAIL.finditer(text)]
        for pattern, wants_capital in ((self._loose, False), (self._capital, True)):
            for match in pattern.finditer(folded) if pattern else ():
                start, end = places[match.start()], ends[match.end() - 1]
                if not (wants_capital and text[start].islower()):
                    found.append((start, max(end, start + 1)))
        for match in [*ADDRESS.finditer(text), *HANDLE.finditer(text)]:
            if any(start < match.end() and match.start() < end for start, end in found):
                found.append((match.start(), match.end()))
        return _merged(found)

    def hide(self, text: str, mark: str) -> str:
        parts, at = [], 0
        for start, end in self.spans(text):
            parts += [text[at:start], mark]
            at = end
        return "".join([*parts, text[at:]])

    def left(self, text: str) -> list[str]:
        held = self.spans(text)
        return [
            match[0]
            for pattern in (ADDRESS, HANDLE)
            for match in pattern.finditer(text)
            if not any(start < match.end() and match.start() < end for start, end in held)
        ]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _patterns(team: Team) -> tuple[list[str], list[str]]:
    """(hidden however they are written, hidden with a capital letter only), the longest first."""
    whole = words_of(team.name)
    bare = without_legal_form(whole, team.legal_forms)
    loose = [_spelt(words) for words in (whole, bare, *map(words_of, team.people)) if words]
    capital = [_spelt([word]) for name in team.people for word in _parts(words_of(name))]
    capital += [_spelt(words_of(city)) for city in team.cities if words_of(city)]
    for words in _first_words(bare):
        if not team.writes_small(words):
            (loose if _content(words) > 1 else capital).append(_spelt(words))
    if _is_long(bare):
        loose.append(INSIDE.join(map(re.escape, "".join(bare))))
    for label in {domain.split(".")[0] for domain in team.domains} | set(team.pages):
        words = words_of(label)
        if len("".join(words)) >= LONG_LABEL or (len("".join(words)) >= SHORT_WORD and not team.writes_small(words)):
            loose.append(_spelt(words, inside=len("".join(words)) >= LONG_NAME))
    loose += [re.escape(fold(domain)[0]) for domain in team.domains]
    return _longest_first(loose), _longest_first(capital)


def _spelt(words: list[str], *, inside: bool = False) -> str:
    """A pattern of folded text: the words as one, apart, or with dashes. Letters that join words to one need a bound on each side,
    but in scripts without capital letters, which write words without spaces."""
    letters = "".join(words)
    if inside:
        return INSIDE.join(map(re.escape, letters))
    join = JOIN if len(letters) >= LONG_LABEL else ""
    spelt = GAP.join(join.join(map(re.escape, word)) for word in words)
    is_cased = letters != letters.upper() or letters.isdigit()
    return spelt if not is_cased else rf"(?<![^\W_]){spelt}(?![^\W_])"


def _parts(words: list[str]) -> list[str]:
    """First names and surnames; of two letters only the last one, which is a surname."""
    long = [word for word in words if len(word) >= SHORT_PART]
    return long + [word for word in words[-1:] if len(word) == SHORT_PART - 1 and word not in ARTICLES]


def _first_words(words: list[str]) -> list[list[str]]:
    """The beginnings of a name that may stand for it: “Green Wave” of “Green Wave Energy”."""
    beginnings = [words[:count] for count in range(1, len(words))]
    return [one for one in beginnings if _content(one) > 1 or (_content(one) == 1 and len(one[-1]) >= SHORT_WORD)]


def _content(words: list[str]) -> int:
    return sum(word not in ARTICLES for word in words)


def _is_long(words: list[str]) -> bool:
    """Long enough to be found inside a longer word, as in addresses, without being a part of plain ones."""
    return len("".join(words)) >= (LONG_NAME if len(words) == 1 else LONG_LABEL)


def _longest_first(patterns: list[str]) -> list[str]:
    return sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))
