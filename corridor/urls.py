"""Addresses of the corridor."""

from django.urls import include, path

urlpatterns = [
    path("", include("corridor.programmes.urls")),
    path("", include("corridor.applications.urls")),
    path("", include("corridor.life.urls")),
    path("", include("corridor.placement.urls")),
    path("", include("corridor.hosts.urls")),
    path("", include("corridor.agreements.templates.urls")),
    path("", include("corridor.agreements.files.urls")),
    path("", include("corridor.agreements.drafting.urls")),
    path("", include("corridor.agreements.changes.urls")),
    path("", include("corridor.agreements.signing.urls")),
]
