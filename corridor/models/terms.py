"""The texts of documents as templates with versions, and the annexes that hosts add."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kinds.document_kinds import USUAL
from toolkit.languages import I18nCharField

if TYPE_CHECKING:
    from corridor.reads.templates import BatchQuerySet, TemplateQuerySet


class AgreementTemplate(models.Model):
    """The text of one kind of document, for whom it is written: a guest, hosts of one country, some programmes.

    Empty means any. The most specific one is used: see corridor.agreements.templates.wording.
    """

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    kind = models.CharField(_("kind of document"), max_length=40, default=USUAL)
    guest = models.CharField(_("guest"), max_length=20, blank=True)  # startup, graduate, or a programme's own word
    host_country = models.CharField(_("country of the host"), max_length=2, blank=True)  # ISO 3166-1
    name = I18nCharField(_("name"), max_length=400)
    programmes = models.ManyToManyField("corridor.Programme", related_name="templates", blank=True)
    is_sample = models.BooleanField(default=False)

    if TYPE_CHECKING:
        objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        ordering = ["kind", "guest", "host_country", "id"]

    def __str__(self) -> str:
        return str(self.name)


class TemplateVersion(models.Model):
    """A numbered text, in its languages. A draft until it is published; then it never changes.

    `texts` is {language: text}, with text as corridor.domain.terms.clauses.text_of describes it.
    """

    template = models.ForeignKey(AgreementTemplate, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    texts = models.JSONField(default=dict)
    note = models.CharField(_("what has changed"), max_length=500, blank=True)
    shipped = models.PositiveSmallIntegerField(null=True, blank=True)  # the version of data/terms that it came from
    revision = models.PositiveIntegerField(default=1)  # counts the savings of a draft
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    texts_sha256 = models.CharField(max_length=64, blank=True)  # of the texts as published

    class Meta:
        verbose_name = _("version of a template")
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(published_at__isnull=True), name="template_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class HostAnnex(models.Model):
    """A text that an incubator adds to its agreements: house rules, a list of equipment.
    Frozen into each one as it stood.

    `texts` is {language: {"title": …, "text": …}}.
    """

    incubator = models.ForeignKey("corridor.Incubator", models.CASCADE, related_name="annexes")
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    texts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("annex")
        ordering = ["incubator", "position", "id"]

    def __str__(self) -> str:
        return f"{self.incubator} {self.position}"


class AgreementBatch(models.Model):
    """Agreements for many stays of a programme at once, on the same terms. What became of each stands in its line."""

    programme = models.ForeignKey("corridor.Programme", models.PROTECT, related_name="agreement_batches")
    language = models.CharField(max_length=8)
    beside = models.CharField(max_length=8, blank=True)
    terms = models.JSONField(default=dict)
    made_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of agreements")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.programme} {self.made_at:%Y-%m-%d}"


class BatchLine(models.Model):
    """A stay of a batch: its agreement, or what its agreement lacks, or the sentence that refused it."""

    batch = models.ForeignKey(AgreementBatch, models.CASCADE, related_name="lines")
    stay = models.ForeignKey("corridor.Stay", models.PROTECT, related_name="+")
    agreement = models.ForeignKey("corridor.Agreement", models.PROTECT, null=True, blank=True, related_name="+")
    lacks = models.JSONField(default=list, blank=True)  # [[code, language]]: see corridor.agreements.drafting.missing
    refusal = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["batch", "stay__starts", "stay_id"]
        constraints = [models.UniqueConstraint(fields=["batch", "stay"], name="batch_line_once")]

    def __str__(self) -> str:
        return f"{self.batch} · {self.stay}"
