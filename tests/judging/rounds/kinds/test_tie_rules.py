"""A new rule for ties is one new file (see tests/test_kinds.py)."""

import json

import jsonschema
import pytest
from django.urls import reverse

from judging.domain.results.format import BadResult, schema
from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.files.sheets import standings_sheet
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.results.shown.stamps import stamp_of
from judging.rounds.kinds.tie_rules import TIE_RULES
from judging.rounds.services.rounds import save_round
from tests import build
from tests.judging.domain.plain import read_results
from tests.judging.rounds.kinds.conftest import change_rule
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

SHORTER_TITLE = '''
"""The entry with the shorter title."""

from fractions import Fraction

from django.db.models import F
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import number_of
from judging.rounds.kinds.tie_rules import TIE_RULES, NumberRule
from judging.reads.rounds import entries_of


@TIE_RULES.register
class ShorterTitleRule(NumberRule):
    code, order = "shorter_title", 105
    offered, name = _("Shorter title"), _("shorter title")
    lower_first = True

    def number(self, entry, link, known):
        return number_of(known.facts[entry].recorded.get(self.code, ""))

    def fact_of(self, link):
        return self.code

    def read(self, asking):
        lengths = asking.entries.order_by().annotate(letters=Length("title")).values_list("pk", "letters")
        return {pk: {"facts": {self.code: str(letters)}} for pk, letters in lengths}

    def rows(self, round):
        yield entries_of(round), Length("title")
'''


@pytest.fixture
def shorter_title(tmp_path):
    with one_more(TIE_RULES, tmp_path, "shorter_title", SHORTER_TITLE):
        yield


RULE = "shorter title"
APART = f"1 other entry has the same result; told apart by: {RULE}."


class TestANewTieRule:
    def test_it_is_offered_accepted_computed_frozen_verified_and_shown(self, shorter_title, tied, organiser, tmp_path):
        change_rule(tied, tie_1="shorter_title", advance_count="1")
        tied.round = Round.objects.get(pk=tied.round.pk)
        assert tied.round.rule.tie_chain == [{"kind": "shorter_title"}]
        assert "Shorter title" in tied.client.get(reverse("round", args=[tied.round.pk])).content.decode()

        result = close_round(by=organiser, round=tied.round)
        file = json.loads(result.file)
        assert [row["entry"] for row in file["standings"]] == ["E02", "E01", "E03"]
        assert [row["facts"] for row in file["entries"]] == [{"shorter_title": n} for n in ("23", "3", "4")]
        assert file["ties"][0]["steps"][0]["values"] == {"E01": "23", "E02": "3"}

        assert is_verified(result, tmp_path)

        page = tied.client.get(reverse("round_standings", args=[tied.round.pk])).content.decode()
        assert RULE in page
        page = tied.client.get(reverse("round_why", args=[tied.round.pk, tied.entries[1].pk])).content.decode()
        assert f"put first by “{RULE}” (3)" in page
        closed = Round.objects.get(pk=tied.round.pk)
        assert [row["tie"] for row in standings_sheet(closed).rows] == [APART, APART, ""]
        assert [line.settled for line in minutes_of(closed).ties] == [f"Told apart by: {RULE}."]
        rows = tied.client.get("/api/v1/standings/").json()["results"]
        assert [(row["tie"]["kind"], row["tie"]["rule"]) for row in rows if row["tie"]] == [("shorter_title", RULE)] * 2

    def test_the_stamp_of_what_was_computed_follows_what_it_reads(self, shorter_title, tied):
        plain = stamp_of(tied.round)
        tied.entries[0].title = "Warmth"
        tied.entries[0].save()
        assert stamp_of(tied.round) == plain
        change_rule(tied, tie_1="shorter_title")
        tied.round.refresh_from_db()
        asked = stamp_of(tied.round)
        tied.entries[0].title = "Heat"
        tied.entries[0].save()
        assert stamp_of(tied.round) != asked

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, shorter_title, tied, organiser, tmp_path):
        change_rule(tied, tie_1="shorter_title", advance_count="1")
        tied.round.refresh_from_db()
        result = close_round(by=organiser, round=tied.round)
        draft = build.round(tied.edition, order=2)
        TIE_RULES.forget("shorter_title")
        unknown = "Rule for ties: “shorter_title” is not known here."

        with pytest.raises(UnknownKind) as refused:
            save_round(by=organiser, round=draft, tie_chain=[{"kind": "shorter_title"}])
        assert str(refused.value) == unknown
        (said,) = faults_of_file(result.file, result.sha256)
        assert said.startswith(
            "this is no frozen result: rule.ties[0].kind: “shorter_title” is none of criterion, group"
        )
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(result.file), schema("result"))
        assert is_refused(result, tmp_path, "shorter_title")
        with pytest.raises(BadResult):
            read_results(result.file.encode())
        assert f"round {tied.round.pk}: {unknown}" in list(check_judging())
        page = tied.client.get(reverse("round_standings", args=[tied.round.pk])).content.decode()
        assert unknown in page

    def test_an_open_round_that_asks_for_it_says_so_and_can_be_given_another(self, shorter_title, tied, organiser):
        change_rule(tied, tie_1="shorter_title", advance_count="1")
        TIE_RULES.forget("shorter_title")
        refused = tied.client.get(reverse("round_standings", args=[tied.round.pk]))
        assert "Rule for ties: “shorter_title” is not known here." in refused.content.decode()
        assert refused.status_code == 422
        change_rule(tied, tie_1="median")
        tied.round.refresh_from_db()
        assert tied.round.rule.tie_chain == [{"kind": "median"}]
