"""Addresses of editions."""

from django.urls import path

from contest.editions.views import editions, organiser

EDITION = "organise/editions/<slug:slug>/"
urlpatterns = [
    path("organise/", organiser.list_editions, name="organise"),
    path("organise/editions/new/", editions.make_edition, name="edition_new"),
    path(EDITION, organiser.show_edition, name="organise_edition"),
    path(EDITION + "set-up/", editions.edit_edition, name="edition_set_up"),
    path(EDITION + "publish/", editions.publish, name="edition_publish"),
    path(EDITION + "entries/", organiser.list_entries, name="organise_entries"),
    path(EDITION + "cities/", organiser.show_unsettled, name="organise_cities"),
]
