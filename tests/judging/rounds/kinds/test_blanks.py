"""A new way to count a blank is one new file (see tests/test_kinds.py)."""

import json
from types import SimpleNamespace

import pytest
from django.urls import reverse

from judging.domain.results.standings import standings_in
from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.services.closing import close_round
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.services.rounds import save_round
from judging.rounds.words.rule import absence_words
from tests import build
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

LOWEST = '''
"""A blank counts as the lowest mark of its criterion."""

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.blanks import BLANKS, Blank


@BLANKS.register
class Lowest(Blank):
    code, order, name = "lowest", 30, _("counts as the lowest mark")

    def counts_as(self, lowest, highest):
        return lowest

    def words(self):
        return "Blank: counts as the lowest mark."
'''
UNKNOWN = "What a blank counts as: “lowest” is not known here."


@pytest.fixture
def lowest(tmp_path):
    with one_more(BLANKS, tmp_path, "lowest", LOWEST):
        yield


@pytest.fixture
def marked(organiser, enter):
    """Two criteria of weight 50 on 1 to 5, the second one optional: a juror gives E01 4 and leaves the second blank,
    and gives E02 4 and 2. By hand: E01 has (4 + 1) ÷ 10 = 50 per cent, E02 60; with the blank left out E01 has 80,
    with a zero 40."""
    edition = build.edition("2027")
    entries = build.competing(edition, 2)
    round = build.round(edition, criteria=(("idea", 50), ("market", 50)))
    round.criteria.update(scale_min=1000)
    round.criteria.filter(code="market").update(is_required=False)
    juror = build.juror(edition, 1)
    build.marks(build.assign(round, juror, entries[0]), 4, None)
    build.marks(build.assign(round, juror, entries[1]), 4, 2)
    return SimpleNamespace(edition=edition, round=round, juror=juror, client=enter(organiser))


def declare(marked, organiser) -> Round:
    save_round(by=organiser, round=marked.round, blanks="lowest")
    Round.objects.filter(pk=marked.round.pk).update(state="open")
    return Round.objects.get(pk=marked.round.pk)


def test_it_is_offered_saved_computed_verified_and_shown(lowest, marked, organiser, enter, tmp_path):
    form = marked.client.get(reverse("round_edit", args=[marked.round.pk])).context["form"]
    assert dict(form.fields["blanks"].choices)["lowest"] == "counts as the lowest mark"
    round = declare(marked, organiser)
    assert absence_words(round)[0] == "Blank: counts as the lowest mark."
    own = enter(marked.juror.user).get(reverse("own_marks", args=[round.pk])).context["cards"]
    assert [card.exact for card in own] == [60, 50]

    result = close_round(by=organiser, round=round)
    file = json.loads(result.file)
    assert [(row["entry"], row["total"]) for row in file["standings"]] == [("E02", "60"), ("E01", "50")]
    assert [(row.entry, row.final) for row in standings_in(result.file.encode())[0]] == [
        ("E02", "60"), ("E01", "50"),
    ]  # fmt: skip
    assert is_verified(result, tmp_path)
    book = marked.client.get(reverse("round_workbook", args=[round.pk]))
    assert book.status_code == 200


def test_once_it_is_gone_it_is_refused_everywhere_in_words(lowest, marked, organiser, tmp_path):
    round = declare(marked, organiser)
    result = close_round(by=organiser, round=round)
    draft = build.round(marked.edition, order=2)
    BLANKS.forget("lowest")

    with pytest.raises(UnknownKind) as no:
        save_round(by=organiser, round=draft, blanks="lowest")
    assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "blanks", 422)
    assert faults_of_file(result.file, result.sha256) == [
        "this is no frozen result: rule.blanks: “lowest” is none of left_out, zero."
    ]
    assert is_refused(result, tmp_path, "lowest")
    assert f"round {round.pk}: {UNKNOWN}" in list(check_judging())
    assert UNKNOWN in marked.client.get(reverse("round", args=[round.pk])).content.decode()
