"""Who gives roles, to whom, and how they end."""

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.models import Event, Invitation, Membership, Message, Organisation, User
from network.services import end_membership, invite_to_role
from tests import build
from toolkit.refusals import Refusal

ADDRESS = "ana@braga.example"


def add_organiser(*words: str) -> str:
    out = StringIO()
    call_command("add_organiser", *words, stdout=out)
    return out.getvalue()


def test_an_empty_site_gets_its_first_organiser_who_then_invites_others(db, mailoutbox):
    """The README's road: the command, the link, the code, Accept; then the page of people is there."""
    said = add_organiser(ADDRESS, "--name", "Ana Água", "--language", "fr", "--organisation", "Network office")
    path = re.search(r"http://[^/]+(/invitations/\S+)", said)[1]
    assert Organisation.objects.get(kind="secretariat").name == "Network office"
    assert User.objects.get().language == "fr"
    assert not EmailAddress.objects.get().verified
    assert not Membership.objects.exists()
    client = Client()
    page = client.get(path, headers={"accept-language": "en"}).content.decode()
    assert "You are invited to join Network office as organiser." in page
    client.post("/accounts/login/", {"login": ADDRESS, "next": path})
    code = re.search(r"^([A-Z0-9]+(-[A-Z0-9]+)*)$", Message.objects.get(is_secret=True).text, re.MULTILINE)[1]
    assert client.post("/accounts/login/code/confirm/", {"code": code, "next": path}).headers["Location"] == path
    assert client.get("/organise/people/").status_code == 404
    client.post(path, {"answer": "accept"})
    assert Membership.objects.get().role == "organiser"
    client.post("/organise/people/invite/organiser/", {"email": "bo@braga.example", "language": "en"})
    assert Invitation.objects.get(email="bo@braga.example").organisation.name == "Network office"


def test_an_account_made_for_somebody_speaks_the_language_they_first_log_in_in(db, mailoutbox):
    path = re.search(r"http://[^/]+(/invitations/\S+)", add_organiser(ADDRESS))[1]
    for language, kept in (("fr", "fr"), ("en", "fr")):  # once: afterwards it is the profile that says
        client = Client(headers={"accept-language": language})
        Message.objects.filter(is_secret=True).delete()
        client.post("/accounts/login/", {"login": ADDRESS, "next": path})
        code = re.search(r"^([A-Z0-9]+(-[A-Z0-9]+)*)$", Message.objects.get(is_secret=True).text, re.MULTILINE)[1]
        client.post("/accounts/login/code/confirm/", {"code": code, "next": path})
        assert User.objects.get().language == kept
        assert '<html lang="fr"' in client.get("/home/").content.decode()


def test_the_command_run_twice_sends_the_same_link_and_doubles_nothing(db):
    first, second = add_organiser(ADDRESS), add_organiser(ADDRESS.upper())
    assert first.splitlines()[1] == second.splitlines()[1]
    assert (User.objects.count(), Organisation.objects.count(), Invitation.objects.count()) == (1, 1, 1)


def test_the_command_refuses_what_makes_no_sense(organiser):
    with pytest.raises(CommandError, match="is not an e-mail address"):
        add_organiser("nobody")
    with pytest.raises(CommandError, match="has this role at Secretariat already"):
        add_organiser(organiser.email)
    assert not Invitation.objects.exists()


def test_inviting_a_coordinator_makes_the_city_an_organisation_once(organiser, enter, city):
    client = enter(organiser)
    for address in (ADDRESS, "bo@braga.example"):
        values = {"email": address, "full_name": "Ana Água", "city": city.pk, "language": "fr"}
        assert client.post("/organise/people/invite/coordinator/", values).url == "/organise/people/"
    hall = Organisation.objects.get(kind="city")
    assert hall.city == city
    assert [(i.role, i.organisation) for i in Invitation.objects.all()] == [("coordinator", hall)] * 2
    assert [m.language for m in Message.objects.filter(kind="invitation")] == ["fr", "fr"]


def test_inviting_a_host(organiser, enter):
    house = build.organisation("House", "incubator", build.city())
    firm = build.organisation("Firm", "startup", build.city())
    client = enter(organiser)
    wrong = client.post("/organise/people/invite/host/", {"email": ADDRESS, "organisation": firm.pk, "language": "en"})
    assert wrong.status_code == 200
    assert not Invitation.objects.exists()
    client.post("/organise/people/invite/host/", {"email": ADDRESS, "organisation": house.pk, "language": "en"})
    assert (Invitation.objects.get().role, Invitation.objects.get().organisation) == ("host", house)
    with pytest.raises(Refusal) as said:
        invite_to_role(by=organiser, role="host", email=ADDRESS, organisation=firm)
    assert said.value.code == "role.organisation"


def test_whoever_has_the_role_is_not_invited_again(organiser, coordinator, enter, city):
    values = {"email": coordinator.email, "city": city.pk, "language": "en"}
    page = enter(organiser).post("/organise/people/invite/coordinator/", values).content.decode()
    assert "coordinator@clermont.example has this role at City of Clermont-Ferrand already." in page
    assert not Invitation.objects.exists()


