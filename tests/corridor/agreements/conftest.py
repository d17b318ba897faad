"""An accepted stay of a start-up of Clermont-Ferrand in an incubator of Braga, with nothing missing but what the organiser says."""

from datetime import UTC, date, datetime

import pytest

from corridor.documents import suggest_terms
from corridor.models import Candidate, Incubator, Programme, Stay
from corridor.services import draft_agreement, sign_agreement
from tests import build

ACCEPTED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    """Files of the test's own: nothing is left on the machine."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}},
    }
    return tmp_path / "files"


@pytest.fixture
def host(db):
    body = build.organisation("Incubadora Querétaro & Braga", "incubator", build.city("braga", "Braga"), place="Braga")
    return build.person(
        "host@braga.example", "Helena Hóspede", role="host", organisation=body, time_zone="Europe/Lisbon"
    )


@pytest.fixture
def incubator(host):
    return Incubator.objects.create(
        organisation=host.memberships.get().organisation,
        address="Rua de Zalău 4, Braga",
        services=["desk", "lab", {"en": "A former mill", "fr": "Une ancienne filature"}],
        signatory_name="Helena Hóspede",
        signatory_role="Director",
        authority={"en": "decision of the board of 4 March 2026", "fr": "décision du conseil du 4 mars 2026"},
    )


@pytest.fixture
def programme(db):
    return Programme.objects.create(
        slug="corridor-2027",
        name={"en": "Corridor 2027", "fr": "Passerelle 2027"},
        first_start=date(2027, 1, 1),
        last_start=date(2027, 9, 1),
    )


def make_stay(programme, incubator, founder, city, state="accepted", name="Sensors"):
    candidate = Candidate.objects.create(
        programme=programme,
        organisation=founder.memberships.get(role="founder").organisation,
        name=name,
        home_city=city,
        rank=1,
        people=2,
        state="placed",
    )
    return Stay.objects.create(
        programme=programme,
        candidate=candidate,
        incubator=incubator,
        starts=date(2027, 3, 1),
        ends=date(2027, 9, 1),
        desks=2,
        state=state,
        accepted_by_host_at=ACCEPTED_AT,
        accepted_by_team_at=ACCEPTED_AT,
        created_at=ACCEPTED_AT,
    )


@pytest.fixture
def stay(programme, incubator, founder, coordinator, city):
    return make_stay(programme, incubator, founder, city)


@pytest.fixture
def terms(stay):
    """What the organiser confirms in the form: the suggestions, and the authority of the home city's signatory."""
    return {**suggest_terms(stay=stay, language="en"), "city_authority": "deliberation 2026-12 of the council"}


@pytest.fixture
def agreement(organiser, stay, terms, django_capture_on_commit_callbacks):
    """An agreement whose document has been issued."""
    with django_capture_on_commit_callbacks(execute=True):
        made = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    made.refresh_from_db()
    return made


@pytest.fixture
def sign(agreement, host, founder, coordinator, django_capture_on_commit_callbacks):
    """sign(party, **changes): the party's person signs what was shown, unless told otherwise."""
    people = {"host": host, "startup": founder, "city": coordinator}

    def as_party(party, **changes):
        values = {
            "by": people[party],
            "agreement": agreement,
            "party": party,
            "typed_name": people[party].full_name,
            "consents": True,
            "document_sha256": agreement.issued_sha256,
            "ip_address": "192.0.2.7",
            "user_agent": "Test browser",
            **changes,
        }
        with django_capture_on_commit_callbacks(execute=True):
            signature = sign_agreement(**values)
        agreement.refresh_from_db()
        return signature

    return as_party


@pytest.fixture
def executed(agreement, sign):
    """An agreement that all have signed."""
    for party in ("host", "startup", "city"):
        sign(party)
    return agreement
