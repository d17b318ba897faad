"""Addresses of rounds."""

from django.urls import include, path

from judging.rounds.views import criteria, presets, rounds

selection = [  # a city's own: the same pages, below another address
    path("", rounds.list_rounds, name="city_rounds"),
    path("add/", rounds.add_round, name="city_round_add"),
    path("presets/", presets.list_presets, name="city_presets"),
    path("presets/<slug:preset_slug>/", presets.use_preset, name="city_preset"),
]

edition = [
    path("rounds/", rounds.list_rounds, name="rounds"),
    path("rounds/add/", rounds.add_round, name="round_add"),
    path("rounds/presets/", presets.list_presets, name="presets"),
    path("rounds/presets/<slug:preset_slug>/", presets.use_preset, name="preset"),
]

a_round = [
    path("", rounds.show_round, name="round"),
    path("edit/", rounds.edit_round, name="round_edit"),
    path("settle/", rounds.settle, name="round_settle"),
    path("criteria/add/", criteria.edit_criterion, name="criterion_add"),
    path("criteria/<int:criterion_pk>/", criteria.edit_criterion, name="criterion_edit"),
    path("criteria/<int:criterion_pk>/remove/", criteria.delete_criterion, name="criterion_remove"),
    path("groups/add/", criteria.edit_group, name="group_add"),
    path("groups/<int:group_pk>/", criteria.edit_group, name="group_edit"),
    path("groups/<int:group_pk>/remove/", criteria.delete_group, name="group_remove"),
]

urlpatterns = [
    path("city/<slug:city>/<slug:slug>/selection/", include(selection)),
    path("organise/editions/<slug:slug>/", include(edition)),
    path("organise/rounds/<int:pk>/", include(a_round)),
]
