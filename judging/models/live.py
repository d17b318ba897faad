"""Live rounds: sessions in which start-ups pitch, one after the other, to jurors who score as they listen."""

import secrets
import uuid
import zoneinfo
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.domain.running_order import Span, spans_of, whole
from judging.states import SessionState

if TYPE_CHECKING:
    from judging.reads.sessions import LiveSessionQuerySet


def new_uid() -> str:
    return uuid.uuid4().hex


def new_feed_token() -> str:
    return secrets.token_urlsafe(32)


class LiveSession(models.Model):
    """A stretch of a live round with a running order. `sequence` counts what jurors and teams were told:
    calendars need it.

    The timer stands at phase `timer_phase` of the running order (see judging.domain.running_order.phases_of): it has
    spent `timer_elapsed` seconds there, and runs since `timer_since`, or waits.
    """

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="sessions")
    name = models.CharField(_("name"), max_length=100)
    starts_at = models.DateTimeField(_("begins"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    meeting_url = models.URLField(_("link to the video meeting"), max_length=500, blank=True)
    chair = models.ForeignKey(
        "judging.Juror", models.PROTECT, null=True, blank=True, related_name="chairs", verbose_name=_("chair")
    )
    state = models.CharField(max_length=16, choices=SessionState, default=SessionState.DRAFT)
    uid = models.CharField(max_length=32, default=new_uid, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    timer_phase = models.PositiveSmallIntegerField(default=0)
    timer_elapsed = models.PositiveIntegerField(default=0)
    timer_since = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)  # the standings, for deliberation
    opened_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    notes = models.TextField(_("notes of the deliberation"), max_length=8000, blank=True)
    notes_version = models.PositiveIntegerField(default=0)

    if TYPE_CHECKING:
        objects = LiveSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("live session")
        ordering = ["starts_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=SessionState.values), name="live_session_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def span(self) -> Span:
        """From the first slot until the end of the last; the slots at hand."""
        return whole(self.starts_at, [slot.minutes for slot in self.slots.all()])

    def timed_slots(self) -> "list[tuple[Slot, Span]]":
        """The slots in their order, each with when it begins and ends."""
        slots = list(self.slots.all())
        return list(zip(slots, spans_of(self.starts_at, [slot.minutes for slot in slots]), strict=True))


class Slot(models.Model):
    """A place in the running order: an entry's pitch and questions, or a break (no entry;
    its length is `pitch_minutes`)."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="slots")
    order = models.PositiveSmallIntegerField()
    entry = models.ForeignKey("contest.Entry", models.PROTECT, null=True, blank=True, related_name="slots")
    pitch_minutes = models.PositiveSmallIntegerField(_("minutes to pitch"))
    questions_minutes = models.PositiveSmallIntegerField(_("minutes for questions"), default=0)
    recording_url = models.URLField(_("link to the recording"), max_length=500, blank=True)

    takes_part = True  # whether the entry is still in the round: with_slots asks

    class Meta:
        ordering = ["session", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "entry"], name="slot_entry_once"),
            models.CheckConstraint(condition=Q(pitch_minutes__gt=0), name="slot_length"),
        ]

    def __str__(self) -> str:
        return str(self.entry or _("Break"))

    @property
    def minutes(self) -> int:
        return self.pitch_minutes + self.questions_minutes


class Absence(models.Model):
    """A juror who was not, or will not be, at a session: they score from the recording if the round allows it."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="absences")
    juror = models.ForeignKey("judging.Juror", models.CASCADE, related_name="absences")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "juror"], name="absence_once")]

    def __str__(self) -> str:
        return f"{self.juror} · {self.session}"


class CalendarFeed(models.Model):
    """The secret address under which a person's calendar program finds their sessions.
    Renewing it ends the one before."""

    user = models.OneToOneField("network.User", models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True, default=new_feed_token, editable=False)
    renewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)
