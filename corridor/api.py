"""Incubators, stays and agreements over the API: the same rows and rules as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Prefetch
from django.utils.functional import lazy
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from corridor.kinds.document_kinds import offered
from corridor.life.api import FilingSerializer, LifeSerializer, ReportSerializer, full_reports
from corridor.life.services.reports import file_report
from corridor.models import Agreement, Incubator, Opening, Report, Signature, Stay
from corridor.placement.services.stays import accept_stay, decline_stay
from corridor.states import AgreementState, ReportState, StayState
from toolkit.columns import fetching
from toolkit.rest import RefusalSerializer, VisibleViewSet, checked

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from network.requests import ApiRequest


SIDES = [("host", "host"), ("team", "team")]


class OpeningSerializer(serializers.ModelSerializer[Opening]):
    """Desks over [starts, ends): the last day is not included."""

    class Meta:
        model = Opening
        fields = ["id", "starts", "ends", "desks", "note"]


class IncubatorSerializer(serializers.ModelSerializer[Incubator]):
    name = serializers.CharField(source="organisation.name", read_only=True)
    city: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        "slug", source="organisation.city", read_only=True, allow_null=True
    )
    description = serializers.CharField(read_only=True)
    is_sample = serializers.BooleanField(source="organisation.is_sample", read_only=True)
    openings = OpeningSerializer(many=True, read_only=True)

    class Meta:
        model = Incubator
        fields = ["id", "name", "city", "description", "languages", "services", "is_open", "is_sample", "openings"]


class IncubatorFilter(django_filters.FilterSet):
    city = django_filters.CharFilter("organisation__city__slug")

    class Meta:
        model = Incubator
        fields = ["city", "is_open"]


class IncubatorViewSet(VisibleViewSet[Incubator]):
    """Incubators that you may see, with the periods in which they have desks."""

    queryset = Incubator.objects.none()
    serializer_class = IncubatorSerializer
    filterset_class = IncubatorFilter

    def visible(self) -> QuerySet[Incubator]:
        return Incubator.objects.visible_to(self.request.user).with_places().order_by("pk")


class StaySerializer(LifeSerializer, serializers.ModelSerializer[Stay]):
    """A team in an incubator over [starts, ends): the last day is not included;
    with its checklist and the reports it owes."""

    programme: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField("slug", read_only=True)
    team = serializers.CharField(source="candidate.name", read_only=True)
    home_city: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        "slug", source="candidate.home_city", read_only=True
    )
    host = serializers.CharField(source="incubator.organisation.name", read_only=True)
    city: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        "slug", source="incubator.organisation.city", read_only=True, allow_null=True
    )
    decline_reason = serializers.CharField(source="why_ended", read_only=True)

    class Meta:
        model = Stay
        fields = [
            "id",
            "programme",
            "team",
            "home_city",
            "incubator",
            "host",
            "city",
            "starts",
            "ends",
            "desks",
            "state",
            "accepted_by_host_at",
            "accepted_by_team_at",
            "decline_reason",
            "phase",
            "checklist",
            "reports",
        ]


class AcceptanceSerializer(serializers.Serializer[Any]):
    side = serializers.ChoiceField(SIDES)


class DeclineSerializer(serializers.Serializer[Any]):
    side = serializers.ChoiceField(SIDES)
    reason = serializers.CharField(max_length=500)


class StayFilter(django_filters.FilterSet):
    programme = django_filters.CharFilter("programme__slug")
    city = django_filters.CharFilter("incubator__organisation__city__slug")
    state = django_filters.ChoiceFilter(choices=StayState.choices)

    class Meta:
        model = Stay
        fields = ["programme", "incubator", "city", "state"]


class StayViewSet(VisibleViewSet[Stay]):
    """Stays of your team, your incubator or your city; all for the organiser."""

    queryset = Stay.objects.none()
    serializer_class = StaySerializer
    filterset_class = StayFilter

    def visible(self) -> QuerySet[Stay]:
        filed = Report.objects.filter(state=ReportState.FILED).defer("asked", "answers")
        rows = Stay.objects.visible_to(self.request.user).with_parties().select_related("programme__stay_template")
        rows = fetching(rows.prefetch_related("checklist"), Prefetch("reports", filed, to_attr="filed_reports"))
        return rows.order_by("pk")

    @extend_schema(request=AcceptanceSerializer, responses={200: StaySerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def accept(self, request: ApiRequest, pk: int | None = None) -> Response:
        """Says yes for one side; when both have, the stay is accepted."""
        stay = self.get_object()
        accept_stay(by=request.user, stay=stay, **checked(AcceptanceSerializer, request))
        return self.answer(stay.pk)

    @extend_schema(request=DeclineSerializer, responses={200: StaySerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def decline(self, request: ApiRequest, pk: int | None = None) -> Response:
        """Says no for one side, with the reason."""
        stay = self.get_object()
        decline_stay(by=request.user, stay=stay, **checked(DeclineSerializer, request))
        return self.answer(stay.pk)

    @extend_schema(responses={200: ReportSerializer(many=True)})
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def reports(self, request: ApiRequest, pk: int | None = None) -> Response:
        """The reports with their questions and the answers that were filed."""
        return Response(full_reports(request.user, self.get_object()))

    @extend_schema(
        request=FilingSerializer,
        responses={
            200: ReportSerializer,
            403: RefusalSerializer,
            409: RefusalSerializer,
            422: RefusalSerializer,
        },
    )
    @action(detail=True, methods=["post"], url_path=r"reports/(?P<code>[-\w]+)/(?P<side>team|host)")
    def file(self, request: ApiRequest, pk: int | None = None, code: str = "", side: str = "") -> Response:
        """Files a report of your side, for good: a correction is begun on its page."""
        stay = self.get_object()
        given = checked(FilingSerializer, request)
        answers = {"revision": given["revision"], "typed": given["answers"]}
        file_report(by=request.user, stay=stay, code=code, side=side, **answers)
        rows = full_reports(request.user, stay)
        return Response(next(row for row in rows if (row["code"], row["side"]) == (code, side)))


DOCUMENTS_OFFERED: Any = lazy(offered, list)()  # asked anew by each form, as the registry stands


class SignatureSerializer(serializers.ModelSerializer[Signature]):
    organisation = serializers.CharField(source="organisation.name", read_only=True, default=None)  # none: a person

    class Meta:
        model = Signature
        fields = ["party", "order", "organisation", "signer_name", "signer_role", "signed_at"]


class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    """The two files are at /agreements/ID/issued.pdf and /agreements/ID/executed.pdf; their SHA-256 is here."""

    signatures = serializers.SerializerMethodField()

    class Meta:
        model = Agreement
        fields = [
            "id",
            "reference",
            "kind",
            "base",
            "stay",
            "language",
            "state",
            "issued_at",
            "issued_sha256",
            "executed_at",
            "executed_sha256",
            "void_reason",
            "signatures",
        ]
        read_only_fields = fields

    reference = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=DOCUMENTS_OFFERED, read_only=True)

    @extend_schema_field(SignatureSerializer(many=True))
    def get_signatures(self, agreement: Agreement) -> Any:
        return SignatureSerializer(agreement.signatures.all(), many=True).data


class AgreementFilter(django_filters.FilterSet):
    programme = django_filters.CharFilter("programme__slug")
    state = django_filters.ChoiceFilter(choices=AgreementState.choices)
    kind = django_filters.ChoiceFilter(choices=DOCUMENTS_OFFERED)

    class Meta:
        model = Agreement
        fields = ["programme", "stay", "state", "kind", "language"]


class AgreementViewSet(VisibleViewSet[Agreement]):
    """Agreements of which you are a party; all for the organiser. They are signed on their page, after reading."""

    queryset = Agreement.objects.none()
    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter

    def visible(self) -> QuerySet[Agreement]:
        return Agreement.objects.visible_to(self.request.user).with_parties()
