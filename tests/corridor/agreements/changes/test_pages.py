"""Changing an agreement on the screen: what each role finds, the preview before the document, requests and receipts."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.models import Agreement, ChangeRequest, Receipt
from tests.corridor.agreements.changes.conftest import DURING, OCTOBER, execute
from toolkit import clock

AMENDMENT = {
    "starts": "2027-03-01",
    "last_day": "2027-08-31",
    "desks": "2",
    "text": "",
    "people-TOTAL_FORMS": "3",
    "people-INITIAL_FORMS": "2",
    "people-0-name": "Ana",
    "people-0-nationality": "PT",
    "people-0-starts": "2027-03-01",
    "people-0-ends": "2027-08-31",
    "people-1-name": "علي بن سعيد",
    "people-1-nationality": "TN",
    "people-1-starts": "2027-03-01",
    "people-1-ends": "2027-05-31",
    "people-2-name": "",
}
SIGNS = {
    "signs_host_signatory": "Helena Hóspede",
    "signs_startup_signatory": "Fatou Founder",
    "signs_city_signatory": "Cora Coordinator",
}


@pytest.fixture
def page(base, people, enter):
    """page(role, address, **data): (status, text) of what the role gets; a POST when there is data."""

    def seen(role, address="", at=DURING, **data):
        with clock.at(at):
            client = enter(people[role])
            address = address if address.startswith("/") else f"/agreements/{base.pk}/{address}"
            answer = client.post(address, data) if data else client.get(address)
            if answer.status_code == 302:
                return 302, answer.url
            return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())

    return seen


def test_who_finds_what(page, people):
    says = {
        "organiser": "Change this agreement",
        "host": "Ask for a change, or withdraw",
        "startup": "Ask for a change, or withdraw",
        "city": "Ask for a change, or withdraw",
    }
    for role in people:
        if role not in says:
            assert page(role)[0] == page(role, "change/")[0] == page(role, "change/extension/")[0] == 404
            continue
        assert says[role] in page(role)[1]
        status, text = page(role, "change/")
        assert status == 200
        assert ("Extend the stay" in text, "Give notice of withdrawal" in text) == (
            role == "organiser",
            role != "organiser",
        )
        assert "31 August 2027" in text
        assert "six months from 31 August end with 27 February, in a leap year with 28 February" in text
    assert page("organiser", "change/nonsense/")[0] == 404


def test_an_organiser_reads_the_document_before_it_is_drafted(page, base, stay):
    wanted = {**AMENDMENT, **SIGNS, "last_day": "2027-07-31", "people-2-name": "Cy", "people-2-nationality": "RO"}
    wanted |= {"people-2-starts": "2027-06-01", "people-2-ends": "2027-08-31"}
    status, text = page("organiser", "change/amendment/", step="preview", **wanted)
    assert status == 200
    assert "Last day of the stay: 31 July 2027 instead of 31 August 2027." in text
    assert "Cy (Romania), from 1 June 2027 to 31 July 2027" in text  # who stays to the end stays to the new end
    assert Agreement.objects.count() == 1
    assert 'name="people-2-name" value="Cy"' in text
    status, text = page("organiser", "change/amendment/", step="edit", **wanted)
    assert (status, 'value="2027-07-31"' in text) == (200, True)
    status, url = page("organiser", "change/amendment/", step="issue", **wanted)
    made = Agreement.objects.get(kind="amendment")
    assert (status, url) == (302, f"/agreements/{made.pk}/")
    with clock.at(DURING):
        execute(made)
    stay.refresh_from_db()
    assert (stay.ends, stay.travellers.count()) == (date(2027, 8, 1), 3)
    for role in ("organiser", "host", "startup", "city"):
        text = page(role)[1]
        assert f"Amendment 1 to {base.reference}" in text
        assert "Last day: 31 July 2027 instead of 31 August 2027." in text
        assert "The stay lasts 5 months." in text
        assert "Last day: 31 July 2027" in page(role, f"/stays/{stay.pk}/")[1]
        assert f"to agreement {base.reference}" in page(role, f"/agreements/{made.pk}/")[1]


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(page, base):
    status, text = page("organiser", "change/amendment/", step="preview", **{**AMENDMENT, **SIGNS})
    assert (status, "Nothing is changed." in text) == (422, True)
    longer = {**AMENDMENT, **SIGNS, "last_day": "2027-09-30", "text": "Kept as typed"}
    status, text = page("organiser", "change/amendment/", step="preview", **longer)
    assert (status, "choose “Extend the stay”" in text, "Kept as typed" in text) == (422, True, True)
    status, text = page("organiser", "change/extension/", step="preview", last_day="", **SIGNS)
    assert status == 422
    base.stay.incubator.openings.update(desks=1)
    status, text = page("organiser", "change/extension/", step="issue", last_day="2027-10-31", text="", **SIGNS)
    assert (status, "has no desks left for these dates" in text, 'value="2027-10-31"' in text) == (409, True, True)


def test_a_party_asks_and_the_organiser_drafts_from_it_or_declines(page, base, people):
    asked = {"last_day": "2027-10-31", "text": "", "party": "host", "reason": "The pilot goes on"}
    status, text = page("host", "change/extension/", step="preview", **{**asked, "reason": ""})
    assert (status, ChangeRequest.objects.count()) == (422, 0)
    assert page("host", "change/extension/", step="issue", **asked) == (302, f"/agreements/{base.pk}/#chain")
    request = ChangeRequest.objects.get()
    assert (request.party, request.proposal) == ("host", {"ends": "2027-11-01", "is_joint": True})
    status, text = page("host", "change/amendment/", step="preview", **{**asked, **AMENDMENT, "desks": "3"})
    assert (status, "waits for its answer already" in text) == (409, True)
    assert "The pilot goes on" not in page("startup")[1]  # the answer comes first
    assert "Last day: 31 October 2027 instead of 31 August 2027." in page("organiser")[1]
    assert "Answer a request to change an agreement" in page("organiser", "/home/")[1]
    status, text = page("organiser", f"change/extension/?request={request.pk}")
    assert ('value="2027-10-31"' in text, "The pilot goes on" in text) == (True, True)
    for role in ("startup", "stranger"):
        assert page(role, f"/agreements/requests/{request.pk}/", verb="take_back")[0] == 404
    assert page("host", f"/agreements/requests/{request.pk}/", verb="decline", answer="x")[0] == 403
    status, url = page("organiser", f"change/extension/?request={request.pk}", step="issue", **asked, **SIGNS)
    request.refresh_from_db()
    assert (request.state, url) == ("prepared", f"/agreements/{request.document_id}/")
    second = ChangeRequest.objects.create(
        agreement=base, party="city", kind="termination", reason="x", asked_by=people["city"], asked_at=DURING
    )
    assert page("organiser", f"/agreements/requests/{second.pk}/", verb="decline", answer="")[0] == 422
    assert page("organiser", f"/agreements/requests/{second.pk}/", verb="decline", answer="Too late")[0] == 302
    assert "Answer: Too late" in page("city")[1]


def test_a_party_gives_notice_itself_and_the_others_confirm_receipt(page, base):
    notice = {"party": "startup", "how": "alone", "clause": "17", "last_day": "2027-06-30", "reason": "A buyer at home"}
    status, text = page("startup", "change/withdrawal/", step="preview", **{**notice, "last_day": "2027-05-20"})
    assert (status, "gives 30 days’ notice" in text) == (422, True)
    status, text = page("startup", "change/withdrawal/", step="preview", **notice)
    assert (status, "Sensors gives notice to the other parties that it withdraws" in text) == (200, True)
    status, url = page("startup", "change/withdrawal/", step="issue", **notice)
    made = Agreement.objects.get(kind="withdrawal")
    assert (status, url, made.is_one_sided) == (302, f"/agreements/{made.pk}/", True)
    assert page("host", url)[0] == 404
    with clock.at(DURING):
        execute(made)
    assert "Confirm that a notice has arrived" in page("host", "/home/")[1]
    text = page("host", url)[1]
    assert ("This notice was given to you." in text, "I confirm that it has arrived" in text) == (True, True)
    assert "This notice was given to you." not in page("organiser", url)[1]
    assert page("startup", f"{url}receipt/", party="host")[0] == 403
    assert page("host", f"{url}receipt/", party="host") == (302, url)
    assert page("organiser", f"{url}receipt/", party="city", note="Registered letter of 5 May")[0] == 302
    assert Receipt.objects.filter(received_at__isnull=False).count() == 2
    assert "Registered letter of 5 May" in page("startup", url)[1]


def test_together_means_that_the_organiser_is_asked(page, base):
    both = {"party": "host", "how": "together", "clause": "", "last_day": "2027-06-30", "reason": "Water damage"}
    assert page("host", "change/withdrawal/", step="issue", **both)[1] == f"/agreements/{base.pk}/#chain"
    assert ChangeRequest.objects.get().proposal == {"ends": "2027-07-01", "party": "host", "is_joint": True}


def test_an_agreement_that_is_not_executed_has_nothing_to_change(page, base):
    Agreement.objects.update(state="issued")
    assert page("organiser", "change/")[0] == page("organiser", "change/extension/")[0] == 409
    assert "Change this agreement" not in page("organiser")[1]


def test_the_chain_takes_as_many_queries_for_three_changes_as_for_one(base, draft, organiser, enter):
    client = enter(organiser)

    def counted():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/agreements/{base.pk}/").status_code == 200
            assert client.get(f"/stays/{base.stay_id}/").status_code == 200
        return len(queries)

    execute(draft("extension", ends=OCTOBER))
    first = counted()
    for desks in (1, 3):
        execute(draft("amendment", desks=desks, people=()))
    assert counted() == first


def test_nonsense_is_answered_and_nothing_is_written(page, base):
    wrong = [
        ("organiser", "change/extension/", {"step": "issue", "last_day": "0000-00-00", "text": "", **SIGNS}),
        ("organiser", "change/extension/", {"step": "issue", "last_day": "9999-12-31", "text": "x" * 5000, **SIGNS}),
        ("organiser", "change/extension/?request=-1", {"step": "issue", "last_day": "", "text": "", **SIGNS}),
        ("organiser", "change/amendment/", {**AMENDMENT, **SIGNS, "desks": "99999999999", "step": "issue"}),
        ("organiser", "change/amendment/", {"step": "issue", "people-TOTAL_FORMS": "x"}),
        ("organiser", "change/withdrawal/", {"step": "issue", "party": "network", "how": "x", "reason": "\x00",
                **SIGNS}),
        ("organiser", "change/extension/", {"step": "issue", "last_day": "2027-10-31", "text": "",
                "signs_host_signatory": " "}),
        ("host", "change/extension/", {"step": "issue", "last_day": "2027-10-31", "text": "", "party": "city",
                "reason": "x"}),
    ]  # fmt: skip
    for role, address, data in wrong:
        status, _text = page(role, address, **data)
        # What no database keeps is refused before any page; everything else by the page, in words.
        expected = (400,) if "\x00" in str(data.get("reason")) else (403, 422)
        assert status in expected, (address, data)
    assert page("organiser", "change/extension/?request=99999999999999999999")[0] == 200
    assert (Agreement.objects.count(), ChangeRequest.objects.count()) == (1, 0)


def test_long_and_right_to_left_names_are_printed_as_they_are(page, base):
    named = {"people-1-name": "ا" * 300, "people-0-name": "Å" * 300}
    status, text = page("organiser", "change/amendment/", step="preview", **{**AMENDMENT, **SIGNS, **named})
    assert (status, "ا" * 300 in text, "Å" * 300 in text) == (200, True, True)
