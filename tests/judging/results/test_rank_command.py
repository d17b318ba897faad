"""What `rank` prints for reading: who goes on and why not, figures that stand under each other,
what a file leaves out."""

import json

import pytest
from django.core.management import call_command

MARKS = {"A": (90, 70), "B": (80, 60), "C": (80, 62), "D": (30, 31)}


@pytest.fixture
def printed(tmp_path, capsys):
    def printed(**more) -> list[str]:
        rule = {"criteria": [{"code": "c", "scale_max": "100"}], "cut": {"count": "2"}, **more.pop("rule", {})}
        data = {
            "format": "passerelle.result",
            "version": 3,
            "rule": rule,
            "entries": [{"code": code, "city": "lyon"} for code in MARKS],
            "scorecards": [
                {"entry": code, "juror": f"J{n}", "marks": {"c": str(mark)}}
                for code, marks in MARKS.items()
                for n, mark in enumerate(marks)
            ],
            **more,
        }
        file = tmp_path / "round.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        call_command("rank", str(file))
        return capsys.readouterr().out.splitlines()

    return printed


def standing(lines):
    """{entry: what its line says after the number of scorecards}."""
    return {line.split()[1]: line.split(maxsplit=4)[4] for line in lines[3 : 3 + len(MARKS)]}


def test_who_goes_on_and_why_not(printed):
    assert standing(printed()) == {
        "A": "yes", "C": "yes", "B": "no: the places are taken", "D": "no: the places are taken",
    }  # fmt: skip
    assert standing(printed(rule={"threshold": "75"})) == {
        "A": "yes", "C": "no: below the threshold", "B": "no: below the threshold", "D": "no: below the threshold",
    }  # fmt: skip
    assert standing(printed(rule={"cut": {"count": "2", "per_city": "1"}}))["C"] == "no: the most of its city"
    wild = printed(rule={"min_scorecards": "3"}, cut_decisions=[{"entry": "D", "kind": "wild_card"}])
    assert [line.rsplit("  ", 1)[1] for line in wild[3:7]] == ["no: too few scorecards"] * 4


def test_a_tie_open_at_the_cut_waits_for_a_person(printed):
    """One criterion, to whole tens: B 70 and C 71 are 70, both."""
    # fmt: skip
    found = standing(
        printed(
            rule={
                "combine": "weighted_sum",
                "decimals": "0",
                "criteria": [{"code": "c", "weight": "0.1", "scale_max": "100"}],
            }
        )
    )
    assert (found["A"], found["B"], found["C"]) == (
        "yes", "a person has to decide: tied", "a person has to decide: tied",
    )  # fmt: skip


def test_an_entry_of_which_nothing_is_carried_is_named(printed):
    """“CC” is C misspelt: C has nothing from round 1, and that counts as 0."""
    carried = [{"order": "1", "weight": "40", "shares": {"A": "50", "B": "60", "CC": "70", "D": "10"}}]
    said = "Nothing is carried from round 1, and counts as 0: C"
    assert said in printed(carried=carried)
    assert not any("Nothing is carried" in line for line in printed(carried=[{**carried[0], "weight": "0"}]))


def test_measures_of_agreement_stand_under_each_other(printed):
    lines = printed()
    begins = lines.index("Agreement of the jury") + 1
    figures = [line[32:] for line in lines[begins : begins + 5]]
    assert {len(figure) for figure in figures} == {11}
    assert len({len(figure.partition(".")[2]) for figure in figures}) == 1
