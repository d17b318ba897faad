"""What makes no sense in the rows of a result's file although each has the right form: a code that nothing has, a thing
said twice, a mark outside its scale, a required one left blank. Each with its place; nothing is left out in silence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from judging.domain.results.rule_sense import faults_of_rule
from judging.domain.results.shape import compiled
from judging.domain.rule.ballots import ballot_of, is_other_ballot
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.ties.chain import rules_known

Fault = tuple[str, str]
NOT_APPLICABLE = "n/a"
MARK = compiled(r"^-?[0-9]{1,9}(\.[0-9]{1,9})?$")
LAST_LOOSE = 2  # the last version of which a frozen file may name what is no longer there (see _is_loose)


def faults_of_sense(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Of a file that has the right form and its defaults."""
    known: dict[str, dict[str, int]] = {}
    rule, wrong = data["rule"], []
    for name, rows in (
        ("entries", data["entries"]),
        ("rule.criteria", rule["criteria"]),
        ("rule.groups", rule.get("groups", [])),
    ):
        known[name] = {}
        for n, row in enumerate(rows):
            first = known[name].setdefault(row["code"], n)
            if first != n:
                wrong.append((f"{name}[{n}].code", f"“{row['code']}” is the code of {name}[{first}] already."))
    wrong += faults_of_rule(rule)
    yield from wrong
    if wrong:  # marks can't be told right from wrong by a rule that is wrong itself
        return
    entries = known["entries"]
    yield from _entries(data["entries"])
    yield from _codes(data)
    yield from _by_hand(data) if "standings" not in data else ()
    yield from _carried(data["carried"])
    yield from _scorecards(data, entries)
    yield from _not_counted(data, entries)
    for part, look in (("lists", _lists), ("duels", _duels)):
        yield from look(data, entries) if ballot_of(rule).part == part else _unasked(data, part)
    yield from _people(data, entries)


def _is_loose(data: Mapping[str, Any]) -> bool:
    """Whether the site froze the file when it still wrote down entries that had left the round since, in decisions and
    on lists. What such a file holds is proven by recomputing it."""
    return data["version"] <= LAST_LOOSE and "standings" in data


def _codes(data: Mapping[str, Any]) -> Iterator[Fault]:
    """“J ” beside “J” would be two jurors, and nobody would see it."""
    for name, key in (
        ("entries", "code"), ("scorecards", "juror"), ("not_counted", "juror"), ("lists", "juror"), ("duels", "juror")
    ):  # fmt: skip
        for n, row in enumerate(data.get(name, ())):
            if row[key] != row[key].strip():
                yield f"{name}[{n}].{key}", f"“{row[key]}” begins or ends with a space."


