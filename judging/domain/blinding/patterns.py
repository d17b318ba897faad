"""What names a team, as patterns of folded text (see name_letters)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from judging.domain.blinding.letters import fold, is_cased, literal, without_legal_form, words_of

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
AND = ("and", "et", "und", "y", "e", "i", "og", "och", "en", "plus")
SIGN = "&"  # stands among a name's words where it has the sign or a plus
SHORT_PART, SHORT_WORD, LONG_WORD, LONG_LABEL, LONG_NAME = 3, 4, 5, 6, 8
JOIN = r"[^\w.,;:!?]{0,2}\.?"  # between the letters of a name
INSIDE = r"['\-.]?"  # the same where it may be a part of a longer word
GAP = r"(?:[^\w.,;:!?]{0,4}|\.)"  # between its words
SAID = rf"(?:{GAP}(?:{'|'.join(AND)})(?![^\W_]))?"  # the sign itself is a gap


@dataclass(frozen=True)
class Team:
    """What is known of who stands behind an entry. `domains` are registrable domains of its websites and its people's
    mail, without those of free mail; `pages` the steps of paths below a shared host; `texts` all that the entry says,
    as it was typed. Of `plain_words` (folded) none tells a team by itself."""

    name: str
    people: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    legal_forms: Collection[str] = frozenset()
    plain_words: Collection[str] = frozenset()

    @cached_property
    def small(self) -> str:
        """What the team writes in small letters: plain words, not names."""
        words = [word for text in self.texts for word in re.findall(r"[^\W_]+", text)]
        return " ".join(["", *("".join(words_of(word)) if word.islower() else "·" for word in words), ""])

    def writes_small(self, words: Iterable[str]) -> bool:
        """Whether the team's own texts have these words, one after the other, in small letters."""
        return f" {' '.join(word for word in words if word != SIGN)} " in self.small

    def are_plain(self, words: Iterable[str]) -> bool:
        """The words are nobody's own: often used or short, or, where no list of words is at hand,
        written small by the team."""
        words = list(words)
        if not self.plain_words:
            return self.writes_small(words)
        return all(len(word) < SHORT_WORD or word.isdigit() or word in self.plain_words for word in words)


class Patterns:
    """`loose`: hidden however it is written; `capital`: with a capital letter only; `inside_sentences`:
    so, and not as the first word of one."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.loose: set[str] = set()
        self.capital: set[str] = set()
        self.inside_sentences: set[str] = set()
        for spelt_out in (False, True):  # Müller and Mueller
            self._name(spelt_out)
            for person in team.people:
                self._person(person, spelt_out)
            self.capital |= {spelt(words) for city in team.cities if (words := words_of(city, spelt_out=spelt_out))}
            for label in {domain.split(".")[0] for domain in team.domains} | set(team.pages):
                self._label(words_of(label, spelt_out=spelt_out))
        self.loose |= {re.escape(fold(domain)[0]) for domain in team.domains}

    def _name(self, spelt_out: bool) -> None:
        if re.search(r"[^\w\s]", self.team.name.strip()):  # with its own punctuation: “Hello! Water”
            self.loose.add(literal(self.team.name))
        for whole in _with_signs(self.team.name, spelt_out):
            bare = _stripped(whole, self.team.legal_forms)
            without_and = [word for word in bare if word not in (*AND, SIGN)]
            short = bare[1:] if bare[:1] and bare[0] in ARTICLES and _content(bare[1:]) else bare
            for words in (whole, bare, without_and if _content(without_and) > 1 else bare, short):
                self._whole(words)
            for words in [*_first_words(bare), *_first_words(short)]:
                self._beginning(words)
            for word in bare:  # “Hydrava” of “Groupe Hydrava”
                if len(word) >= LONG_WORD and is_cased(word) and not self.team.are_plain([word]):
                    self._later(word)

    def _whole(self, words: list[str]) -> None:
        """All of a name: as it is, however it is written; but one plain word that the team
        writes small is a name by its capital."""
        if not words:
            return
        is_a_word = (
            len(words) == 1 and is_cased(words[0]) and self.team.are_plain(words) and self.team.writes_small(words)
        )
        kinds = (
            self.inside_sentences if is_a_word and len(words[0]) < SHORT_WORD else self.capital
        )  # a firm called “We”
        (kinds if is_a_word else self.loose).add(spelt(words))
        if _is_long(words) and not (len(words) == 1 and self.team.are_plain(words)):
            self.loose.add(spelt(words, inside=True))

    def _beginning(self, words: list[str]) -> None:
        if words[-1] == SIGN:
            return
        if all(len(word) == 1 for word in words):  # “I.C.E.” of “I.C.E. Systems”, not the ice
            self.capital.add(spelt(words))
        elif not self.team.are_plain(words):
            self.loose.add(spelt(words))
        elif not self.team.writes_small(words):
            (self.loose if _content(words) > 1 else self.capital).add(spelt(words))

    def _later(self, word: str) -> None:
        (self.capital if self.team.writes_small([word]) else self.loose).add(spelt([word]))

    def _person(self, name: str, spelt_out: bool) -> None:
        words = words_of(name, spelt_out=spelt_out)
        if words:
            self.loose.add(spelt(words))
        for tail in _tails(name, spelt_out):  # O'Neil and Oneil, Van der Berg and Vanderberg
            is_plain = self.team.are_plain(tail) and self.team.writes_small(tail)  # “del mar”
            (self.capital if is_plain else self.loose).add(spelt(tail, joined=True))
        for part in _parts(words):
            is_word = self.team.plain_words and self.team.are_plain([part]) and self.team.writes_small([part])
            (self.inside_sentences if is_word else self.capital).add(spelt([part]))

    def _label(self, words: list[str]) -> None:
        letters = "".join(words)
        if len(letters) < SHORT_WORD or not words:
            return
        if not self.team.are_plain(words):
            self.loose.add(spelt(words, inside=len(letters) >= LONG_NAME))
        elif not self.team.writes_small(words):
            (self.loose if len(words) > 1 else self.capital).add(spelt(words))


def spelt(words: list[str], *, inside: bool = False, joined: bool = False) -> str:
    """A pattern of folded text: the words as one, apart, or with dashes. Letters that join words to one need a bound on
    each side, but in scripts without capital letters, which write words without spaces."""
    letters = "".join(word for word in words if word != SIGN)
    if inside:
        return INSIDE.join(map(re.escape, letters))
    join = JOIN if len(letters) >= LONG_LABEL and not joined else ""
    pattern = GAP.join(join.join(map(re.escape, word)) for word in words).replace(f"{GAP}{re.escape(SIGN)}", SAID)
    return pattern if not is_cased(letters) else rf"(?<![^\W_]){pattern}(?![^\W_])"


def longest_first(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern of all, the longest tried first so that a part never hides the whole; None for none."""
    ordered = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    return re.compile("|".join(ordered)) if ordered else None


