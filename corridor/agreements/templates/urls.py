"""Addresses of templates and annexes."""

from django.urls import path

from corridor.agreements.templates.views import annexes, editing, templates

urlpatterns = [
    path("organise/templates/", templates.list_templates, name="template_list"),
    path("organise/templates/<slug:template_slug>/", templates.show_template, name="template"),
    path("organise/templates/<slug:template_slug>/begin/", editing.begin_version, name="template_begin"),
    path("organise/templates/<slug:template_slug>/edit/", editing.edit_template, name="template_edit"),
    path("organise/templates/<slug:template_slug>/copy/", editing.copy, name="template_copy"),
    path("organise/templates/<slug:template_slug>/<int:number>/", templates.show_version, name="template_version"),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/changes/", templates.show_changes, name="template_changes"
    ),
    path("organise/templates/<slug:template_slug>/<int:number>/act/", editing.act, name="template_act"),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/titles/",
        editing.edit_text,
        {"where": "titles"},
        name="template_titles",
    ),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/sentences/<slug:table>/",
        editing.edit_text,
        {"where": "sentences"},
        name="template_sentences",
    ),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/<slug:where>/new/",
        editing.edit_text,
        name="template_clause_new",
    ),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/<slug:where>/<slug:code>/",
        editing.edit_text,
        name="template_clause",
    ),
    path("incubator/<int:pk>/annexes/", annexes.list_annexes, name="incubator_annexes"),
    path("incubator/<int:pk>/annexes/new/", annexes.edit_annex, name="incubator_annex_new"),
    path("incubator/<int:pk>/annexes/<int:annex_pk>/", annexes.edit_annex, name="incubator_annex"),
    path("incubator/<int:pk>/annexes/<int:annex_pk>/remove/", annexes.drop_annex, name="incubator_annex_remove"),
]
