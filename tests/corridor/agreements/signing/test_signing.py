"""Signing: the right person, at their turn, on the document shown, once;
then the executed copy and the confirmed stay."""

import hashlib
import io
import subprocess
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from corridor.agreements.signing.services.ending import void_agreement
from corridor.agreements.signing.services.signing import Proof, check_rest, send_signing_code
from corridor.models import Signature, SigningCode
from network.models import Event, Membership, Message
from network.services.security import record_access
from tests import build, door
from toolkit import clock
from toolkit.refusals import Refusal


def refused(act, *arguments, **changes) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **changes)
    return refusal.value.code


def asked(agreement) -> list[str]:
    """Who was asked to sign, in order."""
    mails = Message.objects.filter(kind="corridor.agreement_to_sign").order_by("id")
    return [mail.to_email for mail in mails]


def poppler(tool, path, *arguments) -> str:
    command = [tool, *arguments, str(path)] + (["-"] if tool == "pdftotext" else [])
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_parties_sign_in_order_and_each_is_asked_at_its_turn(agreement, sign):
    assert agreement.state == "issued"
    assert asked(agreement) == ["host@braga.example"]
    sign("host")
    assert asked(agreement) == ["host@braga.example", "founder@sensors.example"]
    assert agreement.state == "issued"
    sign("startup")
    assert asked(agreement) == ["host@braga.example", "founder@sensors.example", "coordinator@clermont.example"]
    sign("city")
    assert agreement.state == "executed"
    agreement.stay.refresh_from_db()
    assert agreement.stay.state == "confirmed"
    told = Message.objects.filter(kind="corridor.agreement_executed").values_list("to_email", flat=True)
    assert sorted(told) == [
        "coordinator@clermont.example",
        "founder@sensors.example",
        "host@braga.example",
        "organiser@network.example",
    ]
    verbs = Event.objects.filter(object_type="corridor.agreement").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["draft", "issue", *["send_code", "sign"] * 3, "complete", "execute"]


def test_a_signature_records_what_was_done(agreement, sign, host):
    signature = sign("host", typed_name="  helena   HÓSPEDE ")
    signature.refresh_from_db()
    assert (signature.signer_name, signature.signer_role) == ("helena HÓSPEDE", "Director")
    assert signature.signed_by == host
    assert signature.document_sha256 == agreement.issued_sha256
    assert (signature.ip_address, signature.user_agent, signature.time_zone) == (
        "192.0.2.7",
        "Test browser",
        "Europe/Lisbon",
    )
    assert signature.consent == (
        f"I have read the whole of agreement {agreement.reference}. I am the person named in it to sign for Incubadora "
        "Querétaro & Braga, I am entitled to do so, and I agree that Incubadora Querétaro & Braga is bound by it. "
        "I understand that my typed name is a simple electronic signature."
    )


def test_what_is_not_a_signature_is_refused(sign):
    for changes, code in [
        ({"document_sha256": "0" * 64}, "agreement.document"),
        ({"document_sha256": ""}, "agreement.document"),
        ({"typed_name": "Somebody Else"}, "agreement.name"),
        ({"typed_name": ""}, "agreement.name"),
        ({"consents": False}, "agreement.consent"),
        ({"consents": "yes"}, "agreement.consent"),
    ]:
        assert refused(sign, "host", **changes) == code
    assert Signature.objects.filter(signed_at__isnull=False).count() == 0


def test_a_code_is_sent_to_the_signer_and_counts_once_for_a_while(agreement, sign, host):
    with clock.at(datetime(2027, 1, 4, 9, 0, tzinfo=UTC)):
        code = send_signing_code(by=host, agreement=agreement, party="host")
        assert refused(send_signing_code, by=host, agreement=agreement, party="host") == "agreement.code_pause"
    [mail] = Message.objects.filter(kind="corridor.signing_code")
    assert (mail.to_email, mail.is_secret, code in mail.text) == ("host@braga.example", True, True)
    assert code not in str(list(SigningCode.objects.values()))
    with clock.at(datetime(2027, 1, 4, 9, 16, tzinfo=UTC)):
        assert refused(sign, "host", code=code) == "agreement.code_spent"
    with clock.at(datetime(2027, 1, 4, 9, 15, tzinfo=UTC)):
        assert refused(sign, "host", code="") == "agreement.code_missing"
        assert [refused(sign, "host", code=wrong) for wrong in ("222222", "333333")] == ["agreement.code_wrong"] * 2
        signature = sign("host", code=f"{code[:3]} {code[3:].lower()}")
    assert (signature.second_step, signature.second_step_at) == ("mail", signature.signed_at)
    assert SigningCode.objects.count() == 0


def test_nobody_tries_all_codes(agreement, sign, host):
    code = send_signing_code(by=host, agreement=agreement, party="host")
    said = [refused(sign, "host", code="222222") for _ in range(6)]
    assert said == ["agreement.code_wrong"] * 5 + ["agreement.code_spent"]
    assert refused(sign, "host", code=code) == "agreement.code_spent"


def test_a_code_is_for_one_person_at_their_turn(agreement, host, founder):
    assert refused(send_signing_code, by=founder, agreement=agreement, party="host") == "agreement.party"
    assert refused(send_signing_code, by=founder, agreement=agreement, party="startup") == "agreement.turn"
    assert Message.objects.filter(kind="corridor.signing_code").count() == 0


def test_a_passkey_asked_for_again_stands_for_ten_minutes(sign):
    now = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    with clock.at(now):
        for minutes in (11, -1):
            old = Proof("passkey", now - timedelta(minutes=minutes))
            assert refused(sign, "host", code="", proof=old) == "agreement.code_missing"
        # What a session says of itself is no code by mail.
        assert refused(sign, "host", code="", proof=Proof("mail", now)) == "agreement.code_missing"
        signature = sign("host", code="", proof=Proof("passkey", now - timedelta(minutes=9)))
    assert (signature.second_step, signature.second_step_at) == ("passkey", now - timedelta(minutes=9))


