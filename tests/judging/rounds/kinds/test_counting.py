"""A new way to count ranked lists is one new file (see tests/test_kinds.py)."""

import json

import pytest
from django.urls import reverse

from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.services.closing import close_round
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.services.rounds import save_round
from judging.rounds.words.rule import rule_words
from tests import build
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

PLURALITY = '''
"""The share of the lists that put the entry first, in per cent."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.counting import COUNTINGS, Counting


@COUNTINGS.register
class Plurality(Counting):
    code, order, name = "plurality", 40, _("first places alone")

    def earned(self, lists, points):
        return {ranked.juror: {ranked.order[0]: Fraction(100)} for ranked in lists}

    def words(self, points):
        return ["Only first places count."]
'''
UNKNOWN_COUNTING = "How ranked lists are counted: “plurality” is not known here."


@pytest.fixture
def plurality(tmp_path):
    with one_more(COUNTINGS, tmp_path, "plurality", PLURALITY):
        yield


class TestANewWayToCountLists:
    def test_it_is_offered_saved_counted_verified_and_shown(self, plurality, ranked, organiser, tmp_path):
        """E02 is first on two of three lists, E01 on one: 66.67, 33.33 and 0 per cent."""
        address = reverse("round_edit", args=[ranked.round.pk])
        form = ranked.client.get(address).context["form"]
        assert dict(form.fields["counting"].choices)["plurality"] == "first places alone"
        save_round(by=organiser, round=ranked.round, counting="plurality")
        Round.objects.filter(pk=ranked.round.pk).update(state="open")
        round = Round.objects.get(pk=ranked.round.pk)
        assert "Only first places count." in rule_words(round)

        result = close_round(by=organiser, round=round)
        file = json.loads(result.file)
        totals = [(row["entry"], row["total"]) for row in file["standings"]]
        assert totals == [("E02", "66.67"), ("E01", "33.33"), ("E03", "0")]
        assert is_verified(result, tmp_path)
        page = ranked.client.get(reverse("round_why", args=[round.pk, ranked.entries[1].pk])).content.decode()
        assert "Only first places count." in page

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, plurality, ranked, organiser, tmp_path):
        save_round(by=organiser, round=ranked.round, counting="plurality")
        Round.objects.filter(pk=ranked.round.pk).update(state="open")
        result = close_round(by=organiser, round=Round.objects.get(pk=ranked.round.pk))
        draft = build.round(ranked.edition, order=2)
        COUNTINGS.forget("plurality")

        with pytest.raises(UnknownKind) as no:
            save_round(by=organiser, round=draft, counting="plurality")
        assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN_COUNTING, "counting", 422)
        (said,) = faults_of_file(result.file, result.sha256)
        assert said == (
            "this is no frozen result: rule.lists.counting: “plurality” is none of points, positional, copeland."
        )
        assert is_refused(result, tmp_path, "plurality")
        assert f"round {ranked.round.pk}: {UNKNOWN_COUNTING}" in list(check_judging())
