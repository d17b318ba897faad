"""Rounds and their criteria. Marks, scale bounds, steps and weights are whole thousandths: 4.5 is kept as 4500."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contest.models import Entry
from judging.domain.rule.criterion_kinds import SCORE, criterion_kinds_known
from judging.models.rules import RULE_FIELDS, RoundRule
from judging.states import RoundState
from toolkit.languages import I18nCharField, I18nTextField

if TYPE_CHECKING:
    from contest.models import Edition
    from judging.models.results import Result
    from judging.reads.rounds import RoundQuerySet
    from network.models import City

SCALE = 1000


def from_thousandths(value: int | None) -> Decimal | None:
    """The decimal number that `value` thousandths stand for, without trailing zeros."""
    if value is None:
        return None
    number = Decimal(value) / SCALE
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def to_thousandths(value: Decimal | str | int) -> int:
    """Whole thousandths; ValueError when `value` is finer than that, beyond any scale, or no number."""
    number = Decimal(str(value))
    if not number.is_finite() or (number and not -4 < number.adjusted() < 18):
        raise ValueError(f"{str(value)[:40]} is no number of thousandths")
    _sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if exponent < -3 and any(digits[exponent + 3 :]):  # Decimal itself would round the 29th digit away
        raise ValueError(f"{str(value)[:40]} has more than three decimals")
    return int(number.scaleb(3))


def selection_words(edition: "Edition", city: "City | None") -> str:
    """Whose choice it is: an edition, or a city's own selection in it. In the reader's language."""
    if city is None:
        return str(edition)
    return gettext("%(city)s's own selection, %(edition)s") % {"city": city, "edition": edition}


class Round(models.Model):
    """A round of judging: its window, its jury, what became of it. It belongs to an edition and,
    where a city runs its own selection, to a city. What makes marks a result is its `rule`."""

    rule = models.OneToOneField(RoundRule, models.PROTECT, related_name="round")
    edition = models.ForeignKey("contest.Edition", models.PROTECT, related_name="rounds")
    city = models.ForeignKey("network.City", models.PROTECT, null=True, blank=True, related_name="rounds")
    name = I18nCharField(_("name"), max_length=400)
    guidance = I18nTextField(_("guidance for jurors"), blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=16, choices=RoundState, default=RoundState.DRAFT)
    opens_at = models.DateTimeField(_("jurors score from"))
    closes_at = models.DateTimeField(_("jurors score until"))
    weight = models.PositiveSmallIntegerField(_("weight in the final result, per cent"), default=100)
    jurors_per_entry = models.PositiveSmallIntegerField(_("jurors per entry"), default=3)
    load_min = models.PositiveSmallIntegerField(_("entries per juror, at least"), default=0)
    load_max = models.PositiveSmallIntegerField(_("entries per juror, at most"), default=20)
    # [{"rule": "expert", "price": 1000}, {"rule": "quota", "group": "investor", "least": 1}, …], a rule without a price
    # being hard: see judging.jury.kinds.assignment_rules. Empty: the product's own (language, category, even loads).
    assignment_rules = models.JSONField(_("rules of the assignment"), default=list, blank=True)
    category_demand = models.JSONField(_("jurors per entry, by category"), default=dict, blank=True)  # {"energy": 4}
    joins_jurors = models.BooleanField(_("every juror shares entries with others"), default=True)
    same_city_conflicts = models.BooleanField(_("a juror never scores their own city"), default=True)
    shows_names = models.BooleanField(_("jurors see the start-up's name"), default=True)
    others_marks = models.CharField(_("jurors see how the others marked an entry"), max_length=20, default="never")
    # In a live round: jurors who are not there score from the recording, until this moment at the latest.
    recording_allowed = models.BooleanField(_("absent jurors may score from the recording"), default=False)
    recording_until = models.DateTimeField(_("from the recording until"), null=True, blank=True)
    # For practice, on sample entries: the same for every juror, in no result, never published. See SampleEntry.
    is_calibration = models.BooleanField(_("practice round"), default=False)
    preset = models.CharField(max_length=60, blank=True)  # the published rules it was made from: data/rubrics
    # What those rules leave open or the model can't express, to be settled by a person before the round opens:
    # [{"field": "scale_step", "text": {"en": "…", "fr": "…"}}, …]
    asks = models.JSONField(default=list, blank=True)
    # Why it was opened, or closed, while it could still change who competes: everybody reads it. Empty: it was not.
    opened_early = models.CharField(_("why it was opened early"), max_length=500, blank=True)
    closed_early = models.CharField(_("why it was closed early"), max_length=500, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # From when teams read their means and the released comments; none: once published.
    feedback_at = models.DateTimeField(_("teams read their feedback from"), null=True, blank=True)
    feedback_told_at = models.DateTimeField(null=True, blank=True)

    # What with_progress, with_awaits and pages about a round that ask for it add.
    scorecards_total: int
    scorecards_submitted: int
    scorecards_started: int
    scorecards_recused: int
    jurors_total: int
    awaits: bool
    has_later: bool
    has_later_of_city: bool
    has_waiting: bool
    was_closed: bool
    has_standing: bool
    through: bool

    if TYPE_CHECKING:
        objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "order"], condition=Q(city__isnull=True), name="round_order_once"
            ),
            models.UniqueConstraint(fields=["edition", "city", "order"], name="round_order_once_in_a_city"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_window"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="round_weight"),
            models.CheckConstraint(condition=Q(load_min__lte=F("load_max")), name="round_load"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state"),
            models.CheckConstraint(
                condition=Q(is_calibration=False) | (Q(weight=0) & ~Q(state=RoundState.PUBLISHED)),
                name="round_practice_never_counts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def label(self) -> str:
        """The name, and the city whose selection it is."""
        return f"{self.name}, {self.city}" if self.city_id else str(self.name)

    @property
    def file_name(self) -> str:
        """What files about the round are called, without an ending."""
        return "-".join([self.edition.slug, *([self.city.slug] if self.city else []), f"round-{self.order}"])

    @property
    def selection(self) -> str:
        """Where the round belongs, in words: its edition, or the selection of its city."""
        return selection_words(self.edition, self.city)

    def holder(self, name: str) -> "Round | RoundRule":
        """What has the field of that name: the rule, or else the round itself."""
        return self.rule if name in RULE_FIELDS else self

    @property
    def result(self) -> "Result":
        """The frozen result: its latest version. Raises Result.DoesNotExist while the round was never closed."""
        return self.results.order_by("version").reverse()[:1].get()

    def previous(self) -> "Round | None":
        """The round before this one: of the same edition and, for a city's own selection, of the same city.
        Practice is none."""
        if self.is_calibration or self.order <= 1:
            return None
        same = Round.objects.counted().of_selection(self.edition_id, self.city_id).filter(order__lt=self.order)
        return same.order_by("-order").first()

    def criteria_for(self, entry: Entry) -> "list[Criterion]":
        """What jurors mark on this entry, in order: no penalties, no criteria of other categories. One query more."""
        limited: dict[int, set[int]] = {}
        for criterion, category in Criterion.categories.through.objects.filter(criterion__round=self).values_list(
            "criterion_id", "category_id"
        ):
            limited.setdefault(criterion, set()).add(category)
        return [
            criterion
            for criterion in self.criteria.all()
            if criterion_kinds_known()[criterion.kind].is_marked
            and entry.category_id in limited.get(criterion.pk, {entry.category_id})
        ]


class CriterionGroup(models.Model):
    """Criteria, or other groups, that are combined first and then weigh as one.
    Weights in thousandths, as everywhere."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    parent = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="children")
    code = models.SlugField(max_length=40)
    name = I18nCharField(_("name"), max_length=400)
    weight = models.PositiveIntegerField(_("weight, thousandths"), default=1000)
    ranking_weight = models.PositiveIntegerField(_("weight for the rank, thousandths"), null=True, blank=True)
    threshold = models.IntegerField(_("result needed, thousandths"), null=True, blank=True)
    # Empty: as the round combines.
    combine = models.CharField(_("how its parts make a result"), max_length=16, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("group of criteria")
        verbose_name_plural = _("groups of criteria")
        ordering = ["round", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="criterion_group_code_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_group_weight"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="criterion_group_not_in_itself"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Criterion(models.Model):
    """What is marked. `anchors` gives words to levels: {"4000": {"en": "…", "fr": "…"}}.

    What it does is a kind (judging.rounds.kinds.criterion_kinds), which says what `weight` and `cap` stand for. A
    comment is asked for marks below `comment_below` and above `comment_above`.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria")
    group = models.ForeignKey(CriterionGroup, models.RESTRICT, null=True, blank=True, related_name="criteria")
    code = models.SlugField(max_length=40)
    name = I18nCharField(_("name"), max_length=400)
    guidance = I18nTextField(_("guidance"), blank=True)
    kind = models.CharField(_("what it does"), max_length=16, default=SCORE)
    categories = models.ManyToManyField(
        "contest.Category", blank=True, related_name="+", verbose_name=_("only for entries in")
    )
    weight = models.PositiveIntegerField(_("weight, thousandths"), default=1000)
    ranking_weight = models.PositiveIntegerField(_("weight for the rank, thousandths"), null=True, blank=True)
    cap = models.PositiveIntegerField(_("points at most, thousandths"), null=True, blank=True)
    scale_min = models.IntegerField(_("lowest mark, thousandths"), default=0)
    scale_max = models.IntegerField(_("highest mark, thousandths"), default=5000)
    scale_step = models.PositiveIntegerField(_("step, thousandths"), default=1000)
    anchors = models.JSONField(default=dict, blank=True)
    threshold = models.IntegerField(_("mark needed, thousandths"), null=True, blank=True)
    comment_below = models.IntegerField(_("comment asked for marks below, thousandths"), null=True, blank=True)
    comment_above = models.IntegerField(_("comment asked for marks above, thousandths"), null=True, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["round", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="criterion_code_once"),
            models.CheckConstraint(condition=Q(scale_max__gt=F("scale_min")), name="criterion_scale"),
            models.CheckConstraint(condition=Q(scale_step__gt=0), name="criterion_step"),
        ]

    def __str__(self) -> str:
        return str(self.name)
