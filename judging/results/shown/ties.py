"""Equal results as pages show them: what settled them, and what a person is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from contest.models import Entry
from judging.domain.results.document import FiledStanding
from judging.domain.ties.chain import HUMAN, TieTrace
from judging.results.shown.table import Table
from judging.results.words.ties import again_words, settled_words
from judging.rounds.words.figures import figure
from judging.rounds.words.parts import link_words, measure


@dataclass(frozen=True)
class Names:
    """What stands for whom: entries and their cities by code; criteria by code, in the reader's language;
    whether names are erased."""

    entries: dict[str, str]
    cities: dict[str, str]
    criteria: dict[str, str]
    erased: bool = False


@dataclass(frozen=True)
class Open:
    """Entries that nothing tells apart. `at_cut`: only some of them can go on, so a person has to put them in order;
    `again` says what was decided of some of them before the others became equal."""

    entries: list[Entry]
    at_cut: bool
    again: list[str]


@dataclass(frozen=True)
class Tie:
    """A tie with its steps in words; `settled` says which of them put it in order,
    `open` is what nothing settled, if anything."""

    value: str
    names: list[str]
    steps: list[tuple[str, list[tuple[str, str]]]]
    settled: str
    open: list[Open]
    order: list[str]
    at_cut: bool
    codes: list[str]


def ties_told(table: Table, rows: Sequence[FiledStanding]) -> list[TieTrace]:
    """Of all ties those that a person has to decide, then those that these rows are part of."""
    codes, at_cut = {row.entry for row in rows}, {code for group in table.open for code in group}

    def within(tie: TieTrace, some: set[str]) -> bool:
        return any(code in some for code in tie.order)

    first = [tie for tie in table.ties if within(tie, at_cut)]
    return first + [tie for tie in table.ties if within(tie, codes) and not within(tie, at_cut)]


def open_in(
    group: tuple[str, ...], tie: TieTrace, table: Table, entries: Mapping[str, Entry], names: Names
) -> list[Open]:
    """What of a group is asked about: those that the cut or some room parts, otherwise all of it."""
    at_cut = [some for some in table.open if set(some) <= set(group)]
    return [
        Open(
            [entries[code] for code in group if code in some],
            bool(at_cut),
            again_words([step for step in tie.steps if step.kind == HUMAN], some, names.entries) if at_cut else [],
        )
        for some in at_cut or [group]
    ]


def tie_of(tie: TieTrace, table: Table, entries: Mapping[str, Entry], names: Names) -> Tie:
    at_cut = {code for group in table.open for code in group}
    order, called = list(tie.order), names.entries
    steps = [
        (
            link_words(step.kind, step.code, names.criteria),
            [(called[code], measure(step.kind, text)) for code, text in step.values.items() if code in called],
        )
        for step in tie.steps
    ]
    return Tie(
        value=figure(Fraction(tie.value)),
        names=[called[code] for code in order if code in called],
        steps=steps,
        settled=settled_words(tie, names.criteria),
        open=[some for group in tie.groups if len(group) > 1 for some in open_in(group, tie, table, entries, names)],
        order=[called[code] for code in order if code in called],
        at_cut=bool(at_cut & set(order)),
        codes=order,
    )
