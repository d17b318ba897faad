"""Start-ups and what they enter."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contest.models.dossiers import Dossier, DossierAnswer, DossierFile
from contest.states import PREPARE_ATTEMPTS, AttachmentKind, EntryState
from toolkit.codes import new_code
from toolkit.names import NameField
from toolkit.owing import Owing

if TYPE_CHECKING:
    from contest.reads.entries import AttachmentQuerySet, EntryQuerySet, StartupQuerySet

TITLE_LIMIT, SUMMARY_LIMIT = 150, 1500


class Startup(models.Model):
    """A young firm. Its people are the members of its organisation (role founder);
    its city is where it has its seat."""

    organisation = models.OneToOneField("network.Organisation", models.PROTECT, related_name="startup")
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    description = models.TextField(_("what you do, in two sentences"), max_length=600, blank=True)
    # For a seat that is not on the list of cities: the secretariat finds a city that can nominate.
    seat = models.CharField(_("town and country of the seat"), max_length=150, blank=True)
    has_prototype = models.BooleanField(_("proof of concept or minimum viable product"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # The form that it was made from: the same one sent twice makes it once.
    once = models.CharField(max_length=36, unique=True, null=True, editable=False)

    if TYPE_CHECKING:
        objects = StartupQuerySet.as_manager()

    class Meta:
        verbose_name = _("start-up")

    def __str__(self) -> str:
        found: str = self.organisation.name
        return found

    @property
    def name(self) -> str:
        found: str = self.organisation.name
        return found


class Entry(Dossier):
    """One start-up's pitch to one edition. `city` is the one that may nominate it: empty until it is settled."""

    edition = models.ForeignKey("contest.Edition", models.PROTECT, related_name="entries")
    startup = models.ForeignKey(Startup, models.PROTECT, related_name="entries")
    city = models.ForeignKey("network.City", models.PROTECT, null=True, blank=True, related_name="entries")
    category = models.ForeignKey("contest.Category", models.PROTECT, null=True, blank=True, related_name="entries")
    code = models.CharField(_("code"), max_length=8, default=new_code)
    title = NameField(_("title"), max_length=TITLE_LIMIT, blank=True)
    summary = models.TextField(_("pitch"), max_length=SUMMARY_LIMIT, blank=True)
    language = models.CharField(_("language of the pitch"), max_length=8, default="en")
    video_url = models.URLField(_("video"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=EntryState, default=EntryState.DRAFT)
    rules_version = models.PositiveIntegerField(null=True, blank=True)  # accepted when submitted
    help_asked_at = models.DateTimeField(null=True, blank=True)  # since when the team lets the organiser read its draft
    submitted_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")

    # What with_progress adds.
    questions_required: int
    questions_answered: int
    has_deck: bool
    is_contested: bool

    if TYPE_CHECKING:
        objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "startup"], name="entry_once_per_edition"),
            models.UniqueConstraint(fields=["edition", "code"], name="entry_code_once"),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="entry_state"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False), name="entry_submitted_at"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.startup.name

    def get_language_name(self) -> str:
        """The pitch's language, in the reader's."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def parts(self) -> tuple[int, int]:
        """(parts filled in, parts asked) of what an entry must hold. Read from rows of `with_progress`."""
        own = [self.title, self.summary, self.category_id, self.startup.founded_on]
        return sum(map(bool, own)) + self.questions_answered, len(own) + self.questions_required


class Answer(DossierAnswer):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="answers")
    question = models.ForeignKey("contest.Question", models.PROTECT, related_name="answers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "question"], name="answer_once")]


class Attachment(Owing, DossierFile):
    """The deck of an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=16, choices=AttachmentKind, default=AttachmentKind.DECK)
    file = models.FileField(upload_to="entries/%Y/", max_length=200)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True)
    uploaded_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # What is owed of a file: its pages' text, and a copy without what tells who made it.
    prepared_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "kind"], name="attachment_one_of_a_kind")]

    @property
    def is_being_prepared(self) -> bool:
        return self.prepared_at is None and self.attempts < PREPARE_ATTEMPTS
