"""What a template must hold before it is published, and what has changed between two of its versions."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corridor.domain.life.reports import ALL_REPORTS, PROMISED
from corridor.domain.terms.clauses import COMPOSED, PLACEHOLDER, REQUIRED, REQUIRED_OF_PARTY, TRANSLATED

PARTS = ("clauses", "annexes")
TITLES = ("title", "subtitle", "consent")
RULES = "rules"  # a table of no sentences: see corridor.domain.terms.host_law
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")

Text = Mapping[str, Any]  # as corridor.domain.terms.clauses.text_of describes it


def placeholders_of(parties: Iterable[str]) -> set[str]:
    """Every {name} that an agreement fills, whatever its template."""
    days = {"starts", "last_day", *PROMISED}
    of_parties = {f"{party}_{what}" for party in parties for what in ("name", *REQUIRED_OF_PARTY)}
    counted = {"months", "desks", "people", "mentor_hours", "travellers"}
    lists = {"signatories", "annexes", "services", ALL_REPORTS}
    rest = {"reference", "party_name", "programme_name", "mentor", "host_country", "host_city"}
    languages = {"own", "first", "second"}
    return days | of_parties | counted | lists | rest | languages | {*REQUIRED, *TRANSLATED, *COMPOSED}


@dataclass(frozen=True)
class Fault:
    """Why a text can't be published. `code`: empty, unknown, order, placeholders, paragraphs, sentences, code."""

    code: str
    language: str = ""
    where: str = ""  # code of the clause, or name of the title or table
    names: tuple[str, ...] = ()


def own_blanks(texts: Mapping[str, Text]) -> set[str]:
    """Placeholders that a template asks for by a table of its own."""
    return {key for text in texts.values() for key in text["parts"].get("blanks", {})}


def used_in(*texts: str) -> set[str]:
    """The names of the placeholders that stand in the texts."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def faults_in(texts: Mapping[str, Text], known: set[str]) -> list[Fault]:
    """Everything that is wrong with a version, in the order in which one reads it."""
    if not texts:
        return [Fault("empty")]
    known = known | own_blanks(texts)
    found: list[Fault] = []
    for name in TITLES:
        found += faults_of(name, {language: [text[name]] for language, text in texts.items()}, known)
    for part in PARTS:
        codes = {language: [row["code"] for row in text[part]] for language, text in texts.items()}
        first_language, first = next(iter(codes.items()))
        for language, others in codes.items():
            if others != first:
                names = sorted(set(first) ^ set(others)) or [a for a, b in zip(first, others, strict=False) if a != b]
                found.append(Fault("order", language, first_language, tuple(names)))
        if any(fault.code == "order" for fault in found):
            return found  # what follows compares clause with clause
        for place, code in enumerate(first):
            rows = {language: text[part][place] for language, text in texts.items()}
            found += clause_faults(code, rows, known)
    return [*found, *_sentence_faults(texts, known)]


def clause_faults(code: str, rows: Mapping[str, Mapping[str, str]], known: set[str]) -> list[Fault]:
    """What is wrong with one clause, given in all its languages."""
    found = faults_of(code, {language: [row["heading"], row["text"]] for language, row in rows.items()}, known)
    paragraphs = {language: len(row["text"].split("\n\n")) for language, row in rows.items()}
    if len(set(paragraphs.values())) > 1:
        said = tuple(f"{language} {number}" for language, number in paragraphs.items())
        found.append(Fault("paragraphs", where=code, names=said))
    return found


def faults_of(where: str, said: Mapping[str, list[str]], known: set[str]) -> list[Fault]:
    """Empty texts, placeholders that nothing fills, and languages that differ in theirs."""
    found = [Fault("empty", language, where) for language, texts in said.items() if not all(map(str.strip, texts))]
    used = {language: used_in(*texts) for language, texts in said.items()}
    for language, names in used.items():
        if names - known:
            found.append(Fault("unknown", language, where, tuple(sorted(names - known))))
    everywhere = set.intersection(*used.values()) if used else set()
    for language, names in used.items():
        if names - everywhere:
            found.append(Fault("placeholders", language, where, tuple(sorted(names - everywhere))))
    return found


def _sentence_faults(texts: Mapping[str, Text], known: set[str]) -> Iterator[Fault]:
    first = next(iter(texts.values()))["parts"]
    for table, sentences in first.items():
        if table == RULES:
            continue
        for language, text in texts.items():
            if list(text["parts"].get(table, {})) != list(sentences):
                yield Fault("sentences", language, table)
                return
        for key in sentences:
            said = {language: [text["parts"][table][key]] for language, text in texts.items()}
            yield from faults_of(f"{table}.{key}", said, known)


@dataclass(frozen=True)
class Change:
    """A text that differs: `words` is [(“same” | “gone” | “new”, text)]."""

    language: str
    where: str
    heading: str
    kind: str  # changed, added, removed
    words: tuple[tuple[str, str], ...]


def changes_between(before: Mapping[str, Text], after: Mapping[str, Text]) -> list[Change]:
    """What differs from one version to the next, by language, in reading order."""
    found = []
    for language in {**before, **after}:
        old, new = _pieces(before.get(language)), _pieces(after.get(language))
        for where in {**new, **old}:
            was, now = old.get(where), new.get(where)
            if was == now:
                continue
            kind = "added" if was is None else "removed" if now is None else "changed"
            heading = (now or was or ("", ""))[0]
            words = word_changes(" ".join(filter(None, was or ())), " ".join(filter(None, now or ())))
            found.append(Change(language, where, heading, kind, tuple(words)))
    return found


def _pieces(text: Text | None) -> dict[str, tuple[str, str]]:
    """{where: (heading, words)} of everything that a version says in one language."""
    if text is None:
        return {}
    pieces = {name: ("", text[name]) for name in TITLES}
    for part in PARTS:
        pieces |= {f"{part}.{row['code']}": (row["heading"], row["text"]) for row in text[part]}
    for table, sentences in text["parts"].items():
        pieces |= {f"{table}.{key}": ("", str(sentence)) for key, sentence in sentences.items()}
    return pieces


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """[(“same”, “gone” or “new”, words)] from one text to the other, white space kept, by difflib's longest matching
    blocks."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    found: list[tuple[str, str]] = []
    for step, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        found += [("gone", "".join(old[a:b]))] if b > a else []
        found += [("new", "".join(new[c:d]))] if d > c else []
    return found
