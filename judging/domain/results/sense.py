"""What makes no sense in the rows of a result's file although each has the right form: a code that nothing has, a thing
said twice, a mark outside its scale, a required one left blank. Each with its place; nothing is left out in silence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from judging.domain.results.document import CarriedRound, FiledEntry, ResultFile
from judging.domain.results.rule_sense import faults_of_rule
from judging.domain.results.shape import compiled
from judging.domain.rule.ballots import ballot_of, is_other_ballot
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.rule.stated import StatedCriterion, StatedRule
from judging.domain.ties.chain import rules_known

Fault = tuple[str, str]
NOT_APPLICABLE = "n/a"
MARK = compiled(r"^-?[0-9]{1,9}(\.[0-9]{1,9})?$")
LAST_LOOSE = 2  # the last version of which a frozen file may name what is no longer there (see _is_loose)


def faults_of_sense(file: ResultFile) -> Iterator[Fault]:
    """Of a file that has the right form and its defaults."""
    known: dict[str, dict[str, int]] = {}
    rule, wrong = file.rule, []
    for name, codes in (
        ("entries", file.codes),
        ("rule.criteria", [row.code for row in rule.criteria]),
        ("rule.groups", [row.code for row in (rule.groups or ())]),
    ):
        known[name] = {}
        for n, code in enumerate(codes):
            first = known[name].setdefault(code, n)
            if first != n:
                wrong.append((f"{name}[{n}].code", f"“{code}” is the code of {name}[{first}] already."))
    wrong += faults_of_rule(rule)
    yield from wrong
    if wrong:  # marks can't be told right from wrong by a rule that is wrong itself
        return
    entries = known["entries"]
    yield from _entries(file.entries)
    yield from _codes(file)
    yield from _by_hand(file) if file.standings is None else ()
    yield from _carried(file.carried)
    yield from _scorecards(file, entries)
    yield from _not_counted(file, entries)
    for part, look in (("lists", _lists), ("duels", _duels)):
        yield from look(file, entries) if ballot_of(rule).part == part else _unasked(part, file.given(part))
    yield from _people(file, entries)


def _is_loose(file: ResultFile) -> bool:
    """Whether the site froze the file when it still wrote down entries that had left the round since, in decisions and
    on lists. What such a file holds is proven by recomputing it."""
    return file.version <= LAST_LOOSE and file.standings is not None


def _codes(file: ResultFile) -> Iterator[Fault]:
    """“J ” beside “J” would be two jurors, and nobody would see it."""
    for name, codes in {"entries": file.codes, **_jurors(file)}.items():
        for n, code in enumerate(codes):
            if code != code.strip():
                part = "code" if name == "entries" else "juror"
                yield f"{name}[{n}].{part}", f"“{code}” begins or ends with a space."


def _jurors(file: ResultFile) -> dict[str, list[str]]:
    """{list of the file: the juror of each row}."""
    return {
        "scorecards": [row["juror"] for row in file.scorecards],
        "not_counted": [row.juror for row in file.not_counted],
        "lists": [row["juror"] for row in file.lists or ()],
        "duels": [row["juror"] for row in file.duels or ()],
    }


def _by_hand(file: ResultFile) -> Iterator[Fault]:
    """What the site may freeze (an entry that has changed its category since it was marked), and in a file that
    somebody wrote is a code misspelt: it would decide in silence. A fact of the rule that no entry has may be one that
    nobody has recorded yet, unless entries have another that no rule asks."""
    rule, categories = file.rule, {row.code: row.category or "" for row in file.entries}
    only = {row.code: row.categories for row in rule.criteria if row.categories}
    for n, card in enumerate(file.scorecards) if only else ():
        category = categories.get(card["entry"], "")
        for code, text in card["marks"].items():
            if code in only and category not in only[code] and text != NOT_APPLICABLE:
                told = (
                    f"is only for entries of {', '.join(only[code])}, and the category of “{card['entry']}” is "
                    f"“{category}”."
                )
                yield f"scorecards[{n}].marks.{code}", told
    recorded = {code for row in file.entries for code in row.facts or ()}
    asked = [rules_known()[link.kind].fact_of(link) for link in rule.ties]
    for n, fact in enumerate(asked) if recorded - set(asked) else ():
        if fact and fact not in recorded:
            yield f"rule.ties[{n}].code", f"no entry has a fact “{fact}”."


def _unknown(entry: str) -> str:
    return f"no entry has the code “{entry}”."


def _entries(rows: Iterable[FiledEntry]) -> Iterator[Fault]:
    for n, row in enumerate(rows):
        for name, text, read in (
            ("founded_on", row.founded_on, date.fromisoformat),
            ("submitted_at", row.submitted_at, datetime.fromisoformat),
        ):
            try:
                read(text) if text else None
            except ValueError:
                yield f"entries[{n}].{name}", f"there is no such day or hour as {text}."


def _carried(rows: Iterable[CarriedRound]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for n, row in enumerate(rows):
        if seen.setdefault(row.order, n) != n:
            yield f"carried[{n}].order", f"round {row.order} is carried already, at carried[{seen[row.order]}]."


def _scorecards(file: ResultFile, entries: Mapping[str, int]) -> Iterator[Fault]:
    rule = file.rule
    fits = {row.code: fitting(row) for row in rule.criteria if kind_of(row).is_marked}
    other = is_other_ballot(rule)
    blank = {} if other or _is_loose(file) else _required_of(rule, file.entries)
    seen: set[tuple[str, str]] = set()
    for n, card in enumerate(file.scorecards):
        entry, juror, marks = card["entry"], card["juror"], card["marks"]
        if entry not in entries:
            yield f"scorecards[{n}].entry", _unknown(entry)
        if (entry, juror) in seen:
            yield f"scorecards[{n}]", f"a second scorecard of juror “{juror}” on entry “{entry}”."
        seen.add((entry, juror))
        if marks and other:
            yield f"scorecards[{n}].marks", "jurors give no marks in this round."
        for code, text in marks.items():
            wrong = fits[code](text) if code in fits else "no criterion that is marked has this code."
            if wrong:
                yield f"scorecards[{n}].marks.{code}", wrong
        for code in blank.get(entry, ()):
            if code not in marks:
                yield (
                    f"scorecards[{n}].marks.{code}",
                    f"is missing, and the criterion is required: a mark, or “{NOT_APPLICABLE}”.",
                )


def _required_of(rule: StatedRule, entries: Iterable[FiledEntry]) -> dict[str, tuple[str, ...]]:
    """{entry: codes of the criteria that every scorecard on it has to mark}."""
    required = [
        (row.code, set(row.categories or ())) for row in rule.criteria if row.required and kind_of(row).is_marked
    ]
    of_category: dict[str, tuple[str, ...]] = {}
    for category in {entry.category or "" for entry in entries}:
        of_category[category] = tuple(code for code, only in required if not only or category in only)
    return {entry.code: of_category[entry.category or ""] for entry in entries}


def fitting(criterion: StatedCriterion) -> Callable[[Any], str]:
    """A function of a mark as text: what is wrong with it, or nothing. It remembers the marks that it has seen."""
    low, high = Fraction(criterion.scale_min), Fraction(criterion.scale_max or 0)
    step = Fraction(criterion.scale_step or 0)
    told: dict[Any, str] = {NOT_APPLICABLE: ""}

    def wrong(text: Any) -> str:
        if not isinstance(text, str):
            return f"{text!r} is no text: write a mark in quotation marks, or “{NOT_APPLICABLE}”."
        if text not in told:
            told[text] = _mark_fault(text, low, high, step, criterion)
        return told[text]

    return wrong


def _mark_fault(text: str, low: Fraction, high: Fraction, step: Fraction, criterion: StatedCriterion) -> str:
    if not MARK.search(text):
        return f"“{text}” is no mark: a number such as 4.5, or “{NOT_APPLICABLE}”."
    mark = Fraction(text)
    if not low <= mark <= high:
        return f"{text} is outside the scale, which goes from {criterion.scale_min} to {criterion.scale_max}."
    if step and (mark - low) % step:
        return f"{text} is between two steps of {criterion.scale_step}."
    return ""


def _not_counted(file: ResultFile, entries: Mapping[str, int]) -> Iterator[Fault]:
    seen = {(card["entry"], card["juror"]) for card in file.scorecards}
    for n, row in enumerate(file.not_counted):
        if row.entry not in entries:
            yield f"not_counted[{n}].entry", _unknown(row.entry)
        if (row.entry, row.juror) in seen:
            yield f"not_counted[{n}]", f"a second scorecard of juror “{row.juror}” on entry “{row.entry}”."
        seen.add((row.entry, row.juror))


def _unasked(name: str, rows: Sequence[object] | None) -> Iterator[Fault]:
    if rows:
        yield name, "the rule does not ask for them."


def _lists(file: ResultFile, entries: Mapping[str, int]) -> Iterator[Fault]:
    loose = _is_loose(file)
    jurors: dict[str, int] = {}
    for n, row in enumerate(file.lists or ()):
        if jurors.setdefault(row["juror"], n) != n:
            yield f"lists[{n}].juror", f"“{row['juror']}” has a list already, at lists[{jurors[row['juror']]}]."
        for name, codes in (("asked", row["asked"]), ("order", row["order"])):
            for place, entry in enumerate(codes):
                if entry in codes[:place]:
                    yield f"lists[{n}].{name}[{place}]", f"“{entry}” stands there twice."
                elif entry not in entries and not loose:
                    yield f"lists[{n}].{name}[{place}]", _unknown(entry)
                elif name == "order" and entry not in row["asked"]:
                    yield f"lists[{n}].order[{place}]", f"the juror was not asked about “{entry}”."
        if not row["order"] and not loose:
            yield f"lists[{n}].order", "names no entry: a list that nobody filled in is left out."


def _duels(file: ResultFile, entries: Mapping[str, int]) -> Iterator[Fault]:
    seen: dict[tuple[str, frozenset[str]], int] = {}
    for n, row in enumerate(file.duels or ()):
        pair = (row["first"], row["second"])
        for name, entry in zip(("first", "second"), pair, strict=True):
            if entry not in entries:
                yield f"duels[{n}].{name}", _unknown(entry)
        if pair[0] == pair[1]:
            yield f"duels[{n}].second", "an entry is compared with another one."
        if row["winner"] and row["winner"] not in pair:
            yield f"duels[{n}].winner", f"“{row['winner']}” is neither of the two."
        first = seen.setdefault((row["juror"], frozenset(pair)), n)
        if first != n:
            yield f"duels[{n}]", f"juror “{row['juror']}” has compared these two already, at duels[{first}]."


def _people(file: ResultFile, entries: Mapping[str, int]) -> Iterator[Fault]:
    """What people recorded beside marks."""
    loose = _is_loose(file)
    penalties = {row.code for row in file.rule.criteria if not kind_of(row).is_marked}
    for n, row in enumerate(file.penalties or ()):
        if row.entry not in entries:
            yield f"penalties[{n}].entry", _unknown(row.entry)
        if row.code not in penalties:
            yield f"penalties[{n}].code", f"no criterion whose breaches are recorded has the code “{row.code}”."
    for n, order in enumerate(file.decisions):
        for place, entry in enumerate(order):
            if entry not in entries and not loose:
                yield f"decisions[{n}][{place}]", _unknown(entry)
            elif entry in order[:place]:
                yield f"decisions[{n}][{place}]", f"“{entry}” stands there twice."
        if len(order) < 2:
            yield f"decisions[{n}]", "puts no two entries in order."
    for n, verdict in enumerate(file.cut_decisions or ()):
        if verdict.entry not in entries:
            yield f"cut_decisions[{n}].entry", _unknown(verdict.entry)
    yield from () if loose else _peers(file)


def _peers(file: ResultFile) -> Iterator[Fault]:
    jurors = {code for codes in _jurors(file).values() for code in codes}
    seen: set[str] = set()
    for n, juror in enumerate(file.peers or ()):
        if juror in seen:
            yield f"peers[{n}]", f"“{juror}” stands there twice."
        elif juror not in jurors:
            yield f"peers[{n}]", f"no scorecard is of a juror “{juror}”."
        seen.add(juror)
