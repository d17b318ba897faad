"""The words of an agreement: a template of clauses with {placeholders}, filled once, when the agreement is drafted."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from corridor.domain.terms.host_law import Rules, read_rules

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
ITEM = "- "
DOCUMENT_LANGUAGES = ("en", "fr", "es")  # of documents on paper; the screens speak those of the settings

# What only people can say, and without which an agreement is not drafted where its text prints it. The rest follows
# from the stay.
REQUIRED = ("services", "mentor_hours", "fee", "immigration", "law", "court", "prevailing_language")
REQUIRED_OF_PARTY = ("address", "signatory", "capacity", "authority")
# What is typed once for each language of a document, and what each party says so.
TRANSLATED = ("fee", "law", "court", "aims")
TRANSLATED_OF_PARTY = ("capacity", "authority")
IMMIGRATION = ("startup", "host", "none")

Value = str | tuple[str, ...]


class Unfilled(ValueError):
    """A placeholder has no value: the names that are missing."""


@dataclass(frozen=True)
class Clause:
    """A clause of a template: its code, what stands above it, and its text with placeholders in braces."""

    code: str
    heading: str
    text: str

    def placeholders(self) -> set[str]:
        """The names that its text leaves open."""
        return set(PLACEHOLDER.findall(self.text))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that is filled; `items` is the list below its text."""

    number: str
    text: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class ClauseSaid:
    """A clause as a document prints it."""

    number: int
    code: str
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Terms:
    """A version of a template in one language. `parts` holds its tables of short texts (words, immigration …)."""

    version: int
    language: str
    title: str
    subtitle: str
    consent: str
    clauses: tuple[Clause, ...]
    annexes: tuple[Clause, ...]
    parts: Mapping[str, Mapping[str, str]]

    def placeholders(self) -> set[str]:
        """Every {name} that the text prints, those of its tables of sentences included."""
        texts = [self.subtitle, *(clause.heading + clause.text for clause in (*self.clauses, *self.annexes))]
        used = set(PLACEHOLDER.findall(" ".join(texts)))
        for composed, table in COMPOSED.items():
            if composed in used:
                used |= set(PLACEHOLDER.findall(" ".join(self.parts.get(table, {}).values())))
        return used


# Placeholders that stand for a sentence of the template, and the table that holds its versions.
COMPOSED = {"mentoring": "mentor", "plan": "plan", "language_statement": "language_statement", "travel": "travel"}


@dataclass(frozen=True)
class Wording:
    """One version of a template: which documents it is for, and its text by language, as data (see `text_of`)."""

    slug: str
    kind: str  # agreement, amendment …
    guest: str  # whom it hosts: startup, graduate …; "" stands for any
    host_country: str  # ISO 3166-1; "" stands for any
    name: Mapping[str, str]
    version: int
    texts: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(repr=False)  # by language: what all templates share
    version_id: int | None = None  # its row, if it has one
    is_own: bool = False  # the programme has chosen it for itself

    def rules(self, language: str = "") -> Rules:
        """What it asks of the stay and of the guest; `why` in `language` where it exists in that."""
        text = self.texts.get(language) or self.texts[self.languages()[0]]
        return read_rules(text["parts"].get("rules", {}), language)

    def languages(self) -> list[str]:
        """Languages in which it exists, in the order of DOCUMENT_LANGUAGES."""
        return [language for language in DOCUMENT_LANGUAGES if language in self.texts]

    def terms(self, language: str) -> Terms:
        """Raises KeyError for a language in which it does not exist."""
        text = self.texts[language]
        return Terms(
            version=self.version,
            language=language,
            title=text["title"],
            subtitle=text["subtitle"],
            consent=text["consent"],
            clauses=_clauses(text["clauses"]),
            annexes=_clauses(text["annexes"]),
            parts={
                table: {**self.words[language].get(table, {}), **text["parts"].get(table, {})}
                for table in {**self.words[language], **text["parts"]}
            },
        )


def by_fit(wordings: Iterable[Wording], *, kind: str, guest: str, host_country: str) -> list[Wording]:
    """Those written for these documents: the programme's own before all, then for this guest before any guest, then for
    this country before any; first come, first."""
    fitting = [
        one
        for one in wordings
        if one.kind == kind and one.guest in (guest, "") and one.host_country in (host_country, "")
    ]
    return sorted(fitting, key=lambda one: (not one.is_own, one.guest == "", one.host_country == ""))


