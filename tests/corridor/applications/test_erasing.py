"""What is emptied of an application, when, and what stays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.applications.overview import application_tasks
from corridor.applications.services.admissions import rule_for_network
from corridor.applications.services.applications import (
    withdraw_application,
)
from corridor.applications.services.calls import save_call
from corridor.applications.services.personal_data import erase_application, erase_due_applications
from corridor.life.personal_data import held_by
from corridor.life.services.erasure import erase_stay
from corridor.models import Application, ApplicationDocument, Candidate
from network.models import Event, Message
from tests import build
from tests.corridor.applications.acts import approve, guest, mails, refused, send
from toolkit import clock
from toolkit.refusals import Forbidden


def test_erasure_empties_what_was_said_and_keeps_what_was_decided(filled, coordinator, organiser, stranger):
    sent = approve(send(filled), coordinator)
    document = ApplicationDocument.objects.get()
    with pytest.raises(Forbidden):
        erase_application(by=stranger, application=sent, reason="Curious.")
    rule_for_network(by=organiser, application=sent, ruling="admit", rank=1, reason="Strong.")
    with refused("erase.needed"):
        erase_application(by=filled.person, application=sent, reason="At my own request.")
    Candidate.objects.update(state="withdrawn")
    erase_application(by=filled.person, application=sent, reason="At my own request.")
    sent.refresh_from_db()
    said = (sent.born_on, sent.address, sent.diploma_title, sent.motivation, sent.nationalities)
    assert said == (None, "", "", "", [])
    assert not sent.answers.exists()
    assert not ApplicationDocument.objects.exists()
    assert document.file.storage.exists(document.file.name)  # until the transaction is certain
    assert sent.state == "admitted"
    assert sent.rulings.count() == 2
    team = Candidate.objects.get()
    assert (team.nationalities, team.languages) == ([], [])
    # The mail about the admission said until which day her stay may begin: the day before she is 30.
    assert set(Message.objects.filter(key__startswith="application:").values_list("text", "html")) == {("", "")}


def test_erasing_a_person_s_stay_empties_the_application_too(filled, organiser, city):
    house = build.incubator("Sample Braga", build.city("braga"), (date(2027, 1, 1), date(2027, 9, 1), 1))
    team = guest(filled, city)
    stay = build.stay_of(team, house, state="declined")
    Application.objects.update(state="admitted", candidate=team, submitted_at=filled.programme.call.opens_at)
    assert held_by(stay)["applications"] == []  # she waits for another place, and her age still counts
    stay = build.stay_of(team, house, state="confirmed")
    with clock.at(datetime(2027, 8, 1, tzinfo=UTC)):
        erased = erase_stay(by=organiser, stay=stay, reason="The time is over.")
    filled.application.refresh_from_db()
    assert (erased.counts["applications"], filled.application.born_on, filled.application.address) == (1, None, "")
    assert not ApplicationDocument.objects.exists()


def test_what_is_erased_can_no_longer_be_approved_and_waits_for_nobody(filled, coordinator):
    sent = send(filled)
    assert [task.title for task in application_tasks(coordinator)] == ["Decide about 1 application"]
    erase_application(by=filled.person, application=sent, reason="At my own request.")
    with refused("application.erased"):
        approve(sent, coordinator)
    assert (application_tasks(coordinator), mails("application_withdrawn")) == ([], ["coordinator@clermont.example"])


def test_the_file_itself_is_gone_once_that_is_certain(filled, django_capture_on_commit_callbacks):
    document = ApplicationDocument.objects.get()
    withdraw_application(by=filled.person, application=filled.application)
    with django_capture_on_commit_callbacks(execute=True):
        erase_application(by=filled.person, application=filled.application, reason="At my own request.")
    assert not document.file.storage.exists(document.file.name)


def test_the_clock_empties_what_was_not_admitted_when_the_stated_time_is_over(filled, organiser, city):
    send(filled)
    call = save_call(by=organiser, programme=filled.programme, keep_months=6)
    kept = build.application(filled.programme, "in@mail.example", city, "admitted")
    with clock.at(call.erased_from - timedelta(seconds=1)):
        assert erase_due_applications(10) == 0
    with clock.at(call.erased_from + timedelta(seconds=1)):
        assert erase_due_applications(10) == 1
        assert erase_due_applications(10) == 0
    kept.refresh_from_db()
    filled.application.refresh_from_db()
    assert (kept.erased_at, filled.application.born_on) == (None, None)
    assert Event.objects.get(verb="erase").actor is None
