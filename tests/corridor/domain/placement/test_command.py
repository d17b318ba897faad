"""`manage.py place`: what the command reads, prints and refuses."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from corridor.domain.placement.file import FORMATS, schema
from corridor.management.commands.place import SENTENCES
from tests.corridor.domain.placement.files import ANSWER, candidate, document, hosts, run, span


def test_the_command_needs_no_database(tmp_path):
    answer = json.loads(run(tmp_path, document(rule="weighted_sum", seconds=5.5), "--json"))
    ANSWER.validate(answer)
    assert (answer["objective"], answer["bound"], answer["status"]) == (20, 20, "optimal")
    assert 0 < answer["seconds"] < 5.5
    words = run(tmp_path, document())
    assert "2 of 3 placed; optimal" in words
    assert "A → braga, 2027-01-01 to 2027-06-30 (wish 1 of 2)" in words
    assert (
        "B has no place.\n  braga: its desks go to A; 1 missing from 2027-01-01. "
        "Better ranks among them hold the desks.\n" in words
    )


def test_one_desk_is_not_several(tmp_path):
    one = hosts(openings=[span("2027-01-01", "2027-07-01", 1)])
    told = run(tmp_path, document(incubators=one, candidates=[candidate("A", 1, 2, ["braga"])]))
    assert "braga: 1 desk at most, too few for this guest." in told
    none = run(tmp_path, document(incubators=hosts(openings=[]), candidates=[candidate("A", 1, 1, ["braga"])]))
    assert "“A” needs 1 desk; no host has more than 0." in none


def test_the_last_day_is_said_not_the_day_after(tmp_path):
    """A stay of January to June ends on 30 June; a house closed for March opens again on 1 April."""
    shut = [{"starts": "2027-03-01", "ends": "2027-04-01"}]
    rows = [candidate("A", 1, 1, ["braga"]), candidate("B", 2, 1, ["magog"])]
    magog = {"code": "magog", "openings": [span("2027-01-01", "2027-07-01", 1)]}
    words = run(tmp_path, document(incubators=[*hosts(blackouts=shut), magog], candidates=rows))
    assert "B → magog, 2027-01-01 to 2027-06-30" in words
    assert "braga: closed from 2027-03-01 to 2027-03-31." in words


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_is_told_how_far_it_is_and_a_pipe_only_the_answer(tmp_path):
    file = tmp_path / "file.json"
    file.write_text(json.dumps(document()))
    out, terminal, pipe = io.StringIO(), Terminal(), io.StringIO()
    call_command("place", str(file), "--json", stdout=out, stderr=terminal)
    call_command("place", str(file), "--json", stdout=io.StringIO(), stderr=pipe)
    assert json.loads(out.getvalue())["is_optimal"] is True
    assert "s: placed: 2 found, no plan passes " in terminal.getvalue()
    assert pipe.getvalue() == ""


def test_every_reason_has_its_words():
    codes = schema("placement-answer")["$defs"]["why"]["properties"]["code"]["enum"]
    assert set(SENTENCES) == set(codes)


def test_the_example_is_placed():
    out = io.StringIO()
    call_command("place", str(FORMATS / "placement.example.json"), stdout=out)
    assert out.getvalue().splitlines()[0].startswith("3 of 4 placed; optimal")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "not JSON: line 1"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b"[" * 100_000, "can"),
        (b"1" * 5000, "can"),
        (b"[]", "is not of the kind object"),
        (b'{"format": "passerelle.placement"}', "it lacks"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_file(tmp_path, content, words):
    with pytest.raises(CommandError, match=words):
        run(tmp_path, content)


def test_the_command_names_a_file_that_is_missing(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("place", str(tmp_path / "none.json"))
