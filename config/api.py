"""The API's addresses under /api/v1/: every app's resources, and the schema that describes them."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from config.reference import show_reference
from contest.api import EntryViewSet
from corridor.api import AgreementViewSet, IncubatorViewSet, StayViewSet
from judging.api import ScorecardViewSet, StandingViewSet

router = DefaultRouter()
router.include_format_suffixes = False
router.register("entries", EntryViewSet, basename="entry")
router.register("scorecards", ScorecardViewSet, basename="scorecard")
router.register("standings", StandingViewSet, basename="standing")
router.register("incubators", IncubatorViewSet, basename="incubator")
router.register("stays", StayViewSet, basename="stay")
router.register("agreements", AgreementViewSet, basename="agreement")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(api_version="v1"), name="schema"),
    path("reference/", show_reference, name="reference"),
    *router.urls,
]
