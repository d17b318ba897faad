"""Lifecycles of judging."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, results frozen")
    PUBLISHED = "published", _("published")


ROUND = {
    (RoundState.DRAFT, "open"): RoundState.OPEN,
    (RoundState.OPEN, "close"): RoundState.CLOSED,
    (RoundState.CLOSED, "publish"): RoundState.PUBLISHED,
}


class ScorecardState(TextChoices):
    DRAFT = "draft", _("to do")
    SUBMITTED = "submitted", _("submitted")
    RECUSED = "recused", _("recused")


SCORECARD = {
    (ScorecardState.DRAFT, "submit"): ScorecardState.SUBMITTED,
    (ScorecardState.SUBMITTED, "reopen"): ScorecardState.DRAFT,
    (ScorecardState.DRAFT, "recuse"): ScorecardState.RECUSED,
    (ScorecardState.SUBMITTED, "recuse"): ScorecardState.RECUSED,
}


class JurorState(TextChoices):
    INVITED = "invited", _("invited")
    ACTIVE = "active", _("on the jury")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


JUROR = {
    (JurorState.INVITED, "accept"): JurorState.ACTIVE,
    (JurorState.INVITED, "decline"): JurorState.DECLINED,
    (JurorState.INVITED, "withdraw"): JurorState.WITHDRAWN,
    (JurorState.ACTIVE, "withdraw"): JurorState.WITHDRAWN,
    (JurorState.DECLINED, "invite"): JurorState.INVITED,
    (JurorState.WITHDRAWN, "invite"): JurorState.INVITED,
}


class PlanState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPLIED = "applied", _("applied")
    DISCARDED = "discarded", _("discarded")


PLAN = {
    (PlanState.PROPOSED, "apply"): PlanState.APPLIED,
    (PlanState.PROPOSED, "discard"): PlanState.DISCARDED,
}


class Combine(TextChoices):
    WEIGHTED_SUM = "weighted_sum", _("sum of mark × weight")
    WEIGHTED_MEAN = "weighted_mean", _("weighted mean of the marks")
    PERCENT = "percent", _("weighted percentage of the best possible")


class Across(TextChoices):
    MEAN = "mean", _("mean of the jurors")
    MEDIAN = "median", _("median of the jurors")
    TRIMMED_MEAN = "trimmed_mean", _("mean without the highest and lowest")


class AggregateAt(TextChoices):
    TOTAL = "total", _("each juror's total first, then across jurors")
    CRITERION = "criterion", _("each criterion across jurors first, then the total")


class ConflictKind(TextChoices):
    SAME_PERSON = "same_person", _("same person")
    SAME_ORGANISATION = "same_organisation", _("same organisation")
    SAME_CITY = "same_city", _("same city")
    SAME_DOMAIN = "same_domain", _("same e-mail domain")
    DECLARED = "declared", _("declared by the juror")
    ORGANISER = "organiser", _("set by the organiser")


MINUTES_ATTEMPTS = 5  # then a document is shown as failed, until it is asked for again
