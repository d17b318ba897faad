"""What a result's file may not say: each fault is told at its place, in a sentence, wherever in the file it stands."""

import copy
import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.results.format import BadResult, schema
from judging.domain.results.shape import predicate
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import read_results

SCALE = {"scale_min": "0", "scale_max": "5", "scale_step": "0.5"}


def card(entry, juror, **marks):
    return {"entry": entry, "juror": juror, "marks": marks}


MARKS: dict[str, Any] = {
    "format": "passerelle.result",
    "version": 3,
    "round": {"edition": "2027", "order": "2", "weight": "40", "name": {"en": "Final"}},
    "method": {"name": "exact", "decimals": "2", "libraries": {}},
    "rule": {
        "version": "2", "combine": "percent", "across": "mean", "aggregate_at": "total", "trim": "0", "decimals": "2",
        "decimals_criterion": "", "decimals_group": "3", "final_decimals": "2", "threshold": "10",
        "threshold_effect": "warn",
        "blanks": "left_out", "min_scorecards": "1", "min_peer_scorecards": "0",
        "correction": {"kind": "none", "deviation": "population", "decimals": "", "min_marks": "2"},
        "ties": [
            {"kind": "criterion", "code": "idea"}, {"kind": "group", "code": "plan"},
            {"kind": "fact", "code": "jobs", "first": "lower", "name": {"en": "Jobs"}}, {"kind": "human"},
        ],
        "cut": {"count": "1", "per_city": "1", "per_category": "", "wild_cards": "1", "all_tied_go_on": False},
        "groups": [{"code": "plan", "weight": "2", "parent": "", "combine": "", "threshold": "",
                "ranking_weight": "3"}],
        "criteria": [
            {"code": "idea", "kind": "score", "weight": "1", "group": "plan", "threshold": "1", **SCALE},
            {"code": "team", "weight": "1", "ranking_weight": "2", "categories": ["energy"], "comment_below": "1",
             "comment_above": "", **SCALE},
            {"code": "star", "kind": "bonus", "weight": "0.5", "cap": "2", "required": False, **SCALE},
            {"code": "late", "kind": "penalty", "weight": "2", "cap": "5"},
        ],
    },
    "entries": [
        {"code": "A", "city": "braga", "category": "energy", "founded_on": "2024-02-29", "facts": {"jobs": "3"}},
        {"code": "B", "city": "cuneo", "submitted_at": "2026-11-01T12:00:00Z", "laureates": "2"},
    ],
    "carried": [{"order": "1", "weight": "60", "sha256": "", "shares": {"A": "200/3", "C": "50"}}],
    "scorecards": [
        card("A", "J1", idea="4", team="n/a", star="1"), card("A", "J2", idea="3.5", team="2"),
        card("B", "J1", idea="5"),
    ],
    "not_counted": [{"entry": "B", "juror": "J2", "state": "missing"}],
    "peers": ["J2"],
    "penalties": [{"entry": "A", "code": "late", "breaches": "2"}],
    "decisions": [["A", "B"]],
    "cut_decisions": [{"entry": "B", "kind": "keep"}],
    "former_rules": [{"version": "1", "sha256": "ab" * 32, "until": "2026-11-01T12:00:00Z"}],
}  # fmt: skip
LISTS: dict[str, Any] = {
    **{key: MARKS[key] for key in ("format", "version", "entries")},
    "rule": {
        "ballot": "ranking",
        "lists": {"counting": "points", "points": ["3", "1"], "least": "1", "most": ""},
        "criteria": [],
    },
    "lists": [{"juror": "J1", "asked": ["A", "B"], "order": ["B"]}, {"juror": "J2", "asked": ["A"], "order": ["A"]}],
}
DUELS: dict[str, Any] = {
    **{key: MARKS[key] for key in ("format", "version", "entries")},
    "rule": {"ballot": "duels", "duels": {"each": "3"}, "decimals": "1", "criteria": []},
    "duels": [{"juror": "J1", "first": "A", "second": "B", "winner": ""}],
}
FILES: dict[str, dict[str, Any]] = {"marks": MARKS, "lists": LISTS, "duels": DUELS}
WORDS = {
    "percent", "mean", "total", "warn", "left_out", "none", "population", "criterion", "group", "fact", "human",
    "lower", "score",
    "bonus", "penalty", "missing", "keep", "ranking", "points", "duels", "exact",
}  # fmt: skip
# Whose keys are codes, languages or names of libraries, not words of the format.
FREE = re.compile(r".*(name|libraries|facts|shares|marks)$")


