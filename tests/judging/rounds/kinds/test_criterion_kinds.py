"""A new kind of criterion is one new file (see tests/test_kinds.py)."""

import json

import pytest
from django.urls import reverse

from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
from judging.rounds.services.criteria import save_criterion
from tests import build
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

MALUS = '''
"""Points off the total: weight × mark."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import SCALE
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS, CriterionKind


@CRITERION_KINDS.register
class Malus(CriterionKind):
    code, order, name = "malus", 35, _("points off for a mark")
    is_beside = True
    share = _("off")

    def beside(self, weight, mark, cap):
        return -Fraction(weight * mark) / (SCALE * SCALE)

    def words(self, criterion):
        return f"{criterion} is taken off the total."

    def note(self, criterion):
        return "Malus: points off"
'''
UNKNOWN_CRITERION = "What a criterion does: “malus” is not known here."


@pytest.fixture
def malus(tmp_path):
    with one_more(CRITERION_KINDS, tmp_path, "malus", MALUS):
        yield


def type_criterion(client, round, **values):
    """Posts the organiser's page of a new criterion."""
    address = reverse("criterion_add", args=[round.pk])
    form = client.get(address).context["form"]
    values = {"name_en": "Doubts", "weight": "1", "scale_min": "0", "scale_max": "5", "scale_step": "1", **values}
    return dict(form.fields["kind"].choices), client.post(address, values)


class TestANewKindOfCriterion:
    def test_it_is_offered_saved_marked_computed_verified_and_shown(self, malus, organiser, enter, tmp_path):
        """Two entries with 4 on each of two criteria of weight 1 on 0–5: 80 % both; E01 has 3 points of doubts, E02 has
        1, and so 77 and 79."""
        edition, desk = build.edition("2027"), enter(organiser)
        entries = build.competing(edition, 2)
        round = build.round(edition)
        offered, saved = type_criterion(desk, round, kind="malus", is_required="on")
        assert (offered["malus"], saved.status_code) == ("points off for a mark", 302)
        assert "points off for a mark" in desk.get(reverse("round", args=[round.pk])).content.decode()
        Round.objects.filter(pk=round.pk).update(state="open")
        for number, (entry, doubts) in enumerate(zip(entries, (3, 1), strict=True), start=1):
            card = build.assign(round, build.juror(edition, number), entry)
            build.marks(card, 4, 4, doubts)
        juror = edition.jurors.first()
        asked = enter(juror.user).get(reverse("scorecard", args=[juror.assignments.get().scorecard.pk]))
        assert "Malus: points off" in asked.content.decode()

        round = Round.objects.get(pk=round.pk)
        result = close_round(by=organiser, round=round)
        file = json.loads(result.file)
        assert [(row["entry"], row["total"]) for row in file["standings"]] == [("E02", "79"), ("E01", "77")]
        assert is_verified(result, tmp_path)
        assert "Doubts is taken off the total." in minutes_of(Round.objects.get(pk=round.pk)).rule
        assert ">off<" in desk.get(reverse("round_why", args=[round.pk, entries[0].pk])).content.decode()

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, malus, organiser, enter, tmp_path):
        edition, desk = build.edition("2027"), enter(organiser)
        entries = build.competing(edition, 2)
        round = build.round(edition)
        type_criterion(desk, round, kind="malus", is_required="on")
        Round.objects.filter(pk=round.pk).update(state="open")
        for number, entry in enumerate(entries, start=1):
            build.marks(build.assign(round, build.juror(edition, number), entry), 4, 4, number)
        result = close_round(by=organiser, round=Round.objects.get(pk=round.pk))
        draft = build.round(edition, order=2)
        CRITERION_KINDS.forget("malus")

        offered, refused = type_criterion(desk, draft, kind="malus")
        assert ("malus" in offered, refused.status_code) == (False, 422)
        with pytest.raises(UnknownKind) as no:
            save_criterion(by=organiser, round=draft, criterion=None, code="doubts", kind="malus")
        assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN_CRITERION, "kind", 422)
        (said,) = faults_of_file(result.file, result.sha256)
        assert said == (
            "this is no frozen result: rule.criteria[2].kind: “malus” is none of score, informative, bonus, penalty."
        )
        assert is_refused(result, tmp_path, "malus")
        page = desk.get(reverse("round", args=[round.pk]))
        assert (page.status_code, UNKNOWN_CRITERION in page.content.decode()) == (422, True)
        stray = round.criteria.get(kind="malus")
        assert f"criterion {stray.pk}: {UNKNOWN_CRITERION}" in list(check_judging())
