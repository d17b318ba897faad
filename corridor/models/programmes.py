"""A programme of stays, who may be placed in it, and what they wish."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.problem import UNSAID
from corridor.states import USUAL_PARTIES, CandidateState
from toolkit.languages import I18nCharField
from toolkit.names import NameField

if TYPE_CHECKING:
    from corridor.reads.programmes import CandidateQuerySet, ProgrammeQuerySet


def usual_parties() -> list[str]:
    return [str(party) for party in USUAL_PARTIES]


class Programme(models.Model):
    """Stays of `months` months that start on the day `start_day` of a month, from `first_start` to `last_start`.

    Whom it is for is data: `guest` is the word by which agreement templates know the guest, `guest_one` and
    `guest_many` what people read; the guest is an organisation or, with `guest_is_person`, a person. `parties` holds
    codes of corridor.states.Party in the order in which they sign; `eligibility` is read by
    corridor.domain.eligibility.
    """

    slug = models.SlugField(unique=True)
    edition = models.ForeignKey("contest.Edition", models.PROTECT, null=True, blank=True, related_name="programmes")
    name = I18nCharField(_("name"), max_length=400)
    months = models.PositiveSmallIntegerField(_("months"), default=6)
    start_day = models.PositiveSmallIntegerField(_("day of the month on which stays start"), default=1)
    first_start = models.DateField(_("first start"))
    last_start = models.DateField(_("last start"))
    wishes_close = models.DateTimeField(_("wishes until"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Paris")
    home_city_allowed = models.BooleanField(_("a stay in one's own city is allowed"), default=False)
    # Of corridor.kinds.placement_rules.
    placement_rule = models.CharField(_("rule of the placement"), max_length=16, default=UNSAID)
    guest = models.SlugField(_("short word for the guest"), max_length=20, default="startup")
    guest_one = I18nCharField(_("what one guest is called"), max_length=200, blank=True)
    guest_many = I18nCharField(_("what several guests are called"), max_length=200, blank=True)
    guest_is_person = models.BooleanField(_("the guest is a person"), default=False)
    parties = models.JSONField(_("who signs, in order"), default=usual_parties)
    eligibility = models.JSONField(_("who may go"), default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)

    # What with_counts and with_left_to_do add.
    candidates_count: int
    wishes_count: int
    waiting_count: int
    stays_count: int
    has_awards: bool
    stays_unanswered: int
    stays_without_agreement: int
    agreements_unsigned: int
    approved: int

    if TYPE_CHECKING:
        objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_start__gte=F("first_start")), name="programme_starts"),
            models.CheckConstraint(condition=Q(start_day__gte=1, start_day__lte=28), name="programme_start_day"),
            models.CheckConstraint(condition=Q(months__gte=1), name="programme_months"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def guest_word(self) -> str:
        """What one guest is called, in the reader's language."""
        return str(self.guest_one) or str(_("start-up"))

    @property
    def guest_words(self) -> str:
        """What several guests are called, in the reader's language."""
        return str(self.guest_many) or str(_("start-ups"))


class Candidate(models.Model):
    """Whoever may be placed: a laureate's team (an organisation), or a person such as a graduate.
    Knows nothing of the contest."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="candidates")
    state = models.CharField(max_length=16, choices=CandidateState, default=CandidateState.WAITING)
    organisation = models.ForeignKey("network.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    award = models.OneToOneField("judging.Award", models.PROTECT, null=True, blank=True, related_name="candidate")
    name = NameField(_("name"), max_length=200)
    home_city = models.ForeignKey("network.City", models.PROTECT, related_name="candidates")
    rank = models.PositiveSmallIntegerField(_("rank"))  # 1 is served first
    people = models.PositiveSmallIntegerField(_("people who travel"), default=1)
    earliest_start = models.DateField(_("earliest start"), null=True, blank=True)
    latest_start = models.DateField(_("latest start"), null=True, blank=True)
    languages = models.JSONField(default=list)
    nationalities = models.JSONField(
        _("nationalities"), default=list, blank=True
    )  # per person: a list of ISO 3166-1 codes
    priority = models.PositiveIntegerField(_("priority"), default=1)  # for the weighted sum only
    needs = models.TextField(_("needs"), max_length=1000, blank=True)
    wishes_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    if TYPE_CHECKING:
        objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        ordering = ["programme", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="candidate_once"),
            models.UniqueConstraint(fields=["programme", "user"], name="candidate_person_once"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(user__isnull=True), name="candidate_body_or_person"
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="candidate_people"),
            models.CheckConstraint(condition=Q(priority__lte=1_000_000), name="candidate_priority"),
            models.CheckConstraint(condition=Q(state__in=CandidateState.values), name="candidate_state"),
        ]

    def __str__(self) -> str:
        found: str = self.name
        return found


class Preference(models.Model):
    """A wish: 1 is the first; equal numbers are equal wishes. An incubator without a row is not wished."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="preferences")
    incubator = models.ForeignKey("corridor.Incubator", models.PROTECT, related_name="preferences")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["candidate", "rank"]
        constraints = [models.UniqueConstraint(fields=["candidate", "incubator"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.candidate} {self.rank} {self.incubator}"
