"""Jurors, their ties, and who scores what."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.models.rounds import selection_words
from judging.states import ConflictKind, JurorKind, JurorState
from toolkit import plans
from toolkit.codes import new_code
from toolkit.names import NameField

if TYPE_CHECKING:
    from judging.reads.jury import AssignmentQuerySet, JurorQuerySet


class Juror(models.Model):
    """A seat on an edition's jury or, with `for_city`, on the jury of that city's own selection: the two never mix.

    `user` is empty until the invitation is accepted. `city` is where the juror is from.
    """

    edition = models.ForeignKey("contest.Edition", models.PROTECT, related_name="jurors")
    for_city = models.ForeignKey(
        "network.City", models.PROTECT, null=True, blank=True, related_name="jurors", verbose_name=_("selection of")
    )
    user = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="jury_seats")
    kind = models.CharField(_("seat"), max_length=16, choices=JurorKind, default=JurorKind.JURY)
    # A fellow applicant's own entry, which they never see as a juror.
    own_entry = models.ForeignKey("contest.Entry", models.PROTECT, null=True, blank=True, related_name="peer_seats")
    code = models.CharField(max_length=8, default=new_code)  # stands for the juror in frozen results
    email = models.EmailField(_("e-mail"))
    full_name = NameField(_("name"), max_length=150)
    city = models.ForeignKey("network.City", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey("network.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    languages = models.JSONField(_("languages"), default=list)  # ["en", "fr"]
    expertise = models.ManyToManyField("contest.Category", blank=True, related_name="experts", verbose_name=_("knows"))
    groups = models.JSONField(_("groups"), default=list, blank=True)  # ["investor"]: named by the organiser, for quotas
    load_max = models.PositiveSmallIntegerField(_("entries at most"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=JurorState, default=JurorState.INVITED)

    # What with_progress adds.
    assigned: int
    submitted: int
    started: int
    recused: int

    if TYPE_CHECKING:
        objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = _("juror")
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "email"], condition=Q(for_city__isnull=True), name="juror_once_per_edition"
            ),
            models.UniqueConstraint(
                fields=["edition", "user"], condition=Q(for_city__isnull=True), name="juror_user_once_per_edition"
            ),
            models.UniqueConstraint(fields=["edition", "for_city", "email"], name="juror_once_per_city"),
            models.UniqueConstraint(fields=["edition", "for_city", "user"], name="juror_user_once_per_city"),
            models.UniqueConstraint(fields=["edition", "code"], name="juror_code_once"),
            models.CheckConstraint(condition=Q(state__in=JurorState.values), name="juror_state"),
            models.CheckConstraint(
                condition=Q(kind=JurorKind.JURY, own_entry__isnull=True)
                | Q(kind=JurorKind.PEER, own_entry__isnull=False),
                name="juror_peer_has_an_entry",
            ),
        ]

    def __str__(self) -> str:
        found: str = self.full_name
        return found

    @property
    def selection(self) -> str:
        """On whose jury, in words."""
        return selection_words(self.edition, self.for_city)


class Conflict(models.Model):
    """A tie that was declared, or set by the organiser. Those that follow from a rule are
    computed (judging.domain.assignment.conflicts).

    It outlives every assignment: a recused juror is never given the entry again.
    """

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey("contest.Entry", models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=ConflictKind)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["juror", "entry"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.juror} × {self.entry}"


class PairRule(models.Model):
    """An entry that a juror has to score in a round, or must not, as a person decided. Not a tie:
    nothing is hidden by it."""

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="pair_rules")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="pair_rules")
    entry = models.ForeignKey("contest.Entry", models.CASCADE, related_name="pair_rules")
    kind = models.CharField(max_length=16)  # of judging.jury.kinds.assignment_rules
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "juror", "entry"], name="pair_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} – {self.juror}"


class Plan(plans.Plan):
    """A proposed assignment."""

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="plans")

    def __str__(self) -> str:
        return f"{self.round} {self.sha256[:8]}"


class Assignment(models.Model):
    """A juror is to score an entry in a round. Its scorecard says how far that is."""

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="assignments")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="assignments")
    entry = models.ForeignKey("contest.Entry", models.PROTECT, related_name="assignments")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="assignments")
    created_at = models.DateTimeField()

    # What reads of one scorecard add: see reads.sessions.missed_recording.
    missed: str | None

    if TYPE_CHECKING:
        objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "juror", "entry"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.juror} → {self.entry}"
