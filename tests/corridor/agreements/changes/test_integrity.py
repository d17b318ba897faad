"""A stay is what its chain of executed documents says, and the command tells where it is not."""

from datetime import UTC, date, datetime

import pytest

from corridor.integrity import check_corridor
from corridor.life.personal_data import held_by
from corridor.life.services.erasure import erase_stay
from corridor.models import Agreement, Candidate, Stay, Traveller
from tests.corridor.agreements.changes.conftest import ANA, EARLY, OCTOBER, execute
from toolkit import clock
from toolkit.canonical import digest


@pytest.fixture
def found(base, stay):
    """What is wrong now with Candidate rows made right first: these tests build them by hand."""
    Candidate.objects.update(state="placed")
    return lambda: list(check_corridor())


def test_nothing_is_wrong_through_the_life_of_a_chain(base, stay, draft, found, people):
    assert found() == []
    execute(draft("extension", ends=OCTOBER))
    execute(draft("amendment", people=(ANA,), desks=3))
    assert found() == []
    draft("extension", ends=date(2027, 11, 1))
    assert found() == []


def test_a_stay_that_ended_before_it_began(stay, draft, found, people):
    with clock.at(EARLY):
        execute(draft("withdrawal", by=people["host"], party="host", is_joint=False, clause="17", reason="x"))
    assert found() == []
    Stay.objects.update(state="confirmed")
    Candidate.objects.update(state="placed")
    assert found() == [f"stay {stay.pk}: confirmed, but by its agreement cancelled"]


def test_what_is_wrong_is_told(base, stay, draft, found):
    Stay.objects.update(ends=OCTOBER, desks=1)
    Traveller.objects.filter(name="Ana").delete()
    assert found() == [
        f"stay {stay.pk}: ends 2027-10-01, but by its agreement 2027-09-01",
        f"stay {stay.pk}: desks 1, but by its agreement 2",
        f"stay {stay.pk}: other people travel than by its agreement",
    ]


def test_names_that_were_erased_are_no_fault(base, stay, organiser, found):
    stay.travellers.update(name="")
    assert found() == []
    base.requests.create(
        party="host", kind="amendment", reason="Cy comes", proposal={"people": [{"name": "Cy"}]}, asked_by=organiser,
        asked_at=EARLY
    )  # fmt: skip
    with clock.at(datetime(2027, 10, 1, tzinfo=UTC)):
        assert held_by(stay)["requests"][0]["people"] == ["Cy"]
        erase_stay(by=organiser, stay=stay, reason="Over")
    assert (held_by(stay)["requests"], base.requests.get().proposal) == ([], {})


def test_places_kept_for_nothing_and_not_kept_for_something(base, stay, draft, found):
    change = draft("extension", ends=OCTOBER)
    Stay.objects.update(asked_starts=None, asked_ends=None, asked_desks=None)
    assert found() == [f"agreement {change.pk}: the places that it asks for are not kept"]
    Agreement.objects.filter(pk=change.pk).update(state="void")
    Stay.objects.update(asked_starts=stay.starts, asked_ends=OCTOBER, asked_desks=2)
    assert found() == [f"stay {stay.pk}: keeps places for a change that nobody waits for"]


def test_a_text_that_was_changed_in_the_database(base, found):
    base.frozen["clauses"][0]["heading"] = "Another"
    base.save()
    assert found() == [f"agreement {base.pk}: what it says is not what its fingerprint says"]


def test_a_document_from_before_all_nationalities_were_kept_names_the_first(base, stay, found):
    """“Ana, PT” was frozen; the system knows by now that she is a citizen of Brazil too.
    Another first one is a fault."""
    for row in base.frozen["stay"]["people"]:
        row["nationality"] = row.pop("nationalities")[0]
    Agreement.objects.filter(pk=base.pk).update(frozen=base.frozen, frozen_sha256=digest(base.frozen))
    stay.travellers.filter(name="Ana").update(nationalities=["PT", "BR"])
    assert found() == []
    stay.travellers.filter(name="Ana").update(nationalities=["BR", "PT"])
    assert found() == [f"stay {stay.pk}: other people travel than by its agreement"]
