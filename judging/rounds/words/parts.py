"""Parts of a rule and links of a chain of ties in words."""

from collections.abc import Mapping

from django.utils.translation import get_language

from judging.domain.rule.stated import StatedRule
from judging.rounds.kinds.tie_rules import TIE_RULES, Names
from toolkit.kinds import UnknownKind


def language_of(texts: Mapping[str, str]) -> str:
    """A text that a file holds by language, in the reader's: that one, else English, else any."""
    language = get_language() or "en"
    for key in (language, language.split("-")[0], "en"):
        if texts.get(key):
            return texts[key]
    return next(iter(texts.values()), "")


def part_names(rule: StatedRule) -> dict[str, str]:
    """Names of what a file's rule consists of: criteria by code, groups under “group:CODE”, facts under “fact:CODE”."""
    names = {row.code: language_of(row.name) for row in rule.criteria}
    names |= {f"group:{row.code}": language_of(row.name) for row in (rule.groups or ())}
    return names | {f"{link.kind}:{link.code or ''}": language_of(link.name) for link in rule.ties if link.name}


def measure(kind: str, text: str) -> str:
    """What a rule of the chain compared: a number, a date, or nothing known."""
    return TIE_RULES[kind].measured(text) if kind in TIE_RULES else text


def link_words(kind: str, code: str, names: Names) -> str:
    """A rule of the chain by its short name; of a kind that this site no longer knows, that it does not."""
    if kind in TIE_RULES:
        return TIE_RULES[kind].words(code, names)
    return str(UnknownKind(TIE_RULES.family, kind))
