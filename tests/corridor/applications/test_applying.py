"""A person applies: what is kept, what is refused with its reason, and who decides."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from contest.dossier.services.drafts import Stale
from corridor.applications.services.applications import (
    save_application,
    start_application,
    submit_application,
)
from corridor.applications.services.calls import save_call
from corridor.applications.services.papers import remove_document
from corridor.domain.eligibility import Rule
from corridor.models import Application, ApplicationCall, ApplicationDocument
from network.models import Event, Message, User
from tests import build
from tests.corridor.applications.acts import approve, mails, refused, send
from toolkit import clock
from toolkit.refusals import Refusal


def test_a_draft_is_submitted_once_and_the_home_city_is_told(filled, coordinator):
    first = send(filled)
    assert (first.state, first.submitted_version) == ("submitted", first.version)
    assert mails("application_submitted") == ["ana@mail.example"]
    assert mails("application_to_approve") == ["coordinator@clermont.example"]
    again = send(filled)
    assert again.submitted_at == first.submitted_at
    assert Event.objects.filter(verb="submit").count() == 1


def test_events_never_hold_what_the_person_said(filled):
    send(filled)
    kept = " ".join(str(row) for row in Event.objects.values_list("before", "after"))
    assert not [word for word in ("2001", "rue Haute", "Master", "clay") if word in kept]


def test_what_is_missing_is_listed_and_nothing_is_sent(road):
    with pytest.raises(Refusal) as no:
        send(road)
    assert no.value.code == "application.incomplete"
    said = str(no.value.message)
    labels = ["Home city", "Date of birth", "Postal address", "Nationality", "Languages", "Student or graduate"]
    labels += ["School", "Day of the diploma", "Motivation", "What would you do?", "Diploma"]
    assert [label for label in labels if label not in said] == []
    assert "CV" not in said  # optional
    road.application.refresh_from_db()
    assert road.application.state == "draft"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        # The first start is 1 January 2027: 30 on that very day.
        (
            {"born_on": date(1997, 1, 1)},
            "On 1 January 2027, the first possible day of the stay, the age is 30, and it must be under 30.",
        ),
        (
            {"diploma_on": date(2027, 1, 2)},
            (
                "The diploma is awarded on 2 January 2027, and it must be awarded by 1 January 2027, the first "
                "possible day"
            ),
        ),
        (
            {"status": "student"},
            "The status is “student, enrolled”, and the programme does not take it. If one of these facts",
        ),
    ],
)
def test_the_rule_refuses_with_its_reason(filled, said, words):
    application = save_application(
        by=filled.person, application=filled.application, version=filled.application.version, values=said
    )
    with pytest.raises(Refusal) as no:
        submit_application(by=filled.person, application=application)
    assert no.value.code == "application.ineligible"
    assert words in str(no.value.message)


def test_one_day_younger_may_apply(filled):
    application = save_application(
        by=filled.person,
        application=filled.application,
        version=filled.application.version,
        values={"born_on": date(1997, 1, 2)},
    )
    assert submit_application(by=filled.person, application=application).state == "submitted"


def test_a_stale_save_is_shown_and_not_applied(filled):
    old = filled.application.version
    save_application(by=filled.person, application=filled.application, version=old, values={"address": "Elsewhere"})
    with pytest.raises(Stale) as no:
        save_application(by=filled.person, application=filled.application, version=old, values={"address": "Here"})
    assert no.value.row.address == "Elsewhere"


def test_what_is_submitted_stays_whole_and_is_submitted_again(filled):
    sent = send(filled)
    with refused("application.incomplete"):
        save_application(by=filled.person, application=sent, version=sent.version, values={"motivation": ""})
    document = ApplicationDocument.objects.get()
    with refused("application.incomplete"):
        remove_document(by=filled.person, document=document)
    assert document.file.storage.exists(document.file.name)
    changed = save_application(by=filled.person, application=sent, version=sent.version, values={"motivation": "More."})
    assert (changed.state, changed.submitted_version) == ("submitted", changed.version)


def test_outside_the_call_nothing_is_begun_or_saved(filled, stranger):
    call = filled.programme.call
    for when, code in ((call.opens_at - timedelta(seconds=1), "ahead"), (call.closes_at, "closed")):
        with clock.at(when):
            for act in (
                lambda: start_application(by=stranger, programme=filled.programme),
                lambda: save_application(
                    by=filled.person,
                    application=filled.application,
                    version=filled.application.version,
                    values={"address": "X"},
                ),
                lambda: send(filled),
            ):
                with pytest.raises(Refusal) as no:
                    act()
                assert no.value.code == f"application.{code}"
                assert "(Paris time)" in str(no.value.message)
    assert not Application.objects.filter(user=stranger).exists()


def test_the_mail_is_in_the_reader_s_language(filled, coordinator):
    User.objects.filter(pk=filled.person.pk).update(language="fr")
    sent = send(filled)
    approve(sent, coordinator)
    assert set(Message.objects.filter(to_user=filled.person).values_list("language", flat=True)) == {"fr"}


def test_the_city_to_which_an_application_moves_is_told(filled, coordinator):
    braga = build.city("braga")
    build.person("c@braga.example", "Bia", "coordinator", build.city_hall(braga))
    sent = send(filled)
    save_application(by=filled.person, application=sent, version=sent.version, values={"home_city": braga})
    assert mails("application_to_approve") == ["c@braga.example", "coordinator@clermont.example"]


def test_the_rule_stays_once_somebody_has_applied(filled, organiser):
    form = ApplicationCall.objects.get()
    send(filled)
    with refused("call.rule"):
        save_call(by=organiser, programme=filled.programme, rule=Rule(under=25))
    save_call(by=organiser, programme=filled.programme, closes_at=form.closes_at + timedelta(days=1))


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({"closes_at": 8}, "call.shortened"),
        ({"opens_at": 1, "closes_at": 10}, "call.reopened"),
        ({"opens_at": None, "closes_at": None}, "call.reopened"),
    ],
)
def test_the_end_of_an_open_call_only_moves_later(filled, organiser, dates, code):
    """Open since 3 days, until in 9: not until in 8, not anew from tomorrow (and then back, with another end),
    not at all."""
    moved = {name: days if days is None else timezone.now() + timedelta(days=days) for name, days in dates.items()}
    with refused(code):
        save_call(by=organiser, programme=filled.programme, **moved)


def test_a_call_that_is_to_come_is_free_to_move(filled, organiser):
    ApplicationCall.objects.update(opens_at=timezone.now() + timedelta(days=2))
    closes = timezone.now() + timedelta(days=5)
    assert save_call(by=organiser, programme=filled.programme, closes_at=closes).closes_at == closes
