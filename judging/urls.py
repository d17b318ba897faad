"""Addresses of judging."""

from django.urls import include, path

urlpatterns = [
    path("", include("judging.rounds.urls")),
    path("", include("judging.jury.urls")),
    path("", include("judging.live.urls")),
    path("", include("judging.scoring.urls")),
    path("", include("judging.practice.urls")),
    path("", include("judging.results.urls")),
    path("", include("judging.statistics.urls")),
]
