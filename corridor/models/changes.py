"""Around the documents that change an agreement: who asks for one, and who has received a notice."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kinds.document_kinds import kind_in_words
from corridor.states import Party, RequestState

if TYPE_CHECKING:
    from corridor.reads.changes import ChangeRequestQuerySet


class ChangeRequest(models.Model):
    """A party asks the organiser to change its agreement. `proposal` is what
    corridor.domain.chain.chain.proposal_as_json writes."""

    agreement = models.ForeignKey("corridor.Agreement", models.CASCADE, related_name="requests")
    party = models.CharField(max_length=16, choices=Party)
    kind = models.CharField(_("what"), max_length=40)
    proposal = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.OPEN)
    asked_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # The change that was drafted for it.
    document = models.ForeignKey("corridor.Agreement", models.PROTECT, null=True, blank=True, related_name="+")

    if TYPE_CHECKING:
        objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a change")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="change_request_state"),
            models.UniqueConstraint(
                fields=["agreement", "party"], condition=Q(state="open"), name="change_request_one_open_per_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.kind_in_words}"

    @property
    def kind_in_words(self) -> str:
        """What is asked for; of a kind that nobody knows, that it is not known."""
        return kind_in_words(self.kind)


class Receipt(models.Model):
    """A party to whom a notice was given: when it was sent, and when somebody there said that it arrived."""

    agreement = models.ForeignKey("corridor.Agreement", models.CASCADE, related_name="receipts")
    party = models.CharField(max_length=16, choices=Party)
    told_at = models.DateTimeField()
    received_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("how"), max_length=300, blank=True)  # where an organiser records it

    class Meta:
        ordering = ["agreement", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="receipt_once_per_party"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="receipt_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.get_party_display()}"