@pytest.mark.sensitive
def test_after_a_change_of_the_account_a_mail_signs_nothing_for_a_day_and_the_evidence_tells(
    agreement, sign, host, executed_text
):
    door.app_of(host)
    app = Authenticator.objects.get(user=host)
    changed = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    with clock.at(changed):
        record_access(by=host, user=host, verb="change_address")
        record_access(by=host, user=host, verb="log_in")  # no change
    with clock.at(changed + timedelta(hours=23, minutes=59)):
        now = clock.now()
        assert refused(send_signing_code, by=host, agreement=agreement, party="host") == "agreement.rest"
        assert refused(sign, "host", code="123456") == "agreement.rest"
        assert refused(sign, "host", proof=Proof("app", now, None)) == "agreement.rest"
        with pytest.raises(Refusal, match=r"can’t sign before 5 January 2027, 09:00.*address was changed"):
            check_rest(host)
        with transaction.atomic():
            assert sign("host", proof=Proof("app", now, app.pk)).second_step == "app"  # it stood before
            transaction.set_rollback(True)
    agreement.refresh_from_db()
    with clock.at(changed + timedelta(hours=24, seconds=1)):
        signature = sign("host")
    assert (signature.second_step, signature.account_changes) == (
        "mail",
        [{"what": "change_address", "at": changed.isoformat()}],
    )
    with clock.at(changed + timedelta(days=2)):
        sign("startup")
        sign("city")
    text = executed_text(agreement)
    assert "the e-mail address was changed, 4 January 2027, 09:00:00 (Europe/Lisbon, UTC+00:00)" in text
    assert text.count("no change to how it is entered") == 2


@pytest.fixture
def executed_text(private_files):
    return lambda agreement: " ".join(poppler("pdftotext", private_files / agreement.executed_file.name).split())


def test_nobody_signs_before_their_turn(sign):
    assert refused(sign, "city") == "agreement.turn"
    assert refused(sign, "startup") == "agreement.turn"


def test_nobody_signs_twice(sign):
    sign("host")
    assert refused(sign, "host") == "agreement.signed_already"
    assert Signature.objects.filter(signed_at__isnull=False).count() == 1


def test_only_the_party_s_own_people_sign(sign, organiser, founder, stranger, coordinator, city):
    other_host = build.person(
        "other@host.example", "Helena Hóspede", role="host", organisation=build.organisation("Other", "incubator")
    )
    # Works for the host organisation, but in another role.
    Membership.objects.create(
        user=stranger, organisation=Signature.objects.get(party="host").organisation, role="founder"
    )
    for person in (organiser, founder, coordinator, stranger, other_host):
        assert refused(sign, "host", by=person) == "agreement.party"


def test_a_stay_that_no_longer_stands_is_not_signed(agreement, sign):
    agreement.stay.state = "cancelled"
    agreement.stay.save()
    assert refused(sign, "host") == "agreement.stay"


def test_void_agreement_is_not_signed(agreement, sign, organiser):
    void_agreement(by=organiser, agreement=agreement, reason="Wrong dates")
    assert refused(sign, "host") == "agreement.state"


@pytest.mark.sensitive
def test_executed_copy_repeats_the_frozen_text_and_adds_the_evidence(executed, private_files, tmp_path):
    issued, final = private_files / executed.issued_file.name, private_files / executed.executed_file.name
    assert hashlib.sha256(issued.read_bytes()).hexdigest() == executed.issued_sha256
    assert hashlib.sha256(final.read_bytes()).hexdigest() == executed.executed_sha256
    said, repeated = poppler("pdftotext", issued), poppler("pdftotext", final)
    assert repeated.startswith(said)
    evidence = " ".join(repeated[len(said) :].split())
    for words in (
        executed.issued_sha256,
        "simple electronic signature",
        "neither an advanced nor a qualified",
        "1. Helena Hóspede",
        "2. Fatou Founder",
        "3. Cora Coordinator",
        "(Europe/Lisbon, UTC+00:00)",
        "(Europe/Paris, UTC+01:00)",
        "192.0.2.7",
        "a code sent to the account’s e-mail address",
        "PAdES, level B-B",
        "made by this installation for itself",
        "Evidence, page 1 of 3",
    ):
        assert words in evidence
    assert evidence.count(executed.issued_sha256) == 4  # the document's, and what each of three signed


@pytest.mark.sensitive
def test_issued_file_travels_inside_the_executed_one(executed, private_files, tmp_path):
    final = private_files / executed.executed_file.name
    assert f"1: {executed.reference}-issued.pdf" in poppler("pdfdetach", final, "-list")
    poppler("pdfdetach", final, "-save", "1", "-o", str(tmp_path / "inside.pdf"))
    assert hashlib.sha256((tmp_path / "inside.pdf").read_bytes()).hexdigest() == executed.issued_sha256
    with pikepdf.open(io.BytesIO(final.read_bytes())) as document:
        assert document.Root.MarkInfo.Marked is True
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo["/Title"]) == f"Hosting agreement {executed.reference}"


def test_executed_copy_is_not_made_from_a_file_that_was_changed(agreement, sign, private_files):
    sign("host")
    sign("startup")
    path = private_files / agreement.issued_file.name
    path.write_bytes(path.read_bytes() + b"\n")
    sign("city")
    assert (agreement.state, agreement.executed_sha256) == ("signed", "")
    assert agreement.failure == "ValueError: the issued file is not the one that was signed"
