"""The reads of the corridor: who sees what, and the fetches of each list page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from corridor.states import (
    HOLDS_PLACES,
    AgreementState,
    CandidateState,
    ReportState,
    Side,
    StayState,
)
from network.permissions import city_ids_of, is_coordinator, is_organiser, roles_of
from network.states import Role
from toolkit.columns import fetching, with_columns

if TYPE_CHECKING:
    from corridor.models import (
        Agreement,
        Candidate,
        Incident,
        Incubator,
        Letter,
        Preference,
        Programme,
        Report,
        Stay,
        StayFeed,
    )
    from network.requests import Anyone


def organisation_ids(user: Anyone, role: Role) -> list[int]:
    """Organisations in which the user holds `role`."""
    return [membership.organisation_id for membership in roles_of(user).get(role, [])]


def team_of(user: Anyone, prefix: str = "") -> Q:
    """Candidates whose team the user belongs to: as founder of the start-up, or as the graduate."""
    own = organisation_ids(user, Role.FOUNDER)
    return Q(**{f"{prefix}organisation__in": own}) | Q(**{f"{prefix}user": user.pk or 0})


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers and coordinators: all; a team: its own; a host: those with a stay in its incubator."""
        if is_organiser(user) or is_coordinator(user):
            return self
        hosted = Q(stays__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(team_of(user, "candidates__") | hosted).distinct()

    def with_counts(self) -> Self:
        """Adds candidates_count, wishes_count, waiting_count and stays_count (stays that hold places)."""
        held = Q(stays__state__in=HOLDS_PLACES)
        return with_columns(
            self.select_related("edition"),
            candidates_count=Count("candidates", distinct=True),
            wishes_count=Count("candidates", filter=Q(candidates__wishes_at__isnull=False), distinct=True),
            waiting_count=Count("candidates", filter=Q(candidates__state=CandidateState.WAITING), distinct=True),
            stays_count=Count("stays", filter=held, distinct=True),
        )

    def with_left_to_do(self) -> Self:
        """Adds has_awards, stays_unanswered, stays_without_agreement and agreements_unsigned."""
        awards = apps.get_model("judging.Award").objects.filter(edition=OuterRef("edition"))
        stays: type[Stay] = apps.get_model("corridor.Stay")
        agreements: type[Agreement] = apps.get_model("corridor.Agreement")
        in_force = agreements.objects.agreements().exclude(state=AgreementState.VOID).filter(stay=OuterRef("pk"))
        bare = stays.objects.filter(state=StayState.ACCEPTED).exclude(Exists(in_force))
        return with_columns(
            self,
            has_awards=Exists(awards),
            stays_unanswered=Count("stays", filter=Q(stays__state=StayState.PROPOSED), distinct=True),
            stays_without_agreement=Count("stays", filter=Q(stays__in=bare), distinct=True),
            agreements_unsigned=Count("agreements", filter=Q(agreements__state=AgreementState.ISSUED), distinct=True),
        )


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers: all; a team: itself; a coordinator: the city's; a host: those with a stay in its incubator."""
        if is_organiser(user):
            return self
        staying = apps.get_model("corridor.Stay").objects.filter(
            candidate=OuterRef("pk"), incubator__organisation__in=organisation_ids(user, Role.HOST)
        )
        return self.filter(team_of(user) | Q(home_city__in=city_ids_of(user)) | Exists(staying))

    def of_team(self, user: Anyone) -> Self:
        """Those for whom the user may speak."""
        return self.filter(team_of(user))

    def with_wishes(self) -> Self:
        """Fetches what the list of candidates shows: programme, city, organisation and wishes in order."""
        preferences: type[Preference] = apps.get_model("corridor.Preference")
        wishes = preferences.objects.select_related("incubator__organisation__city").order_by("rank", "incubator_id")
        return self.select_related("programme__edition", "home_city", "organisation").prefetch_related(
            Prefetch("preferences", wishes)
        )


class IncubatorQuerySet(models.QuerySet["Incubator"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers and coordinators: all; a host: its own; a team: those that take part, and where it stays."""
        if is_organiser(user) or is_coordinator(user):
            return self
        candidates: type[Candidate] = apps.get_model("corridor.Candidate")
        seen = Q(organisation__in=organisation_ids(user, Role.HOST))
        if candidates.objects.of_team(user).exists():
            stays: type[Stay] = apps.get_model("corridor.Stay")
            held = stays.objects.holding()
            seen |= Q(is_open=True) | Q(Exists(held.filter(team_of(user, "candidate__"), incubator=OuterRef("pk"))))
        return self.filter(seen)

    def of_host(self, user: Anyone) -> Self:
        """Those for which the user may speak."""
        return self.filter(organisation__in=organisation_ids(user, Role.HOST))

    def with_openings(self) -> Self:
        """Fetches the city, the openings and the blackouts."""
        return self.select_related("organisation__city").prefetch_related("openings", "blackouts")

    def with_places(self) -> Self:
        """Fetches the city, the openings, the blackouts and the stays that hold desks (as `held_stays`)."""
        stays: type[Stay] = apps.get_model("corridor.Stay")
        held = stays.objects.filter(state__in=HOLDS_PLACES).order_by("starts", "id")
        return fetching(self.with_openings(), Prefetch("stays", held, to_attr="held_stays"))

    def with_answers(self) -> Self:
        """Fetches what each host answered about candidates."""
        return self.prefetch_related("answers")


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers: all; the team and the host: theirs; a coordinator: those sent from or hosted in the city."""
        if is_organiser(user):
            return self
        cities = city_ids_of(user)
        return self.filter(
            team_of(user, "candidate__")
            | Q(incubator__organisation__in=organisation_ids(user, Role.HOST))
            | Q(candidate__home_city__in=cities)
            | Q(incubator__organisation__city__in=cities)
        )

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
            told = {"pk_of_city": F(city), "city_name": F(f"{city}__name"), "city_slug": F(f"{city}__slug")}
            rows = held.order_by().values(**told).annotate(n=Count("pk"))
            for row in rows:
                if row["pk_of_city"] is None:
                    continue
                told = {"city": row["pk_of_city"], "slug": row["city_slug"], "name": row["city_name"]}
                place = counts.setdefault(row["pk_of_city"], {**told, "sent": 0, "hosted": 0})
                place[kind] = row["n"]
        return sorted(counts.values(), key=lambda row: row["name"])


class FeedQuerySet(models.QuerySet["StayFeed"]):
    def of_candidate(self, candidate: Candidate) -> Self:
        """The one of the candidate's start-up or of the person; at most one."""
        if candidate.organisation_id:
            return self.filter(organisation=candidate.organisation_id)
        return self.filter(user=candidate.user_id) if candidate.user_id else self.none()


def of_stays(user: Anyone, prefix: str = "stay__") -> Q:
    """What belongs to stays in which the user has a part: team, host, home city or host city."""
    cities = city_ids_of(user)
    return (
        team_of(user, f"{prefix}candidate__")
        | Q(**{f"{prefix}incubator__organisation__in": organisation_ids(user, Role.HOST)})
        | Q(**{f"{prefix}candidate__home_city__in": cities})
        | Q(**{f"{prefix}incubator__organisation__city__in": cities})
    )


OfStay = TypeVar("OfStay", bound=models.Model)


class OfStayQuerySet(models.QuerySet[OfStay]):
    """Rows with a `stay`."""

    def visible_to(self, user: Anyone) -> Self:
        """Whoever sees the stay."""
        return self if is_organiser(user) else self.filter(of_stays(user))


def since_it_hosts(moment: str, prefix: str = "") -> Q:
    """Rows of a stay whose field `moment` lies after it was moved to its incubator: the host before keeps its own."""
    since = f"{prefix}host_since"
    return Q(**{f"{since}__isnull": True}) | Q(**{f"{moment}__gte": F(since)})


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Anyone) -> Self:
        """The team, the host since it hosts the stay, the organisers; not the cities."""
        if is_organiser(user):
            return self
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(team_of(user, "stay__candidate__") | hosts & since_it_hosts("at", "stay__"))


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: Anyone) -> Self:
        """The host since it hosts the stay, and the organisers."""
        if is_organiser(user):
            return self
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(hosts & since_it_hosts("recorded_at", "stay__"))


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
