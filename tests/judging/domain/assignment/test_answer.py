"""The answer's file: what was written before comes back byte for byte, and whatever can be asked gives an answer that
its published form allows, that reads back as itself, and that keeps every hard rule of the file."""

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.assignment.answer import Answer, answer_of
from judging.domain.assignment.assign import assign
from judging.domain.assignment.format import problem_from, problem_in, schema
from toolkit.typed_data import Misshapen, from_data

FROZEN = Path(__file__).parent / "frozen"


@pytest.mark.parametrize("name", ["plan", "mended", "none"])
def test_an_answer_that_was_frozen_comes_back_as_the_same_bytes(name):
    """A plan with a matrix of fit; one with an exchange that linked the jury; and why there is none."""
    frozen = (FROZEN / f"{name}.answer.json").read_text(encoding="utf-8")
    problem = problem_in((FROZEN / f"{name}.json").read_bytes())
    for answer in (from_data(Answer, json.loads(frozen)), answer_of(problem, assign(problem))):
        assert json.dumps(answer.as_data(), ensure_ascii=False, indent=1) + "\n" == frozen


def test_an_answer_of_another_shape_is_refused_at_its_place():
    data = json.loads((FROZEN / "plan.answer.json").read_text(encoding="utf-8"))
    data["pairs"][1]["reads"] = "yes"
    with pytest.raises(Misshapen) as refused:
        from_data(Answer, data)
    assert refused.value.place == "pairs[1].reads"


PRICED = st.integers(0, 50).map(lambda price: {"price": price})
STRENGTH = PRICED | st.just({"hard": True})


@st.composite
def files(draw):
    """A file of at most three entries and four jurors, with rules at a price or hard, ties, loads and a matrix."""
    entries, jurors = (
        [f"{letter}{n + 1}" for n in range(draw(st.integers(1, most)))] for letter, most in (("E", 3), ("J", 4))
    )
    pair = st.tuples(st.sampled_from(entries), st.sampled_from(jurors)).map(list)
    kinds = draw(st.lists(st.sampled_from(["language", "sector", "city", "even", "expert"]), unique=True, max_size=3))
    more = {"city": {"most": 1}, "expert": {"least": 1}}
    file = {
        "format": "passerelle.assignment",
        "version": 1,
        "seed": draw(st.integers(0, 9)),
        "demand": draw(st.integers(1, 2)),
        "load": {"most": draw(st.integers(1, 3))},
        "entries": [
            {
                "code": code,
                "language": draw(st.sampled_from(["", "fr"])),
                "sector": draw(st.sampled_from(["", "solar"])),
            }
            for code in entries
        ],
        "jurors": [
            {
                "code": code,
                "languages": draw(st.sampled_from([[], ["fr"]])),
                "sectors": draw(st.sampled_from([[], ["solar"]])),
                "city": draw(st.sampled_from(["", "Braga"])),
            }
            for code in jurors
        ],
        "conflicts": draw(st.lists(pair, max_size=2)),
        "rules": [
            {"rule": kind, **more.get(kind, {}), **draw(PRICED if kind == "even" else STRENGTH)} for kind in kinds
        ],
        "mend": draw(st.booleans()),
    }
    if draw(st.booleans()):
        file["fit"] = [[draw(st.integers(0, 5)) for _juror in jurors] for _entry in entries]
    return file


@given(files())
@settings(max_examples=12)
def test_whatever_is_asked_is_answered_in_the_published_form_and_reads_back_as_itself(file):
    jsonschema.validate(file, schema("assignment"))
    problem = problem_from(file)
    answer = answer_of(problem, assign(problem))
    data = answer.as_data()
    jsonschema.validate(data, schema("assignment-answer"))
    assert from_data(Answer, json.loads(json.dumps(data))) == answer
    if answer.explanation:
        assert (answer.status, answer.pairs) == ("infeasible", ())
        return
    assert answer.status == "optimal"
    seated = [it.pair for it in answer.pairs]
    assert not {tuple(pair) for pair in file["conflicts"]} & set(seated)
    assert Counter(entry for entry, _juror in seated) == {row["code"]: file["demand"] for row in file["entries"]}
    assert {it.juror: it.load for it in answer.loads if it.load} == Counter(juror for _entry, juror in seated)
    assert all(it.load <= file["load"]["most"] for it in answer.loads)
    assert not [it for it in answer.broken if "hard" in file["rules"][it.rule]]
