"""Reports of a confirmed stay from January to June 2027: owed by date, filed once, corrected as versions."""

import json

import pytest
from django.test import Client

from corridor.life.reading.stays import reports_of
from corridor.life.services.reminders import remind_of_stays
from corridor.life.services.reports import WrongAnswers, begin_correction, file_report, save_report
from corridor.models import Report
from network.devices import offline_boxes
from network.models import Message
from toolkit import clock
from toolkit.protocols import collect
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db
FIGURES = {
    "jobs_full_time": "3",
    "jobs_part_time": "1",
    "revenue": "12 000,50",
    "capital_raised": "0",
    "intellectual_property": "2",
    "partnerships": "1",
    "survival": "operating",
}
BASELINE = {"code": "baseline", "side": "team"}


@pytest.fixture
def confirmed(stay):
    stay.state = "confirmed"
    stay.save()
    stay.checklist.all().delete()
    return stay


def test_owed_by_date(confirmed, at):
    with clock.at(at(4, 20)):
        lines = [
            (row.form.code, row.form.side, str(row.due), row.is_open, row.is_late) for row in reports_of(confirmed, [])
        ]
    assert lines == [
        ("baseline", "team", "2027-01-15", True, True),
        ("month_1", "team", "2027-02-11", True, True),
        ("mid_term", "host", "2027-04-16", True, True),
        ("mid_term", "team", "2027-04-16", True, True),
        ("final", "host", "2027-07-16", False, False),
        ("final", "team", "2027-07-16", False, False),
        ("year_1", "team", "2028-07-31", False, False),
        ("year_2", "team", "2029-07-31", False, False),
    ]
    confirmed.state = "accepted"
    assert reports_of(confirmed, []) == []


def test_drafted_filed_and_corrected(confirmed, corridor, at):
    what = {"by": corridor.founder, "stay": confirmed, **BASELINE}
    with clock.at(at(1, 4)):
        draft = save_report(**what, revision=0, typed={"jobs_full_time": "3"})
        with pytest.raises(Refusal, match="since you opened it"):
            save_report(**what, revision=0, typed={"jobs_full_time": "4"})
        with pytest.raises(WrongAnswers) as wrong:
            file_report(**what, revision=1, typed={**FIGURES, "revenue": "-1", "survival": ""})
        assert sorted(wrong.value.problems) == ["revenue", "survival"]
        filed = file_report(**what, revision=1, typed=FIGURES)
        assert (filed.pk, filed.answers["revenue"], filed.answers["jobs_full_time"]) == (draft.pk, "12000.50", 3)
        with pytest.raises(Refusal, match="is filed"):
            save_report(**what, revision=2, typed=FIGURES)
        second = begin_correction(**what)
        assert (second.version, second.answers, begin_correction(**what)) == (2, filed.answers, second)
        file_report(**what, revision=0, typed={**FIGURES, "jobs_full_time": "4"})
    latest = Report.objects.latest_filed().get()
    assert (latest.version, latest.answers["jobs_full_time"], Report.objects.count()) == (2, 4, 2)


def test_not_before_its_day(confirmed, corridor, at):
    with clock.at(at(12, 1, year=2026)), pytest.raises(Refusal, match="too early"):
        save_report(by=corridor.founder, stay=confirmed, **BASELINE, revision=0, typed={})


def test_each_side_writes_its_own_and_everybody_with_a_part_reads_what_is_filed(confirmed, corridor, cast, enter, at):
    place = f"/stays/{confirmed.pk}/reports/baseline/team/"
    with clock.at(at(1, 4)):
        save_report(by=corridor.founder, stay=confirmed, **BASELINE, revision=0, typed=FIGURES)
        drafted = {role: enter(person).get(place).status_code for role, person in cast.items()}
        assert {role for role, status in drafted.items() if status == 200} == {"team"}
        assert set(drafted.values()) == {200, 404}
        assert {role for role, person in cast.items() if Report.objects.visible_to(person)} == {"team"}
        for role in ("host", "home city", "organiser", "stranger"):
            with pytest.raises(Forbidden):
                file_report(by=cast[role], stay=confirmed, **BASELINE, revision=1, typed=FIGURES)
        file_report(by=corridor.founder, stay=confirmed, **BASELINE, revision=1, typed=FIGURES)
        reads = {"team", "host", "home city", "host city", "organiser"}
        assert {role for role, person in cast.items() if enter(person).get(place).status_code == 200} == reads
        assert {role for role, person in cast.items() if Report.objects.visible_to(person)} == reads


