"""Nationalities belong to a person: what the form keeps, what was known before,
who is told whose papers cost how long."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from corridor.models import Candidate, LeadTime
from corridor.placement.reading.inputs import placement_document
from corridor.placement.services.plans import propose_placements, solve_plan
from corridor.placement.services.wishes import save_wishes
from tests import build
from toolkit import clock
from toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def rows(db):
    """Sample Braga stands in Portugal, Sample Magog in Canada."""
    for nationality, country, days in (("EU", "EU", 0), ("", "PT", 365), ("IN", "PT", 300), ("", "CA", 40)):
        LeadTime.objects.create(nationality=nationality, host_country=country, days=days, source="Page", as_of=TODAY)


def feasible(programme, code):
    file = placement_document(programme, 0, decided_on=TODAY).as_data()
    return next(row for row in file["candidates"] if row["code"] == str(code)).get("feasible_from", {})


def test_a_french_and_senegalese_founder_may_start_in_portugal_at_once(corridor, rows):
    """A Grand Prize stayed without a place: both countries counted as two people, one of whom needs a year."""
    alpha = corridor.teams[0]
    for told, waits in (([["FR", "SN"]], False), ([["FR"], ["SN"]], True), ([["FR", "SN"], ["IN"]], True)):
        Candidate.objects.filter(pk=alpha.pk).update(nationalities=told, people=2)
        assert (str(corridor.braga.pk) in feasible(corridor.programme, alpha.pk)) is waits


def typed(corridor, candidate, **changes):
    return {"version": candidate.version, "people": 2, "needs": "", f"wish_{corridor.braga.pk}": 1, **changes}


def test_a_team_says_it_person_by_person_and_is_shown_it_again(corridor, rows, enter):
    alpha = corridor.teams[0]
    page = reverse("candidate_wishes", args=[alpha.pk])
    client = enter(corridor.founder)
    sent = typed(corridor, alpha, nationality_1_1="FR", nationality_1_2="SN", nationality_2_1="IN", nationality_3_1="")
    assert client.post(page, sent).status_code == 302
    alpha.refresh_from_db()
    assert alpha.nationalities == [["FR", "SN"], ["IN"]]
    shown = client.get(page).context["form"]
    assert [[field.value() for field in row] for row in shown.nationality_rows()] == [
        ["FR", "SN"],
        ["IN", ""],
        ["", ""],
    ]  # two travel, and one more might
    more = typed(corridor, alpha, people=1, nationality_1_1="FR", nationality_2_1="IN")
    answer = client.post(page, more)
    assert "You say the nationalities of more people than travel: 1 person does." in answer.content.decode()
    alpha.refresh_from_db()
    assert alpha.nationalities == [["FR", "SN"], ["IN"]]


def test_a_code_is_kept_once_and_nobody_without_one(corridor):
    alpha = corridor.teams[0]
    values = {
        "incubators": [(corridor.braga, 1)],
        "people": 2,
        "earliest_start": None,
        "latest_start": None,
        "version": alpha.version,
    }
    told = [["fr", " FR", "SN"], [""], ["in"]]
    saved = save_wishes(by=corridor.founder, candidate=alpha, nationalities=told, **values)
    assert saved.nationalities == [["FR", "SN"], ["IN"]]
    values |= {"version": saved.version, "nationalities": [["FR"], ["IN"], ["CA"]]}
    with pytest.raises(Refusal):
        save_wishes(by=corridor.founder, candidate=alpha, **values)


COSTS = "Person 2 waits longest: 300 days with the nationality India."


def test_who_makes_the_team_wait_is_told_to_the_team_and_the_organiser_alone(corridor, rows, organiser, enter):
    alpha = corridor.teams[0]
    Candidate.objects.filter(pk=alpha.pk).update(nationalities=[["FR", "SN"], ["IN"]], people=2)
    with clock.at(NOW):
        plan = propose_placements(by=organiser, programme=corridor.programme)
        solve_plan.call(plan.pk)
        told = enter(organiser).get(reverse("plan", args=[plan.pk])).content.decode()
        wishes = enter(corridor.founder).get(reverse("candidate_wishes", args=[alpha.pk])).content.decode()
    plan.refresh_from_db()
    assert COSTS in told
    assert COSTS in wishes
    assert "SN" not in plan.file + plan.inputs  # a plan is kept: it holds days, not whose
    stay = build.stay_of(alpha, corridor.braga, reason={"wish": 2, "wishes": 2, "better": [too_late(corridor.braga)]})
    readers = {"team": corridor.founder, "organiser": organiser, "host": corridor.host, "other": corridor.other_host}
    with clock.at(NOW):
        pages = {
            name: enter(user).get(reverse("stay", args=[stay.pk])).content.decode() for name, user in readers.items()
        }
    assert {name: page.count(COSTS) for name, page in pages.items()} == {
        "team": 2,  # with the papers of this stay, and with the better wish
        "organiser": 2,
        "host": 0,
        "other": 0,
    }


def too_late(incubator):
    return {"incubator": str(incubator.pk), "wish": 1, "code": "too_late", "feasible_from": "2027-09-18"}


def test_who_is_named_is_named_in_the_reason_and_keeps_every_nationality(corridor, rows, enter):
    """The form begins with what was said with the wishes; what it keeps is what lead times
    and the agreement are about."""
    alpha = corridor.teams[0]
    Candidate.objects.filter(pk=alpha.pk).update(nationalities=[["FR", "SN"], ["IN"]], people=2)
    stay = build.stay_of(alpha, corridor.braga)
    client, page = enter(corridor.founder), reverse("stay_people", args=[stay.pk])
    first = client.get(page).context["forms"]
    told = [[form[name].value() or "" for name in form.codes] for form in first]
    assert told == [["FR", "SN"], ["IN", ""], *[["", ""]] * 2]
    sent = {"people-TOTAL_FORMS": 4, "people-INITIAL_FORMS": 2, "people-1-name": "", "people-1-nationality": "IN"}
    sent |= {"people-0-name": "Awa", "people-0-nationality": "FR", "people-0-nationality_2": "SN"}
    assert client.post(page, sent).status_code == 302
    [awa] = stay.travellers.all()
    assert awa.nationalities == ["FR", "SN"]
    with clock.at(NOW):
        shown = client.get(reverse("stay", args=[stay.pk])).content.decode()
    assert "waits longest" not in shown  # the wishes' second person does not go
    assert "France / Senegal" in shown
    stay.travellers.create(name="Bina", nationalities=["IN"], starts=stay.starts, ends=stay.ends)
    with clock.at(NOW):
        shown = client.get(reverse("stay", args=[stay.pk])).content.decode()
    assert "Bina waits longest: 300 days with the nationality India." in shown
