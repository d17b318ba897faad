"""A new way of putting jurors together is one new file (see tests/test_kinds.py)."""

import json

import jsonschema
import pytest
from django.urls import reverse

from judging.domain.results.format import schema
from judging.domain.rule.reading import rule_of
from judging.domain.rule.stated import StatedRule
from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.files.workbook import across_formula
from judging.results.services.closing import close_round
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.services.rounds import save_round
from tests import build
from tests.judging.rounds.kinds.conftest import change_rule
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

HIGHEST = '''
"""The highest of the jurors."""

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.across import AGGREGATIONS, Aggregation


@AGGREGATIONS.register
class Highest(Aggregation):
    code, order, name = "highest", 40, _("highest of the jurors")

    def together(self, values, rule):
        return max(values)

    def formula(self, cells, rule):
        return f"MAX({cells})"
'''


def test_a_new_way_of_putting_jurors_together_is_one_file_too(tied, organiser, tmp_path):
    build.marks(build.assign(tied.round, build.juror(tied.edition, 4), tied.entries[2]), 5, 5)
    with one_more(AGGREGATIONS, tmp_path, "highest", HIGHEST):
        change_rule(tied, across="highest", advance_count="1")
        assert "highest of the jurors" in tied.client.get(reverse("round", args=[tied.round.pk])).content.decode()
        result = close_round(by=organiser, round=Round.objects.get(pk=tied.round.pk))
        file = json.loads(result.file)
        assert [(row["entry"], row["total"]) for row in file["standings"]][0] == ("E03", "100")
        jsonschema.validate(file, schema("result"))
        assert faults_of_file(result.file, result.sha256) == []
        assert across_formula(rule_of(StatedRule.from_data(file["rule"])), "A1:A9") == "MAX(A1:A9)"
        assert list(check_judging()) == []
        AGGREGATIONS.forget("highest")
        unknown = "How jurors make one result: “highest” is not known here."
        assert f"round {tied.round.pk}: {unknown}" in list(check_judging())
        assert unknown in tied.client.get(reverse("round", args=[tied.round.pk])).content.decode()
        with pytest.raises(UnknownKind) as no:
            save_round(by=organiser, round=build.round(tied.edition, order=2), across="highest")
        assert (str(no.value), no.value.field, no.value.status) == (unknown, "across", 422)
