"""A mail that is owed stands in a row until it is sent: once, tried again when it failed, never twice after a crash."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.models import Event, Message
from network.services import invite, record_event, send_message, send_owed_messages
from network.services.mail import ATTEMPTS, deliver_message, send_message_again, write_message
from network.states import MessageState
from tests import build
from toolkit import clock

BROKEN = f"{__name__}.Broken"


class Broken(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail today")


def write(key="one", **fields) -> Message:
    values = {
        "kind": "invitation",
        "to": None,
        "email": "ana@braga.example",
        "language": "en",
        "subject": "Hello",
        "text": "Hello.",
        "html": "<p>Hello.</p>",
        "is_secret": False,
    }
    return write_message(key=key, **{**values, **fields})


def read(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


@pytest.mark.django_db(transaction=True)
def test_it_leaves_when_the_transaction_commits_not_before(mailoutbox):
    with transaction.atomic():
        message = write()
        assert mailoutbox == []
    assert read(message).state == MessageState.SENT
    [mail] = mailoutbox
    assert (mail.to, mail.subject, mail.body) == (["ana@braga.example"], "Hello", "Hello.")
    assert mail.alternatives[0].content == "<p>Hello.</p>"
    assert mail.extra_headers["Content-Language"] == "en"


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_when_the_transaction_fails(mailoutbox):
    def fail_after_writing():
        with transaction.atomic():
            write()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_writing()
    assert mailoutbox == []
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_key_is_one_message(mailoutbox):
    first, second = write(), write(subject="Another")
    assert first.pk == second.pk
    assert len(mailoutbox) == 1
    deliver_message.call(first.pk)
    assert len(mailoutbox) == 1


def test_what_a_crash_left_owed_is_sent_by_the_clock(db, mailoutbox):
    message = write()  # inside the test's transaction: the queue never hears of it
    assert read(message).state == MessageState.OWED
    assert send_owed_messages(10) == 1
    assert read(message).state == MessageState.SENT
    assert send_owed_messages(10) == 0
    assert len(mailoutbox) == 1


def test_a_crash_between_lease_and_answer_is_shown_never_sent_twice(db, mailoutbox):
    message = write()
    Message.objects.update(state=MessageState.SENDING, attempts=1, leased_until=timezone.now() - timedelta(seconds=1))
    send_owed_messages(10)
    assert read(message).state == MessageState.UNCERTAIN
    send_owed_messages(10)
    deliver_message.call(message.pk)
    assert mailoutbox == []


def test_a_lease_that_holds_is_left_alone(db, mailoutbox):
    message = write()
    Message.objects.update(state=MessageState.SENDING, leased_until=timezone.now() + timedelta(minutes=4))
    send_owed_messages(10)
    assert read(message).state == MessageState.SENDING
    assert mailoutbox == []


def test_a_person_may_send_an_interrupted_one_again(organiser, mailoutbox, django_capture_on_commit_callbacks):
    message = write()
    Message.objects.update(state=MessageState.UNCERTAIN, attempts=1)
    with django_capture_on_commit_callbacks(execute=True):
        send_message_again(by=organiser, message=message)
    assert read(message).state == MessageState.SENT
    assert len(mailoutbox) == 1
    assert Event.objects.get(verb="send_again").actor == organiser


def test_a_failure_is_tried_five_times_then_shown(db, settings, mailoutbox):
    message = write()
    settings.EMAIL_BACKEND = BROKEN
    states = []
    for _ in range(ATTEMPTS + 1):
        send_owed_messages(10)
        states.append((read(message).state, read(message).attempts))
    assert states == [("owed", 1), ("owed", 2), ("owed", 3), ("owed", 4), ("failed", 5), ("failed", 5)]
    assert read(message).outcome == "ConnectionRefusedError: no mail today"


def test_a_failure_that_heals_is_sent_once(db, settings, mailoutbox):
    message = write()
    healthy = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = BROKEN
    send_owed_messages(10)
    settings.EMAIL_BACKEND = healthy
    send_owed_messages(10)
    send_owed_messages(10)
    assert (read(message).state, read(message).attempts, len(mailoutbox)) == (MessageState.SENT, 2, 1)


def test_codes_are_erased_a_day_after_sending(db):
    secret, plain = write("secret", is_secret=True, text="ABC-DEF"), write("plain")
    send_owed_messages(10)
    Message.objects.update(sent_at=timezone.now() - timedelta(hours=23))
    send_owed_messages(10)
    assert read(secret).text == "ABC-DEF"
    Message.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    send_owed_messages(10)
    assert (read(secret).text, read(secret).html) == ("", "")
    assert (read(plain).text, read(plain).html) == ("Hello.", "<p>Hello.</p>")


def test_it_speaks_the_readers_language_and_zone(organiser):
    reader = build.person("ana@braga.example", language="fr", time_zone="Europe/Lisbon")
    with clock.at(datetime(2027, 6, 1, 12, tzinfo=UTC)):
        invitation = invite(
            by=organiser,
            email=reader.email,
            role="coordinator",
            organisation=build.city_hall(build.city()),
            language="fr",
        )
        message = send_message(
            key="again", kind="invitation", to=reader, context={"invitation": invitation, "what": "x", "path": "/"}
        )
    assert (message.language, message.to_email) == ("fr", "ana@braga.example")
    assert '<html lang="fr">' in message.html
    assert "13:00" in message.text  # 12:00 UTC on 1 July, summer time in Lisbon


def test_an_event_belongs_to_a_transaction(transactional_db):
    person = build.person("ana@braga.example")
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_event(by=person, verb="try", thing=person)
    assert not Event.objects.exists()


def test_the_outbox_is_the_organisers(enter, organiser, coordinator, founder, stranger):
    shown, secret = write("shown", subject="A notice"), write("secret", subject="A secret code", is_secret=True)
    page = enter(organiser).get("/mail/").content.decode()
    assert "A notice" in page
    assert "A secret code" not in page
    assert "Hello." in enter(organiser).get(f"/mail/{shown.pk}/").content.decode()
    assert enter(organiser).get(f"/mail/{secret.pk}/").status_code == 404
    for person in (coordinator, founder, stranger):
        for path in ("/mail/", f"/mail/{shown.pk}/"):
            assert enter(person).get(path).status_code == 404
        assert enter(person).post(f"/mail/{shown.pk}/again/").status_code == 404


def test_only_what_failed_or_was_interrupted_can_go_again(enter, organiser):
    for state in MessageState.values:
        write(state, subject=f"It is {state}")
        Message.objects.filter(key=state).update(state=state)
    page = enter(organiser).get("/mail/").content.decode()
    offered = {state for state in MessageState.values if f": It is {state}, " in page}
    assert offered == {MessageState.FAILED, MessageState.UNCERTAIN}
    answer = enter(organiser).post(f"/mail/{Message.objects.get(key='sent').pk}/again/")
    assert answer.status_code == 409
    assert enter(organiser).get("/mail/?state=failed").content.decode().count("<tr>") == 2


def test_thirty_mails_take_as_many_queries_as_three(enter, organiser):
    def queries(count):
        for number in range(count):
            reader = build.person(f"reader{number}@braga.example")
            write(f"mail {number}", to=reader)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert enter(organiser).get("/mail/").status_code == 200
        return len(seen)

    assert queries(3) == queries(30)
