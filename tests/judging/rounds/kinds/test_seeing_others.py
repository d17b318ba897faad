"""A new setting of when jurors see others' marks is one new file (see tests/test_kinds.py)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from judging.integrity import check_judging
from judging.models import Round
from judging.rounds.kinds.seeing_others import SEEING_OTHERS
from judging.rounds.services.rounds import save_round
from judging.scoring.services.scorecards import reopen_scorecard
from network.models import Event
from tests import build
from tests.kinds import one_more
from toolkit import clock
from toolkit.kinds import UnknownKind

LAST_DAY = '''
"""On the last day of the window, to those who have handed in."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.seeing_others import SEEING_OTHERS, SeeingOthers
from toolkit import clock


@SEEING_OTHERS.register
class LastDay(SeeingOthers):
    code, order, name = "last_day", 25, _("on the last day")
    while_open = True

    def shows(self, round):
        return clock.now() >= round.closes_at - timedelta(days=1)

    def words(self):
        return "On the last day you see how the others marked this entry."
'''
UNKNOWN = "When jurors see others' marks: “last_day” is not known here."


def test_it_is_offered_saved_followed_and_refused_once_it_is_gone(organiser, enter, tmp_path):
    edition, desk = build.edition("2027"), enter(organiser)
    entry = build.competing(edition, 1)[0]
    round = build.round(edition)
    with one_more(SEEING_OTHERS, tmp_path, "last_day", LAST_DAY):
        form = desk.get(reverse("round_edit", args=[round.pk])).context["form"]
        assert dict(form.fields["others_marks"].choices)["last_day"] == "on the last day"
        save_round(by=organiser, round=round, others_marks="last_day")
        Round.objects.filter(pk=round.pk).update(state="open")
        assert "shown to jurors: on the last day" in desk.get(reverse("round", args=[round.pk])).content.decode()
        cards = [build.marks(build.assign(round, build.juror(edition, n), entry), 4, n) for n in (1, 2)]
        juror = enter(cards[0].assignment.juror.user)
        address = reverse("scorecard", args=[cards[0].pk])
        before = juror.get(address).content.decode()
        assert "On the last day you see how the others marked this entry." in before
        with clock.at(round.closes_at - timedelta(hours=2)):
            shown = juror.get(address)
            assert [row.number for row in shown.context["others"]] == [2, 2]
            reopen_scorecard(by=cards[0].assignment.juror.user, scorecard=cards[0])
        assert Event.objects.filter(verb="reopen").latest("pk").after["saw_others"] is True
        assert list(check_judging()) == []

    with pytest.raises(UnknownKind) as no:
        save_round(by=organiser, round=build.round(edition, order=2), others_marks="last_day")
    assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "others_marks", 422)
    assert f"round {round.pk}: {UNKNOWN}" in list(check_judging())
    assert UNKNOWN.replace("'", "&#x27;") in desk.get(reverse("round", args=[round.pk])).content.decode()
