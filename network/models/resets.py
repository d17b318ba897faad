"""The way back for who lost address, passkey or app: asked by one organiser, confirmed by another,
told to the old address."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.models.people import User, new_token
from network.states import OPEN_RESETS, ResetState


class AccountReset(models.Model):
    """Takes passkeys, app and recovery codes from an account, ends its sessions,
    and gives it `new_email` where that is not empty.

    Whoever holds `token` (sent to the old address) can stop it until `applies_at`.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="resets", verbose_name=_("person"))
    new_email = models.EmailField(_("new address"), blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=16, choices=ResetState, default=ResetState.ASKED)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="resets_asked")
    asked_at = models.DateTimeField()
    applies_at = models.DateTimeField()  # not before; and not before somebody else has confirmed
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="resets_confirmed")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # What the list of resets adds.
    is_open: bool
    may_confirm: bool

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state__in=OPEN_RESETS), name="reset_one_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=ResetState.values), name="reset_state"),
            models.CheckConstraint(condition=~Q(asked_by=F("user")), name="reset_not_of_oneself"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("user")),
                name="reset_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_state_display()}"
