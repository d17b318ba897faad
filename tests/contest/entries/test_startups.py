"""A start-up is made once, however often one clicks and however many come at once; an account speaks for few."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from contest.entries.services.startups import create_startup
from contest.models import Startup
from network.models import Membership, User
from tests import build
from tests.contest import cast
from toolkit.refusals import Refusal

ONCE = str(uuid.UUID(int=1))


def prepare():
    build.city()
    return [build.person(f"p{number}@x.example", f"Person {number}").pk for number in range(3)]


def make(pk, once):
    user = User.objects.get(pk=pk)
    startup = create_startup(by=user, name="River Works", seat="Vichy, France", founded_on=date(2024, 2, 29), once=once)
    return startup.organisation.slug


def made():
    return Startup.objects.count(), Membership.objects.filter(role="founder").count()


@pytest.mark.processes
def test_clicks_at_once_make_one_start_up_and_people_of_one_idea_one_each(place):
    first, second, third = place.run(prepare)
    slugs = place.at_once(
        [(make, first, ONCE)] * 4 + [(make, second, str(uuid.uuid4())), (make, third, str(uuid.uuid4()))]
    )
    assert len(set(slugs[:4])) == 1
    assert len(set(slugs)) == 3
    assert place.run(made) == (3, 3)


def test_the_form_sent_twice_is_one_start_up(enter, stranger, city):
    browser = enter(stranger)
    page = browser.get(reverse("startup_new")).content.decode()
    [once] = [part.split('"')[0] for part in page.split('name="once" value="')[1:]]
    sent = {"name": "River Works", "city": city.pk, "founded_on": "2024-02-29", "once": once}
    for _ in range(2):
        assert browser.post(reverse("startup_new"), sent).status_code == 302
    assert Startup.objects.count() == 1
    # The same name from another window is the same start-up: said, with the way to it.
    again = browser.post(reverse("startup_new"), {**sent, "name": "RIVER works", "once": str(uuid.uuid4())})
    assert "You have a start-up called RIVER works already" in again.content.decode()
    assert Startup.objects.count() == 1


def test_an_account_speaks_for_five(stranger, city):
    for number in range(5):
        create_startup(by=stranger, name=f"Firm {number}", city=city)
    with pytest.raises(Refusal, match="at most 5 start-ups"):
        create_startup(by=stranger, name="Firm 6", city=city)


@pytest.mark.parametrize("again", ["Étoile du Nord", "ÉTOILE DU NORD", "Etoile du Nord", "E\u0301toile du nord"])
def test_one_name_however_it_is_written_is_one_start_up(stranger, city, again):
    create_startup(by=stranger, name="Étoile du Nord", city=city)
    with pytest.raises(Refusal) as refused:
        create_startup(by=stranger, name=again, city=city)
    assert refused.value.code == "startup.twin"


def test_twins_are_pointed_out_to_who_decides_and_knows_both(founder, coordinator, organiser, city, enter):
    edition = build.edition()
    entry = cast.submitted(founder, edition)
    body = entry.startup.organisation
    body.website = "https://www.sensors.example/en"
    body.save()
    others = [cast.team(name, city) for name in ("Others", "Sensor Group", "Elsewhere")]
    for person, site in zip(others, ("", "http://sensors.example", "https://notsensors.example"), strict=True):
        other = cast.submitted(person, edition)
        other.startup.organisation.website = site
        other.startup.organisation.name = other.startup.name.replace("Others", "SENSÖRS")
        other.startup.organisation.save()
    city_page = enter(coordinator).get(reverse("city_entry", args=[entry.pk])).content.decode()
    organiser_page = enter(organiser).get(reverse("organise_entry", args=[edition.slug, entry.pk])).content.decode()
    for page in (city_page, organiser_page):
        assert "Another start-up has this name or this website" in page
        assert "<strong>SENSÖRS</strong>" in page
        assert "<strong>Sensor Group</strong>" in page
        assert "<strong>Elsewhere</strong>" not in page
