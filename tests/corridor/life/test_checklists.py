"""The checklist: begun with the second yes, ticked off by whoever does each line,
told in each reader's language and zone."""

from datetime import date

import pytest

from corridor.life.services.checklists import begin_owed_checklists, follow_dates, save_item, settle_item
from corridor.life.services.reminders import remind_of_stays
from corridor.models import ChecklistItem, StayTemplate
from corridor.placement.services.stays import cancel_stay
from network.models import Event, Message
from tests import build
from toolkit import clock
from toolkit.protocols import collect
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


def test_the_second_yes_begins_the_list_of_the_programme(stay):
    lines = [(item.code, item.owner, item.due.isoformat()) for item in stay.checklist.all()]
    assert lines == [
        ("housing_help", "host", "2026-10-18"),
        ("visa", "team", "2026-11-02"),
        ("housing", "team", "2026-12-02"),
        ("city_contact", "city", "2026-12-02"),
        ("insurance", "team", "2026-12-11"),
        ("desk", "host", "2026-12-18"),
        ("mentor", "host", "2026-12-18"),
        ("plan", "team", "2027-01-28"),
    ]


def test_a_programme_has_its_own_list_and_old_stays_get_it_once(corridor, at):
    line = {"code": "studio", "title": {"en": "Studio key"}, "owner": "host", "days": -3}
    StayTemplate.objects.create(programme=corridor.programme, checklist=[line])
    stay = build.stay_of(corridor.teams[1], corridor.braga, state="confirmed")
    build.stay_of(corridor.teams[2], corridor.magog, state="proposed")
    with clock.at(at(1, 2)):
        assert [begin_owed_checklists(5), begin_owed_checklists(5)] == [1, 0]
    assert list(ChecklistItem.objects.values_list("stay", "code", "due")) == [(stay.pk, "studio", date(2026, 12, 29))]


DOES = {"team": ["team", "organiser"], "host": ["host", "organiser"], "city": ["home city", "organiser"]}


@pytest.mark.parametrize("owner", DOES)
def test_who_does_a_line_ticks_it_off(stay, cast, owner):
    item = stay.checklist.filter(owner=owner).first()
    for role, person in cast.items():
        if role in DOES[owner]:
            assert settle_item(by=person, item=item, verb="tick").settled_by == person
            assert settle_item(by=person, item=item, verb="open").settled_at is None
        else:
            with pytest.raises(Forbidden):
                settle_item(by=person, item=item, verb="tick")
    assert Event.objects.filter(object_type="corridor.checklistitem").count() == 4


def test_the_host_arranges_the_list(stay, corridor, cast):
    values = {"title": "Lab induction", "owner": "host", "due": date(2027, 1, 4)}
    item = save_item(by=corridor.host, stay=stay, item=None, **values)
    assert (str(item.title), item.state) == ("Lab induction", "open")
    assert settle_item(by=corridor.host, item=item, verb="drop").state == "not_needed"
    for role in ("team", "home city", "other host", "stranger"):
        with pytest.raises(Forbidden):
            save_item(by=cast[role], stay=stay, item=item, **values)
        with pytest.raises(Forbidden):
            settle_item(by=cast[role], item=item, verb="drop")
    cancel_stay(by=cast["organiser"], stay=stay, reason="The programme changed.")
    with pytest.raises(Refusal, match="has ended"):
        settle_item(by=corridor.host, item=item, verb="open")


def test_what_is_to_do_follows_the_stay_to_another_day(stay, corridor):
    visa = stay.checklist.get(code="visa")
    settle_item(by=corridor.founder, item=visa, verb="tick")
    stay.travellers.create(name="Ana", nationalities=["PT"], starts=stay.starts, ends=stay.ends)
    stay.travellers.create(name="Bo", nationalities=["FR"], starts=stay.starts, ends=date(2027, 3, 1))
    before, stay.starts, stay.ends = stay.starts, date(2027, 2, 1), date(2027, 8, 1)
    follow_dates(stay, before)
    assert stay.checklist.get(code="visa").due == visa.due
    assert stay.checklist.get(code="plan").due == date(2027, 2, 28)
    assert list(stay.travellers.order_by("name").values_list("starts", "ends")) == [
        (date(2027, 2, 1), date(2027, 8, 1)),
        (date(2027, 2, 1), date(2027, 4, 1)),
    ]


