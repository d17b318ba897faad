"""A person applies: what is kept, what is refused with its reason, and who decides."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from contest.dossier.services.drafts import Stale
from corridor.applications.overview import application_tasks
from corridor.applications.services.admissions import rule_for_city, rule_for_network
from corridor.applications.services.applications import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from corridor.applications.services.calls import save_call
from corridor.applications.services.papers import remove_document
from corridor.applications.services.personal_data import erase_application, erase_due_applications
from corridor.domain.eligibility import Rule
from corridor.life.personal_data import held_by
from corridor.life.services.erasure import erase_stay
from corridor.models import Application, ApplicationCall, ApplicationDocument, Candidate
from corridor.placement.reading.inputs import placement_document
from network.models import Event, Message, User
from tests import build
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal


def send(road) -> Application:
    return submit_application(by=road.person, application=road.application)


def approve(application, by, reason="We know her.") -> Application:
    rule_for_city(by=by, application=application, ruling="approve", reason=reason)
    application.refresh_from_db()
    return application


@contextmanager
def refused(code: str):
    with pytest.raises(Refusal) as told:
        yield
    assert told.value.code == code


def guest(road, city) -> Candidate:
    return Candidate.objects.create(programme=road.programme, user=road.person, name="Ana", home_city=city, rank=2)


def mails(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"corridor.{kind}").values_list("to_user__email", flat=True))


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


def test_only_the_home_city_approves_with_name_and_reason(filled, coordinator, organiser):
    sent = send(filled)
    other = build.person("c@braga.example", "Bia", "coordinator", build.city_hall(build.city("braga")))
    for person in (organiser, other, filled.person):
        with pytest.raises(Forbidden):
            rule_for_city(by=person, application=sent, ruling="approve", reason="Mine.")
    with refused("ruling.reason"):
        rule_for_city(by=coordinator, application=sent, ruling="refuse", reason="  ")
    made = rule_for_city(by=coordinator, application=sent, ruling="refuse", reason="She has moved to Lyon.")
    assert (made.by, made.reason) == (coordinator, "She has moved to Lyon.")
    mail = Message.objects.get(kind="corridor.application_ruling")
    assert mail.text.startswith("Cora Coordinator has decided on your application to Graduates abroad: ")
    assert "\n\n\n" not in mail.text
    assert "She has moved to Lyon." in mail.text
    event = Event.objects.get(verb="refuse")
    assert (event.actor, event.after["reason"]) == (coordinator, "She has moved to Lyon.")
    assert approve(sent, coordinator).state == "approved"  # it thought again
    assert mails("application_to_admit") == ["organiser@network.example"]


def test_the_organiser_admits_with_a_rank_that_nobody_shares(filled, coordinator, organiser, city):
    ana = approve(send(filled), coordinator)
    ben = approve(build.application(filled.programme, "ben@mail.example", city), coordinator)
    with refused("ruling.rank"):
        rule_for_network(by=organiser, application=ana, ruling="admit", reason="Strong.")
    with refused("ruling.reason"):
        rule_for_network(by=organiser, application=ana, ruling="admit", rank=1)
    rule_for_network(by=organiser, application=ana, ruling="admit", rank=1, reason="Strong.")
    with pytest.raises(Refusal) as no:
        rule_for_network(by=organiser, application=ben, ruling="admit", rank=1, reason="As strong.")
    assert "Ana Applicant has rank 1 already. Equal ranks need your decision" in str(no.value.message)
    rule_for_network(by=organiser, application=ben, ruling="wait", reason="One place only.")
    candidate = Candidate.objects.get()
    told = (candidate.user, candidate.name, candidate.home_city, candidate.rank, candidate.languages, candidate.people)
    assert told == (filled.person, "Ana Applicant", city, 1, ["fr", "en"], 1)
    assert "One place only." in Message.objects.get(key__contains=f"{ben.pk}:ruling", subject__contains="waiting").text
    ben.refresh_from_db()
    rule_for_network(by=organiser, application=ben, ruling="admit", rank=2, reason="A place came free.")


def test_by_the_stated_order_the_first_to_submit_comes_first_and_a_tie_needs_a_decision(road, organiser, city):
    save_call(by=organiser, programme=road.programme, order="submitted")
    at = road.programme.call.opens_at
    late, early, twin = (
        build.application(
            road.programme, f"{name}@mail.example", city, "approved", submitted_at=at + timedelta(hours=hours)
        )
        for name, hours in (("late", 5), ("early", 1), ("twin", 5))
    )
    with refused("ruling.rank"):
        rule_for_network(by=organiser, application=late, ruling="admit")
    User.objects.filter(pk=early.user_id).update(language="fr")
    made = rule_for_network(by=organiser, application=early, ruling="admit")
    with translation.override("fr"):  # the reason is kept for who applies, whose language it is not for the organiser
        assert (made.rank, made.reason) == (1, gettext("By the order that the programme states."))
    made = rule_for_network(by=organiser, application=twin, ruling="admit", rank=2, reason="Drawn by lot.")
    assert (made.rank, made.reason) == (2, "Drawn by lot.")


def test_the_mail_is_in_the_reader_s_language(filled, coordinator):
    User.objects.filter(pk=filled.person.pk).update(language="fr")
    sent = send(filled)
    approve(sent, coordinator)
    assert set(Message.objects.filter(to_user=filled.person).values_list("language", flat=True)) == {"fr"}


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


def test_a_person_is_not_told_who_else_has_a_place(filled, organiser, city, enter):
    house = build.incubator("Sample Braga", build.city("braga"), (date(2027, 1, 1), date(2027, 9, 1), 1))
    other = build.candidate(filled.programme, "Ben Other", city, 1)
    team = guest(filled, city)
    taken = {"code": "taken", "incubator": str(house.pk), "holders": [str(other.pk)], "start": "2027-01-01"}
    stay = build.stay_of(team, house, reason={"better": [{**taken, "wish": 1, "short_by": 1}]})
    said = {by: enter(by).get(f"/stays/{stay.pk}/").context["better"] for by in (filled.person, organiser)}
    sentence = "Sample Braga: its desks go to %s. From 1 January 2027, 1 desk is missing."
    assert said == {filled.person: [sentence % "graduates"], organiser: [sentence % "Ben Other"]}


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


def test_nobody_decides_about_their_own_application(road, coordinator, organiser, city):
    for person in (coordinator, organiser):
        own = build.application(road.programme, person.email, city)
        assert own.user == person
        if person == coordinator:
            with pytest.raises(Forbidden, match="your own application"):
                approve(own, coordinator)
            continue
        approve(own, coordinator)
        with pytest.raises(Forbidden, match="your own application"):
            rule_for_network(by=organiser, application=own, ruling="admit", rank=1, reason="It is me.")
    assert not Candidate.objects.exists()


def test_the_city_to_which_an_application_moves_is_told(filled, coordinator):
    braga = build.city("braga")
    build.person("c@braga.example", "Bia", "coordinator", build.city_hall(braga))
    sent = send(filled)
    save_application(by=filled.person, application=sent, version=sent.version, values={"home_city": braga})
    assert mails("application_to_approve") == ["c@braga.example", "coordinator@clermont.example"]


@pytest.mark.parametrize(
    ("born", "until"),
    [("2001-05-02", None), ("1997-02-15", "2027-02-01"), ("1997-02-01", "2027-01-01"), ("1996-12-15", "2026-12-31")],
)
def test_a_plan_keeps_no_birthday(road, city, born, until):
    """Stays start on 1 January, February and March 2027, and only before the person is 30."""
    build.application(
        road.programme,
        "ben@mail.example",
        city,
        "admitted",
        born_on=date.fromisoformat(born),
        candidate=build.candidate(road.programme, "Ben", city, 1),
    )
    [row] = placement_document(road.programme, 0, decided_on=date(2026, 11, 1))["candidates"]
    assert row.get("eligible_until") == until


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