def text_of(toml: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A file of data/terms as (head, text). The head says which template, version and language it is.

    text = {title, subtitle, consent, clauses: [{code, heading, text}], annexes: the same, parts: {table: {key: text}}},
    which is also how a version is kept in the database. Raises KeyError or tomllib.TOMLDecodeError for a malformed
    file.
    """
    data = tomllib.loads(toml)
    head = {key: data[key] for key in ("slug", "kind", "guest", "host_country", "name", "version", "language")}
    text = {
        **{key: data[key] for key in ("title", "subtitle", "consent")},
        "clauses": _rows(data["clause"]),
        "annexes": _rows(data.get("annex", [])),
        "parts": {key: value for key, value in data.items() if isinstance(value, dict) and key != "name"},
    }
    return head, text


def _rows(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"code": row["code"], "heading": row["heading"], "text": row["text"].strip()} for row in rows]


def _clauses(rows: Iterable[Mapping[str, str]]) -> tuple[Clause, ...]:
    return tuple(Clause(row["code"], row["heading"], row["text"]) for row in rows)


def missing_blanks(values: Mapping[str, Value | None], required: Iterable[str]) -> list[str]:
    """The blanks of `required` that `values` leaves empty, in order."""
    return [name for name in required if not _filled(values.get(name))]


def _filled(value: Value | None) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def last_day(ends: date) -> date:
    """The last day of a half-open interval."""
    return ends - timedelta(days=1)


def fill(text: str, values: Mapping[str, Value]) -> str:
    """`text` with its placeholders replaced, once: a value that looks like a placeholder stays as it is. A list becomes
    one text, with semicolons. Raises Unfilled naming the placeholders without a value."""
    missing = sorted({name for name in PLACEHOLDER.findall(text) if name not in values})
    if missing:
        raise Unfilled(", ".join(missing))
    return PLACEHOLDER.sub(lambda found: as_text(values[found[1]]), text)


def counted(terms: Terms, noun: str, number: int) -> str:
    """A number with its noun, as the template's table of plurals has them: “one desk”, “2 desks”. Raises KeyError for a
    noun that it lacks."""
    form = "one" if number == 1 else "other"
    return fill(terms.parts["plurals"][f"{noun}_{form}"], {"n": str(number)})


def as_text(value: Value) -> str:
    """A value as it stands in a sentence: several are parted by semicolons."""
    return value if isinstance(value, str) else "; ".join(value)


def fill_clauses(clauses: Iterable[Clause], values: Mapping[str, Value]) -> tuple[ClauseSaid, ...]:
    """Numbered clauses as they are frozen. A paragraph of which nothing is left once it is filled is left out.
    Raises Unfilled as fill does.
    """
    return tuple(
        _numbered(number, clause, [_paragraph(block, values) for block in clause.text.split("\n\n")])
        for number, clause in enumerate(clauses, start=1)
    )


def plain_clause(number: int, clause: Clause) -> ClauseSaid:
    """A text of somebody else's as fill_clauses freezes ours: nothing in it is a placeholder."""
    return _numbered(number, clause, [_lines(block, str, {}) for block in clause.text.split("\n\n")])


def _numbered(number: int, clause: Clause, blocks: Iterable[tuple[str, tuple[str, ...]]]) -> ClauseSaid:
    kept = [(text, items) for text, items in blocks if text.strip() or items]
    paragraphs = [Paragraph(f"{number}.{place}", text, items) for place, (text, items) in enumerate(kept, start=1)]
    return ClauseSaid(number, clause.code, clause.heading, tuple(paragraphs))


def _paragraph(block: str, values: Mapping[str, Value]) -> tuple[str, tuple[str, ...]]:
    return _lines(block, lambda line: fill(line, values), values)


def _lines(block: str, put: Callable[[str], str], values: Mapping[str, Value]) -> tuple[str, tuple[str, ...]]:
    """(text, items) of a block: the lines that begin with “- ” are items,
    and one that is a lone placeholder gives one per value."""
    text: list[str] = []
    items: list[str] = []
    for line in block.strip().splitlines():
        if not line.startswith(ITEM):
            text.append(put(line))
            continue
        lone = PLACEHOLDER.fullmatch(line.removeprefix(ITEM).strip())
        value = values.get(lone[1]) if lone else None
        items.extend(value if isinstance(value, tuple) else [put(line.removeprefix(ITEM))])
    return " ".join(text), tuple(items)