def _with_signs(name: str, spelt_out: bool) -> list[list[str]]:
    """The words of a name; once more with its signs for “and” among them, if it has some."""
    pieces = [words for piece in re.split("[&+＆＋]", name) if (words := words_of(piece, spelt_out=spelt_out))]
    plain = [word for words in pieces for word in words]
    return [plain] if len(pieces) < 2 else [plain, [word for words in pieces for word in (SIGN, *words)][1:]]


def _stripped(words: list[str], forms: Collection[str]) -> list[str]:
    bare = without_legal_form(words, forms)
    while len(bare) > 1 and bare[-1] == SIGN:  # of “& Co”
        bare = without_legal_form(bare[:-1], forms)
    return bare


def _tails(name: str, spelt_out: bool) -> list[list[str]]:
    """Of a person's name the last words together, where they are a surname of several,
    and what an apostrophe or dash joins."""
    pieces = [words_of(piece, spelt_out=spelt_out) for piece in name.split()]
    joined = [piece for piece in pieces if len(piece) > 1]
    words = [word for piece in pieces for word in piece]
    return joined + [words[start:] for start in range(1, len(words) - 1)]


def _parts(words: list[str]) -> list[str]:
    """First names and surnames; of two letters only the last one, which is a surname,
    and those of scripts that need no more."""
    long = [word for word in words if len(word) >= (SHORT_PART if is_cased(word) else SHORT_PART - 1)]
    return long + [word for word in words[-1:] if len(word) == SHORT_PART - 1 and word not in ARTICLES]


def _first_words(words: list[str]) -> list[list[str]]:
    """The beginnings of a name that may stand for it: “Green Wave” of “Green Wave Energy”."""
    beginnings = [words[:count] for count in range(1, len(words))]
    return [one for one in beginnings if _content(one) > 1 or (_content(one) == 1 and len(one[-1]) >= SHORT_WORD)]


def _content(words: list[str]) -> int:
    return sum(word not in ARTICLES and word != SIGN for word in words)


def _is_long(words: list[str]) -> bool:
    """Long enough to be found inside a longer word, as in addresses, without being a part of plain ones."""
    return len("".join(words)) >= (LONG_NAME if len(words) == 1 else LONG_LABEL)
