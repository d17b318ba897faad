"""Equal results in words: what settled a tie, that nothing had to be decided, or why it is open again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.results.reasons import Reason
from judging.domain.ties.chain import Step, TieTold, TieTrace
from judging.rounds.kinds.tie_rules import Names
from judging.rounds.words.figures import number
from judging.rounds.words.parts import link_words, measure
from toolkit.templatetags.house import in_a_row


@dataclass(frozen=True)
class TieLine:
    """Equal entries with the steps of the chain: (rule, [(entry, value)]), the order reached,
    and the rules that settled it."""

    value: str
    entries: list[str]
    steps: list[tuple[str, list[tuple[str, str]]]]
    is_open: bool
    settled: str = ""


def tie_words(tie: TieTold | None, reason: Reason, criteria: Names) -> str:
    """Of an entry's row of the standings: by which rule its tie was told apart, or that it stays equal; nothing without
    a tie, and no word of what a person decides, or decided, where the row's reason says so."""
    tie, why = tie or TieTold(), reason.get("code", "")
    if why == "open_tie":
        return ""
    others, equal = int(tie.get("others", 0)), int(tie.get("equal", 0))
    said = []
    if tie.get("kind"):
        rule = link_words(tie["kind"], tie["code"], criteria)
        said.append(
            ngettext(
                "%(number)s other entry has the same result; told apart by: %(rule)s.",
                "%(number)s other entries have the same result; told apart by: %(rule)s.",
                others,
            )
            % {"number": others, "rule": rule}
        )
    if equal and why not in ("won_tie", "lost_tie"):
        said.append(
            ngettext(
                "Equal to %(number)s other entry: no rule tells them apart, and nothing needs to be decided.",
                "Equal to %(number)s other entries: no rule tells them apart, and nothing needs to be decided.",
                equal,
            )
            % {"number": equal}
        )
    return " ".join(said)


def settled_words(tie: TieTrace, criteria: Names) -> str:
    """Of a tie as a file holds it: the rules that told its entries apart, in order; nothing where none did."""
    rules, apart = [], 1
    for step in tie.steps:
        if len(step.groups) > apart:
            rules.append(link_words(step.kind, step.code, criteria))
        apart = len(step.groups)
    return _("Told apart by: %(rules)s.") % {"rules": in_a_row(dict.fromkeys(rules))} if rules else ""


def again_words(steps: Iterable[Step], some: Iterable[str], names: Names) -> list[str]:
    """Why a tie that a person decided is open again: each decision on some of these entries,
    and whom it does not name."""
    told, asked = [], list(some)
    for step in steps:
        named = sorted((code for code in asked if code in step.values), key=lambda code: int(step.values[code]))
        others = [code for code in asked if code not in step.values]
        if len(named) > 1 and others:
            values = {
                "order": " › ".join(names.get(code, code) for code in named),
                "others": ", ".join(names.get(code, code) for code in others),
            }
            told.append(
                _(
                    "Open again: a person put %(order)s in this order, which stays among them. Nobody has compared "
                    "them with %(others)s, now equal: put all of them in order."
                )
                % values
            )
    return told


def left_words(order: Sequence[str], here: Collection[str], names: Names) -> str:
    """Of a decision (codes, the best first): who of those that it names is no longer in the round,
    and what that does to it."""
    left = [code for code in order if code not in here]
    if not left:
        return ""
    values = {"who": ", ".join(names.get(code, code) for code in left)}
    if len(order) - len(left) < 2:
        return _("%(who)s: not in the round any more, so that this puts nobody in order.") % values
    return _("%(who)s: not in the round any more; the order of the others, decided among all of them, holds.") % values


def tie_lines(ties: Iterable[TieTrace], criteria: Names, startups: Names) -> list[TieLine]:
    """The ties of a file; `criteria` are names of its rule's parts, `startups` of its entries."""
    return [
        TieLine(
            value=number(tie.value),
            entries=[startups.get(code, code) for code in tie.order],
            steps=[
                (
                    link_words(step.kind, step.code, criteria),
                    [(startups.get(code, code), measure(step.kind, value)) for code, value in step.values.items()],
                )
                for step in tie.steps
            ],
            is_open=any(len(group) > 1 for group in tie.groups),
            settled=settled_words(tie, criteria),
        )
        for tie in ties
    ]
