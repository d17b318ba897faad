"""Who sees which applications, and the fetches of their pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Prefetch, Q

from corridor.models import Application, ApplicationAnswer, ApplicationCall, ApplicationDocument, ApplicationRuling
from corridor.reads.people import organisation_ids
from corridor.states import HOLDS_PLACES, ApplicationState, CandidateState
from network.permissions import city_ids_of, is_organiser
from network.states import Role
from toolkit.columns import with_columns
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


UNSENT = [ApplicationState.DRAFT, ApplicationState.WITHDRAWN]


def read_by_hosts(user: Anyone, prefix: str = "") -> Q:
    """Applications of those who wish the user's incubator and wait, or have a place there."""
    own = organisation_ids(user, Role.HOST)
    candidate = f"{prefix}candidate__"
    wished = {
        f"{candidate}preferences__incubator__organisation__in": own,
        f"{candidate}state": CandidateState.WAITING,
    }
    staying = {f"{candidate}stays__incubator__organisation__in": own, f"{candidate}stays__state__in": HOLDS_PLACES}
    return Q(**wished) | Q(**staying)


@reads_of(ApplicationCall)
class ApplicationCallQuerySet(models.QuerySet["ApplicationCall"]):
    def public(self) -> Self:
        """Calls of programmes shown to the public, with both their dates: those that close last come first."""
        rows = self.filter(programme__is_public=True, opens_at__isnull=False, closes_at__isnull=False)
        return rows.select_related("programme").order_by("-closes_at", "pk")

    def open_at(self, now: datetime) -> Self:
        return self.public().filter(opens_at__lte=now, closes_at__gt=now)


@reads_of(Application)
class ApplicationQuerySet(models.QuerySet["Application"]):
    def of(self, user: Anyone) -> Self:
        """One's own."""
        return self.filter(user=user.pk or 0)

    def sent(self) -> Self:
        """Neither drafts nor what was withdrawn."""
        return self.exclude(state__in=UNSENT)

    def decided_by(self, user: Anyone) -> Self:
        """What was sent: to organisers all, to a coordinator those of the city."""
        sent = self.sent()
        return sent if is_organiser(user) else sent.filter(home_city__in=city_ids_of(user))

    def visible_to(self, user: Anyone) -> Self:
        """One's own in every state; what was sent, to the home city and the organisers. Hosts: see `shown_to_hosts`."""
        sent = ~Q(state__in=UNSENT)
        if is_organiser(user):
            return self.filter(Q(user=user.pk) | sent)
        return self.filter(Q(user=user.pk or 0) | sent & Q(home_city__in=city_ids_of(user)))

    def shown_to_hosts(self, user: Anyone) -> Self:
        """Admitted people who wish the user's incubator, or are placed there:
        without age, address and papers kept back."""
        return self.filter(read_by_hosts(user), state=ApplicationState.ADMITTED).distinct()

    def with_all(self) -> Self:
        """Fetches all that a page about one application shows."""
        answers = ApplicationAnswer
        documents = ApplicationDocument
        rulings = ApplicationRuling
        return self.select_related("programme__call", "user", "home_city", "candidate").prefetch_related(
            Prefetch("answers", answers.objects.select_related("question").order_by("question__order", "question_id")),
            Prefetch("documents", documents.objects.select_related("asked").order_by("asked__order", "asked_id")),
            Prefetch("rulings", rulings.objects.select_related("by").order_by("id")),
        )

    def with_row(self) -> Self:
        """Fetches what a row of a list shows; adds documents_count."""
        rows = self.select_related("programme__call", "user", "home_city", "candidate")
        return with_columns(rows, documents_count=Count("documents", distinct=True))


@reads_of(ApplicationDocument)
class ApplicationDocumentQuerySet(models.QuerySet["ApplicationDocument"]):
    def visible_to(self, user: Anyone) -> Self:
        """Whoever sees the application; of what is meant for them, the hosts that the person wishes or stays with."""
        own = Q(application__user=user.pk or 0)
        sent = ~Q(application__state__in=UNSENT)
        if is_organiser(user):
            return self.filter(own | sent)
        in_city = sent & Q(application__home_city__in=city_ids_of(user))
        hosts = read_by_hosts(user, "application__") & Q(application__state=ApplicationState.ADMITTED)
        return self.filter(own | in_city | Q(asked__for_hosts=True) & hosts).distinct()
