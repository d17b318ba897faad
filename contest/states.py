"""Lifecycles of the contest: literal tables, from which the diagrams and the role × state tests are made."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ELIGIBLE = "eligible", _("eligible")
    INELIGIBLE = "ineligible", _("not eligible")
    NOMINATED = "nominated", _("nominated")
    WITHDRAWN = "withdrawn", _("withdrawn")


ENTRY = {
    (EntryState.DRAFT, "submit"): EntryState.SUBMITTED,
    (EntryState.DRAFT, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.SUBMITTED, "submit"): EntryState.SUBMITTED,
    (EntryState.SUBMITTED, "find_eligible"): EntryState.ELIGIBLE,
    (EntryState.SUBMITTED, "find_ineligible"): EntryState.INELIGIBLE,
    (EntryState.SUBMITTED, "withdraw"): EntryState.WITHDRAWN,
    # While the call is open a team may change what was already checked: it is then checked again.
    (EntryState.ELIGIBLE, "submit"): EntryState.SUBMITTED,
    (EntryState.INELIGIBLE, "submit"): EntryState.SUBMITTED,
    (EntryState.ELIGIBLE, "find_ineligible"): EntryState.INELIGIBLE,
    (EntryState.ELIGIBLE, "nominate"): EntryState.NOMINATED,
    (EntryState.ELIGIBLE, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.INELIGIBLE, "find_eligible"): EntryState.ELIGIBLE,
    (EntryState.INELIGIBLE, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.NOMINATED, "release"): EntryState.ELIGIBLE,
    (EntryState.NOMINATED, "withdraw"): EntryState.WITHDRAWN,
    (EntryState.WITHDRAWN, "reopen"): EntryState.DRAFT,
}


class AttachmentKind(TextChoices):
    DECK = "deck", _("pitch deck")


PREPARE_ATTEMPTS = 3  # then a file counts as one that no machine reads


class Phase(TextChoices):
    """Where an edition stands at an instant: derived from its dates, never stored."""

    UPCOMING = "upcoming", _("opens soon")
    CALL = "call", _("call open")
    NOMINATION = "nomination", _("cities choose")
    JURY = "jury", _("jury at work")
    OVER = "over", _("finished")
    ARCHIVE = "archive", _("archive")
