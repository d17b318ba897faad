"""Addresses of statistics."""

from django.urls import include, path

from judging.statistics import views as statistics

a_round = [
    path("agreement/", statistics.show_agreement, name="round_agreement"),
    path("stability/", statistics.show_stability, name="round_stability"),
]

urlpatterns = [
    path("organise/rounds/<int:pk>/", include(a_round)),
]
