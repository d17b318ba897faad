"""Whatever rule the forms can make: the round closes, the published format says yes, and `verify` says the same: in
every language, in a process of its own that has no database and no secret, with everything that people record beside
marks.

The rules are drawn at random, each from its number; what must not be missed (kinds of ties, ballots,
corrections) goes round.
"""

import json
import os
import subprocess
import sys
from io import StringIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from judging.domain.results.format import read_results
from judging.domain.statistics.report import report_of
from judging.integrity import check_judging, faults_of_file
from judging.models import Result
from judging.results.services.reopening import confirm_reopening, propose_reopening
from judging.results.shown.editions import edition_file
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.balloting import BALLOTS
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
from judging.rounds.kinds.levels import LEVELS
from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS
from judging.rounds.kinds.tie_rules import TIE_RULES
from judging.states import (
    CutKind,
)
from tests import build
from tests.judging.results.test_formats import faults
from tests.judging.rounds.walks import Draw

pytestmark = pytest.mark.django_db

RULES = 24


def walked(number: int, organiser) -> SimpleNamespace:
    """One rule from the forms to frozen results: a round, for every other rule a second on top of it,
    for some a reopening."""
    drawn = Draw(number, organiser)
    first = drawn.scored(drawn.round())
    drawn.recorded(first)
    results = [drawn.closed(first)]
    drawn.ahead = {row["entry"] for row in json.loads(results[0].file)["standings"] if row["advances"]}
    if number % 7 == 3:
        second_person = build.person("second@secretariat.example", role="organiser", organisation=build.secretariat())
        proposed = propose_reopening(by=organiser, round=first, reason="A mark was typed wrong.")
        confirm_reopening(by=second_person, reopening=proposed)
        results.append(drawn.closed(first))
    if number % 2 and drawn.ahead:
        results.append(drawn.closed(drawn.scored(drawn.round(advance_count="1"))))
    assert list(check_judging()) == []
    return SimpleNamespace(results=results, edition=json.loads(json.dumps(edition_file(drawn.edition))))


@pytest.fixture(scope="module")
def walks(rows_of_the_file, django_db_blocker):
    """Every rule, walked in a transaction that is taken back; `verify --round` has its say while the rows are there."""
    made = []
    with django_db_blocker.unblock():
        organiser = build.person("every@secretariat.example", role="organiser", organisation=build.secretariat())
        for number in range(RULES):
            with transaction.atomic():
                walk = walked(number, organiser)
                for result in Result.objects.current().filter(pk__in=[result.pk for result in walk.results]):
                    call_command("verify", round=result.round_id, stdout=StringIO())
                made.append(walk)
                transaction.set_rollback(True)
    return made


def test_what_was_walked_is_everything_that_the_forms_offer(walks):
    """The other tests of this file say nothing of a kind that no rule had."""
    files = [json.loads(result.file) for walk in walks for result in walk.results]
    rules = [file["rule"] for file in files]
    links = {(link["kind"], link["first"]) for rule in rules for link in rule["ties"]}
    assert {kind for kind, _first in links} == set(TIE_RULES)
    assert {("fact", "higher"), ("fact", "lower")} <= links
    assert {rule["aggregate_at"] for rule in rules} == set(LEVELS)
    assert {rule["blanks"] for rule in rules} == set(BLANKS)
    assert {rule["combine"] for rule in rules} == set(COMBINATIONS)
    assert {rule["across"] for rule in rules} == set(AGGREGATIONS)
    assert {rule["threshold_effect"] for rule in rules} == set(THRESHOLD_EFFECTS)
    assert {rule["correction"]["kind"] for rule in rules} == set(CORRECTIONS)
    assert {rule.get("ballot", "marks") for rule in rules} == set(BALLOTS)
    assert {rule["lists"]["counting"] for rule in rules if "lists" in rule} == set(COUNTINGS)
    assert {criterion["kind"] for rule in rules for criterion in rule["criteria"]} == set(CRITERION_KINDS)
    assert {len(rule["groups"]) for rule in rules} == {0, 1, 2}
    assert {row["kind"] for file in files for row in file["cut_decisions"]} == set(CutKind.values)
    for name in ("decisions", "penalties", "carried", "former_rules", "peers", "ties"):
        assert any(file[name] for file in files), name
    assert max(result.version for walk in walks for result in walk.results) == 2


def test_the_published_format_says_yes(walks):
    told = {
        (number, fault)
        for number, walk in enumerate(walks)
        for fault in [
            *faults("edition", walk.edition),
            *(fault for result in walk.results for fault in faults("result", json.loads(result.file))),
        ]
    }
    assert told == set()


def test_verify_says_the_same_in_every_language(walks):
    for number, walk in enumerate(walks):
        for result in walk.results:
            for language in ("en", "fr"):
                with translation.override(language):
                    assert faults_of_file(result.file, result.sha256) == [], (number, language)


def test_what_was_frozen_is_read_as_strictly_as_what_somebody_wrote(walks):
    """Without its standings a file is a hand-made one: nothing is let pass."""
    for walk in walks:
        for result in walk.results:
            inputs = {key: part for key, part in json.loads(result.file).items() if key not in ("standings", "ties")}
            assert read_results(json.dumps(inputs).encode())


@pytest.mark.processes
def test_verify_and_rank_say_the_same_in_another_process(walks, tmp_path):
    """All of them in one file, as an edition exports its own."""
    rows = [row for walk in walks for row in walk.edition["results"]]
    file = tmp_path / "all.json"
    file.write_text(json.dumps({**walks[0].edition, "results": rows}), encoding="utf-8")
    environment = {
        "PATH": os.environ["PATH"], "LANG": "C", "LANGUAGE": "fr", "PYTHONHASHSEED": "7", "LOCAL": "1",
        "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "verify", str(file)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    told = [line for line in done.stdout.splitlines() if not line.startswith("Entry ")]
    assert len(told) == len(rows) > RULES
    assert all(row["sha256"] in line for row, line in zip(rows, told, strict=True))
    for file in read_results(json.dumps({**walks[0].edition, "results": rows}).encode())[::9]:
        assert faults("report", json.loads(json.dumps(report_of(file).as_data()))) == []
