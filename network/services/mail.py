"""The outbox: written inside a service's transaction, sent after it, settled by the minute clock when that failed."""

import re
import zoneinfo
from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django_tasks import task

from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Message, User
from network.services.events import record_event
from network.states import MESSAGE, MessageState
from toolkit import clock, owed
from toolkit.locks import locked
from toolkit.owed import Debt
from toolkit.states import move

ATTEMPTS = 5
SECRET_LIFE = timedelta(days=1)


def send_message(
    *,
    key: str,
    kind: str,
    to: User | None = None,
    email: str = "",
    language: str = "",
    context: dict[str, object] | None = None,
) -> Message:
    """Writes a mail to the outbox, once per `key`, and hands it to the task queue when the transaction commits.

    Renders the templates of its kind in the reader's language and zone; `to` is a user, or `email` and `language` a
    stranger's. The template sees `context`, `reader` (the user or None) and `site` (address). Raises UnknownKind.
    """
    known = MAIL_KINDS.ask(kind)
    language = language or (to.language if to else settings.LANGUAGE_CODE)
    zone = zoneinfo.ZoneInfo(to.time_zone if to and to.time_zone else "UTC")
    with translation.override(language), timezone.override(zone):
        values = {"reader": to, "site": settings.SITE_URL, "language": language, **(context or {})}
        subject = " ".join(render_text(known.template("subject.txt"), values).split())
        text = re.sub(r"\n{3,}", "\n\n", render_text(known.template("txt"), values).strip()) + "\n"
        html = render_to_string(known.template("html"), {**values, "subject": subject})
    return write_message(
        key=key,
        kind=kind,
        to=to,
        email=email,
        language=language,
        subject=subject,
        text=text,
        html=html,
        is_secret=known.is_secret,
    )


def render_text(template: str, values: dict[str, object]) -> str:
    """A template as plain text: an apostrophe stays an apostrophe."""
    found: str = get_template(template).template.render(  # type: ignore[attr-defined]  # DjangoTemplates has it
        Context(values, autoescape=False)
    )
    return found


def write_message(
    *,
    key: str,
    kind: str,
    to: User | None,
    email: str,
    language: str,
    subject: str,
    text: str,
    html: str,
    is_secret: bool,
) -> Message:
    """Writes a mail that is already rendered; the same key twice is one message. Raises UnknownKind."""
    MAIL_KINDS.ask(kind)
    with transaction.atomic():
        message, created = Message.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "to_user": to,
                "to_email": email or (to.email if to else ""),
                "language": language,
                "subject": subject[:255],
                "text": text,
                "html": html,
                "is_secret": is_secret,
                "created_at": clock.now(),
            },
        )
        if created:
            transaction.on_commit(lambda: deliver_message.enqueue(message.pk))
    return message


class Mails(Debt[Message, None]):
    """A mail is sent once. Whose sender died between lease and answer may or may not have left: it is shown as
    interrupted, and a person decides whether to send it again; it is never sent twice by the machine."""

    name = "mail"
    model = Message
    owing = Q(state=MessageState.OWED)
    being_done = Q(state=MessageState.SENDING)
    leasing = {"state": MESSAGE[MessageState.OWED, "lease"]}
    lease = timedelta(minutes=5)
    attempts = ATTEMPTS
    once = True
    cut_off = "interrupted while being handed to the mail server"

    def do(self, row: Message) -> None:
        _hand_over(row)

    def keep(self, row: Message, result: None) -> str:
        move(row, "sent", MESSAGE)
        row.outcome, row.sent_at = "accepted by the mail server", owed.now()
        return row.state

    def try_again(self, row: Message) -> str:
        move(row, "retry", MESSAGE)
        return row.state

    def give_up(self, row: Message) -> str:
        move(row, "lose_track" if row.failure_reason["code"] == "interrupted" else "give_up", MESSAGE)
        return row.state


MAILS = owed.register(Mails())


@task()
def deliver_message(message_id: int) -> str:
    """Sends one owed message. Runs twice without harm: the row is leased first, and what was sent is not sent again."""
    return MAILS.settle(message_id)


def _hand_over(message: Message) -> None:
    domain = settings.SITE_URL.split("://", 1)[1].split(":")[0]
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to_email],
        headers={"Message-ID": make_msgid(f"m{message.pk}", domain), "Content-Language": message.language},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    mail.send()


def send_owed_messages(limit: int) -> int:
    """Sends what is owed (after a crash between commit and queue, or a failed try), erases codes a day after sending.
    Returns how many mails it dealt with."""
    done = MAILS.settle_owed(limit)
    Message.objects.filter(is_secret=True, state=MessageState.SENT, sent_at__lt=owed.now() - SECRET_LIFE).exclude(
        text=""
    ).update(text="", html="")
    return done


@transaction.atomic
def send_message_again(*, by: User, message: Message) -> Message:
    """A person decides that an interrupted or failed mail goes out once more."""
    message = locked(Message.objects.filter(pk=message.pk)).get()
    before, after = move(message, "send_again", MESSAGE)
    message.attempts = 0
    message.save()
    record_event(by=by, verb="send_again", thing=message, before={"state": before}, after={"state": after})
    transaction.on_commit(lambda: deliver_message.enqueue(message.pk))
    return message
