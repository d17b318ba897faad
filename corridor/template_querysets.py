"""The reads of templates and of batches of agreements."""

from typing import Any

from django.db import models
from django.db.models import Prefetch

from network.permissions import is_organiser


class TemplateQuerySet(models.QuerySet):
    def visible_to(self, user) -> "TemplateQuerySet":
        """Texts of documents are the organiser's."""
        return self if is_organiser(user) else self.none()

    def with_versions(self) -> "TemplateQuerySet":
        """Fetches what the list of templates shows: versions, latest first, and the programmes that chose one."""
        version: Any = self.model._meta.get_field("versions").related_model
        versions = version.objects.select_related("published_by", "saved_by").order_by("-number")
        return self.prefetch_related(Prefetch("versions", versions), "programmes").order_by(
            "kind", "guest", "host_country", "id"
        )


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user) -> "BatchQuerySet":
        """Batches are the organiser's."""
        return self if is_organiser(user) else self.none()

    def with_lines(self) -> "BatchQuerySet":
        """Fetches what the page of a batch shows: each stay with its parties, and where its document stands."""
        line: Any = self.model._meta.get_field("lines").related_model
        stays = ("stay__candidate__home_city", "stay__incubator__organisation__city", "agreement__programme")
        lines = line.objects.select_related(*stays).defer("agreement__frozen").order_by("stay__starts", "stay_id")
        return self.select_related("programme", "made_by").prefetch_related(Prefetch("lines", lines))
