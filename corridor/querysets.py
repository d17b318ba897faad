"""The reads of the corridor: who sees what, and the fetches of each list page."""

import re
from typing import Any

from django.db import models
from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Prefetch, Q, When

from corridor.states import (
    HOLDS_PLACES,
    SIGNING_ROLES,
    AgreementState,
    CandidateState,
    ReportState,
    Side,
    StayState,
)
from network.permissions import city_ids_of, is_coordinator, is_organiser, roles_of
from network.states import Role

REFERENCE = re.compile(r"([a-z0-9_-]{1,80})-([0-9]{4})-([0-9]{3,8})")


def organisation_ids(user, role: Role) -> list[int]:
    """Organisations in which the user holds `role`."""
    return [membership.organisation_id for membership in roles_of(user).get(role, [])]


def team_of(user, prefix: str = "") -> Q:
    """Candidates whose team the user belongs to: as founder of the start-up, or as the graduate."""
    own = organisation_ids(user, Role.FOUNDER)
    return Q(**{f"{prefix}organisation__in": own}) | Q(**{f"{prefix}user": user.pk or 0})


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ProgrammeQuerySet":
        """Organisers and coordinators: all; a team: its own; a host: those with a stay in its incubator."""
        if is_organiser(user) or is_coordinator(user):
            return self
        hosted = Q(stays__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(team_of(user, "candidates__") | hosted).distinct()

    def with_counts(self) -> "ProgrammeQuerySet":
        """Adds candidates_count, wishes_count, waiting_count and stays_count (stays that hold places)."""
        held = Q(stays__state__in=HOLDS_PLACES)
        return self.select_related("edition").annotate(
            candidates_count=Count("candidates", distinct=True),
            wishes_count=Count("candidates", filter=Q(candidates__wishes_at__isnull=False), distinct=True),
            waiting_count=Count("candidates", filter=Q(candidates__state=CandidateState.WAITING), distinct=True),
            stays_count=Count("stays", filter=held, distinct=True),
        )

    def with_left_to_do(self) -> "ProgrammeQuerySet":
        """Adds has_awards, stays_unanswered, stays_without_agreement and agreements_unsigned."""
        awards: Any = self.model._meta.apps.get_model("judging.Award").objects.filter(edition=OuterRef("edition"))
        stays: Any = self.model._meta.get_field("stays").related_model
        agreements: Any = stays._meta.get_field("agreements").related_model
        in_force = agreements.objects.agreements().exclude(state=AgreementState.VOID).filter(stay=OuterRef("pk"))
        bare = stays.objects.filter(state=StayState.ACCEPTED).exclude(Exists(in_force))
        return self.annotate(
            has_awards=Exists(awards),
            stays_unanswered=Count("stays", filter=Q(stays__state=StayState.PROPOSED), distinct=True),
            stays_without_agreement=Count("stays", filter=Q(stays__in=bare), distinct=True),
            agreements_unsigned=Count("agreements", filter=Q(agreements__state=AgreementState.ISSUED), distinct=True),
        )


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CandidateQuerySet":
        """Organisers: all; a team: itself; a coordinator: the city's; a host: those with a stay in its incubator."""
        if is_organiser(user):
            return self
        staying = self.model._meta.get_field("stays").related_model.objects.filter(
            candidate=OuterRef("pk"), incubator__organisation__in=organisation_ids(user, Role.HOST)
        )
        return self.filter(team_of(user) | Q(home_city__in=city_ids_of(user)) | Exists(staying))

    def of_team(self, user) -> "CandidateQuerySet":
        """Those for whom the user may speak."""
        return self.filter(team_of(user))

    def with_wishes(self) -> "CandidateQuerySet":
        """Fetches what the list of candidates shows: programme, city, organisation and wishes in order."""
        preferences: Any = self.model._meta.get_field("preferences").related_model
        wishes = preferences.objects.select_related("incubator__organisation__city").order_by("rank", "incubator_id")
        return self.select_related("programme__edition", "home_city", "organisation").prefetch_related(
            Prefetch("preferences", wishes)
        )


class IncubatorQuerySet(models.QuerySet):
    def visible_to(self, user) -> "IncubatorQuerySet":
        """Organisers and coordinators: all; a host: its own; a team: those that take part, and where it stays."""
        if is_organiser(user) or is_coordinator(user):
            return self
        candidates: Any = self.model._meta.get_field("preferences").related_model._meta.get_field("candidate")
        seen = Q(organisation__in=organisation_ids(user, Role.HOST))
        if candidates.related_model.objects.of_team(user).exists():
            held = self.model._meta.get_field("stays").related_model.objects.holding()
            seen |= Q(is_open=True) | Exists(held.filter(team_of(user, "candidate__"), incubator=OuterRef("pk")))
        return self.filter(seen)

    def of_host(self, user) -> "IncubatorQuerySet":
        """Those for which the user may speak."""
        return self.filter(organisation__in=organisation_ids(user, Role.HOST))

    def with_openings(self) -> "IncubatorQuerySet":
        """Fetches the city, the openings and the blackouts."""
        return self.select_related("organisation__city").prefetch_related("openings", "blackouts")

    def with_places(self) -> "IncubatorQuerySet":
        """Fetches the city, the openings, the blackouts and the stays that hold desks (as `held_stays`)."""
        stays: Any = self.model._meta.get_field("stays").related_model
        held = stays.objects.filter(state__in=HOLDS_PLACES).order_by("starts", "id")
        return self.with_openings().prefetch_related(Prefetch("stays", held, to_attr="held_stays"))

    def with_answers(self) -> "IncubatorQuerySet":
        """Fetches what each host answered about candidates."""
        return self.prefetch_related("answers")


class StayQuerySet(models.QuerySet):
    def visible_to(self, user) -> "StayQuerySet":
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

    def holding(self) -> "StayQuerySet":
        """Stays that hold desks."""
        return self.filter(state__in=HOLDS_PLACES)

    def of_feed(self, feed) -> "StayQuerySet":
        """What a calendar's secret address leads to: the stays of its incubator, start-up or person."""
        if feed.incubator_id:
            return self.filter(incubator=feed.incubator_id)
        if feed.organisation_id:
            return self.filter(candidate__organisation=feed.organisation_id)
        return self.filter(candidate__user=feed.user_id)

    def with_parties(self) -> "StayQuerySet":
        """Fetches everything that a list of stays shows."""
        return self.select_related(
            "programme__edition",
            "candidate__home_city",
            "candidate__organisation",
            "candidate__user",
            "incubator__organisation__city",
        )

    def sent_and_hosted(self) -> list[dict]:
        """[{city, slug, name, sent, hosted}] of the stays that hold places, by city name."""
        held = self.holding()
        counts: dict[int, dict] = {}
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


class FeedQuerySet(models.QuerySet):
    def of_candidate(self, candidate) -> "FeedQuerySet":
        """The one of the candidate's start-up or of the person; at most one."""
        if candidate.organisation_id:
            return self.filter(organisation=candidate.organisation_id)
        return self.filter(user=candidate.user_id) if candidate.user_id else self.none()


def of_stays(user, prefix: str = "stay__") -> Q:
    """What belongs to stays in which the user has a part: team, host, home city or host city."""
    cities = city_ids_of(user)
    return (
        team_of(user, f"{prefix}candidate__")
        | Q(**{f"{prefix}incubator__organisation__in": organisation_ids(user, Role.HOST)})
        | Q(**{f"{prefix}candidate__home_city__in": cities})
        | Q(**{f"{prefix}incubator__organisation__city__in": cities})
    )


class OfStayQuerySet(models.QuerySet):
    """Rows with a `stay`."""

    def visible_to(self, user) -> "OfStayQuerySet":
        """Whoever sees the stay."""
        return self if is_organiser(user) else self.filter(of_stays(user))


def since_it_hosts(moment: str, prefix: str = "") -> Q:
    """Rows of a stay whose field `moment` lies after it was moved to its incubator: the host before keeps its own."""
    since = f"{prefix}host_since"
    return Q(**{f"{since}__isnull": True}) | Q(**{f"{moment}__gte": F(since)})


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LetterQuerySet":
        """The team, the host since it hosts the stay, the organisers; not the cities."""
        if is_organiser(user):
            return self
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(team_of(user, "stay__candidate__") | hosts & since_it_hosts("at", "stay__"))


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "IncidentQuerySet":
        """The host since it hosts the stay, and the organisers."""
        if is_organiser(user):
            return self
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(hosts & since_it_hosts("recorded_at", "stay__"))


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReportQuerySet":
        """What is filed: whoever sees the stay. A draft: the side that writes it."""
        hosts = Q(stay__incubator__organisation__in=organisation_ids(user, Role.HOST))
        own = Q(side=Side.TEAM) & team_of(user, "stay__candidate__") | Q(side=Side.HOST) & hosts
        filed = Q(state=ReportState.FILED)
        return self.filter(own | filed if is_organiser(user) else own | filed & of_stays(user))

    def latest_filed(self) -> "ReportQuerySet":
        """Of each report the last version that was filed."""
        later = self.model.objects.filter(
            stay=OuterRef("stay"),
            code=OuterRef("code"),
            side=OuterRef("side"),
            state=ReportState.FILED,
            version__gt=OuterRef("version"),
        )
        return self.filter(~Exists(later), state=ReportState.FILED)


class SignatureQuerySet(models.QuerySet):
    def of_party(self, user) -> "SignatureQuerySet":
        """Those of parties for which the user stands: as the party itself,
        or in the role that signs for its organisation."""
        own = Q(user=user.pk or 0)
        for party, role in SIGNING_ROLES.items():
            own |= Q(party=party, organisation__in=organisation_ids(user, role))
        return self.filter(own)

    def at_turn(self) -> "SignatureQuerySet":
        """Of each document to be signed: the first place that is not filled."""
        earlier = self.model.objects.filter(
            agreement=OuterRef("agreement"), signed_at__isnull=True, order__lt=OuterRef("order")
        )
        return self.filter(~Exists(earlier), agreement__state=AgreementState.ISSUED, signed_at__isnull=True)

    def with_signer_left(self) -> "SignatureQuerySet":
        """Adds signer_left: the person who is expected to sign may no longer sign for the party."""
        left = Q(signatory__is_active=False)
        members: Any = (
            self.model._meta.get_field("signatory").related_model._meta.get_field("memberships").related_model
        )
        for party, role in SIGNING_ROLES.items():
            held = members.objects.filter(user=OuterRef("signatory"), organisation=OuterRef("organisation"), role=role)
            left |= Q(party=party, organisation__isnull=False) & ~Exists(held)
        return self.annotate(
            signer_left=Case(
                When(Q(signatory__isnull=False) & left, then=True), default=False, output_field=BooleanField()
            )
        )


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AgreementQuerySet":
        """Organisers: all; the parties' people: those that their organisation signs, in the role that signs for it."""
        if is_organiser(user):
            return self
        signing: Any = self.model._meta.get_field("signatures").related_model
        own = signing.objects.of_party(user)
        signs = Exists(own.filter(agreement=OuterRef("pk")))
        # A notice that one party gives alone is there for the others once it is given.
        is_given = Q(base__isnull=False, state=AgreementState.EXECUTED)
        is_told = Exists(own.filter(agreement=OuterRef("base")))
        return self.filter(signs | is_given & is_told)

    def agreements(self) -> "AgreementQuerySet":
        """Without the documents that change them."""
        return self.filter(base__isnull=True)

    def with_parties(self) -> "AgreementQuerySet":
        """Fetches all that a list or a page of agreements shows, but the frozen content."""
        signing: Any = self.model._meta.get_field("signatures").related_model
        signatures = signing.objects.select_related("organisation", "user", "signatory", "signed_by").order_by("order")
        return (
            self.select_related(
                "programme",
                "base__programme",
                "stay__candidate__home_city",
                "stay__incubator__organisation__city",
                "drafted_by",
            )
            .prefetch_related(Prefetch("signatures", signatures))
            .order_by("-year", "-number", "-pk")
        )

    def with_reference(self, reference: str) -> "AgreementQuerySet":
        """The agreement that has this number as printed (programme-year-number); none for anything else."""
        parts = REFERENCE.fullmatch(reference.strip().lower())
        if parts is None:
            return self.none()
        return self.filter(programme__slug__iexact=parts[1], year=int(parts[2]), number=int(parts[3]))

    def with_file(self, sha256: str) -> "AgreementQuerySet":
        """The agreement of which this is the issued or the executed file, or one received from a party,
        byte for byte."""
        known = Q(issued_sha256=sha256) | Q(executed_sha256=sha256) | Q(signatures__file_sha256=sha256)
        return self.filter(known).distinct()
