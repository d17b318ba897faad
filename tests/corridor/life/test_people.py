"""Who travels: by day within the stay and its desks, free until an agreement names them."""

from datetime import date

import pytest

from corridor.life.services.travellers import TravellerDraft, save_travellers
from network.models import Event
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 1, 1), date(2027, 7, 1)
MIDDLE = date(2027, 4, 1)


def test_people_take_turns_within_the_desks(stay, corridor):
    people = [
        TravellerDraft("علي بن سعيد", ["TN"], FIRST, LAST),
        TravellerDraft("Ana", ["PT"], FIRST, MIDDLE),
        TravellerDraft("Bo", ["FR"], MIDDLE, LAST),
    ]
    assert len(save_travellers(by=corridor.founder, stay=stay, travellers=people)) == 3
    more = [*people, TravellerDraft("Cy", ["FR"], date(2027, 5, 3), LAST)]
    with pytest.raises(Refusal, match="holds 2 desks, and on 3 May 2027 3 people"):
        save_travellers(by=corridor.founder, stay=stay, travellers=more)
    with pytest.raises(Refusal, match="within the stay"):
        save_travellers(
            by=corridor.founder, stay=stay, travellers=[TravellerDraft("Ana", ["PT"], FIRST, date(2027, 7, 2))]
        )
    assert stay.travellers.count() == 3
    assert "Ana" not in str(Event.objects.get(verb="travellers").after)


def test_only_the_team_and_organisers_name_people(stay, cast):
    for role, person in cast.items():
        if role in ("team", "organiser"):
            save_travellers(by=person, stay=stay, travellers=[])
        else:
            with pytest.raises(Forbidden):
                save_travellers(by=person, stay=stay, travellers=[])


def test_an_agreement_fixes_the_people(stay, corridor, organiser):
    stay.agreements.create(
        programme=stay.programme, year=2026, number=1, language="en", state="issued", frozen={}, frozen_sha256="0",
        drafted_by=organiser, drafted_at=stay.created_at,
    )  # fmt: skip
    with pytest.raises(Refusal, match="by an amendment"):
        save_travellers(by=corridor.founder, stay=stay, travellers=[])
    stay.agreements.update(state="void")
    assert save_travellers(by=corridor.founder, stay=stay, travellers=[]) == []


def test_the_form_keeps_what_was_typed(stay, corridor, enter):
    client = enter(corridor.founder)
    sent = {"people-TOTAL_FORMS": "3", "people-INITIAL_FORMS": "0"}
    for number, name in enumerate(["Ana", "Bo", "Cy"]):
        sent |= {f"people-{number}-name": name, f"people-{number}-nationality": "PT"}
    answer = client.post(f"/stays/{stay.pk}/people/", sent)
    assert answer.status_code == 422
    assert "on 1 January 2027 3 people would be there" in answer.content.decode()
    assert 'value="Cy"' in answer.content.decode()
    sent["people-2-name"] = ""
    assert client.post(f"/stays/{stay.pk}/people/", sent).status_code == 302
    assert list(stay.travellers.values_list("name", "ends")) == [("Ana", LAST), ("Bo", LAST)]
    page = client.get(f"/stays/{stay.pk}/").content.decode()
    assert "Portugal" in page
