"""The outbox: a mail that is owed stands in a row until it is sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.states import MessageState
from toolkit.owing import Owing


class Message(Owing):
    """One mail to one person, rendered when written (what was said stays what was said).

    `key` makes it one of its kind: writing the same key twice writes one message.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=64)
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages")
    to_email = models.EmailField(_("to"))
    language = models.CharField(max_length=8)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField()
    html = models.TextField(blank=True)
    is_secret = models.BooleanField(default=False, help_text=_("holds a code: its text is erased a day after sending"))
    state = models.CharField(max_length=16, choices=MessageState, default=MessageState.OWED)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)  # of the last try: what the mail server said

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(state__in=MessageState.values), name="message_state")]
        indexes = [models.Index(fields=["state", "leased_until"])]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to_email}"

    @property
    def failure(self) -> str:
        """What the mail server said to the last try: of a mail, also when it was not a failure."""
        return self.outcome

    @failure.setter
    def failure(self, said: str) -> None:
        self.outcome = said
