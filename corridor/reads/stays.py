"""Who sees which stay, and what happens in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from corridor.models import ChecklistItem, Incident, Letter, MentorHour, Report, Stay, StayErasure, StayFeed, Traveller
from corridor.states import (
    HOLDS_PLACES,
    ReportState,
    Side,
)
from network.permissions import is_organiser
from network.states import Role
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from corridor.models import (
        Candidate,
    )
    from network.requests import Anyone
from corridor.reads.people import of_stays, organisation_ids, since_it_hosts, team_of


@reads_of(Stay)
class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers: all; the team and the host: theirs; a coordinator: those sent from or hosted in the city."""
        if is_organiser(user):
            return self
        return self.filter(of_stays(user, ""))

    def holding(self) -> Self:
        """Stays that hold desks."""
        return self.filter(state__in=HOLDS_PLACES)

    def of_feed(self, feed: StayFeed) -> Self:
        """What a calendar's secret address leads to: the stays of its incubator, start-up or person."""
        if feed.incubator_id:
            return self.filter(incubator=feed.incubator_id)
        if feed.organisation_id:
            return self.filter(candidate__organisation=feed.organisation_id)
        return self.filter(candidate__user=feed.user_id)

    def with_parties(self) -> Self:
        """Fetches everything that a list of stays shows."""
        return self.select_related(
            "programme__edition",
            "candidate__home_city",
            "candidate__organisation",
            "candidate__user",
            "incubator__organisation__city",
        )

    def sent_and_hosted(self) -> list[dict[str, Any]]:
        """[{city, slug, name, sent, hosted}] of the stays that hold places, by city name."""
        held = self.holding()
        counts: dict[int, dict[str, Any]] = {}
        for kind, city in (("sent", "candidate__home_city"), ("hosted", "incubator__organisation__city")):
            told = (city, f"{city}__name", f"{city}__slug")
            rows = held.order_by().values_list(*told).annotate(n=Count("pk"))
            for pk, name, slug, number in rows:
                if pk is None:
                    continue
                place = counts.setdefault(pk, {"city": pk, "slug": slug, "name": name, "sent": 0, "hosted": 0})
                place[kind] = number
        return sorted(counts.values(), key=lambda row: row["name"])


@reads_of(StayFeed)
class FeedQuerySet(models.QuerySet["StayFeed"]):
    def of_candidate(self, candidate: Candidate) -> Self:
        """The one of the candidate's start-up or of the person; at most one."""
        if candidate.organisation_id:
            return self.filter(organisation=candidate.organisation_id)
        return self.filter(user=candidate.user_id) if candidate.user_id else self.none()


OfStay = TypeVar("OfStay", bound=models.Model)


@reads_of(Traveller, ChecklistItem, MentorHour, StayErasure)
class OfStayQuerySet(models.QuerySet[OfStay]):
    """Rows with a `stay`."""

    def visible_to(self, user: Anyone) -> Self:
        """Whoever sees the stay."""
        return self if is_organiser(user) else self.filter(of_stays(user))


@reads_of(Letter)
class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Anyone) -> Self:
        """The team, the host since it hosts the stay, the organisers; not the cities."""
        if is_organiser(user):
            return self
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(team_of(user, "stay__candidate__") | hosts & since_it_hosts("at", "stay__"))


@reads_of(Incident)
class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: Anyone) -> Self:
        """The host since it hosts the stay, and the organisers."""
        if is_organiser(user):
            return self
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(hosts & since_it_hosts("recorded_at", "stay__"))


@reads_of(Report)
class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Anyone) -> Self:
        """What is filed: whoever sees the stay. A draft: the side that writes it."""
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        own = Q(side=Side.TEAM) & team_of(user, "stay__candidate__") | Q(side=Side.HOST) & hosts
        filed = Q(state=ReportState.FILED)
        return self.filter(own | filed if is_organiser(user) else own | filed & of_stays(user))

    def latest_filed(self) -> Self:
        """Of each report the last version that was filed."""
        later = self.model._default_manager.filter(
            stay=OuterRef("stay"),
            code=OuterRef("code"),
            side=OuterRef("side"),
            state=ReportState.FILED,
            version__gt=OuterRef("version"),
        )
        return self.filter(~Exists(later), state=ReportState.FILED)
