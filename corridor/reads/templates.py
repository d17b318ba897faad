"""The reads of templates and of batches of agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch

from corridor.models import AgreementBatch, AgreementTemplate, BatchLine, TemplateVersion
from network.permissions import is_organiser
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


@reads_of(AgreementTemplate)
class TemplateQuerySet(models.QuerySet["AgreementTemplate"]):
    def visible_to(self, user: Anyone) -> Self:
        """Texts of documents are the organiser's."""
        return self if is_organiser(user) else self.none()

    def with_versions(self) -> Self:
        """Fetches what the list of templates shows: versions, latest first, and the programmes that chose one."""
        version = TemplateVersion
        versions = version.objects.select_related("published_by", "saved_by").order_by("-number")
        return self.prefetch_related(Prefetch("versions", versions), "programmes").order_by(
            "kind", "guest", "host_country", "id"
        )


@reads_of(AgreementBatch)
class BatchQuerySet(models.QuerySet["AgreementBatch"]):
    def visible_to(self, user: Anyone) -> Self:
        """Batches are the organiser's."""
        return self if is_organiser(user) else self.none()

    def with_lines(self) -> Self:
        """Fetches what the page of a batch shows: each stay with its parties, and where its document stands."""
        line = BatchLine
        stays = ("stay__candidate__home_city", "stay__incubator__organisation__city", "agreement__programme")
        lines = line.objects.select_related(*stays).defer("agreement__frozen").order_by("stay__starts", "stay_id")
        return self.select_related("programme", "made_by").prefetch_related(Prefetch("lines", lines))