def told(file) -> list[str]:
    """What is said of a file; nothing when it is read."""
    try:
        read_results(json.dumps(file).encode())
    except BadResult as refused:
        return str(refused).splitlines()
    return []


def place(path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def within(value, path=()):
    """(path, value) of everything in a file."""
    yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from within(inner, (*path, step))


def changed(file, path, value=None, *, key=None):
    """A copy with another value at the path, or with the last key of it called otherwise."""
    made = copy.deepcopy(file)
    at = made
    for step in path[:-1]:
        at = at[step]
    if key is None:
        at[path[-1]] = value
    else:
        at[key] = at.pop(path[-1])
    return made


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_faults_is_read_and_computed(name):
    assert told(FILES[name]) == []
    [file] = read_results(json.dumps(FILES[name]).encode())
    assert len(frozen.compute(file).ranking.places) == 2


@pytest.mark.parametrize("name", FILES)
def test_a_misspelt_key_is_told_at_its_place(name):
    """Every key of the format, each in turn with a letter too many."""
    tried = 0
    for path, _value in within(FILES[name]):
        if not path or isinstance(path[-1], int) or FREE.match(place(path[:-1])):
            continue
        misspelt = f"{path[-1]}s"
        found = told(changed(FILES[name], path, key=misspelt))
        if path in {("format",), ("version",)}:
            assert found[0].startswith("format: this program reads"), path
        else:
            expected = f"{place((*path[:-1], misspelt))}: is not known here. Is “{path[-1]}” meant?"
            assert any(line.startswith(expected.split(" Is “")[0]) for line in found), (path, found)
            tried += 1
    assert tried > 10


@pytest.mark.parametrize("name", FILES)
def test_a_kind_that_is_not_known_is_told_at_its_place(name):
    """Every word that the format lists, each in turn with a letter too many;
    and nothing but text where text belongs."""
    for path, value in within(FILES[name]):
        if not isinstance(value, str) or path[0] == "format" or FREE.match(place(path[:-1])):
            continue
        if value in WORDS and path[-1] not in ("code", "group"):
            [line] = [
                line for line in told(changed(FILES[name], path, f"{value}x")) if line.startswith(f"{place(path)}: ")
            ]
            assert "is none of " in line, path
            assert line.endswith(f" Is “{value}” meant?"), path
        others: list[Any] = [None, 7, 1.5, True, [], {}]
        for other in others:
            assert any(line.startswith(f"{place(path)}: ") for line in told(changed(FILES[name], path, other))), path


def of_marks(*path, value):
    return changed(MARKS, path, value)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (of_marks("rule", "ties", 0, "code", value="ideas"), "rule.ties[0].code: no criterion has the code “ideas”."),
        (of_marks("rule", "ties", 0, "code", value="late"),
            "rule.ties[0].code: nobody marks “late”."),
        (of_marks("rule", "ties", 1, "code", value="idea"), "rule.ties[1].code: no group has the code “idea”."),
        (of_marks("rule", "ties", 1, value={"kind": "fact"}), "rule.ties[1]: it lacks the “code” of the fact."),
        (of_marks("rule", "ties", 1, value={"kind": "median", "code": "x"}),
            "rule.ties[1].code: “median” is about no criterion, group or fact."),
        (of_marks("rule", "ties", 0, "first", value="lower"),
            "rule.ties[0].first: only of a fact can the lower number come first."),
        (of_marks("rule", "ties", 0, value={"kind": "human"}),
            "rule.ties[0].kind: a person's decision ends the chain: nothing comes after it."),
        (of_marks("rule", "groups", value=[{"code": "plan"}, {"code": "empty"}]),
            "rule.groups[1]: no criterion that counts stands in it."),
        (of_marks("rule", "groups", 0, "weight", value="0"), "rule.groups[0].weight: is not above 0."),
        (of_marks("rule", "criteria", 0, "group", value="plans"),
            "rule.criteria[0].group: no group has the code “plans”."),
        (of_marks("rule", "criteria", 2, "group", value="plan"),
            ("rule.criteria[2].group: points on top, or off, belong to the total: “bonus” or “penalty” stands in "
             "no group.")),
        (of_marks("rule", "criteria", 0, "cap", value="3"),
            "rule.criteria[0].cap: goes with “bonus” or “penalty” only."),
        (of_marks("rule", "criteria", 0, "scale_step", value="-1"),
            "rule.criteria[0].scale_step: steps of -1 don't reach 5 from 0."),
        (of_marks("rule", "criteria", 0, "threshold", value="9"),
            "rule.criteria[0].threshold: 9 is outside the scale, which goes from 0 to 5."),
        (of_marks("rule", "criteria", 3, "threshold", value="1"),
            "rule.criteria[3].threshold: nobody marks it: it has no mark needed."),
        (of_marks("rule", "decimals", value="10"), "rule.decimals: “10” is no number of decimals from 0 to 9."),
        (of_marks("rule", "trim", value="1\n"), "rule.trim: “1\n” is no whole number such as 3."),
        (of_marks("rule", "correction", "kind", value="severity"),
            "rule.correction.decimals: a corrected result is an estimate: say to how many decimals it is rounded."),
        (of_marks("entries", 0, "founded_on", value="2023-02-29"),
            "entries[0].founded_on: there is no such day or hour as 2023-02-29."),
        (of_marks("entries", 1, "submitted_at", value="2026-11-01"),
            "entries[1].submitted_at: “2026-11-01” is no moment in UTC such as 2027-03-01T18:00:00Z."),
        (of_marks("carried", value=MARKS["carried"] * 2),
            "carried[1].order: round 1 is carried already, at carried[0]."),
        (of_marks("carried", 0, "shares", "A", value="much"),
            "carried[0].shares.A: “much” is no number such as 79.75 or 239/3."),
        (of_marks("scorecards", 1, "marks", value={"idea": "3"}),
            "scorecards[1].marks.team: is missing, and the criterion is required: a mark, or “n/a”."),
        (of_marks("scorecards", 1, "marks", "late", value="1"),
            "scorecards[1].marks.late: no criterion that is marked has this code."),
        (of_marks("scorecards", 1, "marks", "idea", value="٤"),
            "scorecards[1].marks.idea: “٤” is no mark: a number such as 4.5, or “n/a”."),
        (of_marks("not_counted", 0, "entry", value="Z"), "not_counted[0].entry: no entry has the code “Z”."),
        (of_marks("not_counted", 0, "juror", value="J1"),
            "not_counted[0]: a second scorecard of juror “J1” on entry “B”."),
        (of_marks("peers", 0, value="J9"), "peers[0]: no scorecard is of a juror “J9”."),
        (of_marks("peers", value=["J2", "J2"]), "peers[1]: “J2” stands there twice."),
        (of_marks("penalties", 0, "entry", value="Z"), "penalties[0].entry: no entry has the code “Z”."),
        (of_marks("penalties", 0, "code", value="idea"),
            "penalties[0].code: no criterion whose breaches are recorded has the code “idea”."),
        (of_marks("decisions", 0, value=["A", "Z"]), "decisions[0][1]: no entry has the code “Z”."),
        (of_marks("decisions", 0, value=["A", "A"]), "decisions[0][1]: “A” stands there twice."),
        (of_marks("decisions", 0, value=["A"]), "decisions[0]: puts no two entries in order."),
        (of_marks("cut_decisions", 0, "entry", value="Z"), "cut_decisions[0].entry: no entry has the code “Z”."),
        (of_marks("rule", "ties", 2, "code", value="job"), "rule.ties[2].code: no entry has a fact “job”."),
        (of_marks("rule", "criteria", 1, "categories", value=["enregy"]),
            "scorecards[1].marks.team: is only for entries of enregy, and the category of “A” is “energy”."),
        (of_marks("scorecards", 1, "juror", value="J2 "), "scorecards[1].juror: “J2 ” begins or ends with a space."),
        (of_marks("lists", value=LISTS["lists"]), "lists: the rule does not ask for them."),
        (of_marks("duels", value=DUELS["duels"]), "duels: the rule does not ask for them."),
        (changed(LISTS, ("lists", 0, "asked"), ["A", "B", "A"]), "lists[0].asked[2]: “A” stands there twice."),
        (changed(LISTS, ("lists", 0, "order"), ["B", "B"]), "lists[0].order[1]: “B” stands there twice."),
        (changed(LISTS, ("lists", 0, "order"), []),
            "lists[0].order: names no entry: a list that nobody filled in is left out."),
        (changed(LISTS, ("lists", 1, "order"), ["B"]), "lists[1].order[0]: the juror was not asked about “B”."),
        (changed(LISTS, ("lists", 1, "juror"), "J1"), "lists[1].juror: “J1” has a list already, at lists[0]."),
        (changed(LISTS, ("lists", 0, "asked", 0), "Z"), "lists[0].asked[0]: no entry has the code “Z”."),
        (changed(LISTS, ("scorecards",), [card("A", "J1", idea="3")]),
            "scorecards[0].marks: jurors give no marks in this round."),
        (changed(LISTS, ("rule", "ties"), [{"kind": "criterion", "code": "a"}]),
            "rule.ties[0].kind: jurors give no marks in this round: there is no such result."),
        (changed(LISTS, ("rule", "lists"), {"counting": "points"}),
            "rule.lists.points: say how many points the first places earn, the most first: 3, 2, 1."),
        ({**LISTS, "rule": {key: value for key, value in LISTS["rule"].items() if key != "lists"}},
            "rule: it lacks “lists”: how ranked lists are counted."),
        (changed(LISTS, ("rule", "duels"), {}), "rule.duels: goes with the ballot “duels” only."),
        (changed(DUELS, ("duels", 0, "winner"), "C"), "duels[0].winner: “C” is neither of the two."),
        (changed(DUELS, ("duels", 0, "second"), "A"), "duels[0].second: an entry is compared with another one."),
        (changed(DUELS, ("duels",), [DUELS["duels"][0], {**DUELS["duels"][0], "first": "B", "second": "A"}]),
            "duels[1]: juror “J1” has compared these two already, at duels[0]."),
        (changed(DUELS, ("rule", "decimals"), ""),
            "rule.decimals: the result of compared pairs is an estimate: say to how many decimals it is rounded."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_at_its_place(file, sentence):
    assert "\n".join(told(file)).startswith(sentence)


@pytest.mark.parametrize(
    "content",
    [
        b'{"entries": [{"code": "A", "code": "B"}]}',
        b'{"entries": [{"code": "\\ud83d"}]}',
    ],
)
def test_what_json_itself_leaves_open_is_told_at_its_place(content):
    with pytest.raises(BadResult) as refused:
        read_results(content)
    assert str(refused.value) in (
        "entries[0]: “code” stands there twice.",
        "entries[0].code: holds half of a pair of surrogates, which is no letter.",
    )
    for text in (b'{"version": NaN}', b'{"version": ' + b"9" * 5000 + b"}"):
        with pytest.raises(BadResult, match="the file: "):
            read_results(text)


ROWS = {name: part["items"] for name, part in schema("result")["properties"].items() if "items" in part}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_far_down_is_told_with_the_words_of_the_first(name):
    """However long the list: the schema is not asked about a sample."""
    source = next((file for file in FILES.values() if name in file), {})
    good = source.get(name, [])
    many = [*good, *(copy.deepcopy(good[-1]) for _ in range(300))] if good else []
    for broken in (7, {"codes": "A"}, {}):
        first = told({**MARKS, name: [broken]})
        last = told({**MARKS, name: [*many, broken]})
        assert first == [line.replace(f"[{len(many)}]", "[0]") for line in last]
        assert first[0].startswith(f"{name}[0]")


values = st.one_of(
    st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["", "A", "1", "1\n", "-2.5", "1/3", "keep"])
)


@st.composite
def rows(draw):
    """A row of some list of the three files, with something in it changed, added or taken away."""
    name = draw(st.sampled_from([name for name in ROWS if any(name in file for file in FILES.values())]))
    good = draw(st.sampled_from([row for file in FILES.values() for row in file.get(name, [])]))
    row = copy.deepcopy(good)
    for _ in range(draw(st.integers(0, 2))):
        path, _value = draw(st.sampled_from(list(within(row))))
        value = draw(values)
        row = value if not path else changed(row, path, value)
        if isinstance(row, dict) and draw(st.booleans()):
            row[draw(st.sampled_from(["entry", "odd", "juror"]))] = draw(values)
    return name, row


@settings(deadline=None, max_examples=300)
@given(rows())
def test_the_fast_look_says_what_the_validator_says(named):
    name, row = named
    whole = {**ROWS[name], "$defs": schema("result")["$defs"]}
    strict = json.loads(json.dumps(whole).replace('$"', '\\\\Z"').replace("$|", "\\\\Z|"))
    expected = jsonschema.Draft202012Validator(strict).is_valid(row)
    assert predicate(ROWS[name], schema("result"))(row) == expected


def test_the_site_may_freeze_what_a_hand_may_not_write():
    """An entry that changed its category keeps its marks, and a chain may ask for a fact that nobody has recorded."""
    file = of_marks("rule", "criteria", 1, "categories", value=["water"])
    file["rule"]["ties"][2]["code"] = "patents"
    [read] = read_results(json.dumps({**file, "standings": [], "ties": []}).encode())
    assert frozen.compute(read).scores["A"].criteria[1] is None