def test_a_founder_role_is_not_given_here(organiser, founder, enter):
    assert enter(organiser).get("/organise/people/invite/founder/").status_code == 404
    with pytest.raises(Refusal) as said:
        invite_to_role(by=organiser, role="founder", email=ADDRESS)
    assert said.value.code == "role.unknown"
    assert enter(organiser).post(f"/organise/people/{founder.memberships.get().pk}/end/").status_code == 404
    assert founder.memberships.count() == 1


def test_an_invitation_taken_back_works_no_more(organiser, enter, city):
    invitation = invite_to_role(by=organiser, role="coordinator", email=ADDRESS, city=city)
    client = enter(organiser)
    client.post(f"/organise/people/invitations/{invitation.pk}/again/")
    assert Message.objects.filter(kind="invitation").count() == 2
    client.post(f"/organise/people/invitations/{invitation.pk}/cancel/")
    client.get("/organise/people/")  # says so once
    assert ADDRESS not in client.get("/organise/people/").content.decode()
    answer = enter(build.person(ADDRESS)).post(f"/invitations/{invitation.token}/", {"answer": "accept"})
    assert answer.status_code == 409
    assert not Membership.objects.filter(role="coordinator").exists()
    assert client.post(f"/organise/people/invitations/{invitation.pk}/cancel/").status_code == 404


def test_a_role_ends_at_once(organiser, coordinator, enter):
    theirs, client = enter(coordinator), enter(organiser)
    assert theirs.get("/city/").status_code == 200
    membership = coordinator.memberships.get()
    assert "End the role of Cora Coordinator?" in client.get(f"/organise/people/{membership.pk}/end/").content.decode()
    assert Membership.objects.filter(pk=membership.pk).exists()
    client.post(f"/organise/people/{membership.pk}/end/")
    assert not coordinator.memberships.exists()
    assert theirs.get("/city/").status_code == 404
    event = Event.objects.get(verb="end")
    assert (event.actor, event.before) == (
        organiser,
        {"user": coordinator.pk, "organisation": "city-of-clermont-ferrand", "role": "coordinator"},
    )


def test_the_last_organiser_who_can_log_in_stays(organiser):
    gone = build.person("gone@network.example", "", "organiser", build.secretariat(), is_active=False)
    with pytest.raises(Refusal) as said:
        end_membership(by=organiser, membership=organiser.memberships.get())
    assert said.value.code == "role.last_organiser"
    end_membership(by=organiser, membership=gone.memberships.get())
    other = build.person("other@network.example", "", "organiser", build.secretariat())
    end_membership(by=organiser, membership=organiser.memberships.get())
    assert [m.user for m in Membership.objects.filter(role="organiser")] == [other]


def test_only_organisers_see_the_page_and_give_roles(coordinator, founder, stranger, organiser, enter, city):
    invitation = invite_to_role(by=organiser, role="coordinator", email=ADDRESS, city=city)
    for person in (coordinator, founder, stranger):
        client = enter(person)
        assert client.get("/organise/people/").status_code == 404
        assert client.get("/organise/people/invite/organiser/").status_code == 404
        values = {"email": "me@x.example", "language": "en"}
        assert client.post("/organise/people/invite/organiser/", values).status_code == 404
        assert client.post(f"/organise/people/{organiser.memberships.get().pk}/end/").status_code == 404
        for verb in ("again", "cancel"):
            assert client.post(f"/organise/people/invitations/{invitation.pk}/{verb}/").status_code == 404
        with pytest.raises(Refusal) as said:
            invite_to_role(by=person, role="organiser", email="me@x.example")
        assert said.value.status == 403
    assert Invitation.objects.count() == 1


def test_the_page_tells_members_invitations_and_cities_without_a_coordinator(organiser, coordinator, enter, city):
    build.city("braga", "Braga")
    build.city("sherbrooke", "Sherbrooke", is_member=False)
    invite_to_role(by=organiser, role="host", email=ADDRESS, organisation=build.organisation("House", "incubator"))
    page = enter(organiser).get("/organise/people/").content.decode()
    assert '<h2 id="role-coordinator">City coordinators</h2>' in page
    assert "Cora Coordinator" in page
    assert ADDRESS in page
    assert re.findall(r'coordinator/\?city=([\w-]+)"', page) == ["braga"]


def test_thirty_people_take_as_many_queries_as_three(organiser, enter):
    client = enter(organiser)

    def queries(count):
        for number in range(count):
            hall = build.city_hall(build.city(f"town-{number}"))
            build.person(f"c{number}@town.example", f"Coordinator {number}", "coordinator", hall)
            invite_to_role(by=organiser, role="coordinator", email=f"i{number}@town.example", city=hall.city)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/organise/people/").status_code == 200
        return len(seen)

    assert queries(3) == queries(30)
