"""Addresses of hosts."""

from django.urls import path

from corridor.hosts.views import documents, incubators, openings
from corridor.hosts.views import organiser as hosts_organiser

urlpatterns = [
    path("incubator/", incubators.list_own, name="incubator_home"),
    path("incubator/<int:pk>/", incubators.show_incubator, name="incubator"),
    path("incubator/<int:pk>/edit/", incubators.edit_incubator, name="incubator_edit"),
    path("incubator/<int:pk>/places/new/", openings.edit_opening, name="opening_new"),
    path("incubator/<int:pk>/places/<int:opening_pk>/", openings.edit_opening, name="opening_edit"),
    path("incubator/<int:pk>/places/<int:opening_pk>/remove/", openings.drop_opening, name="opening_remove"),
    path("incubator/<int:pk>/places/<int:opening_pk>/cancel/", openings.cancel, name="opening_cancel"),
    path("incubator/<int:pk>/closed/new/", openings.edit_blackout, name="blackout_new"),
    path("incubator/<int:pk>/closed/<int:blackout_pk>/", openings.edit_blackout, name="blackout_edit"),
    path("incubator/<int:pk>/closed/<int:blackout_pk>/remove/", openings.drop_blackout, name="blackout_remove"),
    path("incubator/<int:pk>/documents/new/", documents.add, name="host_document_new"),
    path("incubator/<int:pk>/documents/<int:document_pk>/remove/", documents.remove, name="host_document_remove"),
    path("files/incubators/<int:pk>/", documents.serve, name="host_document"),
    path("organise/incubators/", hosts_organiser.list_incubators, name="incubator_list"),
]
