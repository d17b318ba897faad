"""Addresses of contest."""

from django.urls import include, path

urlpatterns = [
    path("", include("contest.editions.urls")),
    path("", include("contest.questions.urls")),
    path("", include("contest.entries.urls")),
    path("", include("contest.nominations.urls")),
]
