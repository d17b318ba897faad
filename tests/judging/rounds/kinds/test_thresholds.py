"""A new effect of thresholds is one new file (see tests/test_kinds.py)."""

import json

import pytest
from django.urls import reverse

from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.services.closing import close_round
from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS
from judging.rounds.services.rounds import save_round
from judging.rounds.words.rule import rule_words
from tests import build
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

TOLD = '''
"""Below it nothing happens: jurors and start-ups read what is needed."""

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS, ThresholdEffect


@THRESHOLD_EFFECTS.register
class Told(ThresholdEffect):
    code, order, name = "told", 30, _("it is told and stops nobody")

    def words(self):
        return "Below what is needed an entry goes on as any other."
'''
UNKNOWN = "What a threshold does: “told” is not known here."


def test_it_is_offered_saved_followed_verified_and_refused_once_it_is_gone(organiser, enter, tmp_path):
    """E01 with 40 and E02 with 20 per cent where 60 are needed and one goes on: by this effect E01 does."""
    edition, desk = build.edition("2027"), enter(organiser)
    entries = build.competing(edition, 2)
    round = build.round(edition, criteria=(("idea", 100),), threshold=60_000, advance_count=1)
    draft = build.round(edition, order=2)
    with one_more(THRESHOLD_EFFECTS, tmp_path, "told", TOLD):
        form = desk.get(reverse("round_edit", args=[round.pk])).context["form"]
        assert dict(form.fields["threshold_effect"].choices)["told"] == "it is told and stops nobody"
        save_round(by=organiser, round=round, threshold_effect="told")
        Round.objects.filter(pk=round.pk).update(state="open")
        juror = build.juror(edition, 1)
        for entry, mark in zip(entries, (2, 1), strict=True):
            build.marks(build.assign(round, juror, entry), mark)
        round = Round.objects.get(pk=round.pk)
        assert "Below what is needed an entry goes on as any other." in rule_words(round)

        result = close_round(by=organiser, round=round)
        file = json.loads(result.file)
        told = [(row["entry"], row["total"], row["advances"], row["reason"]["code"]) for row in file["standings"]]
        assert told == [("E01", "40", True, "goes_on"), ("E02", "20", False, "below_cut")]
        assert is_verified(result, tmp_path)
        assert desk.get(reverse("round_standings", args=[round.pk])).status_code == 200

    with pytest.raises(UnknownKind) as no:
        save_round(by=organiser, round=draft, threshold_effect="told")
    assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "threshold_effect", 422)
    assert faults_of_file(result.file, result.sha256) == [
        "this is no frozen result: rule.threshold_effect: “told” is none of exclude, warn."
    ]
    assert is_refused(result, tmp_path, "told")
    assert f"round {round.pk}: {UNKNOWN}" in list(check_judging())
    page = desk.get(reverse("round", args=[round.pk]))
    assert (page.status_code, UNKNOWN in page.content.decode()) == (422, True)
