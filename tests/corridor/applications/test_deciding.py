"""Who approves and admits a person, in which order, and what they are told."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext

from corridor.applications.services.admissions import rule_for_city, rule_for_network
from corridor.applications.services.calls import save_call
from corridor.models import Candidate
from corridor.placement.reading.inputs import placement_document
from network.models import Event, Message, User
from tests import build
from tests.corridor.applications.acts import approve, guest, mails, refused, send
from toolkit.refusals import Forbidden, Refusal


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


def test_a_person_is_not_told_who_else_has_a_place(filled, organiser, city, enter):
    house = build.incubator("Sample Braga", build.city("braga"), (date(2027, 1, 1), date(2027, 9, 1), 1))
    other = build.candidate(filled.programme, "Ben Other", city, 1)
    team = guest(filled, city)
    taken = {"code": "taken", "incubator": str(house.pk), "holders": [str(other.pk)], "start": "2027-01-01"}
    stay = build.stay_of(team, house, reason={"better": [{**taken, "wish": 1, "short_by": 1}]})
    said = {by: enter(by).get(f"/stays/{stay.pk}/").context["better"] for by in (filled.person, organiser)}
    sentence = "Sample Braga: its desks go to %s. From 1 January 2027, 1 desk is missing."
    assert said == {filled.person: [sentence % "graduates"], organiser: [sentence % "Ben Other"]}


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
    [row] = placement_document(road.programme, 0, decided_on=date(2026, 11, 1)).as_data()["candidates"]
    assert row.get("eligible_until") == until
