"""An accepted stay of a start-up of Clermont-Ferrand in an incubator of Braga,
with nothing missing but what the organiser says."""

from contextlib import suppress

import pytest

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.models import SigningCode
from tests import build
from tests.corridor.agreements import cast
from tests.corridor.agreements.paper import files  # noqa: F401  a fixture: both files of one agreement
from toolkit.refusals import Refusal


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
    return cast.host()


@pytest.fixture
def incubator(host):
    return cast.incubator(host)


@pytest.fixture
def programme(db):
    return cast.programme()


@pytest.fixture
def stay(programme, incubator, founder, coordinator, city):
    return cast.stay(programme, incubator, founder, city)


@pytest.fixture
def terms(stay):
    """What the organiser confirms in the form: the suggestions, and the authority of the home city's signatory."""
    return cast.terms(stay)


@pytest.fixture
def agreement(organiser, stay, terms, django_capture_on_commit_callbacks):
    """An agreement whose document has been issued."""
    with django_capture_on_commit_callbacks(execute=True):
        made = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    made.refresh_from_db()
    return made


@pytest.fixture
def sign(agreement, host, founder, coordinator, django_capture_on_commit_callbacks):
    """sign(party, **changes): the party's person signs what was shown, unless told otherwise.

    What is due after the last one is done at once, unless `renders` is False.
    """
    people = {"host": host, "startup": founder, "city": coordinator}

    def as_party(party, renders=True, **changes):
        by = changes.get("by", people[party])
        if "code" not in changes:
            SigningCode.objects.all().delete()  # nobody waits between two tries
            with suppress(Refusal):  # whoever can't have a code can't sign either, and is told so below
                changes["code"] = send_signing_code(by=by, agreement=agreement, party=party)
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
        with django_capture_on_commit_callbacks(execute=renders):
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


@pytest.fixture
def people(organiser, host, founder, coordinator, stranger, city):
    """Every role, and for each role of a party somebody who has it elsewhere."""
    elsewhere = build.city("zalau", "Zalău", "RO", "Europe/Bucharest")
    return {
        "organiser": organiser,
        "host": host,
        "startup": founder,
        "city": coordinator,
        "other host": build.person(
            "h@other.example", "Other Host", "host", build.organisation("Other", "incubator", city)
        ),
        "other founder": build.person(
            "f@other.example", "Other Founder", "founder", build.startup("Other start-up", city).organisation
        ),
        "other coordinator": build.person(
            "c@other.example", "Other Coordinator", "coordinator", build.city_hall(elsewhere)
        ),
        "stranger": stranger,
    }
