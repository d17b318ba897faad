"""The file of a result (docs/formats/result.schema.json), read with care: what is wrong with it is told all at once,
each with its place: “scorecards[3].marks.innovation: …”.

A file that somebody wrote by hand may leave out what has an obvious value (see DEFAULTS); standings and ties may be
missing, then there is nothing to compare but everything to compute.
"""

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from judging.domain.ballots.ranked_lists import countings_known
from judging.domain.results.document import FORMAT, ResultFile
from judging.domain.results.sense import faults_of_sense
from judging.domain.results.shape import Fault, Schema, faults_of_shape
from judging.domain.rule.ballots import MARKS, ballots_known
from judging.domain.rule.blanks import blanks_known
from judging.domain.rule.combination import PERCENT, combinations_known
from judging.domain.rule.criterion_kinds import criterion_kinds_known, unmarked_kinds
from judging.domain.rule.threshold_effects import threshold_effects_known
from judging.domain.rule.values import AT_TOTAL, MEAN, aggregations_known, levels_known
from judging.domain.statistics.correction import corrections_known
from judging.domain.ties.chain import rules_known
from toolkit.exact_json import BadJson, read_json
from toolkit.typed_data import Misshapen

FORMATS = Path(__file__).resolve().parents[3] / "docs" / "formats"
VERSIONS, EDITION = (1, 2, 3), "passerelle.edition"
EXACT = "exact"  # the method of a result that nothing estimates
MOST_ERRORS = 20

Written = dict[str, Any]  # what JSON says, before it is read
DEFAULTS: dict[str, Written] = {
    "file": {"carried": [], "not_counted": [], "decisions": [], "scorecards": []},
    "round": {"edition": "", "city": "", "order": "1", "name": {}, "weight": "100", "closed_at": ""},
    "rule": {
        "combine": PERCENT, "across": MEAN, "aggregate_at": AT_TOTAL, "trim": "0", "decimals": "", "threshold": "",
        "min_scorecards": "1", "ties": [],
    },
    "lists": {"points": [], "least": "1", "most": ""},
    "cut": {"count": "", "per_city": "", "all_tied_go_on": False},
    "criterion": {"name": {}, "weight": "1", "scale_min": "0", "scale_step": "", "threshold": "", "required": True},
    "group": {"name": {}, "weight": "1", "parent": "", "combine": "", "threshold": "", "ranking_weight": ""},
    "entry": {"city": "", "founded_on": "", "submitted_at": ""},
}  # fmt: skip


