"""The assignment's file: read as it says, or refused at each place that is wrong;
the answer fits its published form."""

import json
from copy import deepcopy

import jsonschema
import pytest

from judging.domain.assignment.answer import answer_of
from judging.domain.assignment.assign import Entry, Juror, Rule, assign
from judging.domain.assignment.format import BadAssignment, problem_from, problem_in, schema

FILE = {
    "format": "passerelle.assignment",
    "version": 1,
    "seed": 4,
    "demand": 2,
    "demand_by_sector": {"solar": 1},
    "load": {"least": 0, "most": 3},
    "entries": [
        {"code": "E1", "language": "fr", "sector": "water"},
        {"code": "E2", "sector": "solar"},
        {"code": "E3", "sector": "solar", "demand": 3},
    ],
    "jurors": [
        {"code": "J1", "languages": ["fr"], "groups": ["investor"], "city": "Braga"},
        {"code": "J2", "sectors": ["solar"], "load_most": 1},
        {"code": "J3", "load_least": 1},
    ],
    "fit": [[3, 1, 0], [0, 0, 2], [1, 1, 1]],
    "conflicts": [["E2", "J3"]],
    "rules": [
        {"rule": "language", "price": 10},
        {"rule": "fit", "price": 2},
        {"rule": "city", "hard": True, "most": 1},
        {"rule": "quota", "price": 3, "group": "investor", "least": 1},
        {"rule": "kept", "first": True, "pairs": [["E1", "J1"]]},
    ],
}


def errors_of(*changes, of=FILE) -> tuple:
    """What is said of the file after changes: each a path and a value."""
    data = deepcopy(of)
    for *path, last, value in changes:
        place = data
        for step in path:
            place = place[step]
        place[last] = value
    with pytest.raises(BadAssignment) as refused:
        problem_from(data)
    return refused.value.errors


def test_a_file_says_what_its_problem_holds():
    problem = problem_from(FILE)
    assert problem.entries == (Entry("E1", 2, "fr", "water"), Entry("E2", 1, "", "solar"), Entry("E3", 3, "", "solar"))
    assert problem.jurors == (
        Juror("J1", 3, 0, frozenset({"fr"}), city="Braga", groups=frozenset({"investor"})),
        Juror("J2", 1, 0, sectors=frozenset({"solar"})),
        Juror("J3", 3, 1),
    )
    assert problem.rules == (
        Rule("language", price=10),
        Rule("fit", price=2),
        Rule("city", most=1),
        Rule("quota", price=3, group="investor", least=1),
        Rule("kept", pairs=(("E1", "J1"),), first=True),
    )
    assert (problem.conflicts, problem.seed, problem.seconds, problem.mend) == ({("E2", "J3")}, 4, 60.0, True)


def test_a_file_may_leave_the_comparison_apart():
    assert not problem_from({**FILE, "mend": False}).mend


def test_a_whole_number_may_be_written_with_its_decimals():
    """2.0 is a whole number in JSON; what takes part in the file means the same."""
    text = json.dumps(FILE).replace('"demand": 2', '"demand": 2.0').replace('"price": 10', '"price": 10.0')
    assert '"price": 10.0' in text
    assert problem_in(text.replace('"most": 1}', '"most": 1.0}').encode()) == problem_from(FILE)
    assert problem_from(FILE | {"seconds": 0.5}).seconds == 0.5


def test_an_answer_has_its_published_form_and_is_the_same_each_time():
    problem = problem_from(FILE)
    answer = answer_of(problem, assign(problem)).as_data()
    jsonschema.validate(answer, schema("assignment-answer"))
    jsonschema.validate(FILE, schema("assignment"))
    assert answer["status"] == "optimal"
    assert {row["entry"]: row["juror"] for row in answer["pairs"] if row["kept"]} == {"E1": "J1"}
    assert json.dumps(answer) == json.dumps(answer_of(problem, assign(problem_from(deepcopy(FILE)))).as_data())


