"""Addresses of programmes."""

from django.urls import path

from corridor.programmes.views import organiser as programmes_organiser

urlpatterns = [
    path("organise/programmes/", programmes_organiser.list_programmes, name="programme_list"),
    path("organise/editions/<slug:slug>/programmes/new/", programmes_organiser.edit_programme, name="programme_new"),
    path("organise/programmes/new/", programmes_organiser.edit_programme, name="programme_begin"),
    path("organise/programmes/<int:pk>/", programmes_organiser.show_programme, name="programme"),
    path("organise/programmes/<int:pk>/edit/", programmes_organiser.edit_programme, name="programme_edit"),
    path("organise/programmes/<int:pk>/admit/", programmes_organiser.admit, name="programme_admit"),
]
