"""What a result's file may not say: each fault is told at its place, in a sentence, wherever in the file it stands."""

import json

import pytest

from judging.domain.results.format import BadResult
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import read_results
from tests.judging.domain.results.whole_files import DUELS, FILES, LISTS, MARKS, card, changed, told


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_faults_is_read_and_computed(name):
    assert told(FILES[name]) == []
    [file] = read_results(json.dumps(FILES[name]).encode())
    assert len(frozen.compute(file).ranking.places) == 2


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


def test_the_site_may_freeze_what_a_hand_may_not_write():
    """An entry that changed its category keeps its marks, and a chain may ask for a fact that nobody has recorded."""
    file = of_marks("rule", "criteria", 1, "categories", value=["water"])
    file["rule"]["ties"][2]["code"] = "patents"
    [read] = read_results(json.dumps({**file, "standings": [], "ties": []}).encode())
    assert frozen.compute(read).scores["A"].criteria[1] is None
