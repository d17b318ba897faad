"""The file of a very large result read into columns, without ever holding its scorecards as objects: each is taken
apart as soon as the reader has come to its end. Twelve numbers a scorecard instead of a kilobyte.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from judging.domain.marks.columns import ABSENT, Columns
from judging.domain.marks.scoring import SCALE
from judging.domain.results.document import ResultFile
from judging.domain.results.format import BadResult, checked, read_exactly
from judging.domain.results.semantics import semantics_of
from judging.domain.results.sense import MARK, NOT_APPLICABLE, fitting
from judging.domain.results.shape import Fault
from judging.domain.rule.blanks import blanks_in
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.rule.reading import outside_in, rule_of
from judging.domain.rule.stated import StatedCriterion, StatedRule
from judging.domain.rule.values import Rule

if TYPE_CHECKING:
    import numpy as np


MOST_ERRORS = 20
BLANK = -(2**63)  # not a mark yet: what it counts as, the rule says
CARD, TEXT = {"entry", "juror", "marks"}, frozenset({str})


@dataclass(frozen=True)
class Large:
    """`columns` count entries in the order of `entries` and jurors in that of `jurors`;
    `head` is the file without its scorecards and without the codes of fellow applicants, which are `peers` as written:
    nobody has looked whether they are jurors."""

    head: ResultFile
    rule: Rule
    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    columns: Columns
    peers: Any = ()


def read_large(content: bytes) -> Large:
    """A result of marks (no ranked lists, no duels), however many scorecards it has. Raises BadResult."""
    import numpy as np

    taken = _Taken()
    data = read_exactly(content, take=taken.object)
    rest = data.get("scorecards") if isinstance(data, dict) else None
    left = [n for n, row in enumerate(rest) if row is not None] if isinstance(rest, list) else []
    if left:
        told = "is no scorecard with “entry”, “juror” and “marks”, all of them texts."
        raise BadResult([(f"scorecards[{n}]", told) for n in left[:MOST_ERRORS]])
    peers = data.get("peers") if isinstance(data, dict) else None
    if isinstance(rest, list):
        data = {**data, "scorecards": []}
    head = checked({**data, "peers": []} if peers else data)
    rule = rule_of(head.rule, semantics_of(head))
    place = {row.code: n for n, row in enumerate(head.entries)}
    unknown = [code for code in taken.entries if code not in place]
    faults: list[Fault] = [("scorecards", f"no entry has the code “{code}”.") for code in unknown]
    faults += taken.faults({row.code: row for row in head.rule.criteria})
    if faults:
        raise BadResult(faults[:MOST_ERRORS])
    index = np.array([place[code] for code in taken.entries], dtype=np.int64)
    entry = index[np.frombuffer(taken.entry, dtype=np.int64)] if len(index) else np.zeros(0, dtype=np.int64)
    juror = np.frombuffer(taken.juror, dtype=np.int64)
    if len(np.unique(entry * max(len(taken.jurors), 1) + juror)) != len(entry):
        raise BadResult([("scorecards", "a juror has two scorecards on one entry.")])
    outside = {place[code]: places for code, places in outside_in(head.rule, rule.codes, head.entries).items()}
    values = taken.values(rule.codes, _blanks_of(head.rule))
    for barred in set(outside.values()):
        of_rubric = np.isin(entry, [n for n, places in outside.items() if places == barred])
        values[np.array(sorted(barred))[:, None], np.flatnonzero(of_rubric)] = ABSENT
    columns = Columns(entry, juror, values, len(place), len(taken.jurors), outside)
    return Large(head, rule, tuple(place), tuple(taken.jurors), columns, peers or ())


def _blanks_of(rule: StatedRule) -> dict[str, int]:
    """{criterion: what a blank counts as}. Raises BadResult where that is finer than columns hold."""
    found = blanks_in(rule)
    if any(isinstance(value, Fraction) for value in found.values()):
        raise BadResult([("rule.blanks", "what a blank counts as is finer than thousandths.")])
    return {code: ABSENT if value is None else int(value) for code, value in found.items()}


def _is_marked(criterion: StatedCriterion) -> bool:
    return kind_of(criterion).is_marked


class _Taken:
    """What was taken from scorecards so far. Codes by their first appearance; marks in thousandths by criterion."""

    def __init__(self) -> None:
        self.entries: dict[str, int] = {}
        self.jurors: dict[str, int] = {}
        self.entry, self.juror = array("q"), array("q")
        self.codes: tuple[str, ...] = ()
        self.shapes: set[tuple[str, ...]] = set()
        self.marks: dict[str, array[int]] = {}
        self.texts: dict[str, int] = {NOT_APPLICABLE: ABSENT}

    def object(self, found: dict[str, Any]) -> Any:
        """Called by the reader for every object; a scorecard leaves nothing behind."""
        marks = found.get("marks")
        if not isinstance(marks, dict) or found.keys() != CARD or not TEXT.issuperset(map(type, marks.values())):
            return found
        if type(found["entry"]) is not str or type(found["juror"]) is not str:
            return found
        self.entry.append(self.entries.setdefault(found["entry"], len(self.entries)))
        self.juror.append(self.jurors.setdefault(found["juror"], len(self.jurors)))
        if tuple(marks) != self.codes:
            self._other_codes(marks)
        texts = self.texts
        for code, text in marks.items():
            value = texts.get(text)
            self.marks[code].append(self._new(text) if value is None else value)
        return None

    def _other_codes(self, marks: Mapping[str, Any]) -> None:
        """A scorecard without the criteria of the one before: those that it leaves out are blank on it."""
        count = len(self.entry)
        for code in marks:
            column = self.marks.setdefault(code, array("q"))
            column.extend([BLANK] * (count - 1 - len(column)))
        self.codes = tuple(marks)
        self.shapes.add(self.codes)

    def _new(self, text: str) -> int:
        """A mark not seen before; one that is none, or finer than thousandths, is told later."""
        value = Fraction(text) * SCALE if MARK.search(text) else Fraction(ABSENT)
        self.texts[text] = value.numerator if value.denominator == 1 else ABSENT
        return self.texts[text]

    def faults(self, criteria: Mapping[str, StatedCriterion]) -> list[Fault]:
        """Of every criterion the marks that are none, each once."""
        import numpy as np

        found: list[Fault] = [
            ("scorecards", f"no criterion that is marked has the code “{code}”.")
            for code in self.marks
            if code not in criteria or not _is_marked(criteria[code])
        ]
        needed = {code for code, row in criteria.items() if row.required and not row.categories}
        blank = {code for shape in self.shapes for code in needed.difference(shape) if _is_marked(criteria[code])}
        found += [("scorecards", f"one has no mark for “{code}”, which is required.") for code in sorted(blank)]
        by_value: dict[int, list[str]] = {}
        for text, value in self.texts.items():
            by_value.setdefault(value, []).append(text)
        wrong_texts = [text for text in self.texts if text != NOT_APPLICABLE and not MARK.search(text)]
        fine = [text for text in self.texts if MARK.search(text) and (Fraction(text) * SCALE).denominator != 1]
        found += [
            ("scorecards", f"{text} is finer than thousandths: too fine for a file of this size.") for text in fine
        ]
        found += [
            ("scorecards", f"“{text}” is no mark: a number such as 4.5, or “{NOT_APPLICABLE}”.") for text in wrong_texts
        ]
        for code, column in self.marks.items():
            if code not in criteria or not _is_marked(criteria[code]):
                continue
            wrong = fitting(criteria[code])
            for value in np.unique(np.frombuffer(column, dtype=np.int64)).tolist():
                text = by_value[value][0] if value in by_value else ""
                if value not in (ABSENT, BLANK) and (why := wrong(text)):
                    found.append((f"scorecards, {code}", why))
        return found

    def values(self, codes: tuple[str, ...], blanks: Mapping[str, int]) -> np.ndarray:
        """Criteria × scorecards; `blanks` are what criteria without a mark count as."""
        import numpy as np

        count = len(self.entry)
        columns = np.full((len(codes), count), BLANK, dtype=np.int64)
        for n, code in enumerate(codes):
            if code in self.marks:
                column = np.frombuffer(self.marks[code], dtype=np.int64)
                columns[n, : len(column)] = column
            columns[n, columns[n] == BLANK] = blanks[code]
        return columns
