"""Agreements by processes at once: numbers without gaps, one signature,
and a worker that dies in the middle of a document."""

import os
import signal
import time

import pytest

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.models import Agreement, Signature, Stay
from network.models import Event, Message, User
from tests.corridor.agreements import cast
from tests.processes import PATIENCE

pytestmark = pytest.mark.processes
SHOWN = "5" * 64


def prepare(count):
    return [stay.pk for stay in cast.stays(count)]


def draft(*stays):
    by = User.objects.get(email="organiser@network.example")
    for stay in Stay.objects.filter(pk__in=stays).order_by("pk"):
        draft_agreement(by=by, stay=stay, language="en", terms=cast.terms(stay))
    return len(stays)


def issue():
    """As if the document had been prepared: a rendering is not what is raced for."""
    return Agreement.objects.update(state="issued", issued_sha256=SHOWN)


def code_of(email):
    """A code as it stands in the signer's mail."""
    return send_signing_code(by=User.objects.get(email=email), agreement=Agreement.objects.get(), party="host")


def sign(email, code):
    agreement = Agreement.objects.get()
    named = next(party for party in agreement.frozen["parties"] if party["party"] == "host")["signatory"]
    return sign_agreement(
        by=User.objects.get(email=email),
        agreement=agreement,
        party="host",
        typed_name=named,
        consents=True,
        document_sha256=SHOWN,
        code=code,
    ).party


def second_host():
    """Another person who may sign for the incubator."""
    body = User.objects.get(email="host@braga.example").memberships.get().organisation
    return cast.build.person("deputy@braga.example", "Dario Deputy", "host", body).email


def numbers():
    return list(Agreement.objects.order_by("number").values_list("number", flat=True))


def signed():
    hosts = Signature.objects.filter(party="host", signed_at__isnull=False).count()
    asked = Message.objects.filter(kind="corridor.agreement_to_sign").values_list("to_email", flat=True)
    return hosts, Event.objects.filter(verb="sign").count(), list(asked)


def test_numbers_have_no_gaps_when_processes_draft_at_once(place):
    stays = place.run(prepare, 6)
    assert place.at_once([(draft, *stays[first::3]) for first in range(3)]) == [2, 2, 2]
    assert place.run(numbers) == [1, 2, 3, 4, 5, 6]


def test_one_stay_drafted_twice_at_once_has_one_agreement(place):
    [stay] = place.run(prepare, 1)
    told = place.at_once([(draft, stay), (draft, stay)])
    assert sorted(told, key=str) == [("refused", "agreement.exists"), 1]
    assert place.run(numbers) == [1]


def test_two_people_sign_one_party_s_place_at_once(place):
    [stay] = place.run(prepare, 1)
    place.run(draft, stay)
    place.run(issue)
    deputy = place.run(second_host)
    codes = {email: place.run(code_of, email) for email in ("host@braga.example", deputy)}
    told = place.at_once(
        [(sign, email, codes[email]) for email in ("host@braga.example", deputy, "host@braga.example")]
    )
    refused = [("refused", "agreement.signed_already"), ("refused", "agreement.signer")]
    assert sorted(told, key=str) == [*refused, "host"]
    assert place.run(signed) == (1, 1, ["founder1@startup.example"])


def kill_once_leased(worker: int):
    """Right after the lease, while the document is being rendered: whoever looked from further away might come too
    late."""
    until = time.monotonic() + PATIENCE
    while not Agreement.objects.filter(leased_until__isnull=False).exists():
        assert time.monotonic() < until, "the worker never took the lease"
        time.sleep(0.01)
    os.kill(worker, signal.SIGKILL)


def stands():
    return list(Agreement.objects.values_list("state", "number", "attempts"))


def end_lease():
    Agreement.objects.update(leased_until="2000-01-01T00:00:00Z")


def written():
    return list(Message.objects.values_list("kind", "to_email", "state"))


def issued_name():
    return f"CORRIDOR-2027-{Agreement.objects.get().year}-001-issued.pdf"


def test_worker_killed_in_the_middle_leaves_one_agreement_one_number_one_file_one_mail(place):
    place.run(draft, *place.run(prepare, 1))
    worker = place.start("db_worker", "--no-startup-delay", "--interval", "0.05")
    try:
        place.run(kill_once_leased, worker.pid)
    finally:
        worker.kill()
        worker.communicate(timeout=PATIENCE)
    assert place.run(stands) == [("drafted", 1, 1)]
    assert place.run(written) == []

    place.manage(["tick"])  # the lease still stands: nothing is done twice
    assert place.run(stands) == [("drafted", 1, 1)]

    place.run(end_lease)
    place.manage(["tick"], ["tick"])
    place.manage(["tick"])
    assert place.run(stands) == [("issued", 1, 0)]
    assert [path.name for path in place.files.rglob("*.pdf")] == [place.run(issued_name)]
    assert place.run(written) == [("corridor.agreement_to_sign", "host@braga.example", "sent")]
    assert place.mails() == ["host@braga.example"]
