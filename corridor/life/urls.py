"""Addresses of life."""

from django.urls import path

from corridor.life.views import checklists, erasure, figures, log, report_autosave, report_forms, reports
from corridor.life.views import templates as stay_templates

urlpatterns = [
    path("stays/<int:pk>/checklist/new/", checklists.edit_item, name="checklist_new"),
    path("stays/<int:pk>/checklist/<int:item_pk>/", checklists.edit_item, name="checklist_item"),
    path("stays/<int:pk>/checklist/<int:item_pk>/settle/", checklists.settle, name="checklist_settle"),
    path("stays/<int:pk>/people/", checklists.edit_people, name="stay_people"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/", reports.show_report, name="stay_report"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/save/", report_autosave.save, name="report_save"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/correct/", reports.correct, name="report_correct"),
    path("stays/<int:pk>/letters/", log.show_letters, name="stay_letters"),
    path("stays/<int:pk>/hours/", log.show_hours, name="stay_hours"),
    path("stays/<int:pk>/hours/<int:hour_pk>/remove/", log.drop_hours, name="hours_remove"),
    path("stays/<int:pk>/incidents/", log.show_incidents, name="stay_incidents"),
    path("stays/<int:pk>/incidents/<int:incident_pk>/", log.show_incidents, name="stay_incident"),
    path("stays/<int:pk>/personal-data/", erasure.show_personal_data, name="stay_personal_data"),
    path(
        "stays/<int:pk>/personal-data.json",
        erasure.show_personal_data,
        {"form": "json"},
        name="stay_personal_data_file",
    ),
    path("incubator/<int:pk>/teams/", log.show_teams, name="incubator_teams"),
    path("incubator/<int:pk>/figures/", figures.show_of_incubator, name="incubator_figures"),
    path("incubator/<int:pk>/figures.xlsx", figures.show_of_incubator, {"form": "xlsx"}, name="incubator_figures_file"),
    path("stays/figures/", figures.show_of_city, name="city_figures"),
    path("stays/figures.xlsx", figures.show_of_city, {"form": "xlsx"}, name="city_figures_file"),
    path("organise/programmes/<int:pk>/checklist/", stay_templates.edit_checklist, name="programme_checklist"),
    path("organise/programmes/<int:pk>/reports/", report_forms.list_forms, name="report_forms"),
    path("organise/programmes/<int:pk>/reports/new/", report_forms.edit_form, name="report_form_new"),
    path("organise/programmes/<int:pk>/reports/<slug:report>/<slug:side>/", report_forms.edit_form, name="report_form"),
    path(
        "organise/programmes/<int:pk>/reports/<slug:report>/<slug:side>/remove/",
        report_forms.remove_form,
        name="report_form_remove",
    ),
    path("organise/programmes/<int:pk>/figures/", figures.show_of_programme, name="programme_figures"),
    path(
        "organise/programmes/<int:pk>/figures.xlsx",
        figures.show_of_programme,
        {"form": "xlsx"},
        name="programme_figures_file",
    ),
]
