"""A new level at which jurors make one result is one new file (see tests/test_kinds.py)."""

import json

import pytest
from django.urls import reverse

from judging.domain.results.standings import standings_in
from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.services.closing import close_round
from judging.rounds.kinds.levels import LEVELS
from judging.rounds.services.rounds import save_round
from tests import build
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

GROUP = '''
"""Each group of criteria across jurors first, then the total."""

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.levels import LEVELS, Level


@LEVELS.register
class AtGroup(Level):
    code, order, name = "group_first", 15, _("each group across jurors first, then the total")

    def result(self, jury, *, ranking):
        values = zip(jury.rule.groups, jury.groups_across(), strict=True)
        parts = [(group.weight, value) for group, value in values if value is not None]
        whole = sum(weight for weight, _value in parts)
        return sum(weight * value for weight, value in parts) / whole if parts else None

    def groups(self, jury):
        return jury.groups_across()
'''
UNKNOWN = "At which level jurors make one result: “group_first” is not known here."


def test_it_is_offered_saved_computed_verified_and_refused_once_it_is_gone(organiser, enter, tmp_path):
    """Two groups of one criterion on 0 to 5 and three jurors, of which the middle one counts: on E01 they give 5 and 0,
    0 and 5, 0 and 0; on E02 each 2 and 2. By their totals E01 has the middle of 50, 50 and 0 per cent, E02 40. By
    groups E01 has 0 in either, and 0 in all: E02 wins."""
    edition, desk = build.edition("2027"), enter(organiser)
    entries = build.competing(edition, 2)
    round = build.round(edition, criteria=(("idea", 50), ("plan", 50)), across="median", jurors_per_entry=3)
    for criterion in round.criteria.all():
        group = round.groups.create(code=f"g-{criterion.code}", name={"en": criterion.code}, weight=1000)
        round.criteria.filter(pk=criterion.pk).update(group=group)
    draft = build.round(edition, order=2)
    with one_more(LEVELS, tmp_path, "at_group", GROUP, code="group_first"):
        form = desk.get(reverse("round_edit", args=[round.pk])).context["form"]
        assert dict(form.fields["aggregate_at"].choices)["group_first"].startswith("each group across jurors")
        with pytest.raises(Exception, match="jurors' totals") as no:
            save_round(
                by=organiser, round=draft, aggregate_at="group_first", correction="severity", correction_decimals=1
            )
        assert no.value.field == "aggregate_at"
        save_round(by=organiser, round=round, aggregate_at="group_first")
        Round.objects.filter(pk=round.pk).update(state="open")
        for number, (idea, plan) in enumerate(((5, 0), (0, 5), (0, 0)), start=1):
            juror = build.juror(edition, number)
            build.marks(build.assign(round, juror, entries[0]), idea, plan)
            build.marks(build.assign(round, juror, entries[1]), 2, 2)
        page = desk.get(reverse("round", args=[round.pk])).content.decode()
        assert "each group across jurors first, then the total" in page

        result = close_round(by=organiser, round=Round.objects.get(pk=round.pk))
        file = json.loads(result.file)
        assert [(row["entry"], row["total"]) for row in file["standings"]] == [("E02", "40"), ("E01", "0")]
        assert [(row.entry, row.final) for row in standings_in(result.file.encode())[0]] == [
            ("E02", "40"),
            ("E01", "0"),
        ]
        assert is_verified(result, tmp_path)
        assert desk.get(reverse("round_workbook", args=[round.pk])).status_code == 200
        assert desk.get(reverse("round_why", args=[round.pk, entries[0].pk])).status_code == 200

    with pytest.raises(UnknownKind) as no:
        save_round(by=organiser, round=draft, aggregate_at="group_first")
    assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "aggregate_at", 422)
    assert faults_of_file(result.file, result.sha256) == [
        "this is no frozen result: rule.aggregate_at: “group_first” is none of total, criterion."
    ]
    assert is_refused(result, tmp_path, "group_first")
    assert f"round {round.pk}: {UNKNOWN}" in list(check_judging())
    assert UNKNOWN in desk.get(reverse("round", args=[round.pk])).content.decode()