def _by_hand(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What the site may freeze (an entry that has changed its category since it was marked), and in a file that
    somebody wrote is a code misspelt: it would decide in silence. A fact of the rule that no entry has may be one that
    nobody has recorded yet, unless entries have another that no rule asks."""
    rule, entries = data["rule"], {row["code"]: row for row in data["entries"]}
    only = {row["code"]: row["categories"] for row in rule["criteria"] if row.get("categories")}
    for n, card in enumerate(data["scorecards"]) if only else ():
        category = entries.get(card["entry"], {}).get("category", "")
        for code, text in card["marks"].items():
            if code in only and category not in only[code] and text != NOT_APPLICABLE:
                told = (
                    f"is only for entries of {', '.join(only[code])}, and the category of “{card['entry']}” is "
                    f"“{category}”."
                )
                yield f"scorecards[{n}].marks.{code}", told
    recorded = {code for row in data["entries"] for code in row.get("facts", {})}
    asked = [rules_known()[link["kind"]].fact_of(link) for link in rule["ties"]]
    for n, fact in enumerate(asked) if recorded - set(asked) else ():
        if fact and fact not in recorded:
            yield f"rule.ties[{n}].code", f"no entry has a fact “{fact}”."


def _unknown(entry: str) -> str:
    return f"no entry has the code “{entry}”."


def _entries(rows: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    for n, row in enumerate(rows):
        for name, read in (("founded_on", date.fromisoformat), ("submitted_at", datetime.fromisoformat)):
            try:
                read(row[name]) if row[name] else None
            except ValueError:
                yield f"entries[{n}].{name}", f"there is no such day or hour as {row[name]}."


def _carried(rows: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for n, row in enumerate(rows):
        if seen.setdefault(row["order"], n) != n:
            yield f"carried[{n}].order", f"round {row['order']} is carried already, at carried[{seen[row['order']]}]."


def _scorecards(data: Mapping[str, Any], entries: Mapping[str, int]) -> Iterator[Fault]:
    rule = data["rule"]
    fits = {row["code"]: fitting(row) for row in rule["criteria"] if kind_of(row).is_marked}
    other = is_other_ballot(rule)
    blank = {} if other or _is_loose(data) else _required_of(rule, data["entries"])
    seen: set[tuple[str, str]] = set()
    for n, card in enumerate(data["scorecards"]):
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


def _required_of(rule: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """{entry: codes of the criteria that every scorecard on it has to mark}."""
    required = [
        (row["code"], set(row.get("categories", ())))
        for row in rule["criteria"]
        if row["required"] and kind_of(row).is_marked
    ]
    of_category: dict[str, tuple[str, ...]] = {}
    for category in {entry.get("category", "") for entry in entries}:
        of_category[category] = tuple(code for code, only in required if not only or category in only)
    return {entry["code"]: of_category[entry.get("category", "")] for entry in entries}


def fitting(criterion: Mapping[str, Any]) -> Callable[[Any], str]:
    """A function of a mark as text: what is wrong with it, or nothing. It remembers the marks that it has seen."""
    low, high = Fraction(criterion["scale_min"]), Fraction(criterion["scale_max"])
    step = Fraction(criterion["scale_step"] or 0)
    told: dict[Any, str] = {NOT_APPLICABLE: ""}

    def wrong(text: Any) -> str:
        if not isinstance(text, str):
            return f"{text!r} is no text: write a mark in quotation marks, or “{NOT_APPLICABLE}”."
        if text not in told:
            told[text] = _mark_fault(text, low, high, step, criterion)
        return told[text]

    return wrong


def _mark_fault(text: str, low: Fraction, high: Fraction, step: Fraction, criterion: Mapping[str, Any]) -> str:
    if not MARK.search(text):
        return f"“{text}” is no mark: a number such as 4.5, or “{NOT_APPLICABLE}”."
    mark = Fraction(text)
    if not low <= mark <= high:
        return f"{text} is outside the scale, which goes from {criterion['scale_min']} to {criterion['scale_max']}."
    if step and (mark - low) % step:
        return f"{text} is between two steps of {criterion['scale_step']}."
    return ""


def _not_counted(data: Mapping[str, Any], entries: Mapping[str, int]) -> Iterator[Fault]:
    seen = {(card["entry"], card["juror"]) for card in data["scorecards"]}
    for n, row in enumerate(data["not_counted"]):
        if row["entry"] not in entries:
            yield f"not_counted[{n}].entry", _unknown(row["entry"])
        if (row["entry"], row["juror"]) in seen:
            yield f"not_counted[{n}]", f"a second scorecard of juror “{row['juror']}” on entry “{row['entry']}”."
        seen.add((row["entry"], row["juror"]))


def _unasked(data: Mapping[str, Any], name: str) -> Iterator[Fault]:
    if data.get(name):
        yield name, "the rule does not ask for them."


def _lists(data: Mapping[str, Any], entries: Mapping[str, int]) -> Iterator[Fault]:
    loose = _is_loose(data)
    jurors: dict[str, int] = {}
    for n, row in enumerate(data["lists"]):
        if jurors.setdefault(row["juror"], n) != n:
            yield f"lists[{n}].juror", f"“{row['juror']}” has a list already, at lists[{jurors[row['juror']]}]."
        for name in ("asked", "order"):
            for place, entry in enumerate(row[name]):
                if entry in row[name][:place]:
                    yield f"lists[{n}].{name}[{place}]", f"“{entry}” stands there twice."
                elif entry not in entries and not loose:
                    yield f"lists[{n}].{name}[{place}]", _unknown(entry)
                elif name == "order" and entry not in row["asked"]:
                    yield f"lists[{n}].order[{place}]", f"the juror was not asked about “{entry}”."
        if not row["order"] and not loose:
            yield f"lists[{n}].order", "names no entry: a list that nobody filled in is left out."


def _duels(data: Mapping[str, Any], entries: Mapping[str, int]) -> Iterator[Fault]:
    seen: dict[tuple[str, frozenset[str]], int] = {}
    for n, row in enumerate(data["duels"]):
        pair = (row["first"], row["second"])
        for name in ("first", "second"):
            if row[name] not in entries:
                yield f"duels[{n}].{name}", _unknown(row[name])
        if pair[0] == pair[1]:
            yield f"duels[{n}].second", "an entry is compared with another one."
        if row["winner"] and row["winner"] not in pair:
            yield f"duels[{n}].winner", f"“{row['winner']}” is neither of the two."
        first = seen.setdefault((row["juror"], frozenset(pair)), n)
        if first != n:
            yield f"duels[{n}]", f"juror “{row['juror']}” has compared these two already, at duels[{first}]."


def _people(data: Mapping[str, Any], entries: Mapping[str, int]) -> Iterator[Fault]:
    """What people recorded beside marks."""
    loose = _is_loose(data)
    penalties = {row["code"] for row in data["rule"]["criteria"] if not kind_of(row).is_marked}
    for n, row in enumerate(data.get("penalties", ())):
        if row["entry"] not in entries:
            yield f"penalties[{n}].entry", _unknown(row["entry"])
        if row["code"] not in penalties:
            yield f"penalties[{n}].code", f"no criterion whose breaches are recorded has the code “{row['code']}”."
    for n, order in enumerate(data["decisions"]):
        for place, entry in enumerate(order):
            if entry not in entries and not loose:
                yield f"decisions[{n}][{place}]", _unknown(entry)
            elif entry in order[:place]:
                yield f"decisions[{n}][{place}]", f"“{entry}” stands there twice."
        if len(order) < 2:
            yield f"decisions[{n}]", "puts no two entries in order."
    for n, row in enumerate(data.get("cut_decisions", ())):
        if row["entry"] not in entries:
            yield f"cut_decisions[{n}].entry", _unknown(row["entry"])
    yield from () if loose else _peers(data)


def _peers(data: Mapping[str, Any]) -> Iterator[Fault]:
    jurors = {row["juror"] for name in ("scorecards", "not_counted", "lists", "duels") for row in data.get(name, ())}
    seen: set[str] = set()
    for n, juror in enumerate(data.get("peers", ())):
        if juror in seen:
            yield f"peers[{n}]", f"“{juror}” stands there twice."
        elif juror not in jurors:
            yield f"peers[{n}]", f"no scorecard is of a juror “{juror}”."
        seen.add(juror)
