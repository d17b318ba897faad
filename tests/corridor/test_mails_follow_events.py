"""Mails about stays follow what happened: the same twice is one mail, the same again later is another."""

import re
from datetime import date, timedelta

import polib
import pytest
from django.conf import settings
from django.utils import timezone

from corridor.models import Candidate, Programme, Stay
from corridor.placement.services.stays import accept_stay, cancel_stay, move_stay
from corridor.placement.services.wishes import save_wishes
from network.models import Message
from tests import build
from tests.mails import MAILS

pytestmark = pytest.mark.django_db


def mails(kind, to):
    return Message.objects.filter(kind=f"corridor.{kind}", to_user=to).order_by("pk")


def accept(corridor, stay):
    for by, side in ((corridor.host, "host"), (corridor.founder, "team"), (corridor.host, "host")):
        stay = accept_stay(by=by, stay=Stay.objects.get(pk=stay.pk), side=side)
    return stay


def test_a_stay_that_goes_there_and_back_is_told_each_time(corridor, organiser):
    """March → April → March: three times accepted, though the third is where the first was."""
    stay = accept(corridor, build.stay_of(corridor.teams[0], corridor.braga, starts=date(2027, 3, 1)))
    for start in (date(2027, 2, 1), date(2027, 3, 1)):
        accept(corridor, move_stay(by=organiser, stay=stay, starts=start))
    said = ["1 March 2027", "1 February 2027", "1 March 2027"]
    for person in (corridor.host, corridor.founder):
        told = [mail.text for mail in mails("accepted", person)]
        assert [day in text for day, text in zip(said, told, strict=True)] == [True] * 3
        assert mails("moved", person).count() == 2


def test_a_cancelled_stay_is_not_said_to_be_somebodys_doing(corridor, organiser):
    """A team that withdraws, a house that takes its places back, a plan: all of them cancel."""
    stay = build.stay_of(corridor.teams[0], corridor.braga)
    cancel_stay(by=organiser, stay=stay, reason="The team goes elsewhere.")
    (mail,) = mails("cancelled", corridor.founder)
    assert "is cancelled: it does not take place." in mail.text
    assert "by the organisers" not in mail.text


@pytest.mark.parametrize(("days", "said"), [(2, True), (-2, False)])
def test_wishes_say_until_when_while_that_is_ahead(corridor, organiser, days, said):
    """Once the day has passed, only an organiser changes them: nothing is promised to the team."""
    Programme.objects.update(wishes_close=timezone.now() + timedelta(days=days))
    team = Candidate.objects.get(pk=corridor.teams[0].pk)
    given = {"people": 1, "earliest_start": None, "latest_start": None}
    save_wishes(by=organiser, candidate=team, version=team.version, incubators=[(corridor.magog, 1)], **given)
    (mail,) = mails("wishes", corridor.founder)
    assert ("You can change them until " in mail.text) is said
    assert "1. Sample Magog" in mail.text


def test_a_person_who_goes_alone_is_no_team_in_french():
    """Who stays somewhere is a team, a graduate or an artist: what a mail calls by name it calls nothing else."""
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po"))
    asked = " ".join(" ".join(path.read_text() for path in MAILS.glob("corridor.*")).split())
    named = [
        entry
        for entry in catalogue
        if "%(name)s" in entry.msgid and re.sub(r"%\((\w+)\)s", r"{{ \1 }}", entry.msgid) in asked
    ]
    assert len(named) > 15
    assert [entry.msgid for entry in named if re.search(r"équipe %\(name\)s", " ".join(forms_of(entry)))] == []


def forms_of(entry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]