class BadResult(ValueError):
    """A file that can't be read as a result. `errors`: (place, sentence), in the order of the file."""

    def __init__(self, errors: Iterable[Fault]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{place}: {sentence}" for place, sentence in self.errors))


@cache
def _published(name: str) -> Schema:
    found: Schema = json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


WITH_KINDS = ("result", "report")
# Lists of a published format that hold the codes of kinds, by their name under `$defs`.
LISTS: dict[str, Callable[[], Iterable[str]]] = {
    "tie_rule": rules_known,
    "aggregation": aggregations_known,
    "combine": combinations_known,
    "counting": countings_known,
    "correction": corrections_known,
    "blanks": blanks_known,
    "aggregate_at": levels_known,
    "threshold_effect": threshold_effects_known,
    "ballot": lambda: [code for code in ballots_known() if code != MARKS],
    "method": lambda: [
        EXACT,
        *(code for code, correction in corrections_known().items() if correction.corrects),
        *(code for code, ballot in ballots_known().items() if ballot.is_estimate),
    ],
    "criterion_kind": criterion_kinds_known,
    "recorded_kind": unmarked_kinds,
    "combine_of_group": lambda: ["", *combinations_known()],
}


def schema(name: str) -> Schema:
    """A published format, by the name of its file without `.schema.json`; its lists of kinds are those that are
    known now, which
    `manage.py write_formats` writes into the file."""
    whole = _published(name)
    known = whole.get("$defs", {})
    lists = {of: {**known[of], "enum": list(codes())} for of, codes in LISTS.items() if of in known}
    return whole | {"$defs": known | lists} if lists else whole


@dataclass(frozen=True)
class Held:
    """One result in a file: as written, read with its defaults, the hash that stands beside it,
    and where in the file it stands."""

    place: str
    sha256: str
    written: Written
    file: ResultFile


def read_results(content: bytes) -> list[ResultFile]:
    """The results that a file holds: its own, or those of every round of an edition. Raises BadResult."""
    return [held.file for held in results_in(content)]


def results_in(content: bytes) -> list[Held]:
    """The same, each with what a check needs. Raises BadResult."""
    data = read_exactly(content)
    if isinstance(data, dict) and data.get("format") == EDITION:
        if errors := _first(faults_of_shape(data, _edition()), MOST_ERRORS):
            raise BadResult(errors)
        return [
            Held(f"results[{n}]", row["sha256"], row["file"], checked(row["file"], f"results[{n}].file."))
            for n, row in enumerate(data["results"])
        ]
    return [Held("", "", data, checked(data, ""))]


@cache
def _edition() -> Schema:
    """The format of an edition, what it says of each file apart: that is looked at by itself."""
    whole = copy.deepcopy(schema("edition"))
    whole["properties"]["results"]["items"]["properties"]["file"] = {"type": "object"}
    return whole


def read_exactly(content: bytes, **options: Any) -> Any:
    """What JSON says, or why it can't be read. Raises BadResult."""
    try:
        return read_json(content, **options)
    except BadJson as error:
        raise BadResult([(error.place, error.sentence)]) from None


def checked(data: Any, prefix: str = "") -> ResultFile:
    """A file with its defaults, if it has the right form and makes sense. Raises BadResult."""
    _refuse(_form(data), prefix)
    try:
        file = ResultFile.from_data(with_defaults(data))
    except Misshapen as no:
        raise BadResult([(f"{prefix}{no.place}", no.sentence)]) from None
    _refuse(faults_of_sense(file), prefix)
    return file


def _refuse(faults: Iterator[Fault], prefix: str) -> None:
    errors = [(f"{prefix}{place}", sentence) for place, sentence in _first(faults, MOST_ERRORS)]
    if errors:
        raise BadResult(errors)


def _first(found: Iterator[Fault], most: int) -> list[Fault]:
    return [fault for _n, fault in zip(range(most), found, strict=False)]


def with_defaults(data: Written) -> Written:
    """The file with everything that it may leave out."""
    rule = DEFAULTS["rule"] | data["rule"]
    rule["cut"] = DEFAULTS["cut"] | rule.get("cut", {})
    rule["criteria"] = [DEFAULTS["criterion"] | row for row in rule["criteria"]]
    if "lists" in rule:
        rule["lists"] = DEFAULTS["lists"] | rule["lists"]
    if "groups" in rule:
        rule["groups"] = [DEFAULTS["group"] | row for row in rule["groups"]]
    part = ballots_known()[rule.get("ballot", MARKS)].part
    given: dict[str, list[Any]] = {part: []} if part else {}
    return {
        **DEFAULTS["file"],
        **given,
        **data,
        "round": DEFAULTS["round"] | data.get("round", {}),
        "rule": rule,
        "entries": [DEFAULTS["entry"] | row for row in data["entries"]],
    }


def _form(data: Any) -> Iterator[Fault]:
    """What the schema says no to."""
    if not isinstance(data, dict):
        yield "the file", "is no object with “format”, “rule” and “entries”."
    elif fault := not_read(data):
        yield fault
    else:
        yield from faults_of_shape(data, schema("result"))


def not_read(data: Written) -> Fault | None:
    """Why this program does not read such a file at all."""
    version = data.get("version")
    if data.get("format") == FORMAT and type(version) is int and version in VERSIONS:
        return None
    known = f"{', '.join(map(str, VERSIONS[:-1]))} or {VERSIONS[-1]}"
    return "format", f"this program reads “{FORMAT}”, version {known}."