def test_the_form_keeps_what_was_typed_and_files_by_hand(confirmed, corridor, enter, at):
    place = f"/stays/{confirmed.pk}/reports/baseline/team/"
    client = enter(corridor.founder)
    with clock.at(at(1, 4)):
        answer = client.post(place, {**FIGURES, "jobs_full_time": "three", "revision": "0", "do": "file"})
        page = answer.content.decode()
        assert (answer.status_code, 'value="three"' in page, "Give a whole number" in page) == (422, True, True)
        assert client.post(place, {**FIGURES, "revision": "0", "do": "file"}).status_code == 302
        assert "Correct it in a new version" in client.get(place).content.decode()
        assert client.post(place + "correct/").status_code == 302
        assert "You are writing version 2" in client.get(place).content.decode()


def test_a_report_saves_itself_and_a_stale_page_is_told_what_is_kept(confirmed, corridor, cast, enter, at):
    place = f"/stays/{confirmed.pk}/reports/baseline/team/save/"
    boxes = offline_boxes(corridor.founder)

    def send(version, values, person=corridor.founder, user=boxes[0]["name"]):
        body = json.dumps({"user": user, "version": version, "values": values})
        answer = enter(person).post(place, body, content_type="application/json")
        return answer.status_code, answer.json()

    with clock.at(at(1, 4)):
        status, told = send(0, {"jobs_full_time": "3", "revenue": "12", "jobs_part_time": "1"})
        assert (status, told["version"], told["errors"]) == (200, 1, {})
        status, told = send(1, {"jobs_full_time": "5", "revenue": "a lot", "jobs_part_time": ""})
        assert (status, told["version"], list(told["errors"])) == (200, 2, ["revenue"])
        draft = Report.objects.get()
        assert draft.answers == {"jobs_full_time": 5, "revenue": "12"}  # what is wrong leaves what was right
        status, told = send(1, {"jobs_full_time": "9"})
        assert (status, told["code"], told["kept"]["version"]) == (409, "report.stale", 2)
        assert (told["kept"]["values"]["jobs_full_time"], told["kept"]["values"]["survival"]) == ("5", "")
        assert send(float("inf"), {})[0] == 400
        assert send(2, {}, person=cast["host"])[1]["code"] == "user.other"
        assert send(2, {}, person=cast["host"], user=offline_boxes(cast["host"])[0]["name"])[0] == 403
        file_report(by=corridor.founder, stay=confirmed, **BASELINE, revision=2, typed=FIGURES)
        assert send(3, {"jobs_full_time": "9"})[1]["code"] == "report.filed"
    assert Report.objects.get().answers["jobs_full_time"] == 3


def test_a_save_that_a_rule_refuses_says_why_and_one_without_a_log_in_does_not(confirmed, corridor, cast, enter, at):
    """By this the script knows a refusal, whose reason it shows, from a log-in that has ended."""
    place = f"/stays/{confirmed.pk}/reports/baseline/team/save/"
    host, late = cast["host"], Client(enforce_csrf_checks=True)
    late.force_login(host)

    def send(client):
        body = {"user": offline_boxes(host)[0]["name"], "version": 0, "values": {"jobs_full_time": "3"}}
        return client.post(place, json.dumps(body), content_type="application/json")

    with clock.at(at(1, 4)):
        refused, nobody, old_token = send(enter(host)), send(Client()), send(late)
    assert (refused.status_code, refused.json()) == (
        403,
        {"code": "forbidden", "detail": "Each side writes its own reports."},
    )
    assert (nobody.status_code, nobody.json()["code"]) == (401, "user.none")
    assert (old_token.status_code, old_token["Content-Type"]) == (403, "text/html; charset=utf-8")
    assert not Report.objects.exists()


def test_what_is_owed_is_told_and_on_the_home_page(confirmed, corridor, at):
    corridor.founder.language = "fr"
    corridor.founder.save()
    with clock.at(at(1, 8)):
        assert [remind_of_stays(5), remind_of_stays(5)] == [1, 0]
        mail = Message.objects.get(kind="corridor.stay_due")
        assert "État des lieux à l’arrivée" in mail.text
        place = f"/stays/{confirmed.pk}/reports/baseline/team/"
        assert place in mail.text
        assert place in [task.url for task in collect("to_do", corridor.founder)]
        file_report(by=corridor.founder, stay=confirmed, **BASELINE, revision=0, typed=FIGURES)
        assert place not in [task.url for task in collect("to_do", corridor.founder)]


def test_a_team_finds_its_stay_in_the_menu(confirmed, cast):
    links = {role: [link.url for link in collect("navigation", cast[role]) if link.label == "My stay"] for role in cast}
    assert {role for role, urls in links.items() if urls} == {"team"}
    assert links["team"] == [f"/stays/{confirmed.pk}/"]
