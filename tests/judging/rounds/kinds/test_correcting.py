"""A new correction between jurors is one new file (see tests/test_kinds.py)."""

import json
from types import SimpleNamespace

import pytest
from django.urls import reverse

from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.services.rounds import save_round
from tests import build
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

CENTRE = '''
"""Each juror's totals are moved to the mean of all; their spread stays."""

from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import mean
from judging.domain.statistics.correction import Estimate
from judging.domain.statistics.decimals import settle
from judging.rounds.kinds.correcting import CORRECTIONS, CorrectionKind


@CORRECTIONS.register
class Centre(CorrectionKind):
    code, order, name = "centre", 50, _("each juror's totals get the mean of all")
    published = frozenset({"mean_only"})

    def estimates(self, rule, scores):
        cards = [card for score in scores for card in score.cards]
        of = {juror: mean([total for who, total in cards if who == juror]) for juror, _total in cards}
        middle = mean([total for _juror, total in cards]) if cards else 0
        values = {s.entry: float(mean([total - of[who] + middle for who, total in s.cards])) for s in scores}
        return [Estimate(entry, value, settle(value, rule.correction.decimals)) for entry, value in values.items()]
'''
UNKNOWN = "Correction between jurors: “centre” is not known here."


@pytest.fixture
def centre(tmp_path):
    with one_more(CORRECTIONS, tmp_path, "centre", CENTRE):
        yield


@pytest.fixture
def marked(organiser, enter):
    """Three entries of one criterion from 0 to 5. By hand: the mild first juror gave E01 4 and E02 5, the strict second
    one E02 1 and E03 2: totals of 80, 60 and 40 per cent. Their means are 90 and 30, that of all is 60: E01 has
    80 − 90 + 60 = 50, E02 the mean of 70 and 50, and E03 40 − 30 + 60 = 70."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, criteria=(("idea", 100),))
    for number, given in enumerate(({0: 4, 1: 5}, {1: 1, 2: 2}), start=1):
        juror = build.juror(edition, number)
        for place, mark in given.items():
            build.marks(build.assign(round, juror, entries[place]), mark)
    return SimpleNamespace(edition=edition, entries=entries, round=round, client=enter(organiser))


def declare(marked, organiser) -> Round:
    save_round(by=organiser, round=marked.round, correction="centre", correction_decimals=1)
    Round.objects.filter(pk=marked.round.pk).update(state="open")
    return Round.objects.get(pk=marked.round.pk)


def test_it_is_offered_saved_computed_verified_and_shown(centre, marked, organiser, tmp_path):
    form = marked.client.get(reverse("round_edit", args=[marked.round.pk])).context["form"]
    assert dict(form.fields["correction"].choices)["centre"] == "each juror's totals get the mean of all"
    round = declare(marked, organiser)
    said = "Correction between jurors: each juror's totals get the mean of all. It ranks, rounded to 1 decimal."
    assert said.replace("'", "&#x27;") in marked.client.get(reverse("round", args=[round.pk])).content.decode()

    result = close_round(by=organiser, round=round)
    file = json.loads(result.file)
    assert [(row["entry"], row["total"], row["corrected"]) for row in file["standings"]] == [
        ("E03", "40", "70"), ("E02", "60", "60"), ("E01", "80", "50"),
    ]  # fmt: skip
    assert file["method"] == {"name": "centre", "decimals": "1", "libraries": {}}
    assert is_verified(result, tmp_path)
    minutes = minutes_of(Round.objects.get(pk=round.pk))
    assert said in minutes.rule
    assert minutes.method.startswith("Corrected as the rule declared before the round opened")


def test_it_asks_for_what_every_correction_asks_for(centre, marked, organiser):
    for field, value in (("correction_decimals", None), ("aggregate_at", "criterion"), ("across", "median")):
        with pytest.raises(Exception, match=" ") as no:
            save_round(
                by=organiser, round=marked.round,
                **{"correction": "centre", "correction_decimals": 1, field: value},
            )  # fmt: skip
        assert (no.value.field, no.value.status) == (field, 422)


def test_once_it_is_gone_it_is_refused_everywhere_in_words(centre, marked, organiser, tmp_path):
    round = declare(marked, organiser)
    result = close_round(by=organiser, round=round)
    draft = build.round(marked.edition, order=2)
    CORRECTIONS.forget("centre")

    with pytest.raises(UnknownKind) as no:
        save_round(by=organiser, round=draft, correction="centre", correction_decimals=1)
    assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "correction", 422)
    said = faults_of_file(result.file, result.sha256)
    assert said == [
        "this is no frozen result: method.name: “centre” is none of exact, rescale, evalato, severity, duels.",
        "this is no frozen result: rule.correction.kind: “centre” is none of none, rescale, evalato, severity.",
    ]
    assert is_refused(result, tmp_path, "centre")
    assert f"round {round.pk}: {UNKNOWN}" in list(check_judging())
    assert UNKNOWN in marked.client.get(reverse("round", args=[round.pk])).content.decode()
