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
    (RoundState.CLOSED, "reopen"): RoundState.OPEN,
    (RoundState.PUBLISHED, "reopen"): RoundState.OPEN,
}


class ReopeningState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")


REOPENING = {
    (ReopeningState.PROPOSED, "confirm"): ReopeningState.CONFIRMED,
    (ReopeningState.PROPOSED, "decline"): ReopeningState.DECLINED,
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
    (ScorecardState.RECUSED, "restore"): ScorecardState.DRAFT,
}


class SetAsideReason(TextChoices):
    """Why a version that came back to the server could not be applied."""

    SUBMITTED = "submitted", _("the scorecard was submitted already")
    RECUSED = "recused", _("the juror had stepped back")
    TIE = "tie", _("the juror may no longer read the entry")
    LEFT = "left", _("the entry had left the round")
    LATE = "late", _("the time had run out")
    CLOSED = "closed", _("the round was closed")


class SetAsideEnd(TextChoices):
    TAKEN = "taken", _("taken over by the juror")
    LEFT = "left", _("left aside by the juror")


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


class Deviation(TextChoices):
    POPULATION = "population", _("of a whole (divided by n)")
    SAMPLE = "sample", _("of a sample (divided by n − 1)")


class JurorKind(TextChoices):
    JURY = "jury", _("jury")
    PEER = "peer", _("fellow applicant")


class CutKind(TextChoices):
    WILD_CARD = "wild_card", _("goes on by a wild card")
    KEEP = "keep", _("stays in although below what is needed")
    DROP = "drop", _("stops, below what is needed")


class ConflictKind(TextChoices):
    SAME_PERSON = "same_person", _("same person")
    SAME_ORGANISATION = "same_organisation", _("same organisation")
    SAME_CITY = "same_city", _("same city")
    SAME_DOMAIN = "same_domain", _("same e-mail domain")
    DECLARED = "declared", _("declared by the juror")
    ORGANISER = "organiser", _("set by the organiser")


class DepartureKind(TextChoices):
    """Why an entry is no longer there for the jury, or for one juror."""

    WITHDRAWN = "withdrawn", _("withdrawn by its team")
    INELIGIBLE = "ineligible", _("found not eligible")
    RELEASED = "released", _("no longer among those that the round chooses from")
    TIE = "tie", _("a tie with the juror became known")


class ComputedKind(TextChoices):
    STANDINGS = "standings", _("standings")
    STATISTICS = "statistics", _("agreement and stability")


COMPUTED_ATTEMPTS = 3  # then it is shown as failed, until its inputs change or it is asked for again


class SessionState(TextChoices):
    DRAFT = "draft", _("being prepared")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


SESSION = {
    (SessionState.DRAFT, "publish"): SessionState.PUBLISHED,
    (SessionState.PUBLISHED, "cancel"): SessionState.CANCELLED,
    (SessionState.CANCELLED, "publish"): SessionState.PUBLISHED,
}


MINUTES_ATTEMPTS = 5  # then a document is shown as failed, until it is asked for again


# Fields of a round that may change while jurors score, by a new version of its rule that everyone is told of.
CHANGEABLE = {
    "weight", "combine", "across", "aggregate_at", "trim", "decimals", "decimals_criterion", "decimals_group",
    "final_decimals", "threshold", "threshold_effect", "blanks", "min_scorecards", "min_peer_scorecards", "tie_chain",
    "jurors_per_entry", "advance_count", "advance_per_city", "advance_per_category", "wild_cards", "all_tied_go_on",
}  # fmt: skip
