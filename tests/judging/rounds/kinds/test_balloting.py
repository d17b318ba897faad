"""A new ballot that jurors give on one of the pages that there are is one new file (see tests/test_kinds.py)."""

import json

import pytest
from django.urls import reverse

from judging.integrity import check_judging, faults_of_file
from judging.models import Round
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.rounds.kinds.balloting import BALLOTS
from judging.rounds.services.rounds import save_round
from judging.rounds.words.rule import rule_words
from tests import build
from tests.judging.rounds.kinds.frozen import is_refused, is_verified
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

APPROVAL = '''
"""Entries approved of: a juror names those that should win, and the order does not matter."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.scores import score_of_cards
from judging.domain.numbers import mean
from judging.rounds.kinds.balloting import BALLOTS
from judging.rounds.kinds.ballots.ranking import RankedLists


@BALLOTS.register
class Approval(RankedLists):
    code, order, name = "approval", 40, _("entries approved of")
    invites, leads_back = _("Name the entries that you approve of"), _("To the entries that you approve of")

    def best(self, rule):
        return Fraction(100)

    def scores(self, rule, inputs, peers):
        return [self.score(rule, code, inputs.lists, peers) for code in inputs.codes]

    def score(self, rule, entry, lists, peers):
        asked = [row for row in lists if entry in row["asked"]]
        cards = tuple(sorted((row["juror"], Fraction(100 * (entry in row["order"]))) for row in asked))
        total = mean([share for _juror, share in cards]) if cards else None
        return score_of_cards(rule, entry, cards, total, peers)

    def words(self, round):
        return ["The result is the share of the jurors who approve of the entry."]

    def worth(self, round):
        return "Approved of, in per cent"

    def said(self, rows, entry):
        return {row["juror"]: "approved of" if entry in row["order"] else "–" for row in rows}
'''
UNKNOWN = "What jurors give: “approval” is not known here."
WORDS = "The result is the share of the jurors who approve of the entry."


@pytest.fixture
def approval(tmp_path):
    with one_more(BALLOTS, tmp_path, "approval", APPROVAL):
        yield


@pytest.fixture
def round(approval, organiser):
    """Three entries and two jurors who have handed nothing in, in a round that is open."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, criteria=())
    save_round(by=organiser, round=round, ballot="approval")
    Round.objects.filter(pk=round.pk).update(state="open")
    for number in (1, 2):
        juror = build.juror(edition, number)
        for entry in entries:
            build.assign(round, juror, entry)
    return Round.objects.get(pk=round.pk)


def approve(client, round, *codes):
    places = {f"place_{code}": str(place) for place, code in enumerate(codes, start=1)}
    return client.post(reverse("ranking", args=[round.pk]), {"version": "0", "do": "submit", **places})


def test_it_is_offered_given_computed_verified_and_shown(round, organiser, enter, tmp_path):
    """Both approve of E02, one of E03 and nobody of E01: 100, 50 and 0 per cent, whatever the order."""
    desk = enter(organiser)
    draft = build.round(round.edition, order=2)
    form = desk.get(reverse("round_edit", args=[draft.pk])).context["form"]
    assert dict(form.fields["ballot"].choices)["approval"] == "entries approved of"
    page = desk.get(reverse("round", args=[round.pk])).content.decode()
    assert "Jurors give no marks in this round: entries approved of." in page
    one, other = (enter(juror.user) for juror in round.edition.jurors.order_by("pk"))
    assert "Name the entries that you approve of" in one.get(reverse("judging")).content.decode()
    card = round.assignments.first().scorecard
    notes = one.get(reverse("scorecard", args=[card.pk])).content.decode()
    assert "To the entries that you approve of" in notes
    assert approve(one, round, "E03", "E02").status_code == 302
    assert approve(other, round, "E02").status_code == 302
    assert WORDS in rule_words(round)

    result = close_round(by=organiser, round=round)
    file = json.loads(result.file)
    totals = [(row["entry"], row["total"]) for row in file["standings"]]
    assert totals == [("E02", "100"), ("E03", "50"), ("E01", "0")]
    assert (file["rule"]["ballot"], file["method"]["name"]) == ("approval", "exact")
    assert is_verified(result, tmp_path)
    why = reverse("round_why", args=[round.pk, card.assignment.entry_id])
    page = desk.get(why).content.decode()
    assert "Approved of, in per cent" in page
    assert WORDS in minutes_of(Round.objects.get(pk=round.pk)).rule


def test_once_it_is_gone_it_is_refused_everywhere_in_words(round, organiser, enter, tmp_path):
    desk = enter(organiser)
    for juror in round.edition.jurors.all():
        approve(enter(juror.user), round, "E02")
    result = close_round(by=organiser, round=round)
    draft = build.round(round.edition, order=2)
    BALLOTS.forget("approval")

    with pytest.raises(UnknownKind) as no:
        save_round(by=organiser, round=draft, ballot="approval")
    assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "ballot", 422)
    assert faults_of_file(result.file, result.sha256) == [
        "this is no frozen result: rule.ballot: “approval” is none of ranking, duels."
    ]
    assert is_refused(result, tmp_path, "approval")
    assert f"round {round.pk}: {UNKNOWN}" in list(check_judging())
    page = desk.get(reverse("round", args=[round.pk]))
    assert (page.status_code, UNKNOWN in page.content.decode()) == (422, True)