def test_an_explanation_has_it_too():
    problem = problem_from(FILE | {"conflicts": [["E3", "J1"], ["E3", "J2"]]})
    answer = answer_of(problem, assign(problem)).as_data()
    jsonschema.validate(answer, schema("assignment-answer"))
    assert (answer["status"], answer["pairs"], answer["fit"]) == ("infeasible", [], None)
    assert answer["explanation"]["clash"] == ["demand"]


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        (("version", 2), "version", "1 was expected."),
        (("entries", []), "entries", "[] should be non-empty."),
        (("jurors", 0, "code", ""), "jurors[0].code", "is empty."),
        (("entries", 2, "demand", -1), "entries[2].demand", "-1 is less than the minimum of 0."),
        (("entries", 0, "price", 1), "entries[0].price", "is not known here."),
        (("entries", 2, "code", "E1"), "entries[2].code", "“E1” is the code of entries[0] already."),
        (("jurors", 2, "load_least", 4), "jurors[2]", "takes at least 4 entries, but at most 3."),
        (("conflicts", [["E1"]]), "conflicts[0]", "is not a pair [entry code, juror code]."),
        (("conflicts", [["E1", "J9"]]), "conflicts[0][1]", "no juror has the code “J9”."),
        (("fit", 1, 1, 0.5), "fit[1][1]", "0.5 is no whole number between −1000000 and 1000000."),
        (("fit", 2, [1, 1]), "fit[2]", "has 2 numbers for 3 jurors."),
        (("fit", []), "fit", "has 0 rows for 3 entries."),
        (("rules", 0, {"rule": "language"}), "rules[0]", "say either its price or that it is hard, and not both."),
        (("rules", 2, {"rule": "city", "hard": True}), "rules[2]", "it lacks “most”."),
        (("rules", 2, {"rule": "even", "hard": True}), "rules[2]", "it lacks “price”."),
        (("rules", 2, {"rule": "fit", "price": 1}), "rules[2]", "“fit” is a rule already, at rules[1]."),
        (("rules", 3, "group", "x"), "rules[3].group", "no juror belongs to the group “x”."),
        (("rules", 3, "most", 0), "rules[3]", "wants at least 1 and at most 0."),
        (
            ("rules", 3, "rule", "quotas"),
            "rules[3].rule",
            (
                "“quotas” is none of demand, load_max, load_min, language, sector, fit, expert, city, quota, apart, "
                "forced, forbidden, kept, even. Is “quota” meant?"
            ),
        ),
        (("rules", 0, "most", 2), "rules[0].most", "says nothing about the rule “language”."),
        (
            ("rules", 2, {"rule": "apart", "hard": True, "jurors": ["J1", "J1"]}),
            "rules[2].jurors[1]",
            "“J1” stands there twice.",
        ),
        (("demand_by_sector", {"enrgy": 2}), "demand_by_sector.enrgy", "no entry is of this sector."),
        (("rules", 4, "pairs", [["E7", "J1"]]), "rules[4].pairs[0][0]", "no entry has the code “E7”."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_told_with_its_place(change, place, sentence):
    assert errors_of(change) == ((place, sentence),)


def test_everything_wrong_is_told_at_once():
    told = errors_of(("entries", 0, "demand", "two"), ("jurors", 1, "load_most", -1), ("rules", 0, "price", -5))
    assert [place for place, _sentence in told] == ["entries[0].demand", "jurors[1].load_most", "rules[0].price"]


def test_numbers_that_are_missing_everywhere():
    bare = {key: value for key, value in FILE.items() if key not in ("demand", "load")}
    assert errors_of(of=bare) == (
        ("entries[0].demand", "is missing, and the file has no “demand” for all entries."),
        ("jurors[0].load_most", "is missing, and the file has no “load.most” for all jurors."),
        ("jurors[2].load_most", "is missing, and the file has no “load.most” for all jurors."),
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b'{"format": ', "line 1, column 12"),
        (b'{"seed": 1, "seed": 2}', "the file"),
        (b'{"seed": NaN}', "the file"),
        (b"\xff\xfe", "the file"),
        (b"[" * 100_000, "the file"),
        (b"[]", "the file"),
        (b"null", "the file"),
    ],
    ids=["cut off", "twice", "no number", "no text", "too deep", "a list", "nothing"],
)
def test_what_is_no_json_object_is_refused(text, place):
    with pytest.raises(BadAssignment) as refused:
        problem_in(text)
    assert refused.value.errors[0][0] == place
