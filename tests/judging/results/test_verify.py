"""A result can be checked by anyone, anywhere: in another process, in another language, from the file alone."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from judging.integrity import check_judging, faults_of_file
from judging.models import Result, Standing
from judging.results.services.closing import close_round
from judging.results.shown.editions import edition_file
from tests import build

CHAIN = [
    {"kind": "criterion", "code": "innovation"},
    {"kind": "younger_firm"},
    {"kind": "fact", "code": "jobs", "first": "lower", "name": {"en": "Jobs", "fr": "Emplois"}},
    {"kind": "human"},
]


@pytest.fixture
def result(stage, organiser):
    stage.round.rule.tie_chain = CHAIN
    stage.round.rule.save()
    for cards in stage.cards:
        for card, values in zip(cards, [(5, 2), (3, 3), (4, "n/a")], strict=True):
            build.marks(card, *values)
    with translation.override("fr"):
        return close_round(by=organiser, round=stage.round)


@pytest.mark.processes
def test_closed_in_french_verified_in_english_in_another_process(result, tmp_path):
    file = tmp_path / "round.json"
    file.write_text(result.file, encoding="utf-8", newline="")
    environment = {
        **os.environ, "LANG": "C", "LANGUAGE": "en", "LOCAL": "1", "VAR_DIR": str(tmp_path),
        "PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "config.settings_test",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "verify_result", str(file), "--sha256", result.sha256]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert result.sha256 in done.stdout


def test_a_round_is_verified_against_what_is_shown(result, capsys):
    call_command("verify_result", round=result.round_id)
    assert "The same" in capsys.readouterr().out
    assert list(check_judging()) == []
    Standing.objects.filter(entry__code="E02").update(rank=1)
    with pytest.raises(CommandError, match="E02: the standings shown differ"):
        call_command("verify_result", round=result.round_id)
    assert list(check_judging()) == [f"round {result.round_id}: entry E02: the standings shown differ from the file"]


def test_each_kind_of_change_is_named(result):
    file = json.loads(result.file)
    assert faults_of_file(json.dumps(file, indent=1), result.sha256) == ["the file is not in canonical form"]
    file["standings"][0]["advances"] = False
    changed = json.dumps(file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    hash_fault, standings_fault = faults_of_file(changed, result.sha256)
    assert "the file's hash is" in hash_fault
    assert standings_fault == "recomputed, the standings differ"
    assert faults_of_file("not JSON")[0].startswith("this is no frozen result")
    assert faults_of_file('{"format":"other"}') == [
        "this is no frozen result: format: this program reads “passerelle.result”, version 1, 2 or 3."
    ]


def test_an_edition_s_file_is_verified_result_by_result(stage, result, organiser, tmp_path, capsys):
    second = build.round(stage.edition, order=2, state="open")
    build.marks(build.assign(second, stage.jurors[0], stage.entries[0]), 3, 4)
    file = tmp_path / "edition.json"
    content = edition_file(stage.edition)
    file.write_text(json.dumps(content), encoding="utf-8")
    call_command("verify", str(file), sha256=result.sha256)
    first, provisional = capsys.readouterr().out.splitlines()
    assert first == f"Round 1: The same: hash {result.sha256}, and the standings recomputed from the file."
    assert provisional.startswith("Round 2: The same:")
    assert provisional.endswith("The round is open: they are provisional.")
    with pytest.raises(CommandError, match="No result in .* has the hash 00"):
        call_command("verify", str(file), sha256="00")
    content["results"][0]["file"]["standings"][0]["advances"] = False
    content["results"][1]["file"]["standings"][0]["rank"] = "2"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("verify", str(file))
    head, other_hash, *differ = str(refused.value).splitlines()
    assert head == "Not the same."
    assert other_hash.startswith("results[0]: the file's hash is ")
    assert differ == [f"results[{n}]: recomputed, the standings differ" for n in (0, 1)]


def test_what_can_t_be_verified_is_said(result, tmp_path):
    for arguments in ({}, {"round": 0}, {"round": result.round_id, "file": "x"}, {"file": str(tmp_path / "none")}):
        with pytest.raises(CommandError):
            call_command("verify_result", **arguments)


def test_the_key_can_be_erased_without_changing_the_file(result):
    Result.objects.update(key={})
    call_command("verify_result", round=result.round_id)


def test_a_tie_that_arises_after_the_assignment_is_found(stage):
    build.person("juror1@jury1.example", role="founder", organisation=stage.entries[0].startup.organisation)
    assignment = stage.cards[0][0].assignment
    assert list(check_judging()) == [f"assignment {assignment.pk}: the juror has a tie with the entry"]
