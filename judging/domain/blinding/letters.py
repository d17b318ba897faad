"""How letters of names and of texts are compared: folded, and for each folded letter the place that it comes from.

Compatibility forms, case, accents, apostrophes, dashes, spaces and invisible letters make no difference (Unicode's NFKD
without accents and points, UAX #15); letters that Unicode does not take apart are written as one types them (Ørsted,
Orsted). Signs that are letters of their own script stay: the vowels of Devanagari or Tamil, the voicing of kana.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

TYPED = {
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ŋ": "n",
}
SPELT_OUT = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "å": "aa",
    "ø": "oe",
}  # as German and the Nordic languages write them in ASCII
WITH_TWO_LETTERS = re.compile("[äöüåøÄÖÜÅØ]|[aouAOU]\u0308|[aA]\u030a")
APOSTROPHES = "'`´ʻʼʹ‘’‛′＇"
LONGEST_FORM = 8  # words, where each letter has its dot


def fold(text: str, *, spelt_out: bool = False) -> tuple[str, list[int]]:
    """The text folded, and for each of its letters the place in `text` that it comes from. `spelt_out`:
    ü is “ue” instead of “u”."""
    parts = [_folded(letter) for letter in text]
    if spelt_out:
        for match in WITH_TWO_LETTERS.finditer(text):
            parts[match.start()] = SPELT_OUT[unicodedata.normalize("NFC", match[0]).casefold()]
    folded = "".join(parts)
    if len(folded) == len(text) and all(map(len, parts)):
        return folded, list(range(len(text)))
    return folded, [place for place, part in enumerate(parts) for _ in part]


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """One letter, as none, one or several."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    kinds = ((part, unicodedata.category(part)) for part in parts)
    return "".join(
        TYPED.get(part) or _plain(part, kind)
        for part, kind in kinds
        if kind != "Cf" and (kind != "Mn" or _is_a_letter_of_its_script(part))
    )


def _is_a_letter_of_its_script(mark: str) -> bool:
    """Vowel signs of Indic scripts (class 0), voicing of kana (8), virama (9), signs of Thai, Lao, Tibetan and Telugu
    (84 to 132); not what chooses a glyph."""
    number = unicodedata.combining(mark)
    if number == 0:
        return not (mark == "\u034f" or "\ufe00" <= mark <= "\ufe0f" or mark >= "\U000e0100")
    return number in (8, 9) or 84 <= number <= 132


def _plain(letter: str, kind: str) -> str:
    if kind == "Pd" or letter == "\N{MINUS SIGN}":
        return "-"
    if letter in APOSTROPHES:
        return "'"
    return "-" if letter == "_" else " " if letter.isspace() else letter


def words_of(text: str, *, spelt_out: bool = False) -> list[str]:
    """The words of a name, folded."""
    letters, _places = fold(text, spelt_out=spelt_out)
    return "".join(one if one.isalnum() or unicodedata.category(one)[0] == "M" else " " for one in letters).split()


def is_cased(letters: str) -> bool:
    """Written in a script that has capital letters and parts its words; figures alone count as such."""
    return letters != letters.upper() or letters.isdigit()


def read_legal_forms(lines: Iterable[str]) -> frozenset[str]:
    """The forms of data/legal_forms.txt, each folded to one word: “S.A.S.” and “SAS” are the same."""
    return frozenset(form for line in lines if not line.startswith("#") and (form := "".join(words_of(line))))


def read_plain_words(lines: Iterable[str]) -> frozenset[str]:
    """The words of data/plain_words.txt, which are folded already."""
    return frozenset(line.strip() for line in lines if not line.startswith("#"))


def without_legal_form(words: list[str], forms: Collection[str]) -> list[str]:
    """The words of a name without what says its legal form, at either end; never without all of them."""
    for long in range(min(len(words) - 1, LONGEST_FORM), 0, -1):
        for form, rest in ((words[-long:], words[:-long]), (words[:long], words[long:])):
            if "".join(form) in forms:
                return without_legal_form(rest, forms)
    for stuck in sorted(forms, key=lambda form: (-len(form), form)):
        if len(stuck) > 1 and words and not is_cased(stuck):  # 株式会社 and its like stand without a space
            if words[0].startswith(stuck) and len(words[0]) > len(stuck) + 1:
                return without_legal_form([words[0][len(stuck) :], *words[1:]], forms)
            if words[-1].endswith(stuck) and len(words[-1]) > len(stuck) + 1:
                return without_legal_form([*words[:-1], words[-1][: -len(stuck)]], forms)
    return words


def literal(text: str) -> str:
    """A pattern of folded text: the name with its own punctuation, however wide its spaces are."""
    pieces = fold(text)[0].split()
    before = r"(?<![^\W_])" if pieces and pieces[0][0].isalnum() else ""
    after = r"(?![^\W_])" if pieces and pieces[-1][-1].isalnum() else ""
    return before + r"\s*".join(map(re.escape, pieces)) + after
