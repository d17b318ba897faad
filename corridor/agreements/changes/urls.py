"""Addresses of changing agreements."""

from django.urls import path

from corridor.agreements.changes.views import changes

urlpatterns = [
    path("agreements/<int:pk>/change/", changes.choose, name="agreement_change"),
    path("agreements/<int:pk>/change/<slug:kind>/", changes.change, name="agreement_change_kind"),
    path("agreements/<int:pk>/receipt/", changes.receive, name="agreement_receipt"),
    path("agreements/requests/<int:pk>/", changes.answer, name="change_request"),
]
