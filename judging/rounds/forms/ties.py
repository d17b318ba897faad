"""The chain of rules for ties as a form offers it: one choice for each rule that this round could use."""

from collections.abc import Mapping
from typing import Any

from judging.models import Round
from judging.rounds.kinds.tie_rules import TIE_RULES


def tie_choices(round: Round | None) -> list[tuple[str, str]]:
    """Plain rules to choose from; the chain is the order in which they are put. Those that name a criterion, a group
    or a fact appear once the round, or its edition, has one."""
    return [("", "—"), *(choice for rule in TIE_RULES.values() for choice in rule.choices(round))]


def tie_value(link: Mapping[str, Any]) -> str:
    """A rule of the chain as the form's choice; of a kind that nobody knows, its code, which no form offers."""
    kind = link.get("kind", "")
    return TIE_RULES[kind].value(link) if kind in TIE_RULES else kind


def tie_link(value: str) -> dict[str, str]:
    """The form's choice as a rule of the chain that a round keeps. Raises UnknownKind."""
    kind, _colon, rest = value.partition(":")
    return TIE_RULES[kind].link(rest)
