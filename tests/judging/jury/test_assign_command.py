"""`manage.py assign FILE.json [--json]`: for reading, for programs, and what it ends with. No database is asked."""

import json

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from judging.domain.assignment.format import schema

FILE = {
    "format": "passerelle.assignment",
    "version": 1,
    "demand": 2,
    "load": {"most": 3},
    "entries": [{"code": "E1", "language": "fr"}, {"code": "E2", "language": "fr"}, {"code": "E3", "demand": 1}],
    "jurors": [{"code": "J1", "languages": ["fr"]}, {"code": "J2"}, {"code": "J3", "load_most": 1}],
    "rules": [{"rule": "language", "price": 10}, {"rule": "forced", "hard": True, "pairs": [["E2", "J3"]]}],
    "conflicts": [["E3", "J1"]],
}


@pytest.fixture
def run(tmp_path, capsys):
    def run(data, *options):
        """(what it ended with, what it printed)"""
        path = tmp_path / "jury.json"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        code = 0
        try:
            call_command("assign", str(path), *options)
        except SystemExit as end:
            code = end.code
        return code, capsys.readouterr().out

    return run


def test_a_plan_for_reading(run):
    """By hand: J3 must sit on E2 and may sit nowhere else, so J2 sits on E1 and E3; J1 alone reads French."""
    assert run(FILE) == (
        0,
        "Proven: no plan costs less. Price 20.\n"
        "5 seats; in 3 the juror reads the language, in 5 knows the sector.\n"
        "Not met: language, 2 times, price 20: E1, E2.\n"
        "All jurors are linked by entries that they share: their severity can be compared.\n"
        "\n"
        "Entry  Jurors\n"
        "E1     J1, J2\n"
        "E2     J1, J3\n"
        "E3     J2\n"
        "\n"
        "Juror  Entries  Least  Most\n"
        "J1           2      0     3\n"
        "J2           2      0     3\n"
        "J3           1      0     1\n",
    )


def test_a_plan_for_programs(run):
    code, out = run(FILE, "--json")
    answer = json.loads(out)
    jsonschema.validate(answer, schema("assignment-answer"))
    assert (code, answer["status"], answer["price"], answer["gap"]) == (0, "optimal", 20, 0)
    assert [(row["entry"], row["juror"]) for row in answer["pairs"]] == [
        ("E1", "J1"), ("E1", "J2"), ("E2", "J1"), ("E2", "J3"), ("E3", "J2"),
    ]  # fmt: skip


def test_no_plan_says_why_and_ends_with_4(run):
    code, out = run(FILE | {"load": {"most": 1}})
    assert code == 4
    assert out == (
        "There is no plan.\n"
        "5 seats are wanted; the jurors together take 3 at most and 0 at least.\n"
        "These can't all hold: demand, load_max (conflicts always hold).\n"
        "load_max in all: 5 needed, 3 to be had.\n"
        "It would do to give way in: demand at E1 by −1, demand at E3 by −1.\n"
        "It would do to give way in: load_max at J2 by 1, load_max at J3 by 1.\n"
    )


def test_a_wrong_file_says_where(run):
    with pytest.raises(CommandError) as refused:
        run(FILE | {"conflicts": [["E9", "J1"]], "fit": [[1]]})
    assert str(refused.value).splitlines()[1:] == [
        "conflicts[0][0]: no entry has the code “E9”.",
        "fit: has 1 rows for 3 entries.",
        "fit[0]: has 1 numbers for 3 jurors.",
    ]


def test_a_file_that_is_not_there():
    with pytest.raises(CommandError, match="can't be read: No such file or directory"):
        call_command("assign", "/nowhere/jury.json")


def test_a_search_without_time_ends_with_5(run):
    code, out = run(
        FILE
        | {
            "seconds": 0.000001,
            "entries": [{"code": f"E{n}"} for n in range(300)],
            "load": {"most": 300},
            "rules": [],
            "conflicts": [],
        }
    )
    assert (code, out.splitlines()[0][:12]) == (5, "Time ran out")
