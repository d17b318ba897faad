"""Addresses of nominations."""

from django.urls import path

from contest.nominations.views import coordinator, deciding

EDITION = "organise/editions/<slug:slug>/"
urlpatterns = [
    path("city/", coordinator.list_editions, name="city"),
    path("city/entries/<int:pk>/", deciding.show_city_entry, name="city_entry"),
    path("city/<slug:city>/<slug:edition>/", coordinator.show_edition, name="city_edition"),
    path("city/<slug:city>/<slug:edition>/order/", coordinator.reorder, name="city_order"),
    path("city/<slug:city>/<slug:edition>/claim/", coordinator.claim, name="city_claim"),
    path(EDITION + "entries/<int:pk>/", deciding.show_organiser_entry, name="organise_entry"),
]
