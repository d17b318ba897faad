"""Addresses of applications."""

from django.urls import path

from corridor.applications.views import applying, calls, deciding, public, steps

urlpatterns = [
    path("programmes/", public.list_programmes, name="public_programmes"),
    path("programmes/<slug:programme>/", public.show_programme, name="public_programme"),
    path("programmes/<slug:programme>/apply/", applying.begin, name="application_start"),
    path("applications/", applying.list_applications, name="applications"),
    path("applications/<int:pk>/", applying.show_application, name="application"),
    path("applications/<int:pk>/withdraw/", applying.withdraw, name="application_withdraw"),
    path("applications/<int:pk>/erase/", applying.erase, name="application_erase"),
    path("applications/<int:pk>/copy.json", applying.download_copy, name="application_copy"),
    path("applications/<int:pk>/steps/<slug:part>/", steps.edit_step, name="application_step"),
    path("applications/<int:pk>/steps/<slug:part>/save/", steps.save_step, name="application_step_save"),
    path(
        "applications/<int:pk>/documents/<int:paper_pk>/remove/",
        steps.drop_document,
        name="application_document_remove",
    ),
    path("files/applications/<int:pk>/", applying.serve_document, name="application_document"),
    path("city/applications/", deciding.list_of_city, name="city_applications"),
    path("applications/<int:pk>/approval/", deciding.show_to_city, name="city_application"),
    path("incubator/candidates/<int:pk>/", deciding.show_to_host, name="host_application"),
    path("organise/applications/<int:pk>/", deciding.show_to_organiser, name="organise_application"),
    path("organise/programmes/<int:pk>/applications/", deciding.list_of_programme, name="programme_applications"),
    path("organise/programmes/<int:pk>/call/", calls.edit_call, name="programme_call"),
    path("organise/programmes/<int:pk>/questions/new/", calls.edit_question, name="programme_question_new"),
    path("organise/programmes/<int:pk>/questions/<int:question_pk>/", calls.edit_question, name="programme_question"),
    path(
        "organise/programmes/<int:pk>/questions/<int:question_pk>/remove/",
        calls.drop_question,
        name="programme_question_remove",
    ),
    path("organise/programmes/<int:pk>/documents/new/", calls.edit_document, name="programme_document_new"),
    path("organise/programmes/<int:pk>/documents/<int:asked_pk>/", calls.edit_document, name="programme_document"),
    path(
        "organise/programmes/<int:pk>/documents/<int:asked_pk>/remove/",
        calls.drop_document,
        name="programme_document_remove",
    ),
]