def test_reminders_once_a_stage_in_the_reader_s_language_at_eight_on_their_clock(stay, corridor, organiser, at):
    corridor.founder.language, corridor.founder.time_zone = "en", "America/Montreal"
    corridor.founder.save()
    stay.checklist.exclude(code__in=["plan", "insurance"]).delete()
    reminded = lambda: list(Message.objects.filter(kind="corridor.stay_due").values_list("to_email", "subject"))  # noqa: E731
    with clock.at(at(12, 4, hour=12, year=2026)):  # 7:00 in Montréal, a week before the insurance is due
        assert remind_of_stays(10) == 0
    with clock.at(at(12, 4, hour=13, year=2026)):
        assert [remind_of_stays(10), remind_of_stays(10)] == [1, 0]
    assert reminded() == [(corridor.founder.email, "By 11 December 2026: Insurance: liability, health, repatriation")]
    with clock.at(at(12, 10, hour=13, year=2026)):
        assert remind_of_stays(10) == 1
    settle_item(by=corridor.founder, item=stay.checklist.get(code="insurance"), verb="tick")
    with clock.at(at(12, 13, hour=13, year=2026)):
        assert remind_of_stays(10) == 0


def test_what_is_long_overdue_is_told_to_the_organisers_once_on_their_own_clock(stay, organiser, at):
    organiser.language, organiser.time_zone = "fr", "Asia/Tokyo"
    organiser.save()
    stay.checklist.exclude(code__in=["insurance", "mentor"]).delete()  # due on 11 and 18 December
    told = lambda: list(Message.objects.filter(kind="corridor.stay_overdue").values_list("to_email", "language"))  # noqa: E731
    with clock.at(at(12, 24, hour=22, year=2026)):  # 7:00 of the 25th in Tokyo, two weeks after the insurance was due
        remind_of_stays(10)
        assert told() == []
    with clock.at(at(12, 24, hour=23, year=2026)):
        assert [remind_of_stays(10), remind_of_stays(10)] == [1, 0]
    assert told() == [(organiser.email, "fr")]
    mail = Message.objects.get(kind="corridor.stay_overdue")
    assert ("11 décembre 2026" in mail.text, "mentor" in mail.text.lower()) == (True, False)


def test_what_is_due_soon_is_on_the_home_of_who_does_it(stay, cast, at):
    with clock.at(at(12, 1, year=2026)):
        seen = {
            role: [(task.title, task.url) for task in collect("to_do", person) if task.detail.startswith("Alpha →")]
            for role, person in cast.items()
        }
    page = f"/stays/{stay.pk}/"
    assert {role: tasks for role, tasks in seen.items() if tasks} == {
        "team": [("3 things to do for a stay", page)],
        "host": [("Addresses for housing sent to the guest", page)],
        "home city": [("Contact in the home city named to the guest", page)],
    }


def test_the_stay_s_page_lets_each_tick_their_own(stay, cast, enter):
    shown = {}
    for role in ("team", "host", "home city", "organiser"):
        page = enter(cast[role]).get(f"/stays/{stay.pk}/").content.decode()
        shown[role] = (page.count('value="tick"'), page.count('value="drop"'))
    assert shown == {"team": (4, 0), "host": (3, 8), "home city": (1, 0), "organiser": (8, 8)}
    item = stay.checklist.get(code="visa")
    assert (
        enter(cast["team"]).post(f"/stays/{stay.pk}/checklist/{item.pk}/settle/", {"verb": "tick"}).status_code == 302
    )
    assert stay.checklist.get(code="visa").state == "done"
    assert enter(cast["stranger"]).post(f"/stays/{stay.pk}/checklist/{item.pk}/settle/").status_code == 404
